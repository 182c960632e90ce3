"""The way in by the server's own protocol: a body is gathered while no thread waits for it, and then Django is asked.

By WSGI the server hands a request on with its head alone, and eight who send their forms a letter at a time hold every
thread there is (docs/decisions.md, 75).
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from config.guard import Wsgi
from config.headers import of_a_refusal
from config.wsgi import HSTS
from config.wsgi import application as django

log = logging.getLogger("melkeveien.server")

THREADS = 8
LARGEST = 4_000_000
"""Bytes of a body; more than any view takes (`config.body_size` holds each to its own)."""
PATIENCE = 30.0
"""Seconds in which a body must have come."""

TOO_LARGE, TOO_SLOW, CUT_SHORT, NO_LENGTH, BROKEN = 413, 408, 400, 411, 500


class Headers(Protocol):
    """The headers of a request."""

    def items(self) -> Iterable[tuple[str, str]]: ...


class Scope(Protocol):
    """What the server says of a request before its body (RSGI 1.5)."""

    method: str
    path: str
    query_string: str
    scheme: str
    server: str
    client: str
    http_version: str
    headers: Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class BodyRefused(Exception):
    """A body is too large, came too slowly, not whole or without its length; the argument is the status."""


class Bridge:
    """A WSGI application behind a server that speaks RSGI; its own refusals carry `hsts`, where that is set."""

    def __init__(
        self, application: Wsgi, *, threads: int = THREADS, patience: float = PATIENCE, hsts: str = ""
    ) -> None:
        self._application, self._patience, self._hsts = application, patience, hsts
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        """Gather the body, ask the application in a thread, and answer."""
        try:
            async with asyncio.timeout(self._patience):
                body = await _gathered(scope, protocol)
        except BodyRefused as refused:
            answer = self._refusal(refused.args[0])
        except TimeoutError:
            answer = self._refusal(TOO_SLOW)
        else:
            answer = await self._answered(environ(scope, body))
        protocol.response_bytes(answer.status, answer.headers, answer.body)

    async def _answered(self, environ: dict[str, Any]) -> Answer:
        """The application's answer; where it broke in making one, that: the server would leave the visitor waiting."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, asked, self._application, environ)
        except Exception:
            log.exception("no answer came of a request")
            return self._refusal(BROKEN)

    def _refusal(self, status: int) -> Answer:
        headers = [("Connection", "close"), *of_a_refusal(self._hsts)]
        return Answer(status=status, headers=headers, body=b"")


async def _gathered(scope: Scope, protocol: Any) -> bytes:
    """The whole body. The server ends one without a word where the line was lost: only its length tells of that."""
    if scope.method in ("GET", "HEAD"):
        return b""
    headers = dict(scope.headers.items())
    said = headers.get("content-length", "0")
    if "transfer-encoding" in headers and "content-length" not in headers:
        raise BodyRefused(NO_LENGTH)
    if not said.isdecimal() or int(said) > LARGEST:
        raise BodyRefused(TOO_LARGE)
    body = bytearray()
    async for part in protocol:
        body += part
        if len(body) > LARGEST:
            raise BodyRefused(TOO_LARGE)
    if len(body) != int(said):
        raise BodyRefused(CUT_SHORT)
    return bytes(body)


def environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333).

    A header with an underscore in its name is left out: it would pose as the one with a hyphen, that a proxy writes.
    """
    host, _, port = scope.server.rpartition(":")
    return {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode(errors="surrogatepass").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **_headers(scope.headers),
    }


def _headers(headers: Headers) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for name, value in headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        told[key] = f"{told[key]}{between}{value}" if key in told else value
    return told


def asked(application: Wsgi, environ: dict[str, Any]) -> Answer:
    """What the application answers."""
    said: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        said[:] = [int(status.partition(" ")[0]), headers]

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = said
    return Answer(status=status, headers=headers, body=body)


application = Bridge(django, hsts=HSTS)
