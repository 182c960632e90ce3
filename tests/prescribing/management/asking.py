"""Asks a command as a terminal does: code, what it answered, and what it refused with."""

from typing import NamedTuple

import pytest
from django.core.management import call_command


class Said(NamedTuple):
    """What came back; `refused` is standard error."""

    code: int
    answered: str
    refused: str


def ask(capsys: pytest.CaptureFixture[str], command: str, *typed: str) -> Said:
    """Run `command` with arguments as typed."""
    try:
        call_command(command, *typed)
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return Said(code, out, err)


def is_one_sentence(text: str) -> bool:
    """Whether `text` is one line that ends in the only full stop that ends a sentence."""
    line = text.removesuffix("\n")
    return line.endswith(".") and "\n" not in line and ". " not in line
