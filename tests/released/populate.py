"""Makes the database of this release: `python -m tests.released.populate NAME` writes tests/released/NAME.sqlite3.gz.

Courses of each end and at every stage of their reviews, from two practices, with printed papers and drafts in every
stage; an edition that is being edited. Patients are invented and have no names. Made once a release, never again.
"""

import gzip
import os
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

FOLDER = Path(__file__).parent


def populate() -> None:
    """Fill the prepared database of the running settings."""
    from django.utils import timezone

    from accounts.models import User
    from guidance.actions import copy_as_draft
    from guidance.models import Edition
    from tests.journeys import prepared
    from tests.prescribing.consultation import Consultation

    lege, lege2, lege3 = (User.objects.get(username=name) for name in ("lege", "lege2", "lege3"))
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"

    for doctor, drug in ((lege, "metoklopramid"), (lege2, "domperidon"), (lege3, "metoklopramid")):
        consultation = Consultation(doctor).advice().health().choice(drug).plan(start=tomorrow).talk()
        consultation.signed()
        consultation.client.post(f"/forlop/{consultation.code}/1/skriv-ut/handout")
    unknown = Consultation(lege).advice().health().choice("domperidon")
    unknown.plan(start="", start_unknown="on").talk().signed()
    light = Consultation(lege).advice().health(weight="55,5", medicines="Zoloft 50 mg\nTran")
    words = {"reason-metoklopramid-antidepressant": "Stabil i fire år."}
    light.step("valg", {"drug": "metoklopramid"} | words).plan(start=tomorrow, doses="2")
    Consultation(lege).advice().health().choice().plan(start=tomorrow, length="try").talk().signed()
    not_yet = Consultation(lege2).advice(A3="not-tried")
    not_yet.end("ikke-enna")
    not_yet.client.post(f"/forlop/{not_yet.code}/1/skriv-ut/advice")
    Consultation(lege).advice().health().end("ikke-aktuelt", "Hun er for sliten nå.")
    Consultation(lege).advice().end("onsker-ikke")
    Consultation(lege3).advice(A1="", A2="")
    for made in (
        prepared.review_is_today,
        prepared.overdue,
        prepared.in_taper,
        prepared.run_out,
        prepared.start_unknown,
        prepared.ahead,
        prepared.ended,
    ):
        made(lege)
    editor = User.objects.get(username="redaktor")
    copy_as_draft(edition=Edition.objects.in_force(), code="2027-1", by=editor, at=timezone.now())


def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "released.sqlite3"
        os.environ.update(
            DEBUG="on",
            SECRET_KEY="only-for-a-fixture",
            ALLOWED_HOSTS="testserver",
            DATABASE_URL=f"sqlite:///{database}",
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("prepare")
        populate()
        from django.contrib.sessions.models import Session
        from django.db import connection

        Session.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        connection.close()
        with (
            database.open("rb") as plain,
            gzip.GzipFile(FOLDER / f"{name}.sqlite3.gz", "wb", mtime=0) as packed,
        ):
            shutil.copyfileobj(plain, packed)


if __name__ == "__main__":
    main(sys.argv[1])
