"""What never reaches Django: methods and content types that the site has no use for (docs/decisions.md, 6)."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from config.headers import of_a_refusal

METHODS = frozenset({"GET", "HEAD", "POST"})
FORM = re.compile(
    r"(application/x-www-form-urlencoded|multipart/form-data; ?boundary=[0-9A-Za-z'()+_,./:=?-]{1,70})"
    r"(; ?charset=utf-8)?",
    re.IGNORECASE,
)
JSON = re.compile(r"application/(fhir\+)?json(; ?charset=utf-8)?", re.IGNORECASE)
MACHINES = ("/cds-services", "/fhir")
QUESTIONS = (
    200  # in an address; of many more Django complains wherever they are read, its own error page included
)
ALLOW = ("Allow", "GET, HEAD, POST")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def refusal(method: str, content_type: str, path: str, query: str = "") -> str | None:
    """The status line that refuses this request, or None when it may go on. Django 5.2 answers 500 to some charsets."""
    for_machines = any(path == root or path.startswith(f"{root}/") for root in MACHINES)
    if method not in METHODS and not (for_machines and method == "OPTIONS"):
        return "405 Method Not Allowed"
    if query.count("&") >= QUESTIONS:
        return "400 Bad Request"
    if method != "POST" and content_type == "text/plain":  # wsgiref, and so runserver, says it of every GET
        return None
    if (
        content_type
        and not FORM.fullmatch(content_type)
        and not (for_machines and JSON.fullmatch(content_type))
    ):
        return "415 Unsupported Media Type"
    return None


def guarded(application: Wsgi, *, hsts: str = "") -> Wsgi:
    """The application behind the guard, whose refusals carry `hsts` for Strict-Transport-Security where that is set."""
    headers = [ALLOW, *of_a_refusal(hsts)]

    def guard(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status = refusal(
            environ["REQUEST_METHOD"],
            environ.get("CONTENT_TYPE", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
        )
        if status is None:
            return application(environ, start_response)
        start_response(status, list(headers))
        return [status.encode()]

    return guard
