"""The log says where something happened, and never what somebody typed."""

import logging
import sys

import pytest
from django.test import Client

from config.quiet_log import QuietFormatter

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
