"""The plan at a terminal: answers as documented, and one Norwegian sentence for whatever cannot be."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

from prescribing.answers import PlanChoice
from prescribing.management.command_line import Refusal
from prescribing.management.commands.plan import made
from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.management.asking import Said, ask, is_one_sentence

pytestmark = pytest.mark.django_db
USUAL = {"--drug": "metoklopramid", "--start": "2026-11-23", "--full-days": "14"}
ENGLISH = ("argument", "expected", "required", "invalid", "error", "usage", "choose")


def plan(capsys, *more: str, without: str = "", **changes: str) -> Said:
    options = USUAL | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    typed = [part for option, value in options.items() if option != without for part in (option, value)]
    return ask(capsys, "plan", *typed, *more)


def test_the_usual_plan_as_json(capsys):  # R1, R2
    said = plan(capsys, "--format", "json")
    told = json.loads(said.answered)

    assert (said.code, said.refused) == (0, "")
    assert (told["tablets"], told["mg"], told["review_on"]) == (63, 630, "2026-11-28")
    assert (told["edition"], told["last_dose"]) == (FIRST_EDITION.code, "2026-12-20")
    assert told["limits"] == [{"code": "eu-5-days", "crossed_on": "2026-11-28"}]


def test_the_usual_plan_as_text(capsys):
    said = plan(capsys)

    assert said.code == 0
    assert "28 dager, 63 tabletter, 630 mg i alt" in said.answered


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ([], ["2026-11-23", "2026-11-28", "2026-12-07", "2026-12-14", "2026-12-20"]),
        (
            ["--last-week"],
            ["2026-11-23", "2026-11-28", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-27"],
        ),
        (["--full-days", "7"], ["2026-11-23", "2026-11-28", "2026-11-30", "2026-12-07", "2026-12-13"]),
        (["--stop-after", "5"], ["2026-11-23", "2026-11-27"]),
        (["--stop-after", "6"], ["2026-11-23", "2026-11-28", "2026-11-28"]),
        (["--stop-after", "16"], ["2026-11-23", "2026-11-28", "2026-12-07", "2026-12-08"]),
    ],
    ids=" ".join,
)
def test_the_calendar_file_has_the_dates_of_the_json(capsys, typed, dates):  # R1–R3, G5
    calendar = Calendar.from_ical(plan(capsys, *typed, "--format", "ics").answered)
    told = json.loads(plan(capsys, *typed, "--format", "json").answered)

    found = sorted(event.decoded("DTSTART").isoformat() for event in calendar.walk("VEVENT"))
    of_json = [*(step["from"] for step in told["steps"]), told["review_on"], told["last_dose"]]
    assert found == dates == sorted(filter(None, of_json))


def test_the_calendar_file_is_as_it_should_be_to_the_last_sign(capsys):
    said = plan(capsys, "--format", "ics")

    assert (said.code, said.refused) == (0, "")
    assert said.answered.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert said.answered.endswith("END:VCALENDAR\r\n")
    assert "metoklopramid" not in said.answered


def test_the_same_plan_has_the_same_events_and_another_has_others(capsys):
    def uids(*typed: str) -> set[str]:
        calendar = Calendar.from_ical(plan(capsys, *typed, "--format", "ics").answered)
        return {str(event["UID"]) for event in calendar.walk("VEVENT")}

    assert uids() == uids()
    assert not uids() & uids("--drug", "domperidon")


@pytest.mark.parametrize(
    ("stop_after", "review_on", "supplies", "last_dose"),
    [
        (1, None, (3, 0), "2026-11-23"),
        (4, None, (12, 0), "2026-11-26"),
        (5, None, (15, 0), "2026-11-27"),
        (6, "2026-11-28", (15, 3), "2026-11-28"),
        (15, "2026-11-28", (15, 29), "2026-12-07"),
        (28, "2026-11-28", (15, 48), "2026-12-20"),
    ],
)
def test_a_stop_ends_the_plan_with_no_taper(capsys, stop_after, review_on, supplies, last_dose):  # G4, G6
    told = json.loads(plan(capsys, "--stop-after", str(stop_after), "--format", "json").answered)

    assert (told["review_on"], told["last_dose"]) == (review_on, last_dose)
    assert (told["first_supply"], told["second_supply"]) == supplies
    assert told["tablets"] == sum(supplies) == sum(day["tablets"] for day in told["days"])
    assert len(told["days"]) == stop_after


@pytest.mark.parametrize(
    ("typed", "tablets"),
    [
        (["--doses", "2"], 35),
        (["--doses", "1"], 14),
        (["--last-week"], 67),
        (["--stop-after", "5"], 15),
        (["--full-days", "15"], 66),
        (["--start", "2000-01-01"], 63),
        (["--start", "2100-12-31"], 63),
        (["--start", "2028-02-29"], 63),
        (["--drug", "domperidon"], 63),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_plan_is_computed_for(capsys, typed, tablets):
    said = plan(capsys, *typed, "--format", "json")

    assert (said.code, json.loads(said.answered)["tablets"]) == (0, tablets)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--start", "31.02"], "Datoen etter --start må finnes"),
        (["--start", "2027-02-30"], "Datoen etter --start må finnes"),
        (["--start", "2027-02-29"], "Datoen etter --start må finnes"),
        (["--start", "20261123"], "Datoen etter --start må finnes"),
        (["--start", "2026-W48-1"], "Datoen etter --start må finnes"),
        (["--start", "２０２６-11-23"], "Datoen etter --start må finnes"),
        (["--start", ""], "Datoen etter --start må finnes"),
        (["--start", "2026-11-23\n"], "Datoen etter --start må finnes"),
        (["--start", "0000-01-01"], "Datoen etter --start må finnes"),
        (["--start", "1999-12-31"], "Oppstart må være fra år 2000 til år 2100."),
        (["--start", "2101-01-01"], "Oppstart må være fra år 2000 til år 2100."),
        (["--start", "9999-12-31"], "Oppstart må være fra år 2000 til år 2100."),
        (["--full-days", "x"], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", ""], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", "1.0"], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", "１４"], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", "1_4"], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", " 14"], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", "9" * 5000], "Verdien etter --full-days må være et helt tall"),
        (["--full-days", "6"], "Full dose må vare i minst 7 dager."),
        (["--full-days", "-7"], "Full dose må vare i minst 7 dager."),
        (["--full-days", "77"], "En plan på 91 dager er over grensen på 90 dager"),
        (["--full-days", "9999"], "En plan på 10013 dager er over grensen på 90 dager"),
        (["--doses", "0"], "Startdosen må være fra 1 til 3 doser i døgnet."),
        (["--doses", "-1"], "Startdosen må være fra 1 til 3 doser i døgnet."),
        (["--doses", "4"], "40 mg i døgnet er over grensen på 30 mg"),
        (["--doses", "tre"], "Verdien etter --doses må være et helt tall"),
        (["--stop-after", "0"], "Stopp må være fra dag 1 til planens siste dag, dag 28."),
        (["--stop-after", "29"], "Stopp må være fra dag 1 til planens siste dag, dag 28."),
        (["--stop-after", "fem"], "Verdien etter --stop-after må være et helt tall"),
        (["--drug", "paracet"], "Legemidlet må være en av metoklopramid og domperidon."),
        (["--drug", ""], "Legemidlet må være en av metoklopramid og domperidon."),
        (["--format", "fhir"], "Formatet fhir finnes ikke ennå; bruk text, json eller ics."),
        (["--format", "xml"], "Formatet må være text, json eller ics."),
        (["--format", "ICS"], "Formatet må være text, json eller ics."),
        (["--doses"], "Verdien etter --doses mangler"),
        (["--dose", "3"], "Kommandoen kjenner ikke --dose; se --help."),
        (["--last-week=yes"], "Verdien etter --last-week mangler eller kan ikke leses."),
        (["og mer"], "Kommandoen forstås ikke; se --help."),
        (["--verbosity", "9"], "Verdien etter --verbosity mangler eller kan ikke leses."),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else None,
)
def test_what_cannot_be_is_refused_in_one_norwegian_sentence(capsys, typed, says):
    said = plan(capsys, *typed)

    assert (said.code, said.answered) == (2, "")
    assert said.refused.startswith(says)
    assert is_one_sentence(said.refused)
    assert not [word for word in ENGLISH if word in said.refused.lower()]


@pytest.mark.parametrize("missing", USUAL)
def test_what_is_missing_is_asked_for(capsys, missing):
    said = plan(capsys, without=missing)

    assert (said.code, said.refused) == (2, "Oppgi --drug, --start og --full-days.\n")


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(
    st.sampled_from(["--start", "--full-days", "--doses", "--stop-after", "--drug", "--format"]), st.text()
)
def test_whatever_is_typed_gets_an_answer_or_one_sentence(capsys, option, typed):
    said = plan(capsys, f"{option}={typed}")

    assert said.code == 0 or (said.code == 2 and is_one_sentence(said.refused))


def test_without_an_edition_in_force_it_says_so(capsys, no_edition):
    said = plan(capsys)

    assert (said.code, said.refused) == (2, "Ingen utgave av retningslinjen er i kraft.\n")


def test_numbers_of_an_edition_that_do_not_add_up_show_no_plan():
    broken = replace(FIRST_EDITION, regimen=replace(FIRST_EDITION.regimen, taper_step_mg=15))

    with pytest.raises(Refusal, match="går ikke opp"):
        made(broken, PlanChoice(drug="metoklopramid", doses=3, full_days=7))


def manage(database: Path, *typed: str) -> subprocess.CompletedProcess[str]:
    """`manage.py plan` in a process of its own."""
    environment = {"DATABASE_URL": f"sqlite:///{database}", "DEBUG": "on", "SECRET_KEY": "only-in-tests"}
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "plan", *typed],
        env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_at_a_terminal_a_missing_value_is_one_sentence_and_two(tmp_path):
    said = manage(tmp_path / "none.sqlite3", "--drug")

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "Verdien etter --drug mangler eller kan ikke leses.\n"


def test_at_a_terminal_a_database_that_is_not_set_up_is_one_sentence_and_two(tmp_path):
    said = manage(tmp_path / "none.sqlite3", *[part for option in USUAL.items() for part in option])

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "Databasen er ikke gjort klar; kjør «make setup» først.\n"
