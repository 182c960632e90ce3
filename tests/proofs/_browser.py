"""A browser without pictures or scripts: real HTTP, cookies, the token in each form, no redirect followed by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

PASSWORD = "melkeveien-demo"  # of everybody in the demonstration
TOKEN = "csrfmiddlewaretoken"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class NoAnswer(Exception):
    """The server gave none: it is not there, or it went away while it worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; `seconds` is how long it took. The names are those of Django's responses."""

    status_code: int
    headers: Message
    content: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def location(self) -> str:
        """Where a redirect leads; "" where there is none."""
        return str(self.headers.get("Location", ""))

    @property
    def hidden(self) -> dict[str, str]:
        """The page's hidden fields, the token included."""
        return {name: unescape(value) for name, value in HIDDEN.findall(self.text)}


class Browser:
    """One visitor of the server on `port`, with cookies of their own. Not for two threads at once."""

    def __init__(self, port: int, *, timeout: float = 60) -> None:
        self.port, self.timeout = port, timeout
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, b"", headers)

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> Answer:
        """Send a form; the token is the cookie's where the fields have none."""
        sent = {TOKEN: self.cookies.get("csrftoken", "")} | dict(fields)
        return self.request("POST", path, urlencode(sent, doseq=True).encode(), headers)

    def submit(self, path: str, fields: Mapping[str, Any], *, to: str = "", **headers: str) -> Answer:
        """Open the page at `path`, and send its form with `fields` over its hidden ones."""
        page = self.get(path)
        return self.post(to or path, page.hidden | dict(fields), **headers)

    def log_in(self, username: str, password: str = PASSWORD) -> Browser:
        """Log in on the login page."""
        answer = self.submit("/konto/logg-inn/", {"login": username, "password": password})
        if answer.status_code != 302:
            raise RuntimeError(f"{username} was not let in: {answer.status_code}")
        return self

    def twin(self) -> Browser:
        """Another tab of the same browser, with a connection of its own."""
        other = Browser(self.port, timeout=self.timeout)
        other.cookies = dict(self.cookies)
        return other

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """One request. Raises NoAnswer; it is never sent twice."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        begun = perf_counter()
        connection = self.line()
        try:
            connection.request(method, path, body or None, sent)
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException) as gone:
            raise NoAnswer(str(gone)) from gone
        finally:
            connection.close()
        self._keep(response.headers.get_all("Set-Cookie") or [])
        return Answer(
            status_code=response.status,
            headers=response.headers,
            content=content,
            seconds=perf_counter() - begun,
        )

    def line(self) -> HTTPConnection:
        """A new connection to the server."""
        return HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel["max-age"] != "0" and morsel.value:
                    self.cookies[name] = morsel.value
