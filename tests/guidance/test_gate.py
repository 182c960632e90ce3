"""What an example patient was expected to give and what came, for those who do not know the codes."""

from __future__ import annotations

import pytest

from guidance.gate import Mismatch, Result

WORDS = {"seizures": "Epilepsi", "qtc": "QT-tid, målt"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("seizures", "Epilepsi"),
        ("seizures, qtc", "Epilepsi; QT-tid, målt"),
        ("ikke seizures", "ikke Epilepsi"),
        ("2026-11-28", "28.11.2026"),
        ("42", "42"),
        ("ingen (uten legemiddel)", "ingen (uten legemiddel)"),
    ],
)
def test_codes_are_told_by_their_titles_and_what_is_no_code_stays(code: str, told: str) -> None:
    mismatch = Mismatch(what="utslag", expected=code, actual=code).told(WORDS)

    assert (mismatch.what, mismatch.expected, mismatch.actual) == ("utslag", told, told)


def test_a_result_is_told_with_all_that_did_not_come() -> None:
    result = Result(name="Anne", mismatches=(Mismatch(what="utslag", expected="qtc", actual="ingen"),))

    assert [one.expected for one in result.told(WORDS).mismatches] == ["QT-tid, målt"]
    assert result.told({}).mismatches == result.mismatches
