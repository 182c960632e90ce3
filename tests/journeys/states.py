"""The states in which a doctor meets the pages of an assessment, each with the way into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from prescribing.answers import ListedMedicine, Reply
from prescribing.models import Draft
from prescribing.record import Ending, Record
from prescribing.turns import Outcome, Way
from tests.journeys import prepared
from tests.journeys.walk import Walk
from tests.prescribing.first_edition import WELL

State = Callable[[Walk, User], object]

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LISTED = (
    ListedMedicine(typed="Zoloft 50 mg", atc=("N06AB06",)),
    ListedMedicine(typed="Soloft", atc=("N06AB06",), assumed=True),
    ListedMedicine(typed=LONG),
)
TROUBLED = replace(
    prepared.ANSWERED,
    answers=replace(WELL, medicines=LISTED, replies=dict(WELL.replies) | {"long-qt": Reply.YES}),
)
FOR_LONG = prepared.told(prepared.planned(full_days=14, last_week=True), because=LONG)


def at(step: str, record: Record, *presses: str) -> State:
    """A step of a draft that holds `record`, after some buttons."""

    def way(walk: Walk, doctor: User) -> None:
        walk.page.goto(f"/vurdering/{prepared.draft(doctor, record)}/{step}")
        for button in presses:
            walk.press(button)

    return way


def mistyped(step: str, record: Record, box: str, text: str) -> State:
    """A step that was sent with something in it that cannot be read."""

    def way(walk: Walk, doctor: User) -> None:
        at(step, record)(walk, doctor)
        walk.type(box, text).send()

    return way


def ended(ending: Ending, address: str, record: Record | None = None) -> State:
    """A page of a signed course; `{}` in the address is its code."""

    def way(walk: Walk, doctor: User) -> None:
        code = prepared.signed(doctor, record, ending=ending, words="Med egne ord.")
        walk.page.goto(address.format(code))

    return way


def saved_from_two_tabs(walk: Walk, doctor: User) -> None:
    at("helse", prepared.ADVISED)(walk, doctor)
    Draft.objects.update(version=7)
    walk.send()


def a_week_old(walk: Walk, doctor: User) -> None:
    code = prepared.draft(doctor, prepared.told())
    Draft.objects.update(confirmed_at=timezone.now() - timedelta(days=8))
    walk.page.goto(f"/vurdering/{code}/sjekk")


def some_of_each(address: str) -> State:
    """A list with drafts in it, and a course of every kind."""

    def way(walk: Walk, doctor: User) -> None:
        prepared.draft(doctor, prepared.ADVISED)
        prepared.start_unknown(doctor, drug=prepared.DOMP)
        for stage in (prepared.overdue, prepared.review_is_today, prepared.run_out, prepared.in_taper):
            stage(doctor)
        prepared.ahead(doctor)
        walk.page.goto(address)

    return way


def course_at(stage: Callable[[User], str], address: str = "/forlop/{}") -> State:
    """A page of a course at a stage; `{}` in the address is its code."""

    def way(walk: Walk, doctor: User) -> None:
        walk.page.goto(address.format(stage(doctor)))

    return way


def reviewed(effect: str, *troubles: str, way: str = "", press: str = "") -> State:
    """The review of a course in its taper, answered so far."""

    def open_and_answer(walk: Walk, doctor: User) -> None:
        course_at(prepared.in_taper, "/forlop/{}/vurder")(walk, doctor)
        walk.finds_out(effect, *troubles)
        if way:
            walk.agrees(way)
        if press:
            walk.press(press)

    return open_and_answer


def overtaken(walk: Walk, doctor: User) -> None:
    reviewed("God", "Er hun døsig?", way="Gå videre etter planen")(walk, doctor)
    prepared.turn(doctor, walk.code, prepared.review(prepared.SUNDAY))
    walk.sign()


def overtaken_by_an_end(walk: Walk, doctor: User) -> None:
    reviewed("God", "Er hun døsig?", way="Gå videre etter planen")(walk, doctor)
    end = prepared.review(
        prepared.SUNDAY, Way.STOP, from_day=prepared.MONDAY, outcome=Outcome.OTHER, outcome_words=LONG
    )
    prepared.turn(doctor, walk.code, end)
    walk.sign()


def unanswered(walk: Walk, doctor: User) -> None:
    course_at(prepared.in_taper, "/forlop/{}/vurder")(walk, doctor)
    walk.agrees("Gå videre etter planen").sign()


def start_mistyped(walk: Walk, doctor: User) -> None:
    course_at(prepared.review_is_today, "/forlop/{}/start")(walk, doctor)
    walk.type("Første dag med alle dosene", "31.02.2027").press("Vis planen")


def start_shown(walk: Walk, doctor: User) -> None:
    course_at(prepared.start_unknown, "/forlop/{}/start")(walk, doctor)
    walk.type("Første dag med alle dosene", "24.11.2026").press("Vis planen")


def refused_at_the_door(walk: Walk, doctor: User) -> None:
    walk.page.context.clear_cookies()
    walk.page.goto("/konto/logg-inn/")
    walk.type("Brukernavn", doctor.username).type("Passord", "feil").press("Logg inn")


def wrong_code(walk: Walk, doctor: User) -> None:
    walk.page.goto("/forlop/finn")
    walk.type("Kode fra arket eller notatet", "K7F-3QD").press("Finn")


def miscalculated(walk: Walk, doctor: User) -> None:
    walk.page.goto("/kalkulator")
    walk.type("Første dag", "31.02.2027").press("Regn ut")


STATES: dict[str, State] = {
    "advice, answered": at("rad", prepared.ADVISED),
    "advice, mistyped": mistyped("rad", prepared.ADVISED, "Dager prøvd: Amme ofte", "mange"),
    "health, nothing yet": at("helse", prepared.ADVISED),
    "health, with a list": at("helse", TROUBLED),
    "health, mistyped": mistyped("helse", TROUBLED, "Hva veier hun?", "900"),
    "health, saved from two tabs": saved_from_two_tabs,
    "choice, nothing answered": at("valg", prepared.ADVISED),
    "choice, clear": at("valg", prepared.ANSWERED),
    "choice, with a stop": at("valg", TROUBLED),
    "choice, without one": at("valg", TROUBLED, "Lagre og gå til plan"),
    "plan, proposed": at("plan", prepared.chosen()),
    "plan, no date": at("plan", prepared.planned(start=None, review_on=None)),
    "plan, mistyped": mistyped("plan", prepared.chosen(), "Første dag", "31.02.2027"),
    "talk, nothing yet": at("samtale", prepared.planned()),
    "talk, answered": at("samtale", FOR_LONG),
    "talk, too many words": mistyped("samtale", FOR_LONG, "Grunnen med egne ord", LONG * 10),
    "check, something missing": at("sjekk", TROUBLED),
    "check, ready": at("sjekk", FOR_LONG),
    "check, a week old": a_week_old,
    "not yet": at("avslutt/ikke-enna", prepared.NOTHING),
    "not advisable, no words": at("avslutt/ikke-aktuelt", prepared.ANSWERED, "Signer og avslutt"),
    "declined": at("avslutt/onsker-ikke", prepared.planned()),
    "parked": at("parker", TROUBLED),
    "done": ended(Ending.PRESCRIBED, "/forlop/{}/ferdig", FOR_LONG),
    "done, not yet": ended(Ending.NOT_YET, "/forlop/{}/ferdig", prepared.NOTHING),
    "done, not advisable": ended(Ending.NOT_ADVISABLE, "/forlop/{}/ferdig", TROUBLED),
    "done, declined": ended(Ending.DECLINED, "/forlop/{}/ferdig"),
    "course": ended(Ending.PRESCRIBED, "/forlop/{}"),
    "note": ended(Ending.PRESCRIBED, "/forlop/{}/1/notat/fullt", FOR_LONG),
    "sheet": ended(Ending.PRESCRIBED, "/forlop/{}/1/ark", FOR_LONG),
    "advice sheet": ended(Ending.NOT_YET, "/forlop/{}/1/ark", prepared.NOTHING),
    "course, overdue": course_at(prepared.overdue),
    "course, ended": course_at(prepared.ended),
    "review, nothing yet": course_at(prepared.review_is_today, "/forlop/{}/vurder"),
    "review, before the start": course_at(prepared.start_unknown, "/forlop/{}/vurder"),
    "review, with everything to answer": unanswered,
    "review, with reasons to give": reviewed(
        "Ingen", "Har hun andre plager?", way="Tilbake til trinnet før", press="Signer"
    ),
    "review, serious": reviewed("God", "Er hun nedstemt", way="Slutte nå, uten nedtrapping"),
    "review, overtaken": overtaken,
    "review, overtaken by an end": overtaken_by_an_end,
    "start, mistyped": start_mistyped,
    "start, with its plan": start_shown,
    "done, ended": course_at(prepared.ended, "/forlop/{}/ferdig"),
    "replaced sheet": course_at(prepared.in_taper, "/forlop/{}/1/ark"),
    "stop sheet": course_at(prepared.ended, "/forlop/{}/2/ark"),
    "home, with work waiting": some_of_each("/"),
    "drafts": some_of_each("/utkast"),
    "courses": some_of_each("/forlop"),
    "no such course": lambda walk, doctor: walk.page.goto("/forlop/K7F-3QC"),
    "login, refused": refused_at_the_door,
    "find, wrong code": wrong_code,
    "calculator, mistyped": miscalculated,
    "no such page": lambda walk, doctor: walk.page.goto("/finnes-ikke"),
    "information sheet": lambda walk, doctor: walk.page.goto("/ark/informasjon/metoklopramid"),
}
BY_NIGHT = (
    "health, with a list",
    "health, mistyped",
    "choice, nothing answered",
    "choice, with a stop",
    "plan, proposed",
    "talk, answered",
    "check, something missing",
    "done",
    "courses",
    "course, overdue",
    "review, with reasons to give",
    "review, serious",
    "review, overtaken",
)

# A page of each shape and each way to go wrong; `make sweep` opens every one.
DAILY = (
    "health, mistyped",
    "choice, with a stop",
    "check, something missing",
    "done",
    "review, with reasons to give",
)
