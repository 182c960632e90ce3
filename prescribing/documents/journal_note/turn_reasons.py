"""The prescriber's reasons at a turn: what the review's answers asked for, then the limits that are newly passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from prescribing.case import Case
from prescribing.documents import wording
from prescribing.documents.journal_note.reasons import for_limit, in_quotes
from prescribing.reviewing import Why, new_limits
from prescribing.turns import Turn

CALLED: Mapping[Why, str | Promise] = {  # where the edition has no passage of its own
    Why.SIDE_EFFECT: gettext_lazy("Bivirkning"),
    Why.NO_EFFECT: gettext_lazy("Ingen effekt"),
    Why.NOT_EMPTIED: gettext_lazy("Ikke tømt som avtalt"),
    Why.LONGER: gettext_lazy("Lenger med full dose"),
    Why.STEP_BACK: gettext_lazy("Et trinn tilbake"),
}
AGAINST = {Why.SIDE_EFFECT, Why.NO_EFFECT, Why.NOT_EMPTIED}  # what speaks for stopping


def turn_reasons(case: Case, turn: Turn) -> Iterator[str]:
    """One paragraph a reason, the words verbatim."""
    for why in Why:
        if why in turn.reasons:
            yield _for_answer(case, turn, why)
    if case.plan is not None:
        for limit in new_limits(case):
            yield for_limit(case, case.plan, limit, turn.reasons.get(limit.code, ""))


def _for_answer(case: Case, turn: Turn, why: Why) -> str:
    passage = case.guideline.passage(f"review-{why}", case.record.drug)
    what = str(CALLED.get(why, why))
    if passage:
        what = f"{passage.title} ({wording.whose_word(case.guideline, passage.cites)})"
    return gettext("%(what)s. %(label)s: %(words)s") % {
        "what": what,
        "label": _label(turn, why),
        "words": in_quotes(turn.reasons[why]),
    }


def _label(turn: Turn, why: Why) -> str:
    if turn.stops:
        return gettext("Grunn til å stanse")
    return gettext("Grunn til å gå videre likevel") if why in AGAINST else gettext("Grunn")
