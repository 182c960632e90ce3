"""Tries the boundary values in a database of its own: `python -m tests.proofs._boundary_trials`.

`without-bounds` makes the hole; `/part` tries only pages with that in their address. Each value is sent in a form that
is otherwise as it stands on its page. All that it wrote is counted and then undone, so that the next one meets the same
page; a new assessment stays. Prints what was found as JSON.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

PAIRS_A_FORM = 60
SEED = 20_261_123
NEW = "/vurdering/ny"
GOOD = {"effect": "good", "emptying": "yes", "none": "effects"}
REVIEWS: tuple[dict[str, str], ...] = (
    GOOD | {"way": "on"},
    GOOD | {"way": "longer"},
    {"effect": "none", "emptying": "yes", "none": "effects", "way": "stop", "outcome": "other"},
)


@dataclass(slots=True)
class Found:
    """What the trials found, counted; `broken` and `unlike` hold examples."""

    forms: int = 0
    fields: int = 0
    singles: int = 0
    pairs: int = 0
    failed: int = 0
    judged: int = 0
    differ: int = 0
    rows: int = 0
    broken: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    def as_json(self) -> str:
        return json.dumps({name: getattr(self, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form on a page: who sends it, where, and what stands in it."""

    client: Any
    page: str
    standing: dict[str, list[str]]
    fields: dict[str, Any]


def main(arguments: list[str]) -> None:
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    if "without-bounds" in arguments:
        take_bounds_away()
    found, chance = Found(), random.Random(SEED)
    for form in every_form(only=tuple(one for one in arguments if one.startswith("/"))):
        found.forms += 1
        found.fields += len(form.fields)
        try_form(form, found, chance)
    print(found.as_json())


def take_bounds_away() -> None:
    """The hole: any day that can be written, and any number."""
    from decimal import Decimal

    from designsystemet.fields import DayField, NumberField

    DayField.to_python = lambda self, value: datetime.strptime(value, "%d.%m.%Y").date() if value else None  # type: ignore[method-assign,assignment,return-value]  # noqa: DTZ007
    NumberField.to_python = lambda self, value: Decimal(value) if value else None  # type: ignore[method-assign]


# --- the forms ---------------------------------------------------------------------------------------------


def every_form(only: tuple[str, ...]) -> Iterator[Asked]:
    """Every form that somebody sends, on a page that is otherwise filled in."""
    from accounts.models import User
    from tests.cast import as_user
    from tests.journeys import prepared
    from tests.prescribing.consultation import Consultation

    doctor = User.objects.get(username="lege")
    today = _today()
    _declare_windows()
    walked = Consultation(doctor)
    walked.advice().health(medicines="Zoloft 50 mg").choice(
        **{"reason-metoklopramid-antidepressant": "Veid."}
    )
    walked.plan(start=f"{today:%d.%m.%Y}", full_days="14", last_week="yes").talk()
    signed = prepared.signed(doctor)
    steps = [
        NEW,
        *(f"/vurdering/{walked.code}/{step}" for step in ("rad", "helse", "valg", "plan", "samtale")),
    ]
    ends = [f"/vurdering/{walked.code}/avslutt/{end}" for end in ("ikke-enna", "ikke-aktuelt", "onsker-ikke")]
    editor, keeper = (
        as_user(User.objects.get(username="redaktor")),
        as_user(User.objects.get(username="admin")),
    )
    editor.post("/utgaver/ny", {"code": "2031-1"})
    visits = [(walked.client, page) for page in (*steps, *ends, f"/forlop/{signed}/start", "/forlop/finn")]
    visits += [(editor, page) for page in _editors_pages(editor)]
    visits += [(keeper, page) for page in ("/kontoer/inviter", "/kontoer/4")]
    for client, page in visits:
        if not only or any(part in page for part in only):
            yield from _asked(client, page)
    if not only or "/vurder" in only:
        yield from (_review(walked.client, f"/forlop/{signed}/vurder", answers) for answers in REVIEWS)


def _asked(client: Any, page: str) -> Iterator[Asked]:
    """The page's own form, where it has one."""
    response = client.get(page)
    form = (response.context or {}).get("form")
    own = _own(response, page)
    if form is not None and own is not None:
        yield Asked(client=client, page=page, standing=own, fields=dict(form.fields))


def _review(client: Any, page: str, answers: dict[str, str]) -> Asked:
    """The review with some answers in it, which decide what else is asked."""
    standing = (_own(client.get(page), page) or {}) | {name: [value] for name, value in answers.items()}
    shown = client.post(page, standing | {"show": "show"})
    filled = (_own(shown, page) or {}) | {name: [value] for name, value in answers.items()}
    return Asked(client=client, page=page, standing=filled, fields=dict(shown.context["form"].fields))


def _own(response: Any, page: str) -> dict[str, list[str]] | None:
    """What the browser would send of the page's own form."""
    from tests.proofs._forms import forms_on

    for form in forms_on(response.content.decode(), page):
        if urlsplit(form.action).path == page:
            sent: dict[str, list[str]] = {}
            for name, value in form.fields:
                sent.setdefault(name, []).append(value)
            return sent
    return None


def _editors_pages(editor: Any) -> list[str]:
    """Of each kind of part the first, the edition's own fields, and a sentence in another language."""
    page = editor.get("/utgaver/2031-1").content.decode()
    firsts: dict[str, str] = {}
    for address, kind in re.findall(r'href="(/utgaver/2031-1/([a-z-]+)/[^"#.]+)"', page):
        firsts.setdefault(kind, address)
    sentences = editor.get("/utgaver/oversettelser/en").content.decode()
    found = re.findall(r'href="(/utgaver/oversettelser/en/setning/[0-9a-f]+)', sentences)
    return [*firsts.values(), "/utgaver/2031-1/egenskaper", "/utgaver/ny", *found[:1]]


def _declare_windows() -> None:
    from guidance.models import Edition
    from tests.proofs._boundary_values import WINDOWS

    regimen = Edition.objects.in_force().as_guideline().regimen
    WINDOWS["start"] = (-regimen.start_days_back, regimen.start_days_ahead)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


# --- the trials --------------------------------------------------------------------------------------------


def try_form(form: Asked, found: Found, chance: random.Random) -> None:
    """Each value alone, then pairs of them."""
    from tests.proofs._boundary_values import Trial, trials

    singles: list[Trial] = [
        one for name, field in form.fields.items() for one in trials(name, field, _today())
    ]
    for one in singles:
        found.singles += 1
        send(form, (one,), found)
    if len(form.fields) > 1:
        for _ in range(PAIRS_A_FORM):
            first, second = chance.sample(singles, 2)
            if first.field != second.field:
                found.pairs += 1
                send(form, (first, second), found)


def send(form: Asked, tried: tuple[Any, ...], found: Found) -> None:
    """Send the form with the values in it, judge the answer, and undo what it wrote."""
    from django.db import connection, transaction

    posted = dict(form.standing) | {one.field: one.value for one in tried}
    if form.page == NEW:
        posted.pop("token", None)  # each is a new page
    form.client.raise_request_exception = False
    before = connection.connection.total_changes if connection.connection else 0
    with transaction.atomic():
        response = form.client.post(form.page, posted)
        found.rows += connection.connection.total_changes - before
        transaction.set_rollback(form.page != NEW)
    judge(form, tried, response, found)


def judge(form: Asked, tried: tuple[Any, ...], response: Any, found: Found) -> None:
    said = ", ".join(f"{one.field}={one.value[:24]!a}" for one in tried)
    if response.status_code >= 500:
        found.failed += 1
        found.broken.append(f"{form.page} {said}: {response.status_code}")
        return
    errors = _errors(response)
    for one in tried:
        if one.taken is None or (len(tried) > 1 and one.taken) or errors is None:
            continue
        found.judged += 1
        # Of a pair the other may be refused first, and this one not asked for then: the form is not taken all the same.
        refused = one.field in errors or (len(tried) > 1 and bool(errors))
        if refused is one.taken:
            found.differ += 1
            found.unlike.append(f"{form.page} {said}: {'refused' if refused else 'taken'}")


def _errors(response: Any) -> dict[str, Any] | None:
    """The faults by field; none of a form that was taken in, None where it was not judged at all."""
    if response.status_code == 302:
        return {}
    form = (response.context or {}).get("form") if response.status_code in (200, 400) else None
    return None if form is None else dict(form.errors)


if __name__ == "__main__":
    main(sys.argv[1:])
