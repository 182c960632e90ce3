"""From advice to signature, as a doctor does it."""

import re

import pytest

from accounts.models import User
from prescribing.models import Course, CourseState, Entry
from tests.journeys import prepared
from tests.journeys.walk import Walk

REASON = "Stabil på sertralin i tre år. Gått gjennom med henne."


def test_a_light_woman_on_sertraline_gets_metoclopramide_with_reasons(
    walk: Walk,
) -> None:  # G1–G6, M3, S-SPC-M 4.2
    """Given a woman of 48.5 kg on sertraline, when all has been answered, then his reasons stand in the note."""
    walk.begin().advice().health(medicines="Zoloft 50 mg", weight="48,5")

    walk.sees("Mulig, med skriftlig begrunnelse", "Antidepressiva", "Under 60 kg")
    walk.drug("Metoklopramid", because=REASON)
    walk.sees("Hennes eget tak: 2 tabletter i døgnet")
    walk.plan().talk(because="Hun vil prøve full dose.")
    walk.sees(REASON, "Hun vil prøve full dose.", "mandag 23. november 2026", "21 dager, 42 tabletter")
    code = walk.code
    walk.sign().stands_at("Ferdig. Planen er signert.")

    walk.sees(code, "Vurdering: mandag 30. november 2026", "21 tabletter")
    note = walk.short_note()
    assert note.startswith(code)
    assert REASON in note
    assert "Hun vil prøve full dose." in note
    entry = Entry.objects.get(course__code=code)
    assert entry.plan["tablets"] == 42
    assert entry.course.state == CourseState.RUNNING


def test_domperidone_must_be_ordered_so_the_start_is_not_known(walk: Walk) -> None:  # D1, R1
    """Given domperidone, when nobody knows when it comes, then the plan counts days and the review is day 6."""
    walk.begin().advice().health()
    walk.drug("Domperidon")
    walk.tick("Ukjent, legemidlet må bestilles")
    walk.press("Vis planen").sees("dag 1–7")
    walk.plan().talk()
    walk.sees("ukjent, legemidlet må bestilles")
    walk.sign().stands_at("Ferdig. Planen er signert.")

    walk.sees("Vurdering: dag 6")
    assert Course.objects.get().review_on is None


@pytest.mark.sweep
def test_five_days_first_asks_for_no_reason(walk: Walk, lege: User) -> None:  # P2, G5
    """Given a well woman, when only five days are planned, then no limit is passed and 15 tablets are enough."""
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.chosen())}/plan")
    walk.choose("Hvor langt planlegger dere nå?", "5 dager først, resten avtales på vurderingen")
    walk.does_not_see("Dager med full dose").plan().does_not_see("Begrunnelser")
    walk.talk()
    walk.sees("5 dager, 15 tabletter", "Ingen grense passeres.").sign()

    walk.stands_at("Ferdig. Planen er signert.").sees("15 tabletter")


@pytest.mark.sweep
def test_the_signed_course_is_found_again_by_its_code(walk: Walk, lege: User) -> None:
    """Given a signed plan, when its code is typed in small letters and without a hyphen, then it opens."""
    code = prepared.signed(lege)
    walk.follow("Forløp").stands_at("Mine forløp").sees(code)
    walk.type("Kode fra arket eller notatet", code.lower().replace("-", "")).press("Finn")

    walk.stands_at(f"Forløp {code}: metoklopramid").sees("Plan signert")


def test_one_wrong_character_in_a_code_opens_nothing(walk: Walk, lege: User) -> None:
    code = prepared.signed(lege)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    walk.page.goto("/forlop/finn")
    walk.type("Kode fra arket eller notatet", wrong).press("Finn")

    walk.sees("Koden stemmer ikke. Ett tegn er trolig feil; se etter på arket.")


def test_her_sheet_is_printed_from_the_last_page(walk: Walk, lege: User) -> None:
    """Given a signed plan, when the button is pressed, then a PDF opens beside the page."""
    walk.page.goto(f"/forlop/{prepared.signed(lege)}/ferdig")

    with walk.page.context.expect_page() as beside:
        walk.press(re.compile("^Skriv ut arket"))
    beside.value.wait_for_url("**/handout.pdf")

    assert walk.page.context.request.get(beside.value.url).body().startswith(b"%PDF-")
    walk.stands_at("Ferdig. Planen er signert.")


def test_the_note_is_copied_with_one_press(walk: Walk, lege: User) -> None:
    """Given a signed plan, when «Kopier» is pressed, then the clipboard holds the note, line by line."""
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = prepared.signed(lege)
    walk.page.goto(f"/forlop/{code}/ferdig")
    walk.press("Kopier Journalnotat, kort").sees("Kopiert.")

    assert walk.page.evaluate("navigator.clipboard.readText()") == Entry.objects.get().note_short
