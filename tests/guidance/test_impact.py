"""How the impact of an edition is told on a page: the same once, the gravest first, and nothing that leads anywhere."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string

from accounts.models import User
from guidance.gate import Mismatch
from guidance.impact import (
    MANY_LINES,
    ChangedPaper,
    CoursesOn,
    Hunk,
    Impact,
    ImpactRow,
    PatientImpact,
    Presence,
)
from tests.cast import as_user
from tests.journeys import prepared

ON = CoursesOn(edition_code="2026-3", edition_hash="9f3a2c1b" + "0" * 56, running=12, drafts=3, ended=40)
OVER = CoursesOn(edition_code="2026-2", edition_hash="0" * 64, running=0, drafts=0, ended=7)
TABLETS = ImpactRow(what="Tabletter", before="42 tabletter", after="36 tabletter")
SAME = ImpactRow(what="Dager", before="21 dager", after="21 dager")


def patient(name: str, **about: Any) -> PatientImpact:
    given: dict[str, Any] = {"presence": Presence.BOTH, "told_anew": False, "rows": (SAME,), "papers": ()}
    return PatientImpact(name=name, **given | about)


def paper(*added: str) -> ChangedPaper:
    return ChangedPaper(title="Arket hennes", hunks=(Hunk(removed=("Gammel linje",), added=added),))


def impact(*patients: PatientImpact, courses: tuple[CoursesOn, ...] = (ON, OVER)) -> Impact:
    return Impact(before="2026-3", after="2026-4", patients=patients, courses=courses)


def shown(told: Impact) -> str:
    """The page's part as HTML."""
    return render_to_string("guidance/parts/impact.html", {"impact": told})


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


EVERYTHING = impact(
    patient("Anne", rows=(TABLETS, SAME), papers=(paper("Ny linje"),)),
    patient("Berit", rows=(TABLETS, SAME), papers=(paper("Ny linje"),), presence=Presence.NEW),
    patient("Cecilie", rows=(TABLETS,), fails_after=(Mismatch(what="dager", expected="21", actual="17"),)),
    patient("Dina"),
    patient("Eva", untried="kan ikke prøves: ukjent kode"),
)


def test_the_same_change_is_told_once_with_everybody_it_concerns() -> None:
    groups = EVERYTHING.changed_alike

    assert [[one.name for one in group.patients] for group in groups] == [["Anne", "Berit"], ["Cecilie"]]
    assert [one.name for one in groups[0].others] == ["Berit"]


@pytest.mark.parametrize(
    ("line", "together"),
    [("«{}». Unngå.", True), ("«{}». Unngå helt.", False), ("{}. Unngå.", False)],
    ids=["the same of another medicine", "something else", "a word that is no medicine of hers"],
)
def test_the_same_said_of_other_medicines_is_the_same_change(line: str, together: bool) -> None:
    anne = patient("Anne", papers=(paper("«Zoloft». Unngå."),), typed=("Zoloft",))
    berit = patient("Berit", papers=(paper(line.format("Cipralex")),), typed=("Cipralex",))
    groups = impact(anne, berit).changed_alike

    assert len(groups) == (1 if together else 2)
    assert groups[0].by_other_names is together
    assert ("likt med andre legemiddelnavn" in shown(impact(anne, berit))) is together


def test_where_the_same_was_expected_in_vain_no_names_are_spoken_of() -> None:
    failures = (Mismatch(what="dager", expected="21", actual="17"),)
    anne = patient("Anne", papers=(paper("En linje"),), fails_after=failures)
    berit = patient("Berit", papers=(paper("En annen"),), fails_after=failures)

    (group,) = impact(anne, berit).failing_alike
    assert not group.by_other_names


def test_everybody_is_told_of_in_one_place_at_least() -> None:
    places = (*EVERYTHING.failing, *EVERYTHING.changed, *EVERYTHING.unchanged)

    assert set(places) == set(EVERYTHING.patients)


def test_one_who_cannot_be_tried_is_not_among_the_unchanged() -> None:
    assert [one.name for one in EVERYTHING.unchanged] == ["Dina"]
    assert [one.name for one in EVERYTHING.failing] == ["Cecilie", "Eva"]


def test_only_what_differs_is_a_changed_row() -> None:
    assert patient("Anne", rows=(TABLETS, SAME)).changed_rows == (TABLETS,)
    assert not patient("Dina").changed
    assert patient("Frida", papers=(paper("Ny linje"),)).changed


@pytest.mark.parametrize(("lines", "is_long"), [(MANY_LINES - 1, False), (MANY_LINES, True)])
def test_many_lines_are_folded_away(lines: int, is_long: bool) -> None:
    changed = paper(*(f"Linje {n}" for n in range(lines)))  # and the one that went

    assert changed.is_long is is_long
    assert ("<details open" in _details(changed)) is not is_long


def _details(changed: ChangedPaper) -> str:
    html = shown(impact(patient("Anne", papers=(changed,))))
    found = re.search(r'<details class="mv-disclosure mv-impact-paper"( open)?>', html)
    assert found
    return "<details open" if found[1] else "<details"


def test_the_page_tells_old_and_new_expected_and_actual_and_the_open_courses() -> None:
    text = words(shown(EVERYTHING))

    assert "3 av 5 eksempelpasienter får noe annet i utgave 2026-4 enn i 2026-3." in text
    assert "Tabletter 42 tabletter 36 tabletter" in text
    assert "Tatt bort: Gammel linje Kommet til: Ny linje" in text
    assert "Cecilie Dager 21 17" in text
    assert "Eva Kan ikke prøves: ukjent kode" in text
    assert "og 1 til, akkurat likt Berit ny eksempelpasient" in text
    assert "1 eksempelpasient får det samme i begge utgavene Dina" in text
    assert "12 pågår og 3 er utkast på utgave 2026-3." in text
    assert "2026-2" not in text  # nothing is open there


def test_what_fails_stands_before_what_changes() -> None:
    html = shown(EVERYTHING)

    assert html.index("Stemmer ikke med det som er ventet") < html.index("Dette blir annerledes")
    assert html.index("Dette blir annerledes") < html.index("får det samme")


def test_nothing_changed_says_so() -> None:
    text = words(shown(impact(patient("Dina"), courses=())))

    assert "0 av 1 eksempelpasienter får noe annet" in text
    assert "Dette blir annerledes" not in text
    assert "Stemmer ikke" not in text
    assert "Ingen forløp er åpne." in text


def test_it_can_be_kept_with_a_signature_since_nothing_in_it_leads_anywhere() -> None:
    html = shown(EVERYTHING)

    assert not re.search(r"<(a|form|input|button|script|style|img|link)\b|\b(id|style|href|src)=", html)


def test_a_name_is_shown_as_it_was_typed() -> None:
    assert "&lt;script&gt;" in shown(impact(patient("<script>", rows=(TABLETS,))))


def test_editors_see_how_many_courses_stand_on_each_edition_and_no_course(redaktor: User, lege: User) -> None:
    codes = [prepared.draft(lege, prepared.told()), prepared.signed(lege)]
    page = as_user(redaktor).get("/utgaver").content.decode()

    assert re.search(
        r'data-label="Pågår">1</td><td data-label="Utkast">1</td><td data-label="Avsluttet">0', page
    )
    assert not any(code in page for code in codes)


def test_where_there_are_none_editors_are_told_so(redaktor: User) -> None:
    assert "Ingen forløp ennå." in as_user(redaktor).get("/utgaver").content.decode()
