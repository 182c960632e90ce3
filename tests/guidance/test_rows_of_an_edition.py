"""An edition in the database: laid down in rows, read back whole, in one query however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from hypothesis import given, settings

from guidance.actions import import_draft
from guidance.canonical import content_hash
from guidance.edition_file import read_edition, write_edition
from guidance.guideline import Guideline
from guidance.models import PARTS, ROWS, ContentWasTamperedWith, Edition, NoEditionInForce
from guidance.models import edition as edition_module
from guidance.places import NOUNS
from tests.guidance.first_edition import EDITION
from tests.guidance.sample import NOON, SAMPLE
from tests.guidance.strategies import guidelines, whole_editions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    edition_module.forget()
    yield
    edition_module.forget()


@pytest.fixture
def draft(redaktor: Any) -> Edition:
    return import_draft(by=redaktor, at=NOON, guideline=SAMPLE)


def test_the_first_edition_comes_out_of_its_rows_as_it_stands_in_its_file() -> None:
    edition = Edition.objects.in_force()

    assert edition.as_guideline() == EDITION
    assert edition.content_hash == content_hash(EDITION)


def test_a_random_edition_comes_out_of_its_rows_as_it_went_in_and_its_file_to_the_byte(redaktor: Any) -> None:
    @settings(whole_editions, max_examples=10)  # each is laid down in a thousand rows
    @given(guidelines())
    def law(guideline: Guideline) -> None:
        if guideline.code == EDITION.code:
            return
        with atomic():
            file = write_edition(guideline)
            draft = import_draft(by=redaktor, at=NOON, guideline=read_edition(file))

            assert draft.as_guideline() == guideline
            assert content_hash(draft.as_guideline()) == content_hash(guideline)
            assert write_edition(draft.as_guideline()) == file
            draft.delete()

    law()


def test_each_row_alone_is_the_part_that_it_holds(draft: Edition) -> None:
    for field, model in PARTS.items():
        held = getattr(SAMPLE, field)
        parts = held if isinstance(held, tuple) else (held,)

        assert tuple(row.as_part() for row in model.objects.filter(edition=draft)) == parts


def test_a_draft_is_read_in_one_query_and_the_edition_in_force_in_none_the_second_time(
    draft: Edition, django_assert_num_queries: Any
) -> None:
    in_force = Edition.objects.in_force()

    for edition, queries in ((draft, 1), (draft, 1), (in_force, 1), (in_force, 0)):
        with django_assert_num_queries(queries):
            edition.as_guideline()


def test_memory_keeps_no_more_than_a_few_editions(draft: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_module, "KEPT", 0)

    Edition.objects.in_force().as_guideline()

    assert edition_module.remembered() == 0


def test_a_published_text_that_was_tampered_with_is_not_shown() -> None:
    edition = Edition.objects.in_force()
    edition.content_hash = "0" * 64  # as if a row had been changed behind the locks

    with pytest.raises(ContentWasTamperedWith, match="Innholdet i utgave 2026-3 stemmer ikke"):
        edition.as_guideline()


def test_where_no_edition_is_in_force_that_is_said(no_edition: None) -> None:
    assert Edition.objects.find_in_force() is None
    with pytest.raises(NoEditionInForce, match="Ingen utgave av retningslinjen er i kraft"):
        Edition.objects.in_force()


def test_every_part_of_a_guideline_has_its_rows_and_a_name_for_messages() -> None:
    fields = [name for name in Guideline.__dataclass_fields__ if name not in edition_module.OWN_CONTENT]

    assert list(PARTS) == fields
    assert set(PARTS) <= set(NOUNS)


WRONG: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("points", {"code": "1"}, {"cites": []}),
    ("points", {"code": "1"}, {"code": "2"}),
    ("references", {"number": 1}, {"number": 3}),
    ("checks", {"code": "weight"}, {"low": None}),
    ("checks", {"code": "weight"}, {"low": 250}),
    ("checks", {"code": "weight"}, {"decimals": 3}),
    ("checks", {"code": "depression-risk"}, {"unit": "kg"}),
    ("checks", {"code": "depression-risk"}, {"flag": "serotonergic"}),
    ("checks", {"code": "antidepressant"}, {"flag": "", "atc_prefixes": []}),
    ("checks", {"code": "depression-risk"}, {"kind": "guessed"}),
    ("checks", {"code": "depression-risk"}, {"met_by": "may"}),
    ("limits", {"code": "eu-5-days"}, {"value": 91}),
    ("limits", {"code": "eu-5-days"}, {"value": 0}),
    ("limits", {"code": "max-daily-dose"}, {"value": 31}),
    ("limits", {"code": "dose-interval"}, {"value": 25}),
    ("limits", {"code": "dose-interval"}, {"asks": "nothing"}),
    ("regimen", {}, {"doses_per_day": 4}),
    ("regimen", {}, {"tablet_mg": 11}),
    ("regimen", {}, {"tablet_mg": 0}),
    ("regimen", {}, {"full_days_default": 15}),
    ("regimen", {}, {"full_days_max": 91}),
    ("regimen", {}, {"last_week_first_day": 3}),
    ("regimen", {}, {"cites": {}}),
    ("side_effects", {"code": "low-mood"}, {"about": "man"}),
    ("vignettes", {"name": "Ett råd igjen"}, {"name": "Sertralin, ellers frisk"}),
]


@pytest.mark.parametrize(("field", "which", "to"), WRONG, ids=[f"{f} {w} {t}" for f, w, t in WRONG])
def test_the_database_refuses_a_row_that_cannot_be(
    draft: Edition, field: str, which: dict[str, Any], to: dict[str, Any]
) -> None:
    row = PARTS[field].objects.get(edition=draft, **which)

    with pytest.raises(IntegrityError), atomic():
        type(row).objects.filter(pk=row.pk).update(**to)


@pytest.mark.parametrize(
    "to",
    [{"below": None}, {"above": 60}, {"at_least": 60}, {"severity": "worst"}, {"cites": []}],
)
def test_the_database_refuses_a_band_that_cannot_hold(draft: Edition, to: dict[str, Any]) -> None:
    band = draft.checks.get(code="weight").bands.get(drug="metoklopramid")  # below 60 kg

    with pytest.raises(IntegrityError), atomic():
        type(band).objects.filter(pk=band.pk).update(**to)


def test_a_second_regimen_has_no_place(draft: Edition) -> None:
    (regimen,) = draft.regimens.all()
    regimen.pk, regimen._state.adding = None, True

    with pytest.raises(IntegrityError), atomic():
        regimen.save()


def test_a_deleted_draft_leaves_no_row_behind(draft: Edition) -> None:
    draft.delete()

    for model in ROWS:
        assert not model.objects.filter(**{f"{model.path_to_edition()}__code": "2030-1"}).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM guidance_verdict")
        count = cursor.fetchone()[0]
    assert count == sum(len(check.verdicts) for check in EDITION.checks)
