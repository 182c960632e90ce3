"""Another edition comes into force between every two requests of an assessment; a signed paper stays as it was."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from guidance import gate
from guidance.actions import import_draft
from guidance.models import Edition
from guidance.translating import NORWEGIAN
from prescribing.documents.handout import handout_html
from prescribing.documents.press import print_pdf
from prescribing.models import Document, Entry, Print
from tests.cast import as_user
from tests.guidance.published import put_in_force
from tests.house import ROOT
from tests.prescribing.consultation import Consultation, hidden
from tests.proofs._deeds import working_on
from tests.proofs._rows import SQLITE
from tests.proofs._server import manage, scratch, sqlite
from tests.proofs.proof import Finding

WHAT = "an edition published between every two requests of an assessment; a reprint after ten more and a migration"
GOAL = "0 pages and sheets that mix editions; the stored bytes"
AFTERWARDS = 10
PATIENCE = 6  # times that a sheet is asked for, where the machine is busy
CODE = re.compile(r"2030-\d+")


@dataclass(slots=True)
class Taken:
    """What the pages and the sheet said of the edition that they were made of."""

    published: int = 0
    pages: int = 0
    mixed: list[str] = field(default_factory=list)
    refused: int = 0  # signatures on a page of an edition before, as they must be
    sheet: set[str] = field(default_factory=set)
    entry: str = ""
    reprints: int = 0
    other_bytes: int = 0

    @property
    def holds(self) -> bool:
        sheet_is_one = self.sheet == {self.entry}
        same = self.reprints > 1 and not self.other_bytes
        return bool(self.pages and self.refused and not self.mixed and sheet_is_one and same)

    def __str__(self) -> str:
        named = ", ".join(sorted(self.sheet))
        return (
            f"{self.published} editions published, {self.pages} pages read, {len(self.mixed)} mixed"
            f"{f' ({self.mixed[0]})' if self.mixed else ''}, {self.refused} signature on the edition before refused; "
            f"signed on {self.entry}, her sheet names {named}; {self.reprints} reprints, "
            f"{self.other_bytes} of other bytes"
        )


class Meddled:
    """A browser between whose every two requests another edition comes into force."""

    def __init__(self, client: Client, taken: Taken) -> None:
        self.client, self.taken = client, taken
        self.meddles = True

    def get(self, address: str) -> HttpResponse:
        return self._then(address, self.client.get(address))

    def post(self, address: str, fields: dict[str, Any]) -> HttpResponse:
        return self._then(address, self.client.post(address, fields))

    def _then(self, address: str, answer: HttpResponse) -> HttpResponse:
        if answer.status_code != 302:
            self._read(address, answer)
        if self.meddles:
            publish(self.taken)
        return answer

    def _read(self, address: str, page: HttpResponse) -> None:
        """The codes on the page, and the hash in its form, must be those of the one edition that is in force."""
        now, named = Edition.objects.in_force(), set(CODE.findall(page.content.decode()))
        own = hidden(page).get("edition", now.content_hash)
        self.taken.pages += 1
        if not named <= {now.code} or own != now.content_hash:
            self.taken.mixed.append(f"{address}: {sorted(named)}")


def publish(taken: Taken) -> None:
    """The same guideline, in which every passage says which edition it stands in."""
    taken.published += 1
    first, code = Edition.objects.in_force().as_guideline(), f"2030-{taken.published}"
    told = tuple(replace(one, text=f"{CODE.sub('', one.text).strip()} {code}") for one in first.passages)
    now = replace(first, code=code, mark="", news="", passages=told, vignettes=first.vignettes[:0])
    by = User.objects.get(username="redaktor")
    put_in_force(import_draft(by=by, at=timezone.now(), guideline=now), at=timezone.now())


def walk(taken: Taken) -> Entry:
    """From the first page to the signature, on whichever edition lets itself be signed."""
    doctor = User.objects.get(username="lege")
    consultation = Consultation(doctor)
    browser = Meddled(consultation.client, taken)
    consultation.client = browser  # type: ignore[assignment]
    tomorrow = timezone.localdate() + timedelta(days=1)
    consultation.advice().health().choice().plan(start=f"{tomorrow:%d.%m.%Y}").talk()
    taken.refused += consultation.sign().status_code == 409
    browser.meddles = False
    return consultation.signed()


def sheet(entry: Entry) -> bytes:
    """Her sheet, as the page hands it out: printed where it has not been, and else the bytes that were kept."""
    client = as_user(User.objects.get(username="lege"))
    course = f"/forlop/{entry.course.code}/{entry.number}"
    for _ in range(PATIENCE):
        address = client.post(f"{course}/skriv-ut/handout").headers["Location"]
        if address.endswith("/handout.pdf"):
            return bytes(client.get(address).content)
    raise RuntimeError("the press was too busy to print her sheet")


def made_anew(entry: Entry) -> bytes:
    """What a site would print that kept no bytes, and read the edition in force: the hole."""
    now = Edition.objects.in_force()
    case = entry.as_case()
    return print_pdf(
        handout_html(replace(case, guideline=now.as_guideline(), edition_hash=now.content_hash))
    ).pdf


def codes_on(pdf: bytes) -> set[str]:
    done = subprocess.run(["/usr/bin/pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return set(CODE.findall(done.stdout.decode()))


def reprint(taken: Taken, entry: Entry, first: bytes) -> None:
    taken.reprints += 1
    taken.other_bytes += sha256(sheet(entry)).hexdigest() != sha256(first).hexdigest()


def after_a_migration(taken: Taken) -> None:
    """Every sheet that the last released version kept, as this one hands it out."""
    kept = sorted((ROOT / "tests" / "released").glob("release-*.sqlite3.gz"))[-1]
    with scratch() as folder:
        path = folder / "released.sqlite3"
        path.write_bytes(gzip.decompress(kept.read_bytes()))
        manage(f"{SQLITE}{path}", "prepare")
        with working_on(path):
            sheets = Print.objects.filter(
                document=Document.HANDOUT, language=NORWEGIAN, entry__signed_by__username="lege"
            )
            for one in sheets.select_related("entry__course"):
                reprint(taken, one.entry, bytes(one.pdf))


@contextmanager
def a_site() -> Iterator[None]:
    """A prepared database, and publications that leave the example patients out."""
    checks = gate._checks
    gate._checks = []
    try:
        with sqlite() as database, working_on(Path(database.removeprefix(SQLITE))):
            yield
    finally:
        gate._checks = checks


def measure() -> Finding:
    taken = Taken()
    with a_site():
        publish(taken)
        entry = walk(taken)
        taken.entry, first = entry.edition_code, sheet(entry)
        taken.sheet = codes_on(first)
        for _ in range(AFTERWARDS):
            publish(taken)
            reprint(taken, entry, first)
    after_a_migration(taken)
    return Finding(figure=str(taken), holds=taken.holds)


def control() -> Finding:
    """A site that makes each sheet anew, of whichever edition is in force."""
    taken = Taken()
    with a_site():
        publish(taken)
        entry = walk(taken)
        taken.entry, first = entry.edition_code, sheet(entry)
        publish(taken)
        anew = made_anew(entry)
        taken.sheet = codes_on(first) | codes_on(anew)
        taken.reprints, taken.other_bytes = 2, int(anew != first)
    return Finding(figure=f"each sheet made anew of the edition in force: {taken}", holds=taken.holds)
