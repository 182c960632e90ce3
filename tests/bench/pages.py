"""What a page costs: the health step against hand-written HTML, a stored sheet against a bare view, and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import process_time
from wsgiref.util import setup_testing_defaults

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings, setup_databases, teardown_databases
from django.utils import timezone

from accounts.models import User
from config.guard import guarded
from prescribing.actions import keep_print
from prescribing.documents import press
from prescribing.models import Course, Document, Entry
from tests.bench import by_hand
from tests.bench.measuring import Deed, Measure, in_turns
from tests.cast import as_user
from tests.journeys import prepared
from tests.prescribing.every_page import many_courses, pages

ROUNDS = 200
FEW, MANY = 10, 100_000
MOST_QUERIES = 8
AS_SERVED = {
    "DEBUG": False,
    "ROOT_URLCONF": "tests.bench.by_hand",
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_USE_FINDERS": False,
}


def measures() -> Iterator[Measure]:
    """Everything, in a database of its own."""
    with a_practice() as practice:
        yield from the_health_step(practice)
        yield from the_same_sheet_again(practice)
        yield from the_queries(practice)


class Practice:
    """A doctor at the whole application, as a server calls it: guard, middleware, session, view."""

    def __init__(self) -> None:
        self.application = guarded(get_wsgi_application())
        self.doctor = User.objects.get(username="lege")
        self.cookies = as_user(self.doctor).cookies.output(header="", sep=";").strip()
        day = timezone.localdate() + timedelta(days=1)
        plan = prepared.told(prepared.planned(start=day, review_on=day + timedelta(days=5)))
        self.draft = prepared.draft(self.doctor, plan)
        self.signed = prepared.signed(self.doctor, plan)

    def get(self, address: str) -> bytes:
        """The body of a page; it must be there."""
        environ = {"PATH_INFO": address, "HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookies}
        setup_testing_defaults(environ)
        status: list[str] = []
        response = self.application(environ, lambda line, headers, *rest: status.append(line))
        body = b"".join(response)
        getattr(response, "close", lambda: None)()
        assert status[0].startswith("200"), f"{address}: {status[0]}"
        return body

    def opening(self, address: str) -> Deed:
        return Deed(lambda: address, self.get)


@contextmanager
def a_practice() -> Iterator[Practice]:
    """A scratch database, prepared, with one draft and one signed course in it."""
    with override_settings(**AS_SERVED):
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            call_command("prepare", verbosity=0)
            yield Practice()
        finally:
            press.close()
            teardown_databases(databases, verbosity=0)


def the_health_step(practice: Practice) -> Iterator[Measure]:
    """Some 25 fields through the real view, and the same page as a template written by hand. It is the same page."""
    by_view, written = f"/vurdering/{practice.draft}/helse", f"/by-hand/{practice.draft}"
    page = practice.get(by_view).decode()
    by_hand.write_down(page)
    assert same(page, practice.get(written).decode())
    fields = len(set(re.findall(r'name="([^"]+)"', page.split("<main")[1])))
    taken = in_turns(
        {"by view": practice.opening(by_view), "by hand": practice.opening(written)},
        rounds=ROUNDS,
        clock=process_time,
    )
    yield Measure(
        name=f"health step with {fields} fields, to hand-written HTML",
        figure=taken["by view"] / taken["by hand"],
        at_most=3,
    )
    for name, seconds in taken.items():
        yield Measure(name=f"  {name}", figure=seconds * 1000, unit="ms")


def same(one: str, other: str) -> bool:
    """Whether two pages say the same in the same tags, whatever the tokens in them."""
    tokens = re.compile(r'name="(csrfmiddlewaretoken|page)" value="[^"]*"|action="[^"]*"|hx-post="[^"]*"')
    return " ".join(tokens.sub("", one).split()) == " ".join(tokens.sub("", other).split())


def the_same_sheet_again(practice: Practice) -> Iterator[Measure]:
    """Bytes that were printed before: those kept with an entry, and those kept for everybody by their content."""
    entry = Entry.objects.get(course__code=practice.signed)
    keep_print(
        entry=entry,
        by=entry.signed_by,
        document=Document.HANDOUT,
        pdf=b"%PDF-" + bytes(60_000),
        at=timezone.now(),
    )
    addresses = {
        "a bare view": "/bare",
        "her sheet again, from the bytes kept": f"/forlop/{practice.signed}/1/handout.pdf",
        "the information sheet again, by its content": "/ark/informasjon/metoklopramid.pdf",
    }
    taken = in_turns(
        {name: practice.opening(address) for name, address in addresses.items()},
        rounds=ROUNDS,
        clock=process_time,
    )
    for name in list(addresses)[1:]:
        yield Measure(name=f"{name}, to a bare view", figure=taken[name] / taken["a bare view"], at_most=3)
    yield Measure(name="  a bare view", figure=taken["a bare view"] * 1000, unit="ms")


def the_queries(practice: Practice) -> Iterator[Measure]:
    """The dearest page, in a practice with few courses and in one with very many; and what that does to the list."""
    addresses = pages(draft=practice.draft, signed=practice.signed)
    counted: dict[int, dict[str, int]] = {}
    taken: dict[int, float] = {}
    for count in (FEW, MANY):
        Course.objects.filter(code__startswith="0").delete()
        many_courses(practice.doctor.practice, practice.doctor, count=count, today=timezone.localdate())
        counted[count] = {address: queries(practice, address) for address in addresses}
        taken[count] = in_turns({"list": practice.opening("/forlop")}, rounds=20, clock=process_time)["list"]
    for count, by_page in counted.items():
        name = f"queries of the dearest of {len(addresses)} pages, {count:,} courses"
        yield Measure(name=name, figure=max(by_page.values()), unit="", at_most=MOST_QUERIES)
    other = [address for address in addresses if counted[FEW][address] != counted[MANY][address]]
    yield Measure(name=f"pages with other queries at {MANY:,} courses", figure=len(other), unit="", at_most=0)
    yield Measure(name=f"the list of courses at {MANY:,}, to at {FEW}", figure=taken[MANY] / taken[FEW])


def queries(practice: Practice, address: str) -> int:
    """How many queries a page costs that has been opened before."""
    practice.get(address)
    with CaptureQueriesContext(connection) as captured:
        practice.get(address)
    return len(captured)
