"""How a container that has no curl asks after its own server."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from config.alive import is_alive

ASKED: list[tuple[str, str]] = []


@contextmanager
def server(status: int) -> Iterator[int]:
    """The port of one that answers everything with `status`, and remembers what it was asked."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ASKED.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Answering) as answering:
        thread = Thread(target=answering.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield answering.server_port
        answering.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "alive"), [(200, True), (503, False), (400, False)])
def test_a_server_is_alive_when_it_says_so(status: int, alive: bool) -> None:
    with server(status) as port:
        assert is_alive(port, "melkeveien.example") is alive

    assert ASKED[-1] == ("/healthz", "melkeveien.example")


def test_a_server_that_is_not_there_is_not_alive() -> None:
    with server(200) as port:
        pass

    assert not is_alive(port, "melkeveien.example")
