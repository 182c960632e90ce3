"""What drugs, checks and limits are called where two editions are compared: by the newer title, in both columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guidance.guideline import Guideline
from prescribing.documents import wording
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

    @property
    def of_codes(self) -> Mapping[str, str]:
        """What every code is called that an example patient may be expected to get."""
        outcomes = {outcome.value: str(words) for outcome, words in wording.OUTCOMES.items()}
        return {**outcomes, **self.limits, **self.checks}


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
