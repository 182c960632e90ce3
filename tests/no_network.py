"""No test reaches beyond this machine."""

import socket
from typing import Any

import pytest

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - nothing is bound here


class NetworkError(AssertionError):
    """A test tried to reach something beyond this machine."""


def is_here(family: int, address: Any) -> bool:
    """Whether a socket address is on this machine: loopback, or a file in it."""
    return family == socket.AF_UNIX or str(address[0]).startswith(LOOPBACK)


class LocalSocket(socket.socket):
    """A socket that only connects to this machine."""

    def connect(self, address: Any) -> None:
        self._refuse_unless_here(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        self._refuse_unless_here(address)
        return super().connect_ex(address)

    def _refuse_unless_here(self, address: Any) -> None:
        if not is_here(self.family, address):
            raise NetworkError(f"a test reached for {address!r}")


def pytest_configure(config: pytest.Config) -> None:
    socket.socket = LocalSocket  # type: ignore[misc]
