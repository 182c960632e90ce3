"""The plan without a browser: `manage.py plan --drug … --start … --full-days …`. Nothing is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from guidance.guideline import Guideline
from prescribing.answers import PlanChoice
from prescribing.documents import norwegian
from prescribing.documents.calendar_file import calendar_file
from prescribing.management.command_line import OneSentenceCommand, Refusal, day, guideline_of, whole
from prescribing.plan_text import plan_json, plan_text, refusal
from prescribing.taper import Plan, PlanDoesNotAddUp, PlanRefused, make_plan

FORMATS = ("text", "json", "ics")
LATER = ("fhir",)


class Command(OneSentenceCommand):
    help = "Regner ut en plan og skriver den ut som tekst, JSON eller kalenderfil. Ingenting lagres."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drug", metavar="KODE", help="metoklopramid eller domperidon")
        parser.add_argument("--start", metavar="ÅÅÅÅ-MM-DD", help="første dag med alle dosene")
        parser.add_argument("--full-days", metavar="N", help="dager med full dose")
        parser.add_argument("--doses", metavar="N", help="doser i døgnet ved oppstart (utelatt: den vanlige)")
        parser.add_argument("--last-week", action="store_true", help="en siste uke med dose annenhver dag")
        parser.add_argument("--stop-after", metavar="N", help="slutt etter N dager, uten nedtrapping")
        parser.add_argument("--format", default="text", metavar="FORMAT", help="text, json eller ics")

    def answer(self, **options: Any) -> None:
        """Print the plan."""
        known_format(options["format"])
        guideline = guideline_of()
        choice = chosen(guideline, options)
        plan = made(guideline, choice)
        if options["format"] == "json":
            self.stdout.write(json.dumps(plan_json(guideline, plan), indent=2))
        elif options["format"] == "ics":
            self.stdout.write(plan_calendar(plan, choice), ending="")
        else:
            self.stdout.write(plan_text(guideline, plan))


def known_format(wanted: str) -> None:
    """Raise Refusal for a format that there is not, or not yet."""
    if wanted in LATER:
        raise Refusal(
            gettext("Formatet %(format)s finnes ikke ennå; bruk text, json eller ics.") % {"format": wanted}
        )
    if wanted not in FORMATS:
        raise Refusal(gettext("Formatet må være text, json eller ics."))


def chosen(guideline: Guideline, options: dict[str, Any]) -> PlanChoice:
    """The choice that was typed. Raises Refusal for what is missing or cannot be read."""
    codes = [drug.code for drug in guideline.drugs]
    full_days = whole(options["full_days"], "--full-days")
    if options["drug"] is None or options["start"] is None or full_days is None:
        raise Refusal(gettext("Oppgi --drug, --start og --full-days."))
    if options["drug"] not in codes:
        raise Refusal(gettext("Legemidlet må være en av %(codes)s.") % {"codes": norwegian.listed(codes)})
    doses = whole(options["doses"], "--doses")
    return PlanChoice(
        drug=options["drug"],
        doses=guideline.regimen.doses_per_day if doses is None else doses,
        full_days=full_days,
        last_week=options["last_week"],
        stop_after=whole(options["stop_after"], "--stop-after"),
        start=day(options["start"], "--start"),
    )


def made(guideline: Guideline, choice: PlanChoice) -> Plan:
    """The plan. Raises Refusal where the edition's limits forbid one."""
    try:
        return make_plan(guideline.regimen, guideline.limits, choice)
    except PlanRefused as refused:
        raise Refusal(refusal(refused)) from refused
    except PlanDoesNotAddUp as wrong:
        raise Refusal(gettext("Planen går ikke opp med tallene i utgaven, og vises derfor ikke.")) from wrong


def plan_calendar(plan: Plan, choice: PlanChoice) -> str:
    """The calendar file, the same events for the same choice; the review stands in it where the JSON has one."""
    if plan.review_day is None:
        plan = replace(plan, appointment_day=None, appointment=None)
    return calendar_file(plan, seed=repr(choice), stamped=timezone.now()).decode()
