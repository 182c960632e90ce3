"""What stands between the server and Django: bodies that are gathered first, and requests as WSGI has them."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pytest

from config import rsgi
from config.headers import HTTPS_ALONE
from config.rsgi import Bridge
from tests.headers import lacking


@dataclass
class Request:
    """A request as the server tells of it, and the answer that it was given."""

    method: str = "POST"
    path: str = "/"
    query_string: str = ""
    scheme: str = "http"
    server: str = "127.0.0.1:8000"
    client: str = "10.0.0.7:51000"
    http_version: str = "1.1"
    sent: list[tuple[str, str]] = field(default_factory=list)
    parts: tuple[bytes, ...] = ()
    pause: float = 0
    answer: tuple[Any, ...] = ()

    @property
    def headers(self) -> "Request":
        return self

    def items(self) -> Iterable[tuple[str, str]]:
        return self.sent

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            await asyncio.sleep(self.pause)
            yield part

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = (status, dict(headers), body)


class Echo:
    """An application that answers with what it was sent, and keeps what it was told."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self.closed = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.told = environ
        self.body = environ["wsgi.input"].read()
        start_response("201 Created", [("X-A", "b")])
        return self

    def __iter__(self) -> Any:
        return iter((b"sent: ", self.body))

    def close(self) -> None:
        self.closed = True


def asked(*requests: Request, patience: float = 5) -> Echo:
    """Ask an application with all of them at once."""
    application = Echo()
    bridge = Bridge(application, threads=1, patience=patience, hsts=HTTPS_ALONE)

    async def ask() -> None:
        await asyncio.gather(*(bridge.__rsgi__(request, request) for request in requests))

    with ThreadPoolExecutor() as apart:  # where a browser is open, this thread has a loop of its own
        apart.submit(asyncio.run, ask()).result()
    return application


def test_a_body_is_whole_when_the_application_is_asked() -> None:
    request = Request(parts=(b"a=", b"1"), sent=[("content-type", "text/x"), ("content-length", "3")])
    application = asked(request)

    assert request.answer == (201, {"X-A": "b"}, b"sent: a=1")
    assert (application.told["CONTENT_TYPE"], application.told["CONTENT_LENGTH"]) == ("text/x", "3")
    assert application.closed


@pytest.mark.parametrize("came", [(), (b"a=1&",), (b"a=1&b=", b"2")])
def test_a_form_that_was_cut_short_on_its_way_reaches_nobody(came: tuple[bytes, ...]) -> None:
    """Given a line that is lost, when half a form has come, then it is not taken for the whole."""
    request = Request(sent=[("content-length", "8")], parts=came)
    application = asked(request)

    assert request.answer[0] == 400
    assert not application.told


def test_a_body_whose_end_nothing_tells_is_asked_for_its_length() -> None:
    request = Request(sent=[("transfer-encoding", "chunked")], parts=(b"a=1",))
    application = asked(request)

    assert request.answer[0] == 411
    assert not application.told


def test_the_request_is_told_as_wsgi_has_it() -> None:
    sent = [("host", "a.example"), ("cookie", "a=1"), ("cookie", "b=2"), ("x-a", "1"), ("x-a", "2")]
    told = asked(Request(method="GET", path="/æ b", query_string="q=%20a", scheme="https", sent=sent)).told

    assert told["PATH_INFO"].encode("latin-1").decode() == "/æ b"
    assert (told["QUERY_STRING"], told["wsgi.url_scheme"], told["REMOTE_ADDR"]) == (
        "q=%20a",
        "https",
        "10.0.0.7",
    )
    assert (told["HTTP_HOST"], told["HTTP_COOKIE"], told["HTTP_X_A"]) == ("a.example", "a=1; b=2", "1,2")


def test_a_header_with_an_underscore_poses_as_no_other() -> None:
    sent = [
        ("x_forwarded_for", "1.2.3.4"),
        ("x-forwarded-for", "10.0.0.9"),
        ("x_request_id", "forged-forged"),
    ]
    told = asked(Request(method="GET", sent=sent)).told

    assert told["HTTP_X_FORWARDED_FOR"] == "10.0.0.9"
    assert "HTTP_X_REQUEST_ID" not in told


@pytest.mark.parametrize(("length", "status"), [(rsgi.LARGEST, 201), (rsgi.LARGEST + 1, 413)])
def test_a_body_may_be_so_large_and_not_larger_whatever_it_says_of_itself(length: int, status: int) -> None:
    said = Request(sent=[("content-length", str(length))], parts=(b"x" * (length - 1), b"x"))
    longer = Request(sent=[("content-length", "1")], parts=(b"x" * length, b"x"))
    asked(said, longer)

    assert (said.answer[0], longer.answer[0]) == (status, 413)


@pytest.mark.parametrize("length", ["-1", "x", "1e3", ""])
def test_a_length_is_a_number(length: str) -> None:
    request = Request(sent=[("content-length", length)])
    asked(request)

    assert request.answer[0] == 413


def test_a_body_that_does_not_come_is_given_up_with_the_headers_that_guard_every_answer() -> None:
    request = Request(sent=[("content-length", "100")], parts=(b"x",) * 100, pause=0.05)
    asked(request, patience=0.1)

    assert request.answer[0] == 408
    assert not lacking(request.answer[1], no_store=True, https=True)


def test_where_the_application_breaks_an_answer_comes_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: dict[str, Any], start_response: Any) -> Any:
        raise ValueError("on purpose")

    request = Request(method="GET")
    with ThreadPoolExecutor() as apart:
        apart.submit(asyncio.run, Bridge(broken).__rsgi__(request, request)).result()

    assert request.answer[0] == 500
    assert not lacking(request.answer[1], no_store=True)
    assert caplog.messages == ["no answer came of a request"]


def test_many_slow_bodies_hold_up_nobody() -> None:
    slow = [Request(sent=[("content-length", "4")], parts=(b"x",) * 4, pause=0.1) for _ in range(60)]
    begun = monotonic()
    asked(*slow, Request(method="GET"))

    assert {request.answer[2] for request in slow} == {b"sent: xxxx"}
    assert monotonic() - begun < 60 * 0.4 / 4
