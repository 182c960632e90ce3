"""The pages as somebody who has chosen nynorsk reads them; what the edition itself says stays as it is written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.utils import translation

from accounts.models import User
from guidance.canonical import canonical_form
from guidance.models import Edition
from tests.cast import as_user
from tests.config.test_languages import BOKMAL
from tests.guidance.published import new_draft
from tests.prescribing.consultation import ready_to_sign
from tests.prescribing.every_page import PUBLIC, pages

CLAUSE = re.compile(r"[:;.,«»?–()]| - ")  # the program's own sentence may have the edition's inside it
SAID_ALOUD = {"alt", "aria-label", "content", "placeholder", "title", "data-copied", "data-marked"}


VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"}


class Reader(HTMLParser):
    """Every stretch of text that a page shows or says aloud in its own language; what is marked as another's is not."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.around: list[tuple[str, bool]] = [
            ("", True)
        ]  # the open tags, and whether what is in them counts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        counts = (
            tag not in {"script", "style"} and dict(attrs).get("lang") in {None, "nn"} and self.around[-1][1]
        )
        if counts:
            self.said += [value for name, value in attrs if name in SAID_ALOUD and value]
        if tag not in VOID:
            self.around.append((tag, counts))

    def handle_endtag(self, tag: str) -> None:
        while tag in dict(self.around) and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.around[-1][1]:
            self.said.append(data)


def stretches(page: str) -> Iterator[str]:
    """What a page says, each stretch on one line."""
    reader = Reader()
    reader.feed(page)
    yield from filter(None, (" ".join(text.split()) for text in reader.said))


@dataclass(frozen=True, kw_only=True)
class Own:
    """All text of the edition in force, and its clauses: one word of it may stand anywhere in a page."""

    text: str
    clauses: frozenset[str]

    def says(self, clause: str) -> bool:
        """Whether the edition says it itself."""
        return clause in self.clauses or (" " in clause and clause in self.text)


@pytest.fixture
def editions_own(db: None) -> Own:
    """What the edition in force says itself, without its markdown."""
    form = canonical_form(Edition.objects.in_force().as_guideline()).decode().replace('\\"', '"')
    clauses = (plain(clause) for text in re.split(r'","|\\n', form) for clause in CLAUSE.split(text))
    return Own(text=plain(form), clauses=frozenset(clauses))


def plain(text: str) -> str:
    """Without what markdown and line breaks add, and without the stops and colons that a page puts around it."""
    return " ".join(re.sub(r"\\n|[*_`\\]", " ", text).split()).lower().strip(' .:;,()-"[]{}')


def in_nynorsk(user: User | None = None) -> Client:
    """The browser of somebody who reads nynorsk."""
    client = as_user(user) if user else Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"
    return client


def slips(client: Client, address: str, editions_own: Own) -> list[str]:
    """What of a page has bokmål in it that the edition does not say itself; nothing where it is no page."""
    response = client.get(address)
    if not response.headers["Content-Type"].startswith("text/html"):
        return []
    assert response.status_code in {200, 404}, (address, response.status_code)
    page = response.content.decode()
    assert '<html lang="nn"' in page, address
    clauses = {clause for text in stretches(page) for clause in CLAUSE.split(text) if BOKMAL.search(clause)}
    return sorted(clause for clause in clauses if not editions_own.says(plain(clause)))


def own_pages(addresses: Iterable[str]) -> list[str]:
    """Those that show none of her sheets: a sheet has a language of its own."""
    return [
        address for address in addresses if not address.startswith("/ark/") and not address.endswith("/ark")
    ]


def test_what_is_public_is_read_in_nynorsk(editions_own: Own) -> None:
    for address in (
        "/",
        "/konto/logg-inn/",
        "/no/such/page",
        "/v/2026-1-00000000",
        "/ark/",
        *own_pages(PUBLIC),
    ):
        assert not slips(in_nynorsk(), address, editions_own), address


def test_a_doctor_works_in_nynorsk_from_the_first_step_to_the_note(lege: User, editions_own: Own) -> None:
    lege.language = "nn"
    lege.save()
    entry = ready_to_sign(lege).signed()
    draft = ready_to_sign(lege)
    client = in_nynorsk(lege)

    for address in own_pages(pages(draft=draft.code, signed=entry.course.code)):
        assert not slips(client, address, editions_own), address


def linked(client: Client, address: str, under: str) -> list[str]:
    """The pages below `under` that a page links to, one of each sort: another part of a kind is the same page."""
    found = re.findall(rf'href="({under}[^"#?]*)', client.get(address).content.decode())
    papers = (".pdf", "/fil")
    pages = (link for link in found if not link.endswith(papers))
    by_sort = {tuple(link.split("/")[:4]) + tuple(link.split("/")[5:]): link for link in pages}
    return list(by_sort.values())


@pytest.mark.sweep
def test_an_editor_works_in_nynorsk(redaktor: User, editions_own: Own) -> None:
    draft = new_draft()
    client = in_nynorsk(redaktor)
    front = f"/utgaver/{draft.code}"
    behind = linked(client, front, front)
    assert len(behind) > 20

    for address in ("/utgaver", *linked(client, "/utgaver", "/utgaver"), front, *behind):
        assert not slips(client, address, editions_own), address


def test_an_administrator_works_in_nynorsk(admin_user: User, editions_own: Own) -> None:
    client = in_nynorsk(admin_user)

    own = ("/konto/", "/konto/passord/", "/konto/bekreft/", "/konto/totrinn/", "/konto/logg-ut/")
    for address in ("/", *own, "/kontoer/", "/kontoer/inviter"):
        assert not slips(client, address, editions_own), address


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "413.html", "500.html"])
def test_a_page_for_when_it_fails_is_in_nynorsk_too(name: str) -> None:
    with translation.override("nn"):
        page = get_template(name).render()

    assert '<html lang="nn"' in page
    assert not [text for text in stretches(page) if BOKMAL.search(text)]


@pytest.mark.parametrize("address", ["/retningslinjen/endringer.atom", "/retningslinjen/gjeldende.json"])
def test_what_is_open_to_other_programs_has_one_language(address: str, db: None) -> None:
    assert in_nynorsk().get(address).content == Client().get(address).content


def test_an_information_sheet_is_in_bokmal_until_another_is_asked_for(db: None) -> None:
    bokmal, nynorsk = (
        client.get("/ark/informasjon/metoklopramid").content.decode().split("<article")[1]
        for client in (Client(), in_nynorsk())
    )

    assert bokmal.split("</article>")[0] == nynorsk.split("</article>")[0]
