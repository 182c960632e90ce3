"""What an edition must pass before it is published, beside being sound: the example patients, once told of here.

The rules that run them live in an app that this one does not know; it registers its check when it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guidance.guideline import Guideline
from guidance.speech import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Something that did not come as expected; all three are Norwegian, for one line."""

    what: str
    expected: str
    actual: str

    def told(self, words: Mapping[str, str]) -> Mismatch:
        """The same with codes called by `words` and days as they are written; what is neither stays as it is."""
        return replace(self, expected=_told(self.expected, words), actual=_told(self.actual, words))

    def __str__(self) -> str:
        figures = {"what": self.what, "expected": self.expected, "actual": self.actual}
        return said("%(what)s: ventet %(expected)s, fikk %(actual)s", **figures)


def _told(codes: str, words: Mapping[str, str]) -> str:
    """One code, or several with commas between, each perhaps after «ikke»."""
    return "; ".join(_one_told(code, words) for code in codes.split(", "))


def _one_told(code: str, words: Mapping[str, str]) -> str:
    bare = code.removeprefix(said("ikke %(code)s", code=""))  # what was not to come
    return code.removesuffix(bare) + (words.get(bare) or _day_told(bare))


def _day_told(text: str) -> str:
    """«28.11.2026» for a date in ISO form; anything else as it is."""
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One example patient, run. `faults` say what makes her unreadable; then nothing was run."""

    name: str
    mismatches: tuple[Mismatch, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything that was expected came."""
        return not (self.mismatches or self.faults)

    def told(self, words: Mapping[str, str]) -> Result:
        """The same with codes called by `words`."""
        return replace(self, mismatches=tuple(one.told(words) for one in self.mismatches))

    def __str__(self) -> str:
        """One line: her name, and what was expected and what came where that differs."""
        what = "; ".join([*self.faults, *map(str, self.mismatches)])
        passed, failed = (
            said("stemmer: %(name)s", name=self.name),
            said("stemmer ikke: %(name)s", name=self.name),
        )
        line = passed if self.passed else f"{failed} ({what})"
        return " ".join(line.split())


Check = Callable[[Guideline], Sequence[str]]
Trial = Callable[[Guideline], Sequence[Result]]

_checks: list[Check] = []
_trials: list[Trial] = []


def register(check: Check) -> None:
    """Let `check` have its say at every publication: it returns a Norwegian sentence for each failure."""
    if check not in _checks:
        _checks.append(check)


def failures(guideline: Guideline) -> tuple[str, ...]:
    """What the registered checks hold against `guideline`."""
    return tuple(failure for check in _checks for failure in check(guideline))


def register_trial(trial: Trial) -> None:
    """Let `trial` run the example patients: it returns a result for each of the guideline's own, in their order."""
    if trial not in _trials:
        _trials.append(trial)


def results(guideline: Guideline) -> tuple[Result, ...]:
    """How each of the guideline's example patients fares under it; empty where nobody has come to run them."""
    return tuple(result for trial in _trials for result in trial(guideline))
