"""A consultation over real HTTP: the same posts as `tests.prescribing.consultation`, to a running server."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.prescribing.consultation import ADVICE, Consultation, named
from tests.proofs._browser import Answer, Browser

CODE = re.compile(r"/vurdering/([0-9A-Z]{3}-[0-9A-Z]{3})/")


class NotTaken(Exception):
    """The server did not take a step of the walk."""


class Visit(Consultation):
    """One doctor with one woman, through `browser`, which has logged in. Knows of no database."""

    def __init__(self, browser: Browser) -> None:
        self.client: Any = browser
        self.code = ""
        self.last: Any = None

    def advice(self, **changed: Any) -> Visit:
        answers = ADVICE | {"breastfeeding-help": "yes", "insufficient_effect": "on"} | named(changed)
        self.send(f"/vurdering/{self.code}/rad" if self.code else "/vurdering/ny", answers)
        found = CODE.search(self.last.location)
        if not found:
            raise NotTaken(f"advice: {self.last.status_code}")
        self.code = found[1]
        return self

    def plan(self, **changed: Any) -> Visit:
        tomorrow = timezone.localdate() + timedelta(days=1)
        super().plan(**({"start": f"{tomorrow:%d.%m.%Y}"} | changed))
        return self

    def to_the_signature(self, drug: str = "metoklopramid", **plan: Any) -> Visit:
        """Everything answered; raises NotTaken where a step was not taken in."""
        steps = (self.advice, self.health, lambda: self.choice(drug), lambda: self.plan(**plan), self.talk)
        for step in steps:
            step()
            if self.last.status_code != 302:
                raise NotTaken(f"{step}: {self.last.status_code}")
        return self

    def seen(self) -> dict[str, str]:
        """What the check page says it shows."""
        return dict(self.client.get(f"/vurdering/{self.code}/sjekk").hidden)

    def send(self, address: str, answers: dict[str, Any]) -> Any:
        self.last = self.client.submit(address, answers)
        return self.last

    def sign(self) -> Any:
        self.last = super().sign()
        return self.last


def signed_course(browser: Browser, **plan: Any) -> tuple[str, Answer]:
    """Walk a new assessment to its signature. Returns its code, and the answer to the signing."""
    visit = Visit(browser).to_the_signature(**plan)
    return visit.code, visit.sign()
