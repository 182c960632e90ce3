"""The editor's forms: every part goes into its boxes and comes out as it was, and a slip is told where it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from guidance.forms.blank import new_part
from guidance.forms.edition_text import edition_text
from guidance.forms.new_edition import NewEditionForm, next_code
from guidance.forms.part import PartForm
from guidance.guideline import Check, Kind, Severity
from guidance.part_kinds import KINDS, find_part, key_of, parts_of
from guidance.soundness import Fault
from tests.guidance.first_edition import EDITION

# The example patients have a form of their own: test_vignette_form.py.
PARTS = [
    (kind.field, part)
    for kind in KINDS
    if kind.field != "vignettes"
    for part in parts_of(EDITION, kind.field)
]
NAMES = [f"{field}/{key_of(field, part)}" for field, part in PARTS]


def of_edition(field: str, key: str) -> Any:
    return find_part(field, parts_of(EDITION, field), key)


def filled_in(part: Any, *, new: bool = False, **typed: str | list[str]) -> PartForm:
    """The form as it is sent when somebody has opened it, and typed over the boxes named."""
    opened = PartForm(guideline=EDITION, part=part, version=3, new=new)
    data = QueryDict(mutable=True)
    for name, standing in opened.standing.items():
        data.setlist(name, standing)
    data["version"], data["before"] = "3", opened.initial["before"]
    for name, value in typed.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return PartForm(data, guideline=EDITION, part=part, version=3, new=new)


def made(part: Any, *, new: bool = False, **typed: str | list[str]) -> Any:
    form = filled_in(part, new=new, **typed)
    assert form.is_valid(), form.errors.as_json()
    return form.part()


@pytest.mark.parametrize(("field", "part"), PARTS, ids=NAMES)
def test_a_part_that_nobody_types_in_comes_out_as_it_was(field: str, part: Any):
    assert made(part) == part


def test_what_stands_in_the_edition_itself_comes_out_as_it_was():
    assert made(edition_text(EDITION)) == edition_text(EDITION)


def test_a_code_cannot_be_typed_over():
    seizures = of_edition("checks", "seizures")

    assert made(seizures, code="other").code == "seizures"


def test_a_verdict_is_changed_for_one_drug_alone():  # G2
    check = made(of_edition("checks", "seizures"), verdicts__domperidon__severity="stop")

    assert check.verdicts["domperidon"].severity is Severity.STOP
    assert check.verdicts["metoklopramid"] == EDITION.check("seizures").verdicts["metoklopramid"]


def test_a_verdict_that_is_emptied_is_gone():
    check = made(
        of_edition("checks", "seizures"),
        verdicts__domperidon__severity="",
        verdicts__domperidon__text="",
        verdicts__domperidon__cites="",
    )

    assert set(check.verdicts) == {"metoklopramid"}


def test_a_verdict_that_is_half_emptied_is_asked_about():
    form = filled_in(of_edition("checks", "seizures"), verdicts__domperidon__severity="")

    assert not form.is_valid()
    assert "tøm resten" in form.errors["verdicts-domperidon-severity"][0]


def test_a_drug_that_was_not_concerned_gets_a_verdict():
    check = made(
        of_edition("checks", "cyp3a4-strong"),
        verdicts__metoklopramid__severity="note",
        verdicts__metoklopramid__text="Lite kjent.",
        verdicts__metoklopramid__cites="S-OWN",
    )

    assert check.verdicts["metoklopramid"].cites == ("S-OWN",)


def test_a_threshold_is_typed_with_a_comma():
    check = made(of_edition("checks", "weight"), measure__bands__0__below="59,5")

    assert check.measure.bands[0].below == Decimal("59.5")


def test_a_band_is_added_at_the_end_and_one_is_emptied_away():
    weight = of_edition("checks", "weight")
    added = made(
        weight,
        measure__bands__2__drug="domperidon",
        measure__bands__2__severity="note",
        measure__bands__2__below="45",
        measure__bands__2__text="Under 45 kg.",
        measure__bands__2__cites="S-OWN",
    )
    emptied = made(
        weight,
        measure__bands__0__drug=[],
        measure__bands__0__severity=[],
        measure__bands__0__below="",
        measure__bands__0__text="",
        measure__bands__0__cites="",
    )

    assert [band.below for band in added.measure.bands] == [60, 35, 45]
    assert emptied.measure.bands == weight.measure.bands[1:]


def test_a_statement_that_is_added_gets_the_next_code_that_is_free():
    section = of_edition("sections", "prescribing")
    changed = made(section, statements__3__text="Nytt.", statements__3__cites="P1")

    assert [statement.code for statement in changed.statements] == [f"prescribing-{n}" for n in (1, 2, 3, 4)]


def test_what_is_wrong_with_a_later_statement_is_told_at_its_own_box_when_an_earlier_one_is_emptied():
    form = filled_in(
        of_edition("sections", "prescribing"),
        statements__0__text="",
        statements__0__cites="",
        statements__2__cites="Z9",
    )
    assert form.is_valid()

    form.refuse(
        [Fault(path=("sections", 3, "statements", 1, "cites"), place="", says="viser til «Z9».")], depth=2
    )

    assert list(form.errors) == ["statements-2-cites"]


def test_what_is_wrong_is_said_in_the_forms_own_words():
    form = filled_in(EDITION.regimen)
    assert form.is_valid()

    form.refuse([Fault(path=("regimen", "tablet_mg"), place="", says="«tablet_mg» er 0.")], depth=1)

    assert form.errors["tablet_mg"] == ["«Styrken på én tablett» er 0."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"doses_per_day": "-1"}, "Tallet må være mellom 1 og 30."),
        ({"doses_per_day": "0"}, "Tallet må være mellom 1 og 30."),
        ({"doses_per_day": "31"}, "Tallet må være mellom 1 og 30."),
        ({"doses_per_day": "３"}, "Skriv et helt tall."),
        ({"doses_per_day": "3.0"}, "Skriv et helt tall."),
        ({"doses_per_day": ""}, "Fyll ut dette feltet."),
        ({"full_days_max": "91"}, "Tallet må være mellom 1 og 90."),
        ({"lower_doses": "2, en"}, "«en» er ikke et helt tall fra 1 til 30."),
        ({"lower_doses": "2, -1"}, "«-1» er ikke et helt tall fra 1 til 30."),
        ({"cites-tablet_mg": ""}, "Fyll ut dette feltet."),
    ],
)
def test_a_figure_out_of_range_is_refused_with_a_sentence(typed: dict[str, str], said: str):
    form = filled_in(EDITION.regimen, **typed)

    assert not form.is_valid()
    assert [errors[0] for errors in form.errors.values()] == [said]


@pytest.mark.parametrize("typed", ["Nei\x00", "dose \u202e01 gm\u202c slutt"])
def test_characters_that_mislead_on_paper_are_refused(typed: str):
    form = filled_in(of_edition("points", "1"), text=typed)

    assert not form.is_valid()
    assert "usynlige tegn" in form.errors["text"][0]
    assert form["text"].value() == typed


def test_a_text_that_is_far_too_long_is_refused():
    form = filled_in(of_edition("points", "1"), text="a" * 10_001)

    assert not form.is_valid()
    assert "10001 tegn" in form.errors["text"][0]


def test_an_impossible_date_is_refused_and_kept():
    form = filled_in(edition_text(EDITION), review_by="31.02.2027")

    assert not form.is_valid()
    assert form.errors["review_by"] == ["Datoen 31.02.2027 finnes ikke. Skriv den som dd.mm.åååå."]
    assert form["review_by"].value() == "31.02.2027"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "http://x y", "ftp://x.no", "//x.no"]
)
def test_a_source_has_a_web_address_or_none(address: str):
    form = filled_in(of_edition("sources", "S-EMA"), url=address)

    assert not form.is_valid()
    assert "https://" in form.errors["url"][0]


@pytest.mark.parametrize("kind", [Kind.ASKED, Kind.MEASURED, Kind.MEDICINE])
def test_a_new_check_is_asked_for_what_its_kind_needs(kind: Kind):
    part = new_part("checks", kind.value)
    names = [box.name for box in PartForm(guideline=EDITION, part=part, new=True).boxes]

    assert names[0] == "code"
    assert ("met_by" in names) is (kind is Kind.ASKED)
    assert ("measure-low" in names) is (kind is Kind.MEASURED)
    assert ("medicine-flag" in names) is (kind is Kind.MEDICINE)
    assert ("verdicts-domperidon-severity" in names) is (kind is not Kind.MEASURED)


def test_a_check_of_no_known_kind_cannot_be_begun():
    assert new_part("checks") is None
    assert new_part("checks", "advice") is None


def test_a_new_medicine_check_is_made_of_its_boxes():
    check: Check = made(
        new_part("checks", "medicine"),
        new=True,
        code="herbal",
        group="medicines",
        title="Naturmidler",
        cites="S-OWN",
        medicine__atc_prefixes="N06AX25, A16",
        medicine__qt=["possible", "known"],
        verdicts__domperidon__severity="reason",
        verdicts__domperidon__text="Naturmiddel.",
        verdicts__domperidon__cites="S-OWN",
    )

    assert check.kind is Kind.MEDICINE
    assert check.medicine is not None
    assert check.medicine.atc_prefixes == ("N06AX25", "A16")
    assert check.medicine.qt == ("known", "possible")
    assert set(check.verdicts) == {"domperidon"}


# --- Two who edit the same -------------------------------------------------------------------------------------------


def test_what_only_one_has_changed_stands_as_changed():
    point = of_edition("points", "1")
    mine = filled_in(point, text="Min tekst.")
    assert mine.is_valid()

    both = mine.together_with(replace(point, title="Deres tittel"), version=4)

    assert (both["title"].value(), both["text"].value()) == ("Deres tittel", "Min tekst.")
    assert both["version"].value() == "4"
    assert both.is_valid()


def test_where_both_have_changed_the_same_mine_stands_with_theirs_beside_it():
    point = of_edition("points", "1")
    mine = filled_in(point, text="Min tekst.")
    assert mine.is_valid()

    both = mine.together_with(replace(point, text="Deres tekst."), version=4)

    assert both["text"].value() == "Min tekst."
    assert both.fields["text"].note == "Den andre skrev: Deres tekst."


def test_saving_again_after_that_is_over_what_the_other_saved():
    point = of_edition("points", "1")
    theirs = replace(point, text="Deres tekst.")
    mine = filled_in(point, text="Min tekst.")
    assert mine.is_valid()
    both = mine.together_with(theirs, version=4)

    again = PartForm(both.data, guideline=EDITION, part=theirs, version=4)

    assert again.is_valid()
    assert again.seen_version() == 4
    assert again.part() == replace(point, text="Min tekst.")


def test_ticks_and_lists_of_two_people_are_put_together_too():
    effect = of_edition("side_effects", "sleepiness")
    mine = filled_in(effect, drugs=["domperidon"])
    assert mine.is_valid()

    both = mine.together_with(replace(effect, serious=True), version=4)

    assert both.is_valid()
    assert both.part() == replace(effect, serious=True, drugs=("domperidon",))


def test_what_was_typed_where_the_other_has_taken_the_box_away_is_still_told():
    section = of_edition("sections", "prescribing")
    mine = filled_in(section, statements__3__text="Mitt nye ledd.", statements__3__cites="P1")
    assert mine.is_valid()

    both = mine.together_with(replace(section, statements=section.statements[:1]), version=4)

    assert any("Mitt nye ledd." in error for error in both.non_field_errors())


@pytest.mark.parametrize("before", ["", "[]", "nonsense", '{"text": 1}'])
def test_what_stood_before_may_be_missing_or_nonsense_and_nothing_that_was_typed_is_lost(before: str):
    point = of_edition("points", "1")
    mine = filled_in(point, text="Min tekst.", before=before)
    assert mine.is_valid()

    both = mine.together_with(replace(point, text="Deres tekst."), version=4)

    assert both["text"].value() == "Min tekst."
    assert "Deres tekst." in both.fields["text"].note


def test_a_pack_is_a_number_that_the_editor_may_leave_out():
    drug = of_edition("drugs", "domperidon")

    assert made(drug, pack_tablets="100").pack_tablets == 100
    assert made(drug, pack_tablets="").pack_tablets is None


@pytest.mark.parametrize("typed", ["0", "501", "1,5", "tretti"])
def test_a_pack_that_nobody_sells_is_refused_where_it_was_typed(typed: str):
    form = filled_in(of_edition("drugs", "domperidon"), pack_tablets=typed)

    assert not form.is_valid()
    assert list(form.errors) == ["pack_tablets"]


def test_the_reason_that_a_review_offers_has_a_box_of_its_own():
    limit = of_edition("limits", "eu-5-days")

    changed = made(limit, offered_at_review="God effekt, og hun ønsker det selv.")

    assert changed.offered_at_review == "God effekt, og hun ønsker det selv."
    assert changed.offered == limit.offered


# --- The code of a new edition ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "year", "code"),
    [
        ([], 2026, "2026-1"),
        (["2026-1"], 2026, "2026-2"),
        (["2026-9", "2026-10", "2025-40"], 2026, "2026-11"),
        (["2026-1"], 2027, "2027-1"),
    ],
)
def test_the_next_code_is_the_next_number_of_the_year(codes: list[str], year: int, code: str):
    assert next_code(codes, year) == code


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-", "26-1", "2026-1234", "../../etc", "２０２６-1", "2026-2 <b>"]
)
def test_a_code_of_another_form_is_refused(code: str):
    form = NewEditionForm({"code": code}, back="/")

    assert not form.is_valid()
    assert form["code"].value() == code
