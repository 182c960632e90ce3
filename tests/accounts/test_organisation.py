"""Whose word is taken when the organisation answers; the proof organisation-login goes all the way with a provider."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.organisation import is_about_one

NOW = 1_795_000_000
TOKEN = {"sub": "a1", "exp": NOW + 1}


@pytest.mark.parametrize("told", [{"id_token": TOKEN}, {"id_token": TOKEN, "userinfo": {"sub": "a1"}}])
def test_a_token_that_holds_and_all_else_about_its_subject_is_taken(told: dict[str, Any]) -> None:
    assert is_about_one(told, at=NOW)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"userinfo": {"sub": "a1"}},
        {"id_token": {"exp": NOW + 1}},
        {"id_token": {"sub": "a1"}},
        {"id_token": TOKEN | {"exp": NOW}},
        {"id_token": TOKEN | {"exp": str(NOW + 1)}},
        {"id_token": TOKEN, "userinfo": {"sub": "b2"}},
        {"id_token": TOKEN, "userinfo": {}},
    ],
)
def test_an_answer_without_a_token_that_holds_or_about_somebody_else_is_not(told: dict[str, Any]) -> None:
    assert not is_about_one(told, at=NOW)
