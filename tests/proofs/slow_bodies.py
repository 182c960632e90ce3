"""Whether the site answers while many send it a form a letter at a time."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import sleep

from tests.proofs._other_visitor import Waits, read_for
from tests.proofs._server import BY_WSGI, SERVED, Server, sqlite
from tests.proofs.proof import Finding

WHAT = "60 connections that each send a form a letter at a time"
GOAL = "/healthz answers each time, p95 < 0.1 s"

SLOW, SECONDS, QUICK = 60, 12, 0.1
HEAD = (
    "POST /konto/logg-inn/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={token}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nlogin="
)


def measure() -> Finding:
    """As `.ci/serve` starts it."""
    figure, waits, letters = _dribbled_at(SERVED)
    return Finding(figure=figure, holds=not waits.missed and waits.p95 < QUICK and letters > SLOW * SECONDS)


def control() -> Finding:
    """The same server by WSGI, where a thread waits for each body; it has eight."""
    figure, waits, _ = _dribbled_at(BY_WSGI, timeout=2)
    return Finding(figure=figure, holds=not waits.missed)


def _dribbled_at(application: str, *, timeout: float = 10) -> tuple[str, Waits, int]:
    """The figure, what another waited meanwhile, and how many letters were sent."""
    with sqlite() as database, Server(database, application=application) as server:
        usual = read_for(server, "/healthz", seconds=3)
        browser = server.browser()
        browser.get("/konto/logg-inn/")  # with its token the body is read, and not refused before
        with _dribbling(server.port, browser.cookies["csrftoken"]) as sent:
            waits = read_for(server, "/healthz", seconds=SECONDS, timeout=timeout)
            letters = sum(sent)
    figure = (
        f"{len(waits.seconds)} asked while {SLOW} connections sent {letters} letters: {waits.missed} without "
        f"an answer, p95 {waits.p95 * 1000:.0f} ms, longest {waits.longest * 1000:.0f} ms "
        f"(without them p95 {usual.p95 * 1000:.0f} ms)"
    )
    return figure, waits, letters


def _began(port: int, token: str) -> socket.socket:
    """A connection that has sent the head of its form, or waits until the server takes it."""
    link = socket.socket()
    link.settimeout(0.2)
    with suppress(OSError):
        link.connect(("127.0.0.1", port))
        link.sendall(HEAD.format(token=token).encode())
    return link


@contextmanager
def _dribbling(port: int, token: str) -> Iterator[list[int]]:
    """The slow ones at work; how many letters each has sent."""
    over, sent = Event(), [0] * SLOW
    links = [_began(port, token) for _ in range(SLOW)]

    def dribble() -> None:
        while not over.is_set():
            for number, link in enumerate(links):
                with suppress(OSError):
                    link.sendall(b"x")
                    sent[number] += 1
            sleep(0.2)

    thread = Thread(target=dribble)
    thread.start()
    sleep(1)
    try:
        yield sent
    finally:
        over.set()
        thread.join()
        for link in links:
            link.close()
