"""How the review's questions stand on its page: what was found, then what now, with what the answers call up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import HTML, Div
from django.utils.translation import gettext_lazy as _

from designsystemet.layout import Beside, Group, Helper
from prescribing.reviewing import OTHER_EFFECT

REMARKS = '{% include "prescribing/parts/review_remarks.html" %}'
PREVIEW = '{% include "prescribing/parts/review_preview.html" %}'
CARRIED = '{% include "prescribing/parts/review_carried.html" %}'
BESIDE_EACH_OTHER = ("on", "full_days", "review_on")
DETAILS = ("last_day", "none_taken", "outcome", "outcome_words", "on", "full_days", "last_week", "review_on")

CALLED_UP = ("how-", "reason-", "told-")  # how the names begin of what the answers call up


def laid_out(fields: Iterable[str], effects: Sequence[str], *, early: bool) -> Helper:
    """The layout of those `fields`; `effects` are the codes of the side effects asked about.

    `early`: the effect cannot be judged yet.
    """
    names = list(fields)
    return Helper(
        Group(_("Effekt"), "effect", "emptying", intro=_("Kan ikke vurderes ennå.") if early else ""),
        Group(
            _("Bivirkninger"),
            *[part for code in effects for part in (f"effect-{code}", *_words_after(code))],
            none=("none", "effects", _("Nei til alle")),
            css_id="effects",
        ),
        Div(*_what_now(names), HTML(CARRIED), HTML(PREVIEW), css_id="videre"),
        tag=False,
    )


def _what_now(names: Sequence[str]) -> list[Any]:
    """The choice with its details, then the words and the information that it asks for."""
    details = [name for name in DETAILS if name in names]
    dates = [name for name in details if name in BESIDE_EACH_OTHER]
    others = [name for name in details if name not in BESIDE_EACH_OTHER]
    words = [name for name in names if name.startswith(("how-", "reason-"))]
    told = [name for name in names if name.startswith("told-")]
    beside = [Beside(*dates)] if dates else []
    parts = [Group(_("Hva nå?"), HTML(REMARKS), "way", *beside, *others)]
    parts += [Group(_("Begrunnelser"), *words)] if words else []
    parts += [Group(_("Hun har fått vite"), *told)] if told else []
    return parts


def _words_after(code: str) -> tuple[str, ...]:
    """The words that describe a side effect with no name of its own stand below its question."""
    return ("other",) if code == OTHER_EFFECT else ()
