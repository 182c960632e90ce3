"""The log says where something happened, and never what somebody typed."""

import io
import logging
import sys
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from config.quiet_log import QuietFormatter
from tests.cast import as_user

TYPED = "Kari Sentinel Nordmann"


def record_of(error: Exception) -> logging.LogRecord:
    try:
        raise error
    except Exception:  # noqa: BLE001 - whatever it was, it is what is logged
        return logging.LogRecord("x", logging.ERROR, __file__, 1, "it broke", None, sys.exc_info())


def test_an_exception_is_told_by_its_kind_and_its_place() -> None:
    told = QuietFormatter().format(record_of(ValueError(TYPED)))

    assert "ValueError (message withheld)" in told
    assert "test_quiet_log.py" in told
    assert "it broke" in told


def test_its_message_is_left_out_however_deep_it_lies() -> None:
    inner = KeyError(TYPED)
    outer = RuntimeError(TYPED)
    outer.__cause__ = inner

    assert "Sentinel" not in QuietFormatter().format(record_of(outer))


def test_a_record_without_an_exception_is_one_line() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it broke", None, (None, None, None))

    assert QuietFormatter().format(record).splitlines()[0].endswith("ERROR x it broke")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the site's own handler writes."""
    handlers = logging.getLogger("django").handlers
    [handler] = [handler for handler in handlers if isinstance(handler.formatter, QuietFormatter)]
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written


def test_what_is_worth_a_warning_is_logged(logged: io.StringIO) -> None:
    logging.getLogger("django.security.other").warning("heard")

    assert "WARNING django.security.other heard" in logged.getvalue()


def test_an_address_that_somebody_typed_is_not_logged(client: Client, db: None, logged: io.StringIO) -> None:
    client.get("/Kari-Sentinel-Nordmann")
    client.get("/", headers={"Host": "Sentinel.example"})

    assert "Sentinel" not in logged.getvalue()


def test_a_form_that_is_refused_for_its_token_is_not_logged_by_its_address(
    db: None, logged: io.StringIO
) -> None:
    refused = Client(enforce_csrf_checks=True).post("/utgaver/Kari-Sentinel/forkast")

    assert refused.status_code == 403
    assert "Sentinel" not in logged.getvalue()


def test_an_error_is_told_by_its_route_and_never_by_its_address(redaktor: User, logged: io.StringIO) -> None:
    client = as_user(redaktor)
    client.raise_request_exception = False

    with connection.execute_wrapper(broken):
        client.get("/utgaver/Kari-Sentinel")

    assert "ERROR django.request 500 GET /utgaver/<slug:code>" in logged.getvalue()
    assert "ValueError (message withheld)" in logged.getvalue()
    assert "Sentinel" not in logged.getvalue()


def broken(execute: Any, sql: str, *rest: Any) -> Any:
    """A database that fails where an edition is looked up."""
    if '"guidance_edition"."code" =' in sql:
        raise ValueError(TYPED)
    return execute(sql, *rest)


def test_a_logger_that_hands_nothing_on_has_a_handler_of_its_own(settings: Any) -> None:
    """With none on the way, Python writes a warning to standard error itself, its exception and all."""
    loggers = settings.LOGGING["loggers"]

    assert [
        name for name, one in loggers.items() if not one.get("propagate", True) and not one["handlers"]
    ] == []
