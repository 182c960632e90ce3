"""The log says where something happened, and never what somebody typed."""

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


def test_an_address_that_somebody_typed_is_not_logged(
    client: Client, db: None, capfd: pytest.CaptureFixture[str]
) -> None:
    client.get("/Kari-Sentinel-Nordmann")
    client.get("/", headers={"Host": "Sentinel.example"})

    told = capfd.readouterr()
    assert "Sentinel" not in told.out + told.err


def test_a_form_that_is_refused_for_its_token_is_not_logged_by_its_address(
    db: None, capfd: pytest.CaptureFixture[str]
) -> None:
    refused = Client(enforce_csrf_checks=True).post("/Kari-Sentinel-Nordmann")

    told = capfd.readouterr()
    assert refused.status_code in {403, 404}
    assert "Sentinel" not in told.out + told.err


def test_an_error_is_told_by_its_route_and_never_by_its_address(
    redaktor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(QuietFormatter())
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    client = as_user(redaktor)
    client.raise_request_exception = False

    with connection.execute_wrapper(broken):
        try:
            client.get("/utgaver/Kari-Sentinel")
        finally:
            logger.removeHandler(handler)

    [line] = lines
    assert "ERROR django.request 500 GET /utgaver/<slug:code>" in line
    assert "ValueError (message withheld)" in line
    assert "Sentinel" not in line


def broken(execute: Any, sql: str, *rest: Any) -> Any:
    """A database that fails where an edition is looked up."""
    if '"guidance_edition"."code" =' in sql:
        raise ValueError(TYPED)
    return execute(sql, *rest)
