"""How a printed PDF is read back: its text, its pages, its tags, and what a PDF/UA checker says of it."""

import re
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import page
import pikepdf


def pdf_text(pdf: bytes) -> str:
    """The text as it stands on the pages, a form feed after each."""
    return _read("pdftotext", "-layout", pdf, "-")


def pdf_pages(pdf: bytes) -> int:
    """The number of pages."""
    return int(pdf_facts(pdf)["Pages"])


def pdf_facts(pdf: bytes) -> dict[str, str]:
    """What the file says about itself: Title, Tagged, Pages, Page size …"""
    lines = (line.partition(":") for line in _read("pdfinfo", pdf).splitlines())
    return {name.strip(): value.strip() for name, _, value in lines}


def tagged_text(pdf: bytes) -> str:
    """The text in the order and the words in which the tags give it to a screen reader."""
    return "\n".join(re.findall(r'^\s*"(.*)"$', _read("pdfinfo", "-struct-text", pdf), re.MULTILINE))


def tags(pdf: bytes) -> list[str]:
    """The names of the tags in order: Document, Sect, H1, Span …"""
    return re.findall(r"^\s*([A-Z][A-Za-z0-9]*)\b", _read("pdfinfo", "-struct", pdf), re.MULTILINE)


def words(pdf: bytes) -> list[str]:
    """The words on the pages, bullets left out."""
    return [word for word in pdf_text(pdf).split() if word != "•"]


def fonts(pdf: bytes) -> list[str]:
    """The names of the fonts, with ` (not embedded)` behind one that is missing in the file."""
    lines = [line.split() for line in _read("pdffonts", pdf).splitlines()[2:]]
    return [line[0] + ("" if line[-5] == "yes" else " (not embedded)") for line in lines]


def pictures(pdf: bytes, *, dots_an_inch: int = 60) -> list[bytes]:
    """Each page as a picture, for comparing two."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "printed.pdf")
        file.write_bytes(pdf)
        _run("pdftoppm", "-r", str(dots_an_inch), str(file), str(Path(folder, "page")))
        return [picture.read_bytes() for picture in sorted(Path(folder).glob("page*.ppm"))]


def assert_tagged(pdf: bytes, *, lang: str = "nb", title: str) -> None:
    """The PDF conforms to PDF/UA-1, in this language and with this title, and everything on it is tagged.

    The checker overlooks content outside the tags and a table without headers, so that both are looked for here.
    Header and footer are no content: they repeat on each page what the document says of itself. Words in a picture
    are the picture's: the checker holds it to a text of its own.
    """
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, "\n".join(
        f"{failure.rule_id}: {failure.message}" for failure in report.failures
    )
    facts = pdf_facts(pdf)
    assert facts["Tagged"] == "yes"
    assert facts["Title"] == title
    assert f"/Lang ({lang})".encode() in _uncompressed(pdf)
    assert not any(font.endswith("(not embedded)") for font in fonts(pdf))
    tagged = tagged_text(pdf)
    joined = tagged.replace("-\n", "")  # pdftotext joins a word that breaks at its hyphen
    untagged = set(_body(_without_pictures(pdf))) - set(tagged.split()) - set(joined.split())
    assert not untagged - {"•"}, f"on the page, but not in its tags: {sorted(untagged)}"
    every_tag = tags(pdf)
    assert every_tag.count("Table") <= every_tag.count("THead"), "a table without a head"


def _body(pdf: bytes) -> list[str]:
    """The words between header and footer: 21 mm from the top and 23 mm from the bottom of an A4 page."""
    text = _read("pdftotext", "-x", "0", "-y", "60", "-W", "595", "-H", "716", pdf, "-")
    return text.split()


def _without_pictures(pdf: bytes) -> bytes:
    """The same without what is drawn under the tag Figure."""
    with pikepdf.open(BytesIO(pdf)) as file:
        for sheet in file.pages:
            kept, in_picture = [], False
            for operands, operator in pikepdf.parse_content_stream(sheet):
                in_picture = in_picture or (str(operator) == "BDC" and str(operands[0]) == "/Figure")
                if not in_picture:
                    kept.append((operands, operator))
                in_picture = in_picture and str(operator) != "EMC"
            sheet.Contents = file.make_stream(pikepdf.unparse_content_stream(kept))
        bare = BytesIO()
        file.save(bare)
    return bare.getvalue()


def _uncompressed(pdf: bytes) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return _run("qpdf", "--qdf", "--object-streams=disable", file.name, "-")


def _read(*command: str | bytes) -> str:
    """What `command` prints; the PDF among its words stands for a file that holds it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(next(word for word in command if isinstance(word, bytes)))
        file.flush()
        return _run(*(word if isinstance(word, str) else file.name for word in command)).decode()


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout  # tools of the test machine
