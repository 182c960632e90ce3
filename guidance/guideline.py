"""The guideline as values: everything one edition says, with no database behind it.

An edition's file, its database rows and its content hash are three forms of one `Guideline`. Every part
carries `cites`: fact ids of the guideline itself ("G2"), or a source id with an optional section
("S-SPC-M 4.3"). Order is the order of the source; `code`s are stable for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

Cites = tuple[str, ...]

# Of the product's own choosing, in the editions that came before these numbers had a field (S-OWN).
SLOWER_TIMES = 2  # times the taper's step
REVIEW_DAYS_MAX = 10  # days from the start


class Severity(StrEnum):
    """What a met check does for one drug."""

    STOP = "stop"
    REASON = "reason"
    NOTE = "note"


class Kind(StrEnum):
    """How a check gets its answer."""

    ADVICE = "advice"
    ASKED = "asked"
    MEASURED = "measured"
    MEDICINE = "medicine"


class Asks(StrEnum):
    """What crossing a limit asks for."""

    REASON = "reason"  # told of the warning, and a good reason in words
    WEIGHED = "weighed"  # benefit weighed against risk, in words
    NO_PLAN = "no-plan"  # no plan is made
    PRINTED = "printed"  # nothing is asked; it is printed beside the doses


class Unit(StrEnum):
    """What a limit's value counts."""

    DAYS = "days"
    MG_PER_DAY = "mg-per-day"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source beside the guideline (`S-…`). `published` is text as the publisher gives it; `read_on` a date."""

    code: str
    title: str
    published: str
    read_on: date
    url: str
    used_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference number of the guideline's own list."""

    number: int
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One of the six points (`code` "1" … "6")."""

    code: str
    title: str
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One paragraph of background text (markdown) with the facts it tells."""

    code: str
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of background text."""

    code: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary term; `forms` are the inflected forms marked where they stand in running text."""

    code: str
    term: str
    forms: tuple[str, ...]
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeNote:
    """What has changed since the guideline was written; shown beside the text that cites `about`, never in it."""

    code: str
    about: Cites
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one source says where sources disagree (a row of the disagreement table; no ranking)."""

    code: str
    who: str
    says: str
    dated: str
    cites: Cites


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
class Group:
    """A group of checks asked together; `code` is named by the checks in it. `none_label` is its «no to all»."""

    code: str
    title: str
    intro: str
    none_label: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a met asked or medicine check means for one drug; `text` is the finding's sentence for the doctor."""

    severity: Severity
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of a measured value and what it means for one drug.

    Met when every given bound holds: `below` (value < below), `above` (value > above), `at_least` (value >= at_least).
    """

    drug: str
    severity: Severity
    text: str
    cites: Cites
    below: Decimal | None = None
    above: Decimal | None = None
    at_least: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether `value` (in the check's own unit) lies in this band."""
        return (
            (self.below is None or value < self.below)
            and (self.above is None or value > self.above)
            and (self.at_least is None or value >= self.at_least)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a measured check measures. `low`/`high` bound what the form takes; `code` names the answer.

    `ceiling_mg_per_kg` (weight only) gives her own daily ceiling in whole tablets; a starting dose within it
    turns a `reason` into a `note`.
    """

    unit: str
    low: Decimal
    high: Decimal
    decimals: int
    ceiling_mg_per_kg: Decimal | None
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineRule:
    """Which medicines meet a medicine check: an ATC prefix, or a flag of the table, or one of the `qt` values."""

    atc_prefixes: tuple[str, ...] = ()
    flag: str = ""
    qt: tuple[str, ...] = ()
    except_atc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. `verdicts` by drug code (asked, medicine); a measured check has `measure` instead.

    `met_by` is the answer ("yes" or "no") that meets an asked check. A drug without a verdict is not concerned.
    """

    code: str
    kind: Kind
    group: str
    title: str
    question: str
    help: str
    cites: Cites
    met_by: str = "yes"
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    measure: Measure | None = None
    medicine: MedicineRule | None = None


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

    `slower_times` is how many times longer a step of a slower taper lasts, `review_days_max` the last day from the
    start on which the first review may be held. None in an edition that does not say; its numbers are then those of
    `SLOWER_TIMES` and `REVIEW_DAYS_MAX`, which every earlier edition was used with.
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
        """How many days a step of a slower taper lasts."""
        return (self.slower_times or SLOWER_TIMES) * self.taper_step_days

    @property
    def last_review_day(self) -> int:
        """The last day on which the first review may be held, counted from the start."""
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
class Passage:
    """A piece of text (markdown) that documents and pages place by `code`; `drugs` empty = for both."""

    code: str
    title: str
    text: str
    drugs: tuple[str, ...]
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """A row of the medicine table. `qt` is "", "known", "possible" or "conditional"; `flags` name its columns."""

    atc: str
    substance: str
    brands: tuple[str, ...]
    qt: str
    flags: frozenset[str]
    note: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette:
    """An example patient: `situation` and `expect` as plain data in the format of `manage.py vignettes`."""

    name: str
    situation: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guideline:
    """All content of one edition. States and signatures are not content and do not stand here.

    `mark` is printed where signatures would stand ("" for a signed edition); `review_by` is when the text
    must have been read anew, `read_on` when the guideline itself was last read, as `Source.read_on` is for the others;
    `subject` tells one guideline from another. `news` (markdown) tells a doctor what this edition changes.
    """

    subject: str
    code: str
    title: str
    publisher: str
    dated: str
    mark: str
    review_by: date
    intro: str
    read_on: date | None = None
    news: str = ""
    sources: tuple[Source, ...]
    references: tuple[Reference, ...]
    points: tuple[Point, ...]
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]
    age_notes: tuple[AgeNote, ...]
    positions: tuple[Position, ...]
    drugs: tuple[Drug, ...]
    advice: tuple[Advice, ...]
    groups: tuple[Group, ...]
    checks: tuple[Check, ...]
    information: tuple[Information, ...]
    limits: tuple[Limit, ...]
    regimen: Regimen
    side_effects: tuple[SideEffect, ...]
    passages: tuple[Passage, ...]
    medicines: tuple[Medicine, ...]
    vignettes: tuple[Vignette, ...]

    def drug(self, code: str) -> Drug:
        """The drug with this code. Raises KeyError for one the edition does not know."""
        for drug in self.drugs:
            if drug.code == code:
                return drug
        raise KeyError(code)

    def check(self, code: str) -> Check:
        """The check with this code. Raises KeyError for one the edition does not know."""
        for check in self.checks:
            if check.code == code:
                return check
        raise KeyError(code)

    def limit(self, code: str) -> Limit:
        """The limit with this code. Raises KeyError for one the edition does not know."""
        for limit in self.limits:
            if limit.code == code:
                return limit
        raise KeyError(code)

    def passage(self, code: str, drug: str = "") -> Passage | None:
        """The passage with this code meant for `drug` (or for both); None where the edition has none."""
        for passage in self.passages:
            if passage.code == code and (not drug or not passage.drugs or drug in passage.drugs):
                return passage
        return None
