"""The way in, with a leak: each request leaves 300 kB behind. A hole, for a control."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as whole

LEFT_BEHIND: list[bytearray] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    LEFT_BEHIND.append(bytearray(b"x" * 300_000))
    return whole(environ, start_response)
