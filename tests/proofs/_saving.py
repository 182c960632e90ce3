"""Somebody who signs, prints and writes drafts as fast as they can, in a process of their own.

`python -m tests.proofs._saving USER FILE` writes the code of a course into the file as soon as it is saved, until it is
killed; with a number behind, it leaves that many courses and ends.
"""

from __future__ import annotations

import secrets
import sys
from itertools import count
from pathlib import Path

PAPER = 40_000  # bytes, as a printed handout has


def main(username: str, told: str, many: str = "") -> None:
    import django

    django.setup()
    from accounts.models import User
    from prescribing.actions import keep_print
    from prescribing.models import Entry
    from prescribing.record import Ending
    from tests.journeys import prepared

    doctor, at = User.objects.get(username=username), prepared.noon(prepared.SUNDAY)
    with Path(told).open("a", buffering=1) as acknowledged:
        for turn in range(int(many)) if many else count():
            words = secrets.token_hex(200)
            if turn % 3 == 2:
                print(f"draft {prepared.draft(doctor, prepared.ADVISED, at=at)}", file=acknowledged)
                continue
            code = prepared.signed(
                doctor, prepared.ANSWERED, ending=Ending.NOT_ADVISABLE, words=words, on=prepared.SUNDAY
            )
            print(f"entry {code}", file=acknowledged)
            entry, paper = Entry.objects.get(course__code=code), secrets.token_bytes(PAPER)
            keep_print(entry=entry, document="advice", pdf=paper, by=doctor, at=at)
            print(f"print {code}", file=acknowledged)


if __name__ == "__main__":
    main(*sys.argv[1:])
