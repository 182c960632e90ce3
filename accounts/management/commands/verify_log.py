"""Verifies the access log: every row in the chain, and the heads that were kept outside."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accounts import locks
from accounts.chain import Fault, Head, NotAHead, head_from
from accounts.log_check import check_log

SAYS = {
    Fault.ALTERED: "has been altered",
    Fault.BROKEN: "does not follow the row before it",
    Fault.GAP: "is missing, or another stands in its place",
    Fault.CUT: "was there, and the log ends before it",
    Fault.REWRITTEN: "is not the row that was there when its head was kept",
    Fault.UNSEALED: "ends a segment that the log does not tell of",
}


class Command(BaseCommand):
    help = (
        "Verifies the access log. Give a head that was kept outside the database (`log_head` prints it): only then is "
        "a tail that was cut off, or a log that was written anew, found. Looks whether the locks stand, too. "
        "Exits 1 where anything is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", action="append", default=[], metavar="NUMBER:HASH")
        parser.add_argument("--heads", type=Path, metavar="FILE", help="a file with a head a line")

    def handle(self, *args: Any, head: list[str], heads: Path | None, **options: Any) -> None:
        report = check_log(heads=_heads(head, heads))
        for one in report.faults:
            self.stdout.write(f"row {one.number} {SAYS[one.fault]}")
        fallen = locks.fallen(connection)
        for name in fallen:
            self.stdout.write(f"lock {name} does not stand; `manage.py prepare` puts it up")
        if report.faults or fallen:
            raise CommandError(f"{len(report.faults) + len(fallen)} faults in {report.rows} rows.")
        self.stdout.write(f"{report.rows} rows, nothing is wrong. The log ends at {report.head}")
        if report.deleted:
            self.stdout.write(
                f"The rows up to {report.deleted} were sealed and deleted; of them no head proves anything."
            )


def _heads(typed: list[str], file: Path | None) -> list[Head]:
    try:
        lines = [*typed, *(file.read_text().splitlines() if file else [])]
        return [head_from(line) for line in lines if line.strip()]
    except NotAHead as wrong:
        raise CommandError(f"This is no head: {wrong}. It is written NUMBER:HASH.") from wrong
    except OSError as error:
        raise CommandError(f"The file {file} can't be read.") from error
