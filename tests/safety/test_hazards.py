"""The hazard log: every hazard has controls, every control a place in the code and a test that exists."""

from __future__ import annotations

import pytest

from tests.safety import hazards
from tests.safety.hazards import faults, read_hazards, released

GOOD = """
[[hazard]]
id = "H01"
name = "A name"
cause = "A cause"
harm = "A harm"
initial = [4, 3]
residual = [4, 1]
status = "controlled"

[[hazard.control]]
kind = "design"
what = "What is done"
by = ["prescribing/limits.py"]
tests = ["tests/safety/test_hazards.py::test_the_log_holds"]
"""


def test_the_log_holds() -> None:
    assert list(faults(hazards.hazards(), hazards.released())) == []


def test_a_log_with_nothing_wrong_has_no_fault() -> None:
    assert list(faults(read_hazards(GOOD), ("H01",))) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "tests/safety/test_hazards.py::test_the_log_holds",
            "tests/gone.py::test_gone",
            "there is no tests/gone.py",
        ),
        ("::test_the_log_holds", "::test_that_nobody_wrote", "has no test_that_nobody_wrote"),
        ("::test_the_log_holds", "::GOOD", "no test proves"),
        ("tests/safety/test_hazards.py::test_the_log_holds", "proof:nothing", "is no proof"),
        ("prescribing/limits.py", "prescribing/gone.py", "there is no prescribing/gone.py"),
        ("residual = [4, 1]", "residual = [4, 4]", "more than there was"),
        ("initial = [4, 3]\nresidual = [4, 1]", "initial = [5, 5]\nresidual = [5, 2]", "unacceptable"),
        ("residual = [4, 1]", "residual = [4, 2]", "nothing argues for it"),
        ("residual = [4, 1]", "residual = [3, 1]", "the severity stays"),
        ("residual = [4, 1]", "residual = [4, 0]", "between 1 and 5"),
        ('kind = "design"', 'kind = "hope"', "no such kind"),
        ('status = "controlled"', 'status = "fine"', "no such status"),
        ('id = "H01"', 'id = "H02"', "H01 was in a release and is gone"),
    ],
)
def test_what_is_wrong_is_told(before: str, after: str, said: str) -> None:
    assert before in GOOD

    told = list(faults(read_hazards(GOOD.replace(before, after)), ("H01",)))

    assert any(said in fault for fault in told), told


def test_what_is_unacceptable_is_open_and_says_when_it_will_not_be() -> None:
    open_one = GOOD.replace("initial = [4, 3]\nresidual = [4, 1]", "initial = [5, 5]\nresidual = [5, 2]")
    open_one = open_one.replace(
        'status = "controlled"', 'status = "open"\nargued = "Not before somebody has read it"'
    )

    assert list(faults(read_hazards(open_one), ())) == []


def test_an_id_stands_once() -> None:
    assert "H01 stands twice" in list(faults(read_hazards(GOOD + GOOD), ()))


def test_four_is_acceptable_and_five_is_not_ten_is_refused() -> None:
    bands = [hazards.Risk(severity=s, likelihood=k).band for s, k in ((4, 1), (5, 1), (3, 3), (5, 2))]

    assert bands == ["acceptable", "tolerable", "tolerable", "unacceptable"]


def test_the_hazards_of_the_first_log_are_still_there() -> None:
    assert [f"H{number:02}" for number in range(1, 21)] == list(released())[:20]
