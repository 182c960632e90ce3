"""What drugs, checks and limits are called where two editions are compared: by the newer title, in both columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guidance.guideline import Guideline
from prescribing.documents import norwegian, wording
from prescribing.weighing import Finding, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Titles by code, so that a check that only got another title is no other finding."""

    drugs: Mapping[str, str]
    checks: Mapping[str, str]
    limits: Mapping[str, str]

    def findings(self, found: Iterable[Finding]) -> tuple[str, ...]:
        """«Antidepressiva (krever begrunnelse)», one each."""
        return tuple(f"{self.checks[one.check]} ({wording.SEVERITIES[one.severity]})" for one in found)

    def limits_passed(self, codes: Iterable[str]) -> tuple[str, ...]:
        """«Mer enn 5 dager», one each."""
        return tuple(self.limits[code] for code in codes)

    def said(self, codes: str) -> str:
        """What was expected or came, told in codes, in the words of a reader; what is no code stays as it is."""
        return "; ".join(self._one(code) for code in codes.split(", "))

    def _one(self, code: str) -> str:
        bare = code.removeprefix("ikke ")
        before = code.removesuffix(bare)
        outcomes = {outcome.value: str(words) for outcome, words in wording.OUTCOMES.items()}
        titles = {**outcomes, **self.limits, **self.checks}
        return before + (titles.get(bare) or _day(bare))


def words_of(before: Guideline, after: Guideline) -> Words:
    """The titles of both editions; where both have one, that of `after`."""
    both = (before, after)
    return Words(
        drugs={drug.code: drug.name for edition in both for drug in edition.drugs},
        checks={check.code: check.title for edition in both for check in edition.checks},
        limits={limit.code: limit.title for edition in both for limit in edition.limits},
    )


def outcome(came: Outcome) -> str:
    """«bare med begrunnelse»."""
    return str(wording.OUTCOMES[came])


def _day(text: str) -> str:
    """«28.11.2026» for a date in ISO form; anything else as it is."""
    try:
        return norwegian.numeric_date(date.fromisoformat(text))
    except ValueError:
        return text
