"""A consultation as its posts: what a browser without JavaScript sends, step by step."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from guidance.models import Edition
from prescribing.models import Draft, Entry
from tests.cast import as_user
from tests.prescribing.first_edition import FIRST_EDITION, WELL

ADVICE = {piece.code: "tried" for piece in FIRST_EDITION.advice}
HEALTH = {code: "no" for code in WELL.replies if code != "breastfeeding-help"}
PLAN = {
    "start": "23.11.2026",
    "doses": "3",
    "length": "full",
    "full_days": "7",
    "last_week": "no",
    "review": "working-day",
    "dropped_first": "midday",
    "dropped_next": "evening",
}


class Consultation:
    """One doctor with one woman. Each step reads its page first, as a browser does, and posts what is named."""

    def __init__(self, doctor: User) -> None:
        self.doctor = doctor
        self.client: Client = as_user(doctor)
        self.code = ""
        self.last: HttpResponse | None = None

    # --- steps -----------------------------------------------------------------------------------

    def advice(self, **changed: Any) -> Consultation:
        """The first step; the first time it opens the course."""
        answers = ADVICE | {"breastfeeding-help": "yes", "insufficient_effect": "on"} | named(changed)
        if self.code:
            return self.step("rad", answers)
        self.last = self.send("/vurdering/ny", answers)
        self.code = Draft.objects.of(self.doctor)[0].course.code
        return self

    def health(self, **changed: Any) -> Consultation:
        """Well, and takes nothing, but for what is named."""
        answers = HEALTH | {"no_medicines": "on", "age": "31", "weight": "72"} | named(changed)
        if answers.get("medicines"):
            answers.pop("no_medicines")
        return self.step("helse", answers)

    def choice(self, drug: str = "metoklopramid", **changed: Any) -> Consultation:
        return self.step("valg", {"drug": drug} | named(changed))

    def plan(self, **changed: Any) -> Consultation:
        return self.step("plan", PLAN | named(changed))

    def talk(self, *, wants: str = "yes", **changed: Any) -> Consultation:
        """Everything said, the offered reasons taken, and her decision."""
        page = self.get("samtale").content.decode()
        told = dict.fromkeys(re.findall(r'name="(told-[^"]+)"', page), "on")
        offered = dict.fromkeys(re.findall(r'name="(how-[^"]+)"', page), "offered")
        return self.step("samtale", told | offered | {"wants": wants} | named(changed))

    def signed(self) -> Entry:
        """Sign, and give the entry."""
        self.sign()
        return Entry.objects.get(course__code=self.code)

    def sign(self) -> HttpResponse:
        return self.client.post(f"/vurdering/{self.code}/signer", self.seen())

    def seen(self) -> dict[str, str]:
        """What the check page says it shows: the edition and the version of the draft."""
        page = self.client.get(f"/vurdering/{self.code}/sjekk")
        edition = Edition.objects.in_force().content_hash
        return {"edition": edition, "version": str(self.draft.version)} | hidden(page)

    def end(self, ending: str, words: str = "") -> HttpResponse:
        """One of the ends without a prescription."""
        return self.send(f"/vurdering/{self.code}/avslutt/{ending}", {"ending_reason": words})

    # --- how -------------------------------------------------------------------------------------

    def get(self, step: str) -> HttpResponse:
        return self.client.get(f"/vurdering/{self.code}/{step}")

    def step(self, step: str, answers: dict[str, Any]) -> Consultation:
        self.last = self.send(f"/vurdering/{self.code}/{step}", answers)
        return self

    def send(self, address: str, answers: dict[str, Any]) -> HttpResponse:
        return self.client.post(address, hidden(self.client.get(address)) | answers)

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(course__code=self.code)


def named(changed: dict[str, Any]) -> dict[str, Any]:
    """Keyword names as field names: `depression_risk` is `depression-risk`; a few fields keep their underscore."""
    kept = {"insufficient_effect", "no_medicines", "full_days", "last_week", "review_on", "start_unknown"}
    kept |= {"review_day_supplied", "dropped_first", "dropped_next", "earlier_days"}
    return {name if name in kept else name.replace("_", "-"): value for name, value in changed.items()}


def hidden(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of a page's form, the token against forgery left out."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def ready_to_sign(doctor: User, drug: str = "metoklopramid", **plan: Any) -> Consultation:
    """A well woman, all answered."""
    return Consultation(doctor).advice().health().choice(drug).plan(**plan).talk()
