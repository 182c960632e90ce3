"""The parts of a guideline that weigh an answer: the checks with their groups and meanings, and the medicine table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from guidance.guideline.scales import Kind, Severity
from guidance.guideline.texts import Cites


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
class Medicine:
    """A row of the medicine table. `qt` is "", "known", "possible" or "conditional"; `flags` name its columns."""

    atc: str
    substance: str
    brands: tuple[str, ...]
    qt: str
    flags: frozenset[str]
    note: str
    confidence: str
