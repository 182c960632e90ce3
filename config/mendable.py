"""What an operator can mend, said in one sentence: settings, a database that does not answer, a file out of reach."""

from __future__ import annotations

import re

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError

NOT_READY = re.compile(r"no such (table|column)|(relation|column) .* does not exist")
WHERE = "Where it happened: the same command with --traceback."


def sentence(fault: BaseException) -> str | None:
    """What to tell whoever runs a command; None where the fault is the program's own, or may repeat what was typed."""
    if isinstance(fault, ImproperlyConfigured):
        return str(fault)
    if isinstance(fault, OSError) and fault.filename is not None:
        return f"{fault.filename}: {fault.strerror}. {WHERE}"
    if isinstance(fault, DatabaseError | InterfaceError):
        return _database(fault)
    return None


def _database(fault: DatabaseError | InterfaceError) -> str | None:
    """Not where a row was refused: the message then holds the row."""
    why = " ".join(str(fault).split())
    if NOT_READY.search(why):
        return f"The database is not ready for this version. Run manage.py prepare --database-only. {WHERE}"
    if isinstance(fault, OperationalError | InterfaceError) or type(fault) is DatabaseError:
        return f"The database does not do as asked: {why.rstrip('.')}. {WHERE}"
    return None
