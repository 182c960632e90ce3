"""A change to a draft is taken back: the last first, as a change of its own, and never past somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from guidance.actions import (
    CannotUndo,
    add_part,
    last_change,
    move_part,
    retire_part,
    submit,
    undo,
)
from guidance.canonical import content_hash
from guidance.models import Change, Deed, Edition, Signature
from guidance.states import State
from tests.cast import as_user
from tests.guidance.published import AT, change, change_own, new_draft, ready, row, sign_as

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def draft(db: None) -> Edition:
    return new_draft()


def take_back(draft: Edition, by: Any) -> None:
    line = last_change(draft)
    assert line is not None
    undo(by=by, at=LATER, edition=draft, change=line.pk)
    draft.refresh_from_db()


def a_sentence(draft: Edition, by: Any) -> None:
    change(draft, "points", "1", title="Først rådene", text="Alt annet etterpå.")


def a_number(draft: Edition, by: Any) -> None:
    change(draft, "limits", "dose-interval", value=8)


def a_range(draft: Edition, by: Any) -> None:
    check = row(draft, "checks", "weight").as_part()
    measure = replace(check.measure, ceiling_mg_per_kg=Decimal("0.45"))
    change(draft, "checks", "weight", measure=measure)


def a_patient(draft: Edition, by: Any) -> None:
    patient = row(draft, "vignettes", draft_key(draft))
    change(draft, "vignettes", draft_key(draft), situation={**patient.as_part().situation, "age": 44})


def draft_key(draft: Edition) -> str:
    from guidance.part_kinds import key_of

    patients = draft.as_guideline().vignettes
    planned = next(one for one in patients if "start" in one.situation and "weight_kg" in one.situation)
    return key_of("vignettes", planned)


def the_regimen(draft: Edition, by: Any) -> None:
    change(draft, "regimen", "tall", full_days_default=10)


def its_own_words(draft: Edition, by: Any) -> None:
    change_own(draft, title="En annen tittel", news="Nytt.", review_by=AT.date(), read_on=AT.date())


def a_retired_check(draft: Edition, by: Any) -> None:
    retire_part(by=by, at=AT, row=row(draft, "checks", "seizures"), version=1)


def a_new_term(draft: Edition, by: Any) -> None:
    term = replace(row(draft, "terms", "off-label").as_part(), code="new-term", term="noe nytt")
    add_part(by=by, at=AT, edition=draft, part=term)


def another_order(draft: Edition, by: Any) -> None:
    move_part(by=by, at=AT, row=row(draft, "positions", "fhi"), to=0)


CHANGES = [
    a_sentence,
    a_number,
    a_range,
    a_patient,
    the_regimen,
    its_own_words,
    a_retired_check,
    a_new_term,
    another_order,
]


@pytest.mark.parametrize("edit", CHANGES)
def test_what_is_taken_back_is_as_it_was_to_the_last_character(
    edit: Any, draft: Edition, redaktor: Any
) -> None:
    before = draft.as_guideline()
    edit(draft, redaktor)
    draft.refresh_from_db()
    assert content_hash(draft.as_guideline()) != content_hash(before)

    take_back(draft, redaktor)

    assert draft.as_guideline() == before


def test_all_changes_are_taken_back_one_after_another(draft: Edition, redaktor: Any) -> None:
    before = draft.as_guideline()
    for edit in CHANGES:
        edit(draft, redaktor)

    for _ in CHANGES:
        take_back(draft, redaktor)

    assert draft.as_guideline() == before
    assert last_change(draft) is None


def test_taking_back_is_a_change_with_a_name_in_the_log(
    draft: Edition, redaktor: Any, fagansvarlig: Any
) -> None:
    a_sentence(draft, redaktor)
    edited = Change.objects.get(edition=draft, deed=Deed.EDITED)

    take_back(draft, fagansvarlig)

    undone = Change.objects.get(undoes=edited)
    assert (undone.by, undone.deed, undone.before, undone.after) == (
        fagansvarlig,
        Deed.EDITED,
        edited.after,
        edited.before,
    )
    assert Change.objects.touching_the_text_of(draft).filter(by=fagansvarlig).exists()


def test_nobody_takes_back_another_change_than_the_one_on_the_page(draft: Edition, redaktor: Any) -> None:
    a_sentence(draft, redaktor)
    on_the_page = last_change(draft)
    a_number(draft, redaktor)

    with pytest.raises(CannotUndo, match="Dette kan ikke angres"):
        undo(by=redaktor, at=LATER, edition=draft, change=on_the_page.pk)

    assert row(draft, "limits", "dose-interval").value == 8


def test_a_change_is_taken_back_once(draft: Edition, redaktor: Any) -> None:
    a_sentence(draft, redaktor)
    line = last_change(draft)
    take_back(draft, redaktor)

    with pytest.raises(CannotUndo):
        undo(by=redaktor, at=LATER, edition=draft, change=line.pk)


def test_taking_back_in_review_voids_the_signatures(draft: Edition, redaktor: Any) -> None:
    a_sentence(draft, redaktor)
    ready(draft)
    sign_as("fagansvarlig", draft)

    take_back(draft, redaktor)

    assert draft.state == State.DRAFT
    change_own(draft, news="Nytt.")
    submit(by=redaktor, at=LATER, edition=draft)
    draft.refresh_from_db()
    assert not Signature.objects.valid(draft, content_hash(draft.as_guideline())).exists()


def test_the_draft_s_page_takes_the_last_change_back(draft: Edition, redaktor: Any) -> None:
    before = draft.as_guideline()
    client = as_user(redaktor)
    assert "Angre</button>" not in client.get(f"/utgaver/{draft.code}").content.decode()
    a_number(draft, redaktor)

    response = client.get(f"/utgaver/{draft.code}")
    change_shown = response.context["undoable"][0]
    assert "Angre</button>" in response.content.decode()
    response = client.post(f"/utgaver/{draft.code}/angre", {"change": change_shown.pk}, follow=True)

    assert "Angret. Utkastet er som det var før den endringen." in response.content.decode()
    assert draft.as_guideline() == before


@pytest.mark.parametrize("typed", ["", "x", "-1", "999999999", "9" * 40])
def test_a_number_that_no_page_has_shown_takes_nothing_back(
    draft: Edition, redaktor: Any, typed: str
) -> None:
    a_number(draft, redaktor)

    response = as_user(redaktor).post(f"/utgaver/{draft.code}/angre", {"change": typed}, follow=True)

    assert "Dette kan ikke angres" in response.content.decode()
    assert row(draft, "limits", "dose-interval").value == 8
