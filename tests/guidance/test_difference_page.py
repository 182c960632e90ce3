"""What an edition changes, as editors and signers read it: a word for every field, numbers first, side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from guidance.actions import move_part, retire_part
from guidance.difference import Difference, Fate, What, difference
from guidance.guideline import Asks, Guideline, LimitText, Severity, Verdict
from guidance.models import Edition
from guidance.part_kinds import KINDS
from guidance.shape import shapes
from guidance.states import State
from guidance.telling import _COUNTED, Told, told
from guidance.telling.labels import asked_of
from guidance.views.comparing import followed
from tests.cast import as_user
from tests.guidance.first_edition import DOMPERIDONE, EDITION, METOCLOPRAMIDE
from tests.guidance.published import AT, change, new_draft, put_in_force, row
from tests.guidance.sample import SAMPLE, with_
from tests.queries import few_queries

DRAFT = "2030-1"
LATER = timedelta(days=30)


def telling(after: Guideline, before: Guideline = EDITION) -> Told:
    return told(difference(before, after))


def changed(field: str, key: str, **changes: Any) -> Guideline:
    """The first edition with one part changed."""
    parts = getattr(EDITION, field)
    return replace(
        EDITION, **{field: tuple(replace(one, **changes) if one.code == key else one for one in parts)}
    )


def rows(found: Told) -> list[tuple[str, str, str]]:
    """Each field of the only part that differs: what it is called, before, after."""
    (part,) = found.parts
    return [
        (
            field.label,
            field.before or "".join(run.text for run in field.old),
            field.after or "".join(run.text for run in field.new),
        )
        for field in part.fields
    ]


def html(found: Difference) -> str:
    return " ".join(render_to_string("guidance/parts/difference.html", {"difference": found}).split())


# --- Words ----------------------------------------------------------------------------------------------------------


def test_a_figure_of_the_regimen_is_called_what_its_form_calls_it_and_has_its_unit() -> None:
    after = replace(EDITION, regimen=replace(EDITION.regimen, full_days_max=21, try_days=1))

    assert rows(telling(after)) == [
        ("Full dose, lengst", "14\u00a0dager", "21\u00a0dager"),
        ("Et kort forsøk først", "5\u00a0dager", "1\u00a0dag"),
    ]


def test_a_limit_says_its_days_and_what_it_asks_for() -> None:
    found = telling(changed("limits", "eu-5-days", value=7, asks=Asks.WEIGHED))

    assert found.parts[0].heading == "Grense: Mer enn 5 dager"
    assert rows(found) == [
        ("Verdi", "5\u00a0dager", "7\u00a0dager"),
        (
            "Når den passeres",
            "Legen skriver en god grunn",
            "Legen skriver hvordan nytten er veid mot risikoen",
        ),
    ]


def test_a_bound_of_a_measure_stands_in_the_unit_of_its_measure() -> None:
    measure = EDITION.check("weight").measure
    assert measure
    bands = (replace(measure.bands[0], below=Decimal("62.5")), *measure.bands[1:])
    found = telling(changed("checks", "weight", measure=replace(measure, bands=bands)))

    assert rows(found) == [("Målet: Utslag 1: Under", "60\u00a0kg", "62,5\u00a0kg")]
    assert [(one.place, one.label) for one in found.numbers] == [("Kontroll: Vekt", "Målet: Utslag 1: Under")]


def test_a_verdict_is_told_for_its_drug() -> None:
    verdicts = dict(EDITION.check("seizures").verdicts)
    verdicts[DOMPERIDONE] = replace(verdicts[DOMPERIDONE], severity=Severity.NOTE)

    assert rows(telling(changed("checks", "seizures", verdicts=verdicts))) == [
        ("Hva det betyr for domperidon: Utslag", "Krever begrunnelse", "Til opplysning")
    ]


def test_an_information_item_names_the_limit_that_asks_for_it() -> None:
    item = next(item for item in EDITION.information if not item.limit)

    assert rows(telling(changed("information", item.code, limit="long-term"))) == [
        ("Når det skal sies", "Alltid", "Når «Mer enn 4 uker» er passert")
    ]


def test_a_source_of_a_figure_is_told_with_the_figure() -> None:
    cites = {**EDITION.regimen.cites, "try_days": ("G1",)}
    found = telling(replace(EDITION, regimen=replace(EDITION.regimen, cites=cites)))

    assert rows(found) == [("Kilder: Et kort forsøk først", "G5", "G1")]


def test_flags_of_a_medicine_are_told_in_words() -> None:
    found = telling(with_("medicines", 0, "flags", to=frozenset({"antipsychotic"})), before=SAMPLE)

    assert ("Merket som", "antipsykotisk") in [(label, after) for label, _before, after in rows(found)]


def test_what_is_known_about_an_example_patient_is_told_in_the_words_of_her_form() -> None:
    def patient(age: int, epilepsy: str, outcome: str) -> Guideline:
        first, *others = EDITION.vignettes
        situation = {"age": age, "answers": {"seizures": epilepsy}, "last_week": True, "ny-nøkkel": 1}
        expect = {"outcome": {METOCLOPRAMIDE: outcome}, "met": {METOCLOPRAMIDE: ["seizures"]}}
        one = replace(first, situation=situation, expect=expect)
        return replace(EDITION, vignettes=(one, *others))

    assert rows(telling(patient(32, "yes", "stop"), before=patient(31, "no", "reason"))) == [
        ("Situasjon: Alder", "31", "32"),
        ("Situasjon: Epilepsi", "Nei", "Ja"),
        ("Dette skal komme ut: Utfall for metoklopramid", "Mulig, med begrunnelse", "Stopp"),
    ]
    before = [row[:2] for row in rows(telling(EDITION, before=patient(31, "no", "reason")))]
    assert ("Dette skal komme ut: Skal slå ut: metoklopramid", "Epilepsi") in before
    assert ("Situasjon: Siste uke med", "Ja") in before
    assert ("Situasjon: ny-nøkkel", "1") in before


def test_a_retired_check_is_told_with_its_code_in_the_heading_alone() -> None:
    found = telling(replace(EDITION, checks=tuple(one for one in EDITION.checks if one.code != "seizures")))

    (part,) = found.parts
    assert (part.heading, part.code, part.became) == ("Kontroll: Epilepsi", "seizures", "tatt ut")
    assert ("Spørsmål", "Har hun epilepsi?", "") in rows(found)
    assert found.counts == ("1\u00a0kontroll tatt ut",)


def test_a_moved_part_says_from_where_to_where() -> None:
    *others, last = EDITION.terms
    (part,) = telling(replace(EDITION, terms=(last, *others))).parts

    assert part.fate is Fate.MOVED
    assert part.moved == f"Flyttet fra plass {len(EDITION.terms)} til plass 1."


def test_counts_are_told_in_words() -> None:
    after = replace(
        changed("points", "5", text=EDITION.points[4].text.replace("etter 5 dager", "etter 6 dager")),
        regimen=replace(EDITION.regimen, full_days_max=21, full_days_default=8),
        terms=EDITION.terms[:-1],
    )

    assert telling(after).counts == (
        "1\u00a0tekst endret",
        "2\u00a0tall og datoer endret",
        "1\u00a0ord tatt ut",
    )


def test_all_that_is_counted_has_its_words() -> None:
    assert set(_COUNTED) == {*What, *(kind.field for kind in KINDS if not kind.is_one)}


def parts_within(part: type) -> set[type]:
    """The dataclass and all that it is made of."""
    inner = {shape.type or (shape.of.type if shape.of else None) for shape in shapes(part).values()}
    return {part}.union(*(parts_within(one) for one in inner if hasattr(one, "__dataclass_fields__")))


def test_every_field_of_an_edition_has_a_name_of_its_own() -> None:
    nameless = {
        (part.__name__, name)
        for part in parts_within(Guideline)
        for name in shapes(part)
        if name != "code" and str(asked_of(part, name).label or asked_of(part, name).heading) in {"", "Kode"}
    }

    assert nameless - {("Guideline", kind.field) for kind in KINDS} == set()


# --- The include ----------------------------------------------------------------------------------------------------


def test_a_changed_number_in_a_text_is_marked_in_both_columns_and_stands_in_the_table_first() -> None:
    after = changed("points", "5", text=EDITION.points[4].text.replace("etter 5 dager", "etter 6 dager"))
    page = html(difference(EDITION, after))

    assert re.search(r"<del>.{0,80}tatt bort:.{0,20}</span>5<", page)
    assert re.search(r"<ins>.{0,80}lagt til:.{0,20}</span>6<", page)
    assert "melk etter <strong>5</strong> dager" in page
    assert page.index("<strong>6</strong>") < page.index("<ins>")


def test_the_include_has_no_link_no_form_and_no_markup_of_the_text() -> None:
    after = changed("points", "5", text="<script>alert(1)</script> & <b>nytt</b>")
    page = html(difference(EDITION, after))

    assert not re.search(r"<(a|form|input|button|script|b|img)\b|\bstyle=|\bon\w+=", page)
    assert "&lt;script&gt;" in page


def test_two_editions_that_say_the_same_are_told_to() -> None:
    assert "sier det samme som utgave" in html(difference(EDITION, replace(EDITION, code=DRAFT)))


def test_every_kind_of_change_can_be_laid_out() -> None:
    section = next(one for one in EDITION.sections if len(one.statements) > 1)
    text = LimitText(text="", cites=())
    verdict = Verdict(severity=Severity.STOP, text="Nytt.", cites=("G1",))
    after = replace(
        EDITION,
        code=DRAFT,
        review_by=EDITION.review_by + LATER,
        sections=tuple(
            replace(one, statements=one.statements[::-1]) if one is section else one
            for one in EDITION.sections
        ),
        limits=(
            replace(EDITION.limits[0], drugs={**EDITION.limits[0].drugs, "nytt": text}),
            *EDITION.limits[1:],
        ),
        checks=(replace(EDITION.checks[2], verdicts={METOCLOPRAMIDE: verdict}), *EDITION.checks[:2]),
        medicines=EDITION.medicines[3:],
        vignettes=EDITION.vignettes[1:],
        drugs=EDITION.drugs[:1],
    )

    for one, other in ((EDITION, after), (after, EDITION)):
        page = html(difference(one, other))
        assert page.count("mv-changed") == len(difference(one, other).parts)


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(db: None) -> Edition:
    return new_draft(DRAFT)


@pytest.fixture
def editor(redaktor: User) -> Client:
    return as_user(redaktor)


def opened(client: Client, code: str = DRAFT, query: str = "") -> str:
    response = client.get(f"/utgaver/{code}/endringer{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_draft_is_read_against_the_edition_in_force(draft: Edition, editor: Client) -> None:
    change(draft, "limits", "eu-5-days", value=6)
    retired = row(draft, "checks", "seizures")
    retire_part(by=User.objects.get(username="redaktor"), at=AT, row=retired, version=retired.version)
    move_part(
        by=User.objects.get(username="redaktor"), at=AT, row=row(draft, "terms", EDITION.terms[0].code), to=2
    )

    page = opened(editor)
    with few_queries():
        opened(editor)

    assert f"Sammenlignet med utgave {EDITION.code} (i kraft)" in page
    assert "1 kontroll tatt ut" in page
    assert "<strong>6 dager</strong>" in page
    assert "Flyttet fra plass 1 til plass 3." in page
    assert "Hva endringene betyr" in page


def test_an_edition_is_read_against_the_one_it_followed_or_the_one_asked_for(
    draft: Edition, editor: Client
) -> None:
    change(draft, "terms", EDITION.terms[0].code, text="Det er sju.")
    published = put_in_force(draft)
    following = new_draft("2030-2")
    once = list(Edition.objects.once_published())

    assert followed(published, once) == Edition.objects.get(code=EDITION.code)
    assert followed(following, once) == published
    page = opened(editor, following.code, f"?mot={EDITION.code}")
    assert f"Sammenlignet med utgave {EDITION.code} (avløst)" in page
    assert "Det er sju" in page
    assert f'<option value="{EDITION.code}" selected>' in page


def test_a_draft_is_read_against_the_last_edition_where_none_is_in_force(draft: Edition) -> None:
    last = Edition(code="2029-1", state=State.WITHDRAWN, published_at=AT)
    older = Edition(code="2028-1", state=State.SUPERSEDED, published_at=AT - LATER)

    assert followed(draft, [last, older]) == last
    assert followed(draft, []) is None


def test_the_first_edition_has_nothing_to_be_compared_with(db: None, editor: Client) -> None:
    assert "Det er ingen annen utgave å sammenligne med." in opened(editor, EDITION.code)


@pytest.mark.parametrize("mot", ["finnes-ikke", DRAFT, "%00", "'"])
def test_an_edition_that_was_never_in_force_is_not_compared_with(
    draft: Edition, editor: Client, mot: str
) -> None:
    assert editor.get(f"/utgaver/{DRAFT}/endringer?mot={mot}").status_code == 404
