"""A doctor who reads nynorsk signs the same as one who reads bokmål; only the words of the note are in his language."""

import re
from typing import Any

from django.test import Client
from django.utils import translation
from hypothesis import given, settings

from accounts.models import User
from prescribing.case import Case
from prescribing.documents.journal_note import full_note, short_note
from prescribing.documents.prescription_text import LONGEST_DOSAGE, prescription
from prescribing.models import Entry
from prescribing.plan_text import plan_json, plan_seal
from tests.cast import as_user
from tests.prescribing.consultation import ready_to_sign
from tests.prescribing.documents.courses import courses


def reader_of(language: str, user: User) -> User:
    """The same person, who has chosen a language."""
    user.language = language
    user.save(update_fields=["language"])
    return user


def signed_in(language: str, user: User) -> Entry:
    """A well woman's plan, all of it answered and signed in one language."""
    return ready_to_sign(reader_of(language, user)).signed()


def without_when(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if not name.endswith("_at")}


def test_the_record_and_the_plan_are_the_same_in_either_language(lege: User) -> None:
    first, second = signed_in("nb", lege), signed_in("nn", lege)

    assert without_when(first.record) == without_when(second.record)
    assert first.plan == second.plan
    assert (first.ending, first.drug, first.edition_hash) == (second.ending, second.drug, second.edition_hash)


def test_the_note_is_in_the_language_it_was_signed_in_and_stays_in_it(lege: User, lege2: User) -> None:
    entry = signed_in("nn", lege)
    reader_of("nb", lege2)

    page = as_user(lege2).get(f"/forlop/{entry.course.code}/1/notat/fullt").content.decode()

    assert '<html lang="nb"' in page
    for note in (entry.note_full, entry.note_short):
        assert "Ho ønskjer" in note or "Ønskjer det." in note
    assert "Ho ønskjer behandlinga. Valet er hennar." in page


def test_the_seal_of_a_plan_is_the_same_in_either_language(lege: User) -> None:
    case = signed_in("nb", lege).as_case()
    assert case.plan is not None
    told = {}
    for language in ("nb", "nn"):
        with translation.override(language):
            told[language] = (plan_json(case.guideline, case.plan), plan_seal(case.guideline, case.plan))

    assert told["nb"] == told["nn"]


def test_a_plan_that_was_read_in_one_language_can_be_signed_in_the_other(lege: User) -> None:
    consultation = ready_to_sign(reader_of("nb", lege))
    seen = consultation.seen()
    reader_of("nn", lege)

    consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)

    assert Entry.objects.get(course__code=consultation.code).note_full


@settings(max_examples=80, deadline=None)
@given(courses())
def test_what_is_prescribed_and_noted_in_nynorsk_is_as_exact_and_fits_as_well(made: Case) -> None:
    with translation.override("nn"):
        text, notes = prescription(made), (full_note(made), short_note(made))

    assert all(len(line) <= 80 for note in notes for line in note.split("\n"))
    if text is None:
        return
    assert text.length <= LONGEST_DOSAGE
    assert text.quantity.split()[0] == str(text.tablets)
    if made.record.turns:
        assert told_tablets(text.dosage) == made.stages[-1].supplied.needed


def told_tablets(dosage: str) -> int:
    """The tablets that somebody who follows the dosage takes."""
    daily = re.findall(r"(\d) gong(?:er)? dagleg i (\d+)", dosage)
    every_other = re.findall(r"annankvar dag i (\d+)", dosage)
    return sum(int(times) * int(days) for times, days in daily) + sum((int(n) + 1) // 2 for n in every_other)


def test_her_sheet_does_not_follow_the_doctors_language(lege: User) -> None:
    entry = signed_in("nb", lege)
    address = f"/forlop/{entry.course.code}/1/ark"
    before = main_of(as_user(lege), address)
    reader_of("nn", lege)

    assert main_of(as_user(lege), address) == before


def test_the_calendar_file_for_her_phone_does_not_either(lege: User) -> None:
    entry = signed_in("nb", lege)
    address = f"/forlop/{entry.course.code}/1/kalender.ics"
    before = as_user(lege).get(address).content
    reader_of("nn", lege)

    assert as_user(lege).get(address).content == before
    assert "Time hos legen. Tabletter videre" in before.decode().replace("\r\n ", "")


def main_of(client: Client, address: str) -> str:
    """The sheet that stands on a page."""
    page = client.get(address).content.decode()
    return page.split("<article")[1].split("</article>")[0]
