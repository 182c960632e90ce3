"""How a text leaves as a file, and which pages take one in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse

LARGEST_BODY = 3_000_000  # bytes; what is larger than an edition may be is still told so on its own page

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Mark a view that takes more than a form's worth; `config.body_size` reads the mark."""
    view.largest_body = LARGEST_BODY  # type: ignore[attr-defined]
    return view


def as_file(text: str, name: str) -> HttpResponse:
    """A TOML file to be saved under `name`."""
    response = HttpResponse(text.encode(), content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
