"""What an operator reads on the command line, where something is wrong that an operator can mend."""

import sqlite3
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from config.mendable import sentence


def test_a_missing_setting_is_told_as_it_stands():
    assert sentence(ImproperlyConfigured("it lacks X.")) == "it lacks X."


@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("no such table: accounts_practice"),
        OperationalError("no such column: prescribing_course.ended"),
        ProgrammingError('relation "accounts_user" does not exist\nLINE 1: ...'),
    ],
)
def test_a_database_of_before_this_version_is_to_be_prepared(fault):
    assert "manage.py prepare" in sentence(fault)


@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("couldn't get a connection after 4.00 sec"),
        OperationalError("attempt to write a readonly database"),
        OperationalError("database or disk is full"),
        DatabaseError("file is not a database"),
    ],
)
def test_what_the_database_said_is_repeated_in_one_line(fault):
    assert str(fault) in sentence(fault)
    assert "\n" not in sentence(fault)


def test_a_file_out_of_reach_is_named(tmp_path: Path):
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / "none").read_text()

    assert sentence(raised.value).startswith(f"{tmp_path}/none: No such file or directory.")


@pytest.mark.parametrize(
    "fault",
    [
        IntegrityError("Failing row contains (…)"),
        ProgrammingError("syntax error"),
        ValueError("a fault of the program"),
        sqlite3.OperationalError("not by way of Django"),
    ],
)
def test_a_fault_of_the_program_and_a_row_that_was_refused_are_no_sentence(fault):
    assert sentence(fault) is None
