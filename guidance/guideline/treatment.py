"""The parts of a guideline that a treatment follows: drugs, advice, what she is told, limits, regimen, side effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidance.guideline.scales import Asks, Unit
from guidance.guideline.texts import Cites

SLOWER_TIMES, REVIEW_DAYS_MAX = 2, 10  # our own (S-OWN), for editions from before these numbers had a field


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """A drug the guideline speaks of (`code` is "metoklopramid" or "domperidon").

    `indication` is the text for the prescription's field *bruksområde*; `intake` how it is taken
    ("før måltid" or empty); `cost` what choosing it costs (an exemption application, say). `pack_tablets` is how many
    tablets the pack holds that is suggested to her, None where nobody has said: it suggests packs and counts nothing.
    """

    code: str
    atc: str
    name: str
    brand: str
    needs_exemption: bool
    summary: str
    cost: str
    indication: str
    intake: str
    cites: Cites
    pack_tablets: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One of the eight pieces of advice (A1–A8). `text` speaks to the woman, `prompt` to the doctor."""

    code: str
    title: str
    text: str
    prompt: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """What she must be told before signing. `told` by drug code: the sentence ticked and noted.

    A drug without a sentence is not concerned. `limit` names the limit whose crossing asks for it ("" = always).
    """

    code: str
    title: str
    told: Mapping[str, str]
    limit: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitText:
    """A limit as it stands for one drug."""

    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit: a day count is crossed on the first day beyond `value`.

    `counts_earlier`: days of the same drug earlier in this breastfeeding period are added.
    `question` asks for the words; `offered` is a ready-made reason for the first signing ("" = none), and
    `offered_at_review` one for a review with good effect, which the first signing never shows.
    """

    code: str
    title: str
    unit: Unit
    value: int
    asks: Asks
    counts_earlier: bool
    drugs: Mapping[str, LimitText]
    question: str
    offered: str
    offered_at_review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """The regimen, the same for both drugs (D7). Doses are whole tablets; `cites` names a source a field.

    `slower_times` (a slower taper's step against the usual) and `review_days_max` (from the start to the last day for
    the first review) are None in an edition from before they had a field; it was used with the numbers above.
    """

    tablet_mg: int
    doses_per_day: int
    lower_doses: tuple[int, ...]
    full_days_min: int
    full_days_max: int
    full_days_default: int
    taper_step_mg: int
    taper_step_days: int
    last_week_days: int
    last_week_every_days: int
    last_week_first_day: int
    try_days: int
    review_after_days: int
    start_days_back: int
    start_days_ahead: int
    start_days_default: int
    cites: Mapping[str, Cites]
    slower_times: int | None = None
    review_days_max: int | None = None

    @property
    def slower_step_days(self) -> int:
        """Days that a step of a slower taper lasts."""
        return (self.slower_times or SLOWER_TIMES) * self.taper_step_days

    @property
    def last_review_day(self) -> int:
        """Days from the start to the last on which the first review may be held."""
        return self.review_days_max or max(REVIEW_DAYS_MAX, self.review_after_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEffect:
    """A side effect the review asks about and the sheet warns of. `about` is "woman" or "child".

    `question` for the doctor, `text` for her; `serious` stops the course without a taper; `act` says what she does.
    """

    code: str
    title: str
    question: str
    text: str
    act: str
    about: str
    serious: bool
    drugs: tuple[str, ...]
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette:
    """An example patient: `situation` and `expect` as plain data in the format of `manage.py vignettes`."""

    name: str
    situation: Mapping[str, Any]
    expect: Mapping[str, Any]
