"""No text makes the press open an address; each control shows that WeasyPrint, left to itself, does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from prescribing.documents import press
from prescribing.documents.press.own_files import BASE, OwnFiles
from tests.prescribing.documents.press.bait import SECRET, Bait, holds, laid_out
from tests.prescribing.documents.press.lures import LURES


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bait]:
    with laid_out(tmp_path_factory.mktemp("bait")) as bait:
        yield bait


lures = pytest.mark.parametrize("lure", LURES, ids=lambda lure: lure.name.replace(" ", "-"))


@lures
def test_no_lure_is_taken(lure, bait):  # T6, F17
    bait.asked.clear()

    try:
        pdf, refused = (printed := press.print_pdf(bait.laid_in(lure))).pdf, printed.refused
    except press.AddressRefused as error:
        pdf, refused = b"", error.refused

    assert not bait.asked
    assert len(refused) == 1
    assert not holds(pdf, SECRET)


@pytest.mark.parametrize("lure", [lure for lure in LURES if lure.bites], ids=lambda lure: lure.name)
def test_the_typesetter_left_to_itself_would_have_taken_it(lure, bait):
    bait.asked.clear()
    opened = []

    class Watched(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            opened.append(url)
            return super().fetch(url, headers)

    HTML(string=bait.laid_in(lure), url_fetcher=Watched()).write_pdf()

    assert bait.asked or [url for url in opened if url.startswith("file:")]


def test_a_file_would_have_been_in_the_pdf(bait):
    lure = next(lure for lure in LURES if lure.name == "attachment to the document")

    assert holds(HTML(string=bait.laid_in(lure)).write_pdf(), SECRET)


def test_most_lures_are_ones_that_bite():
    assert len(LURES) == 24
    assert sum(lure.bites for lure in LURES) >= 17


def test_a_refused_address_is_reported_and_logged_and_the_rest_is_printed(caplog):
    html = (
        '<!doctype html><html lang="nb"><title>T</title><h1>Overskrift</h1>'
        '<img alt="x" src="https://example.org/a.png">'
    )

    printed = press.print_pdf(html)

    assert printed.refused == ("https://example.org/a.png",)
    assert printed.pages == 1
    assert "https://example.org/a.png" in caplog.text


def test_a_refused_address_is_an_error_where_it_is_asked_for():
    html = '<!doctype html><html lang="nb"><title>T</title><h1>O</h1><img alt="x" src="https://example.org/a.png">'

    with pytest.raises(press.AddressRefused) as refusal:
        press.print_pdf(html, strict=True)

    assert refusal.value.refused == ("https://example.org/a.png",)


def test_a_standing_page_reports_what_it_was_refused_on_every_sheet():
    html = (
        '<!doctype html><html lang="nb"><title>T</title><body><h1>Overskrift</h1>'
        '<!--standing--><section class="page"><img alt="x" src="https://example.org/b.png"></section><!--/standing-->'
        "</body></html>"
    )

    assert [press.print_pdf(html).refused for _ in range(3)] == [("https://example.org/b.png",)] * 3


# --- Which files are our own ---------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "static"
    (own / "img").mkdir(parents=True)
    (own / "img" / "mark one.svg").write_text("<svg/>", encoding="utf-8")
    (own / "way-out").symlink_to(tmp_path)
    (tmp_path / "settings.py").write_bytes(SECRET)
    return own


@pytest.mark.parametrize("path", ["img/mark%20one.svg", "/img/mark one.svg", "img/../img/mark%20one.svg"])
def test_a_file_of_the_project_is_opened(folder, path):
    files = OwnFiles(folder)

    response = files.fetch(BASE + path)

    assert response.read() == b"<svg/>"
    assert response.content_type == "image/svg+xml"
    assert files.refused == ()


@pytest.mark.parametrize(
    "address",
    [
        BASE + "../settings.py",
        BASE + "img/%2e%2e/%2e%2e/settings.py",
        BASE + "way-out/settings.py",
        BASE + "img",
        BASE + "img/none.svg",
        BASE + "img/%00",
        "https://static.invalid.example.org/img/mark%20one.svg",
        "https://static.invalid:443/img/mark%20one.svg",
        "http://static.invalid/img/mark%20one.svg",
        "file:///etc/hostname",
        "https://[half/an/address",
        "data:text/html,<script>",
        "img/mark.svg",
    ],
)
def test_nothing_else_is_opened(folder, address):
    files = OwnFiles(folder)

    with pytest.raises(ValueError, match="own files"):
        files.fetch(address)

    assert files.refused == (address,)


def test_a_long_address_is_reported_by_its_beginning(folder):
    files = OwnFiles(folder)

    with pytest.raises(ValueError, match="own files"):
        files.fetch("https://example.org/" + "a" * 5000)

    assert len(files.refused[0]) == 200


def test_an_address_that_is_asked_for_often_is_reported_once():
    picture = '<img alt="x" src="https://example.org/c.png">'
    html = f'<!doctype html><html lang="nb"><title>T</title><h1>O</h1>{picture}<p>x</p>{picture}'

    assert press.print_pdf(html).refused == ("https://example.org/c.png",)
