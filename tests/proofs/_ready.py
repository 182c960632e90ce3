"""Drafts of `lege` that lack nothing but the signature: `python -m tests.proofs._ready 100` makes them.

Prints what the page to be signed would send: a code a line, after the hash of the edition.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta

from tests.house import ROOT
from tests.proofs._server import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The codes, and the hash of the edition in force."""

    codes: list[str]
    edition: str

    @property
    def sent(self) -> dict[str, str]:
        """The fields of the button that signs."""
        return {"version": "1", "edition": self.edition}


def ready(database: str, count: int) -> Ready:
    """Make `count` of them in `database`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs._ready", str(count)],
        cwd=ROOT,
        env=environment(database, DJANGO_SETTINGS_MODULE="config.settings"),
        capture_output=True,
        text=True,
        check=True,
    )
    edition, *codes = done.stdout.split()
    return Ready(codes=codes, edition=edition)


def main(count: int) -> None:
    import django

    django.setup()

    from django.db import transaction
    from django.utils import timezone

    from accounts.models import User
    from guidance.models import Edition
    from tests.journeys import prepared

    day = timezone.localdate() + timedelta(days=1)
    told = prepared.told(prepared.planned(start=day, review_on=day + timedelta(days=5)))
    print(Edition.objects.in_force().content_hash)
    with transaction.atomic():
        doctor = User.objects.get(username="lege")
        for _ in range(count):
            print(prepared.draft(doctor, told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
