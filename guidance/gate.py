"""What an edition must pass before it is published, beside being sound: the example patients, once told of here.

The rules that run them live in an app that this one does not know; it registers its check when it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guidance.guideline import Guideline

Check = Callable[[Guideline], Sequence[str]]

_checks: list[Check] = []


def register(check: Check) -> None:
    """Let `check` have its say at every publication: it returns a Norwegian sentence for each failure."""
    if check not in _checks:
        _checks.append(check)


def failures(guideline: Guideline) -> tuple[str, ...]:
    """What the registered checks hold against `guideline`."""
    return tuple(failure for check in _checks for failure in check(guideline))
