"""What the review's questions, answers and complaints are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy

from prescribing.case import Case
from prescribing.documents import norwegian
from prescribing.plan_text import refusal
from prescribing.reviewing import Lack, Lacking, Opening, Why, opening
from prescribing.turns import Effect, Outcome, Turn, Way

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

YES_NO: Mapping[str, StrPromise] = {"yes": gettext_lazy("Ja"), "no": gettext_lazy("Nei")}
EFFECTS: Mapping[str, StrPromise] = {
    Effect.NONE.value: gettext_lazy("Ingen"),
    Effect.SOME.value: gettext_lazy("Noe"),
    Effect.GOOD.value: gettext_lazy("God"),
}
WAYS: Mapping[Way, StrPromise] = {
    Way.ON: gettext_lazy("Gå videre etter planen"),
    Way.LONGER: gettext_lazy("Full dose lenger, så nedtrapping"),
    Way.HOLD: gettext_lazy("En uke til på samme dose"),
    Way.SLOWER: gettext_lazy("Saktere nedtrapping: hvert trinn varer dobbelt så lenge"),
    Way.BACK: gettext_lazy("Tilbake til trinnet før"),
    Way.TAPER: gettext_lazy("Begynne nedtrappingen nå"),
    Way.STOP: gettext_lazy("Slutte nå, uten nedtrapping"),
}
OUTCOMES: Mapping[str, StrPromise] = {
    Outcome.COMPLETED.value: gettext_lazy("Fullført: planen er fulgt ut"),
    Outcome.NO_EFFECT.value: gettext_lazy("Ingen effekt"),
    Outcome.SIDE_EFFECT.value: gettext_lazy("Bivirkning"),
    Outcome.OWN_WISH.value: gettext_lazy("Hennes eget ønske"),
    Outcome.OTHER.value: gettext_lazy("Annet"),
}
REASONS: Mapping[Why, StrPromise] = {
    Why.SIDE_EFFECT: gettext_lazy("Hvorfor fortsette tross bivirkning?"),
    Why.NO_EFFECT: gettext_lazy("Hvorfor fortsette uten effekt?"),
    Why.NOT_EMPTIED: gettext_lazy("Hun har ikke tømt som avtalt. Hva er grunnen til valget?"),
    Why.LONGER: gettext_lazy("Hvorfor full dose så lenge?"),
    Why.STEP_BACK: gettext_lazy("Hvorfor opp igjen i dose?"),
}
COMPLAINTS: Mapping[Lacking, StrPromise] = {
    Lacking.EFFECT: gettext_lazy("Svar på hvilken effekt det har hatt."),
    Lacking.EMPTYING: gettext_lazy("Svar på om hun har tømt som avtalt."),
    Lacking.SIDE_EFFECT: gettext_lazy("Svar ja eller nei."),
    Lacking.OTHER: gettext_lazy("Skriv hvilke plager."),
    Lacking.WAY: gettext_lazy("Velg hva som skal skje nå."),
    Lacking.REASON: gettext_lazy("Skriv grunnen."),
    Lacking.LIMIT: gettext_lazy("Skriv grunnen til å passere grensen."),
    Lacking.TOLD: gettext_lazy("Fortell henne dette før du signerer."),
    Lacking.OUTCOME: gettext_lazy("Velg hvordan forløpet endte."),
    Lacking.NOT_COMPLETED: gettext_lazy("Planen er ikke fulgt ut. Velg en annen grunn til å avslutte."),
    Lacking.EFFECT_NOT_JUDGED: gettext_lazy(
        "Svarene sier ikke at effekten er vurdert, og at det ikke er noen."
    ),
    Lacking.NO_SIDE_EFFECT: gettext_lazy(
        "Svarene har ingen bivirkning. Kryss av for den, eller velg noe annet."
    ),
    Lacking.OUTCOME_WORDS: gettext_lazy("Skriv hva som var grunnen."),
    Lacking.START: gettext_lazy("Startdatoen er utenfor vinduet, eller kuren er alt vurdert."),
    Lacking.PAST: gettext_lazy("Dagene før i dag er tatt og blir stående. Velg i dag eller en senere dag."),
    Lacking.STOP_AHEAD: gettext_lazy("Siste dag med tabletter kan ikke være senere enn i dag."),
    Lacking.STOP_BEFORE_START: gettext_lazy(
        "Siste dag med tabletter kan ikke være før første dag. Har hun ikke tatt noen, kryss av for det."
    ),
    Lacking.STOP_BEFORE_REVIEW: gettext_lazy(
        "Det som var tatt da kuren sist ble vurdert, blir stående. Velg en senere dag."
    ),
}


def way_ended() -> str:
    """What a stop is called when the plan has run out."""
    return gettext("Planen er over: avslutt forløpet")


def sentence(case: Case, turn: Turn, lack: Lack) -> str:
    """What one thing missing is, said to the doctor."""
    if lack.what is Lacking.CLOSED and turn.change:
        return _closed(case, opening(case, turn, turn.change))
    if lack.what is Lacking.NOT_BEGUN:
        return _not_begun(case)
    return str(COMPLAINTS[lack.what])


def _closed(case: Case, found: Opening) -> str:
    """Why a way is closed: the engine's own reason, or what the edition calls that which closes it."""
    if found.refusal:
        return refusal(found.refusal)
    passage = case.guideline.passage(f"review-{found.closed}", case.record.drug)
    not_open = gettext("Dette valget er ikke åpent etter svarene.")
    return f"{passage.title}. {not_open}" if passage else not_open


def _not_begun(case: Case) -> str:
    start = case.plan.start if case.plan else None
    if start is None:
        return gettext("Startdatoen er ikke meldt. Før den er kjent, kan kuren bare stanses.")
    return gettext("Kuren begynner %(day)s. Før det kan du flytte startdatoen eller stanse den.") % {
        "day": norwegian.date_in_words(start)
    }
