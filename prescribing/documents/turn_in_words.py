"""What a turn of a course is called on paper: what was found, what was decided, and how the course ended."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from guidance.guideline import Information, SideEffect
from prescribing.case import Case
from prescribing.documents import dosage, norwegian
from prescribing.reviewing import asked_effects, full_days_of
from prescribing.taper import Plan
from prescribing.turns import Change, Effect, Outcome, Turn, Way

EFFECTS: Mapping[Effect, str | Promise] = {
    Effect.NONE: gettext_lazy("ingen"),
    Effect.SOME: gettext_lazy("noe"),
    Effect.GOOD: gettext_lazy("god"),
}
WAYS: Mapping[Way, str | Promise] = {
    Way.ON: gettext_lazy("går videre etter planen"),
    Way.LONGER: gettext_lazy("full dose i %(full)s i alt, så nedtrapping"),
    Way.HOLD: gettext_lazy("samme dose i %(step)s til, så videre etter planen"),
    Way.SLOWER: gettext_lazy("saktere nedtrapping"),
    Way.BACK: gettext_lazy("tilbake til trinnet før, så nedtrapping på nytt"),
    Way.TAPER: gettext_lazy("begynner nedtrappingen nå"),
    Way.STOP: gettext_lazy("stanser uten nedtrapping"),
}
OUTCOMES: Mapping[Outcome, str | Promise] = {
    Outcome.COMPLETED: gettext_lazy("planen fullført"),
    Outcome.NO_EFFECT: gettext_lazy("avsluttet, ingen effekt"),
    Outcome.SIDE_EFFECT: gettext_lazy("avsluttet på grunn av bivirkning"),
    Outcome.OWN_WISH: gettext_lazy("avsluttet etter hennes eget ønske"),
    Outcome.OTHER: gettext_lazy("avsluttet av annen grunn"),
}


def plan_before(case: Case) -> Plan | None:
    """The plan that held until the last turn."""
    return case.stages[-2].plan if len(case.stages) > 1 else None


def way_in_words(case: Case, change: Change) -> str:
    """«full dose i 14 dager i alt, så nedtrapping, uten siste uke»."""
    words = str(WAYS[change.way]) % {
        "full": norwegian.days(change.full_days or full_days_of(case.plan)),
        "step": norwegian.days(case.guideline.regimen.taper_step_days),
    }
    if change.last_week is None or change.way is Way.STOP:
        return words
    last = gettext("med siste uke annenhver dag") if change.last_week else gettext("uten siste uke")
    return f"{words}, {last}"


def effect_in_words(turn: Turn) -> str:
    """«god»; that it was not judged, where it was not."""
    return gettext("ikke vurdert") if turn.effect is None else str(EFFECTS[turn.effect])


def emptying_in_words(turn: Turn) -> str:
    """«ja», «nei»; that nobody asked, where nobody did."""
    if turn.emptying is None:
        return gettext("ikke spurt")
    return gettext("ja") if turn.emptying else gettext("nei")


def denied(case: Case, turn: Turn) -> tuple[SideEffect, ...]:
    """The side effects that were asked about and answered with no."""
    return tuple(effect for effect in asked_effects(case) if turn.side_effects.get(effect.code) is False)


def unanswered(case: Case, turn: Turn) -> tuple[SideEffect, ...]:
    """The side effects that nobody has answered."""
    return tuple(effect for effect in asked_effects(case) if effect.code not in turn.side_effects)


def told_now(case: Case, turn: Turn) -> tuple[Information, ...]:
    """What she was told at this turn, in the edition's order."""
    return tuple(
        item
        for item in case.guideline.information
        if item.code in turn.told and case.record.drug in item.told
    )


def outcome_in_words(turn: Turn) -> str:
    """«avsluttet, ingen effekt»; "" for a turn that ends nothing."""
    return "" if turn.outcome is None else str(OUTCOMES[turn.outcome])


def day_from_start(plan: Plan | None, turn: Turn) -> int | None:
    """The day of the course on which the turn was held, 1 for the first; None before it and without a start."""
    day = plan.number_of(turn.on) if plan else None
    return day if day and day >= 1 else None


def last_dose(plan: Plan | None) -> str:
    """«27.11.2026», «dag 5»; that there was none."""
    if plan is None:
        return gettext("ingen")
    if plan.last_dose is None:
        return dosage.numbered_days(plan.last_dose_day, plan.last_dose_day)
    return norwegian.numeric_date(plan.last_dose)
