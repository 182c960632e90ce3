"""What every paper carries on every page: whose it is, which text it follows, and what it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext

from guidance.canonical import content_hash
from guidance.guideline import Guideline
from guidance.translating import Language, without_marks
from prescribing.case import Case
from prescribing.documents import norwegian, notice
from prescribing.documents.qr import qr_image
from prescribing.documents.told_in import Remark, ToldIn, in_norwegian, remarks, warning


class Style(StrEnum):
    """How closely a paper is set; the class of its body."""

    PLAIN = "plain"
    DENSE = "dense"
    READING = "dense reading"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`title` is the document's, `running` the words at the head of each page, `reference` course code and time.

    `edition` and `purpose` stand at the foot of each page; `address` is what the QR code `qr` opens ("" and ""
    where the site has no public address). `warning` stands at the head of a translation that nobody has assured,
    `remarks` say what a translation is worth; None and none in Norwegian.
    """

    title: str
    running: str
    reference: str
    edition: str
    purpose: str
    demonstration: str
    address: str
    qr: str
    style: Style
    language: Language
    warning: Remark | None
    remarks: tuple[Remark, ...]


def frame(
    guideline: Guideline,
    *,
    title: str,
    running: str,
    style: Style,
    edition_hash: str = "",
    reference: str = "",
    told: ToldIn | None = None,
) -> Frame:
    """The frame of a paper that follows `guideline`; its hash is computed where it is not at hand."""
    known_hash = edition_hash or content_hash(told.norwegian if told else guideline)
    address = _address(guideline, known_hash)
    return Frame(
        title=without_marks(title),
        running=_running(running, told),
        reference=reference,
        edition=_edition(guideline, known_hash),
        purpose=notice.purpose(),
        demonstration=notice.demonstration(),
        address=address,
        qr=qr_image(address) if address else "",
        style=style,
        language=norwegian.spoken(),
        warning=warning(told),
        remarks=remarks(told),
    )


def _running(running: str, told: ToldIn | None) -> str:
    """The words at the head of each page; a translation that nobody has assured says so there too, in Norwegian."""
    if warning(told) is None:
        return without_marks(running)
    return in_norwegian(lambda: gettext("IKKE KVALITETSSIKRET"))


def frame_of(case: Case, *, title: str, running: str, style: Style, told: ToldIn | None = None) -> Frame:
    """The frame of a paper made from `case`: her course's code, and when it was signed."""
    return frame(
        case.guideline,
        title=title,
        running=running,
        edition_hash=case.edition_hash,
        reference=_reference(case),
        style=style,
        told=told,
    )


def _reference(case: Case) -> str:
    """«K7F-3QC, 22.11.2026 kl. 14.30»; a draft says that it is none of hers."""
    if case.signature is None:
        return gettext("utkast, ikke signert")
    return f"{norwegian.apart(case.course)}{gettext(', ')}{norwegian.moment(localtime(case.signature.at))}"


def _edition(guideline: Guideline, edition_hash: str) -> str:
    parts = (
        f"{without_marks(norwegian.capital(notice.edition(guideline, edition_hash)))}.",
        notice.demonstration(),
    )
    return " ".join(part for part in parts if part)


def _address(guideline: Guideline, edition_hash: str) -> str:
    """Where the edition says whether it is in force; never a course's address."""
    site = settings.SITE_ADDRESS
    return f"{site}/v/{notice.edition_code(guideline, edition_hash)}" if site else ""
