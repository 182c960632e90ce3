"""The form of an example patient: she comes out as she went in, and each box changes its own key alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict
from hypothesis import given, settings

from guidance.canonical import canonical_form
from guidance.forms.vignette import VignetteForm
from guidance.guideline import Vignette
from guidance.soundness import Fault
from tests.guidance.first_edition import EDITION
from tests.guidance.patients import strange_vignettes, vignettes

NOBODY = Vignette(name="", situation={}, expect={})
HER = Vignette(
    name="Sertralin, ellers frisk",
    situation={"advice": "all", "default_answer": "no", "medicines": ["Zoloft 50 mg"], "age": 31},
    expect={"met": {"metoklopramid": ["antidepressant"]}, "matched": {"Zoloft 50 mg": "N06AB06"}},
)
some = settings(max_examples=40)


def form_of(vignette: Vignette, *, new: bool = False) -> VignetteForm:
    return VignetteForm(guideline=EDITION, part=vignette, version=3, new=new)


def sent(opened: VignetteForm, **typed: str | list[str]) -> QueryDict:
    """What a browser sends when the form was opened and the boxes named were typed over."""
    data = QueryDict(mutable=True)
    for name, standing in opened.standing.items():
        data.setlist(name, standing)
    data["version"], data["before"] = "3", opened.initial["before"]
    for name, value in typed.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def filled_in(vignette: Vignette, *, new: bool = False, **typed: str | list[str]) -> VignetteForm:
    data = sent(form_of(vignette, new=new), **typed)
    return VignetteForm(data, guideline=EDITION, part=vignette, version=3, new=new)


def made(vignette: Vignette, *, new: bool = False, **typed: str | list[str]) -> Vignette:
    form = filled_in(vignette, new=new, **typed)
    assert form.is_valid(), form.errors.as_json()
    return form.part()


def in_canonical_form(vignette: Vignette) -> bytes:
    return canonical_form(replace(EDITION, vignettes=(vignette,)))


@some
@given(strange_vignettes())
def test_a_patient_whom_nobody_types_in_comes_out_to_the_byte(vignette: Vignette):
    out = made(vignette)

    assert out == vignette
    assert in_canonical_form(out) == in_canonical_form(vignette)


@some
@given(vignettes(least=1))
def test_a_patient_who_is_typed_in_anew_is_the_same_patient(vignette: Vignette):
    form = VignetteForm(sent(form_of(vignette), name=vignette.name), guideline=EDITION, part=NOBODY, new=True)

    assert form.is_valid(), form.errors.as_json()
    assert form.part() == vignette


@some
@given(strange_vignettes())
def test_one_box_changes_its_own_key_and_no_other(vignette: Vignette):
    out = made(vignette, tablets="77")

    assert out == replace(vignette, expect={**vignette.expect, "tablets": 77})


@pytest.mark.parametrize("vignette", EDITION.vignettes, ids=lambda vignette: vignette.name)
def test_the_editions_own_patients_come_out_as_they_were(vignette: Vignette):
    assert made(vignette) == vignette


@pytest.mark.parametrize(
    ("typed", "situation"),
    [
        ({"age": "31,5"}, {"age": Decimal("31.5")}),
        ({"weight_kg": "60,0"}, {"weight_kg": 60}),
        ({"start": "23.11.2026"}, {"start": date(2026, 11, 23)}),
        ({"last_week": "no"}, {"last_week": False}),
        ({"drug": "domperidon", "doses": "2"}, {"drug": "domperidon", "doses": 2}),
        ({"medicines": "Zoloft 50 mg\n\n Sobril  10 mg "}, {"medicines": ["Zoloft 50 mg", "Sobril 10 mg"]}),
        ({"default_answer": "unknown"}, {"default_answer": "unknown"}),
        ({"answers__seizures": "yes"}, {"answers": {"seizures": "yes"}}),
        ({"advice": "all"}, {"advice": "all"}),
        ({"advice": "each", "advice__A1": "tried"}, {"advice": {"A1": "tried"}}),
        ({"advice": "each"}, {"advice": {}}),
    ],
)
def test_what_is_typed_about_her_stands_as_in_the_format(typed: dict[str, str], situation: dict[str, Any]):
    assert made(NOBODY, new=True, name="Ny", **typed) == replace(NOBODY, name="Ny", situation=situation)


@pytest.mark.parametrize(
    ("typed", "expect"),
    [
        ({"eligible": "yes"}, {"eligible": True}),
        ({"outcome__domperidon": "stop"}, {"outcome": {"domperidon": "stop"}}),
        ({"met__domperidon": ["seizures", "qtc"]}, {"met": {"domperidon": ["seizures", "qtc"]}}),
        (
            {"matched": "Zoloft 50 mg = n06ab06\nKinarot ="},
            {"matched": {"Zoloft 50 mg": "N06AB06", "Kinarot": ""}},
        ),
        ({"matched": "1 = 1 = N06"}, {"matched": {"1 = 1": "N06"}}),
        ({"tablets": "0"}, {"tablets": 0}),
        ({"review_on": "28.11.2026"}, {"review_on": date(2026, 11, 28)}),
        ({"crossed": ["eu-5-days"]}, {"crossed": ["eu-5-days"]}),
        ({"crossed__none": "on"}, {"crossed": []}),
        ({}, {}),
    ],
)
def test_what_is_expected_stands_as_in_the_format(typed: dict[str, Any], expect: dict[str, Any]):
    assert made(NOBODY, new=True, name="Ny", **typed).expect == expect


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ({"age": ""}, "age"),
        ({"medicines": ""}, "medicines"),
        ({"advice": ""}, "advice"),
        ({"default_answer": "unanswered"}, "default_answer"),
    ],
)
def test_an_emptied_box_leaves_its_key_out(typed: dict[str, str], gone: str):
    assert made(HER, **typed).situation == {key: v for key, v in HER.situation.items() if key != gone}


def test_a_check_that_is_unticked_is_expected_no_longer():
    assert "met" not in made(HER, met__metoklopramid=[]).expect


def test_none_that_is_unticked_says_nothing_of_the_limits():
    none = replace(HER, expect={"crossed": []})

    assert made(none).expect == {"crossed": []}
    assert made(none, **{"crossed-none": []}).expect == {}


def test_a_code_that_the_edition_does_not_know_can_be_taken_away():
    gone = replace(HER, expect={"met": {"domperidon": ["gone", "qtc"]}, "crossed": ["gone"]})

    assert made(gone, met__domperidon=["qtc"], crossed=[]).expect == {"met": {"domperidon": ["qtc"]}}


@pytest.mark.parametrize(
    ("box", "typed", "said"),
    [
        ("age", {"age": "tretti"}, "Skriv et tall"),
        ("doses", {"doses": "2,5"}, "Skriv et helt tall"),
        ("start", {"start": "31.02.2026"}, "finnes ikke"),
        ("matched", {"matched": "Zoloft"}, "«Zoloft» mangler likhetstegn"),
        ("matched", {"matched": "Zoloft = sertralin"}, "«SERTRALIN» er ikke en ATC-kode"),
        ("matched", {"matched": "A = N06\nA = N05"}, "«A» står to ganger"),
        ("advice", {"advice__A1": "not-tried"}, "Velg «Hvert råd for seg»"),
        ("crossed", {"crossed": ["eu-5-days"], "crossed__none": "on"}, "enten grenser eller"),
        ("drug", {"drug": "cisaprid"}, "cisaprid"),
        ("met-domperidon", {"met__domperidon": ["gone"]}, "gone"),
        ("medicines", {"medicines": "01 \u202egm"}, "snur skriveretningen"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_box(box: str, typed: dict[str, Any], said: str):
    form = filled_in(HER, **typed)

    assert not form.is_valid()
    assert [box] == [*form.errors]
    assert said in form.errors[box][0]


def test_what_is_folded_away_says_what_is_chosen_in_it():
    html = render_crispy_form(
        form_of(replace(HER, situation={**HER.situation, "answers": {"seizures": "yes"}}))
    )

    assert "<summary>Skal slå ut: Antidepressiva</summary>" in html
    assert "<summary>Svar på enkelte spørsmål: Epilepsi (ja)</summary>" in html
    assert "<details" in html
    assert " open>" not in html


def test_what_is_folded_away_stands_open_where_somebody_else_wrote_too():
    theirs = replace(HER, expect={**HER.expect, "met": {"metoklopramid": ["qtc"]}})
    mine = filled_in(HER, met__metoklopramid=["seizures"])
    assert mine.is_valid()

    html = render_crispy_form(mine.together_with(theirs, version=4))

    assert html.count(" open>") == 1
    assert "Den andre skrev: QTc" in html


def test_a_new_patient_needs_a_name():
    form = filled_in(NOBODY, new=True)

    assert not form.is_valid()
    assert form.errors == {"name": ["Skriv hvem hun er."]}


def test_what_soundness_refuses_is_said_in_the_box_of_its_key():
    form = filled_in(HER)
    assert form.is_valid()
    path = ("vignettes", 4, "situation", "medicines")

    form.refuse([Fault(path=path, place="", says="slik kan det ikke stå.")], depth=2)

    assert form.errors == {"medicines": ["Slik kan det ikke stå."]}


def test_what_two_people_change_is_put_together_and_what_neither_touched_stays():
    theirs = replace(HER, situation={**HER.situation, "age": 40}, expect={**HER.expect, "later": 1})
    mine = filled_in(HER, tablets="63")
    assert mine.is_valid()

    both = mine.together_with(theirs, version=4)

    assert both.is_valid()
    assert both.part() == replace(theirs, expect={**theirs.expect, "tablets": 63})


def test_where_both_have_changed_the_same_mine_stands_with_theirs_beside_it():
    theirs = replace(HER, situation={**HER.situation, "age": 40})
    mine = filled_in(HER, age="35")
    assert mine.is_valid()

    both = mine.together_with(theirs, version=4)

    assert both["age"].value() == "35"
    assert both.fields["age"].note == "Den andre skrev: 40"
    assert both.is_valid()
    assert both.part().situation["age"] == 35
