"""Whether the page for a forgotten password tells who has an account."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from tests.proofs._server import SERVED, Server, manage, scratch, sqlite
from tests.proofs.proof import Finding

WHAT = "A forgotten password: a known against an unknown account, with a mail server"
GOAL = (
    "one page, one length, within 10 %, as the median of the differences of each pair; "
    "a letter to each known account and no other"
)

PAIRS, APART = 60, 0.10
FORGOTTEN = "/konto/glemt-passord"
LETTERS_WITHIN = 60  # seconds
ACCOUNTS = (
    "from accounts.models import User\n"
    "for n in range({n}): User.objects.create_user(f'kjent{{n:02}}', password='hvit kaffe på stasjonen', "
    "email=f'kjent{{n:02}}@example.org')"
)


def measure() -> Finding:
    """The product: the account is looked up after the answer."""
    return _asked(SERVED)


def control() -> Finding:
    """The same where it is looked up, and the letter sent, before the answer."""
    return _asked("tests.proofs._hasty_post:application")


def _asked(application: str) -> Finding:
    with sqlite() as database, scratch() as box:
        manage(database, "shell", "-c", ACCOUNTS.format(n=PAIRS))
        with Server(database, application=application, EMAIL_URL=f"filemail:///{box}") as server:
            slower, usual, pages = _timed(server)
            letters = _letters(box)
    return Finding(
        figure=f"{PAIRS} pairs: an answer takes {usual * 1000:.1f} ms, for a known account {slower * 1000:+.1f} ms "
        f"({slower / usual:+.1%}); {pages} different page(s), {letters} letters",
        holds=abs(slower / usual) <= APART and pages == 1 and letters == PAIRS,
    )


def _timed(server: Server) -> tuple[float, float, int]:
    """How much slower a known account is, how long an answer takes, and how many different pages came.

    The two of a pair are asked for one after the other, so that what else the machine does meets both.
    """
    browser, pages = server.browser(), set()
    browser.get(FORGOTTEN)
    took: dict[str, list[float]] = {"kjent": [], "ukjnt": []}
    for number in range(PAIRS):
        for name in sorted(took, reverse=bool(number % 2)):  # neither is always the first
            answer = browser.post(FORGOTTEN, {"username": f"{name}{number:02}"})
            took[name].append(answer.seconds)
            pages.add((answer.status_code, answer.content))
            sleep(0.5)  # the letter before is on its way
    slower = median(known - unknown for known, unknown in zip(*took.values(), strict=True))
    return slower, median(took["ukjnt"]), len(pages)


def _letters(box: Path) -> int:
    """How many letters came, once each is there or time is up. One file holds what one connection sent."""
    until = monotonic() + LETTERS_WITHIN
    for _ in count():
        letters = sum(path.read_text().count("Subject:") for path in box.iterdir())
        if letters >= PAIRS or monotonic() > until:
            break
        sleep(0.2)
    return letters
