"""An earlier edition as a draft again: with what it said, and with the codes that it had."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from guidance.actions import (
    EditRefused,
    add_part,
    copy_as_draft,
    discard_draft,
    import_draft,
    restore_as_draft,
    retire_part,
    withdraw,
)
from guidance.models import Change, Deed, Edition
from guidance.retired import returning_codes
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import AT, change_own, new_draft, put_in_force, row

RETIRED = "other"  # a side effect that no example patient names


@pytest.fixture
def editor(redaktor: User) -> Client:
    return as_user(redaktor)


@pytest.fixture
def first(db: None) -> Edition:
    return Edition.objects.in_force()


@pytest.fixture
def second(first: Edition, redaktor: User) -> Edition:
    """The edition that followed: without one side effect, and with another that is new."""
    draft = new_draft("2026-4")
    gone = row(draft, "side_effects", RETIRED)
    retire_part(by=redaktor, at=AT, row=gone, version=gone.version)
    add_part(by=redaktor, at=AT, edition=draft, part=replace(gone.as_part(), code="new-one"))
    return put_in_force(draft)


def restored(edition: Edition, redaktor: User, code: str = "2026-5") -> Edition:
    return restore_as_draft(by=redaktor, at=AT, edition=edition, code=code)


def test_it_says_what_it_said_with_the_codes_that_were_retired_since(
    first: Edition, second: Edition, redaktor: User
):
    draft = restored(first, redaktor)

    assert draft.as_guideline() == replace(first.as_guideline(), code="2026-5", mark="", news="")
    assert returning_codes(draft) == ()
    assert draft.copied_from == first
    assert Edition.objects.in_force() == second
    line = Change.objects.get(edition=draft)
    assert (line.deed, line.name, line.by) == (Deed.RESTORED, first.code, redaktor)

    in_force = row(second, "side_effects", "new-one").as_part()
    add_part(by=redaktor, at=AT, edition=draft, part=in_force)  # it was never retired

    assert returning_codes(draft) == ()


def test_a_code_that_was_retired_comes_back_in_no_other_way(first: Edition, second: Edition, redaktor: User):
    part = row(first, "side_effects", RETIRED).as_part()
    copy = copy_as_draft(by=redaktor, at=AT, edition=second, code="2026-5")
    with pytest.raises(EditRefused, match="Bivirkning «other» er tatt ut for godt"):
        add_part(by=redaktor, at=AT, edition=copy, part=part)
    discard_draft(by=redaktor, at=AT, edition=copy)

    file = replace(first.as_guideline(), code="2026-6", mark="")
    draft = import_draft(by=redaktor, at=AT, guideline=file)

    assert [said.partition(" er ")[0] for said in returning_codes(draft)] == ["Bivirkning «other»"]


def test_what_neither_of_the_two_has_stays_out(first: Edition, second: Edition, redaktor: User):
    draft = new_draft("2026-5")
    gone = row(draft, "side_effects", "new-one")
    retire_part(by=redaktor, at=AT, row=gone, version=gone.version)
    put_in_force(draft)

    draft = restored(first, redaktor, "2026-6")

    with pytest.raises(EditRefused, match="Bivirkning «new-one» er tatt ut for godt"):
        add_part(by=redaktor, at=AT, edition=draft, part=gone.as_part())


def test_a_withdrawn_edition_can_be_restored_where_nothing_is_in_force(
    first: Edition, redaktor: User, fagansvarlig: User
):
    withdraw(by=fagansvarlig, at=AT, edition=first, reason="Feil i dosen.")

    draft = restored(first, redaktor)
    change_own(draft, title="Rettet")

    assert put_in_force(draft).code == "2026-5"


# --- Its page --------------------------------------------------------------------------------------------------------


def test_the_page_asks_for_a_code_and_makes_the_draft(editor: Client, first: Edition):
    address = f"/utgaver/{first.code}/gjenopprett"
    form = editor.get(address).context["form"]

    done = editor.post(address, {"code": form.initial["code"]}, follow=True)

    assert done.redirect_chain == [("/utgaver/2026-4", 302)]
    assert f"Det er utgave {EDITION.code} slik den var." in done.content.decode()


def test_a_draft_is_not_restored(editor: Client, db: Any):
    draft = new_draft()

    assert editor.get(f"/utgaver/{draft.code}/gjenopprett").status_code == 404


@pytest.mark.parametrize(
    ("code", "says"),
    [(EDITION.code, "Det finnes alt en utgave"), ("to", "Skriv koden som"), ("", "Skriv en kode.")],
)
def test_a_code_that_cannot_be_is_refused(editor: Client, first: Edition, code: str, says: str):
    refused = editor.post(f"/utgaver/{first.code}/gjenopprett", {"code": code})

    assert refused.status_code == 400
    assert says in refused.content.decode()


def test_there_is_one_draft_at_a_time(editor: Client, first: Edition):
    new_draft("2026-4")

    refused = editor.post(f"/utgaver/{first.code}/gjenopprett", {"code": "2026-5"})

    assert "Utkastet 2026-4 er åpent" in refused.content.decode()


def test_the_way_there_stands_on_the_list_and_on_the_editions_own_page(editor: Client, first: Edition):
    for address in ("/utgaver", f"/retningslinjen/{first.code}"):
        assert f"/utgaver/{first.code}/gjenopprett" in editor.get(address).content.decode(), address


def test_who_may_not_edit_does_not_see_it(client: Client, first: Edition):
    assert "gjenopprett" not in client.get(f"/retningslinjen/{first.code}").content.decode()
