"""What the pages of a draft share: the steps with their state, the sentences for what is missing, the notices."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import PersonRequest
from guidance.models import Edition
from prescribing.access import code_in_address
from prescribing.actions import FRESH_FOR, DraftMoved, anew_in, record_under
from prescribing.answers import Reply
from prescribing.carrying import Anew, Why
from prescribing.case import Case, make_case
from prescribing.forms.base import StepForm
from prescribing.forms.plan import PlanForm
from prescribing.models import Draft, Entry
from prescribing.readiness import Missing, StepName, What, missing
from prescribing.record import Ending

STEP_TITLES = {
    StepName.ADVICE: gettext_lazy("Råd"),
    StepName.HEALTH: gettext_lazy("Helse"),
    StepName.CHOICE: gettext_lazy("Valg"),
    StepName.PLAN: gettext_lazy("Plan"),
    StepName.TALK: gettext_lazy("Samtale"),
}
CHECK = "sjekk"
HASH = re.compile("[0-9a-f]{64}")
SENTENCES = {
    What.ADVICE_OPEN: gettext_lazy("Rådet er ikke gått gjennom: %s"),
    What.ADVICE_NOT_TRIED: gettext_lazy("Rådet er ikke prøvd ennå: %s"),
    What.EFFECT: gettext_lazy("Bekreft at rådene er gått gjennom uten tilstrekkelig effekt"),
    What.QUESTION: gettext_lazy("Ikke besvart: %s"),
    What.MEDICINES: gettext_lazy("Legemidler er ikke ført opp, og «bruker ingen» er ikke krysset av"),
    What.ASSUMED: gettext_lazy("Bekreft hva dette legemidlet er: %s"),
    What.UNKNOWN_MEDICINE: gettext_lazy("Ikke gjenkjent legemiddel må vurderes: %s"),
    What.DRUG: gettext_lazy("Legemiddel er ikke valgt"),
    What.STOP: gettext_lazy("Det lages ingen plan for %s: en kilde sier kontraindisert"),
    What.UNCLEAR: gettext_lazy("Uavklart for legemidlet som er valgt: %s"),
    What.REASON: gettext_lazy("Begrunnelse mangler: %s"),
    What.REPLACED: gettext_lazy("Svar på om legemidlet hun allerede bruker, erstattes"),
    What.PLAN: gettext_lazy("Planen er ikke laget"),
    What.REFUSED: gettext_lazy("Planen kan ikke lages slik den er valgt"),
    What.START: gettext_lazy("Startdatoen er utenfor vinduet"),
    What.REVIEW: gettext_lazy("Vurderingen er satt til en dag som er passert"),
    What.LIMIT: gettext_lazy("Begrunnelse mangler for grensen som passeres: %s"),
    What.TOLD: gettext_lazy("Hun har ikke fått vite: %s"),
    What.WANTS: gettext_lazy("Hennes eget valg er ikke ført inn"),
    What.DECLINES: gettext_lazy("Hun ønsker det ikke: avslutt med det"),
    What.WORDS: gettext_lazy("Skriv begrunnelsen med egne ord"),
}

CHANGED = {
    Why.TABLETS: gettext_lazy("Planen er regnet om: %s tabletter"),
    Why.PLAN: gettext_lazy("Planen er regnet om: se over dagene og dosene"),
    Why.MEASURED: gettext_lazy("Må føres inn på nytt: %s"),
    Why.REASON: gettext_lazy("Se over begrunnelsen din. Det den svarer på, er endret: %s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLink:
    """A step as the navigation shows it; `state` is "here", "done" or "ahead"."""

    name: str
    title: Any
    address: str
    state: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """What is missing, as a sentence with the address that mends it."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What the edition in force has made new in a draft: `asked` must be answered, `changed` be looked at."""

    edition: Edition
    asked: list[MissingLine]
    changed: list[MissingLine]


def case_in_force(draft: Draft) -> Case:
    """The draft under the edition in force: what is asked is what is in force now.

    While none is, the draft stays as it was under its own; it can be read and saved, and not signed.
    """
    return case_on(draft, current_edition(draft))


def current_edition(draft: Draft) -> Edition:
    """The edition in force, or the draft's own while none is."""
    return Edition.objects.find_in_force() or draft.edition


def case_on(draft: Draft, edition: Edition) -> Case:
    """The draft under an edition."""
    return make_case(
        course=draft.course.code,
        guideline=edition.as_guideline(),
        edition_hash=edition.content_hash,
        record=record_under(draft, edition),
    )


def missing_lines(case: Case, what: tuple[Missing, ...]) -> list[MissingLine]:
    """The sentences for `what`, each leading to its field and back to the check page."""
    return [
        MissingLine(sentence=_about(SENTENCES[one.what], one.subject), url=_mended_at(case, one))
        for one in what
    ]


def _about(sentence: Promise, subject: str) -> str:
    """The sentence, with what it is about where it has a place for that."""
    said = str(sentence)
    return said % subject if "%s" in said else said


def _mended_at(case: Case, one: Missing) -> str:
    """A field and back again; what she declines is mended by no answer, only by the end that says so."""
    if one.what is What.DECLINES:
        return reverse("prescribing:end", args=[case.course, "onsker-ikke"])
    return _field_at(case, one.step, one.field)


def _field_at(case: Case, step: StepName, field: str) -> str:
    return f"{reverse('prescribing:step', args=[case.course, step])}?back=sjekk#id_{field}"


def moved_since(draft: Draft, case: Case) -> Moved | None:
    """What is new in a draft since another edition came into force; None when it has been answered and seen."""
    own = draft.edition
    edition = own if own.is_in_force else Edition.objects.find_in_force()
    if edition is None or (edition == own and not draft.asked_anew):
        return None
    now = case if case.edition_hash == edition.content_hash else case_on(draft, edition)
    anew = anew_in(draft, edition, timezone.now())
    asked, changed = _still_open(now, anew), [_changed_line(now, one) for one in anew if one.why in CHANGED]
    if edition == own and not asked and not changed:
        return None
    return Moved(edition=edition, asked=asked, changed=changed)


def _still_open(case: Case, anew: tuple[Anew, ...]) -> list[MissingLine]:
    new = {(one.step, one.field) for one in anew if one.why is Why.OPEN}
    what = missing(case, Ending.PRESCRIBED, timezone.localdate())
    return missing_lines(case, tuple(one for one in what if (one.step, one.field) in new))


def _changed_line(case: Case, one: Anew) -> MissingLine:
    return MissingLine(
        sentence=_about(CHANGED[one.why], one.subject), url=_field_at(case, one.step, one.field)
    )


def waiting_lines(case: Case, what: tuple[Missing, ...]) -> list[str]:
    """What the journal line of a parked draft says: what is missing, and every *vet ikke* that is not said there."""
    said = {one.field for one in what if one.what is What.UNCLEAR}
    return [line.sentence for line in missing_lines(case, what)] + [
        _("Svart «vet ikke»: %s") % check.question
        for check in case.guideline.checks
        if case.record.answers.replies.get(check.code) is Reply.UNKNOWN and check.code not in said
    ]


def begun(case: Case, step: StepName) -> bool:
    """Whether there is anything in a step yet; what nobody has opened is not finished."""
    if step in (StepName.PLAN, StepName.TALK):
        return case.plan is not None
    return bool(case.course)


def step_links(case: Case, current: str, what: tuple[Missing, ...]) -> list[StepLink]:
    """The seven steps: five that ask, the check page, and done."""
    lacking = {one.step for one in what}
    links = []
    for number, name in enumerate(StepName, start=1):
        finished = name not in lacking and begun(case, name)
        state = "here" if name == current else "done" if finished else "ahead"
        address = reverse("prescribing:step", args=[case.course, name]) if case.course else ""
        links.append(
            StepLink(name=name, title=STEP_TITLES[name], address=address, state=state, number=number)
        )
    check = reverse("prescribing:check", args=[case.course]) if case.course else ""
    state = "here" if current == CHECK else "ahead"
    links.append(StepLink(name=CHECK, title=_("Sjekk svarene"), address=check, state=state, number=6))
    links.append(StepLink(name="ferdig", title=_("Ferdig"), address="", state="ahead", number=7))
    return links


def draft_context(
    case: Case,
    form: StepForm | None = None,
    *,
    draft: Draft | None = None,
    step: str = StepName.ADVICE,
    token: uuid.UUID | None = None,
    moved: DraftMoved | None = None,
) -> dict[str, Any]:
    """What every page of a draft reads."""
    what = missing(case, Ending.PRESCRIBED, timezone.localdate())
    return {
        "case": case,
        "guideline": case.guideline,
        "drug": case.drug,
        "plan": form.plan if isinstance(form, PlanForm) else case.plan,
        "form": form,
        "draft": draft,
        "version": moved.version if moved else draft.version if draft else 0,
        "moved": moved is not None,
        "token": token,
        "page": uuid.uuid4(),
        "step": step,
        "steps": step_links(case, step, what),
        "missing": what,
        "edition_moved": draft and moved_since(draft, case),
        "old_answers": draft is not None and timezone.now() - draft.confirmed_at > FRESH_FOR,
    }


def edition_read(request: PersonRequest, draft: Draft | None = None) -> Edition:
    """The edition that a posted page was read on, so that an answer is kept with the words it was given to.

    A draft never goes back to an edition before its own. Where the page names none it is the one in force, or the
    draft's own. Raises NoEditionInForce where there is neither.
    """
    named = request.POST.get("edition", "")
    if draft and draft.edition.content_hash == named:
        return draft.edition
    published = Edition.objects.once_published()
    if draft:
        published = published.filter(published_at__gte=draft.edition.published_at)
    read = published.filter(content_hash=named).first() if HASH.fullmatch(named) else None
    return read or (current_edition(draft) if draft else Edition.objects.in_force())


def unsigned_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send whoever opens a step of an assessment that they have signed already to where it stands now."""

    @wraps(view)
    def guarded(request: PersonRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, code, *args, **kwargs)
        except Http404:
            code = code_in_address(code)
            if not Entry.objects.filter(course__code=code, signed_by=request.user).exists():
                raise
        messages.info(request, _("Vurderingen er signert og kan ikke endres."))
        return redirect("prescribing:done", code=code)

    return guarded
