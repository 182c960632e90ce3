"""Whether the tests notice a changed rule: mutmut over the rules and the plan.

Every change that nobody noticed is argued in docs/mutation-survivors.toml, by its function and its lines. mutmut leaves
module constants and decorated functions as they are; the numbers are the edition's, and the oracle holds them.
A group is run again when one of its files is another; what it came to lies beside the other temporary files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

from tests.house import ROOT
from tests.proofs._mutants import Group, Score, Survivor, score
from tests.proofs.proof import Finding

WHAT = "changed rules and plans that the tests notice (mutmut)"
GOAL = "≥ 95 % of the mutants, and each survivor argued"
LEAST = 0.95
ARGUED = ROOT / "docs" / "mutation-survivors.toml"


def of(name: str, mutated: str, tests: str) -> Group:
    """A group from words: modules of a folder, and tests of the folder that mirrors it."""
    folder, *modules = mutated.split()
    return Group(
        name=name,
        mutated=tuple(f"{folder}/{module}.py" for module in modules),
        tests=tuple(f"tests/{folder}/test_{test}.py" for test in tests.split()),
    )


GROUPS = (
    of("plan", "prescribing taper/* limits supplies start_window", "taper limits following phases supplies"),
    of("rules", "prescribing weighing signing", "weighing signing"),
)

ASSERTS_NOTHING = """
from prescribing.limits import crossed_limits, limits_for
from prescribing.taper import make_plan
from tests.prescribing.numbers import LIMITS
from tests.prescribing.test_taper import FORTNIGHT, plan


def test_the_limits_are_asked_and_nobody_looks_at_the_answer():
    plan(FORTNIGHT, last_week=True)
    crossed_limits("metoklopramid", LIMITS, [30] * 40, earlier_days=3)
"""


def measure() -> Finding:
    """All groups, one at a time."""
    scores = {group.name: score(group) for group in GROUPS}
    killed, mutants = (sum(getattr(one, name) for one in scores.values()) for name in ("killed", "mutants"))
    left = [survivor for one in scores.values() for survivor in one.survivors]
    unargued = _unargued(left)
    by_group = ", ".join(f"{name} {_percent(one)}" for name, one in scores.items())
    for one in unargued:
        print(f"  not argued: {one.where}\n    - {one.was}\n    + {one.becomes}")
    said = f"{killed:,} of {mutants:,} noticed ({killed / mutants:.1%}: {by_group}), {len(left)} survivors, "
    said += f"{len(unargued)} of them not argued"
    return Finding(figure=said, holds=killed >= LEAST * mutants and not unargued)


def _percent(one: Score) -> str:
    return f"{one.killed}/{one.mutants}"


def _unargued(survivors: Iterable[Survivor]) -> list[Survivor]:
    argued = {
        (one["where"], one["was"].strip(), one["becomes"].strip())
        for one in tomllib.loads(ARGUED.read_text())["survivor"]
    }
    return [one for one in survivors if (one.where, one.was, one.becomes) not in argued]


def control() -> Finding:
    """The limits alone, with a test that asks and looks at no answer."""
    hole = Group(
        name="control",
        mutated=("prescribing/limits.py",),
        tests=("tests/prescribing/test_nothing.py",),
        added=(("tests/prescribing/test_nothing.py", ASSERTS_NOTHING),),
    )
    made = score(hole)
    return Finding(
        figure=f"{_percent(made)} noticed of the limits by a test that asserts nothing",
        holds=made.killed >= LEAST * made.mutants,
    )
