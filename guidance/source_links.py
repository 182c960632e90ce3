"""How a citation stands beside a question or a finding: its words, its address, whose word it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guidance.citing import Citation, Origin, read_cite
from guidance.guideline import Cites

_WEB = re.compile(r"https://[^\s<>\"'\\]{3,500}")

SPC = {"S-SPC-M": "metoklopramid", "S-SPC-D": "domperidon"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """One source: `kind` is "guideline", "spc" or "other"."""

    label: str
    url: str
    kind: str


def source_links(cites: Cites, page: str | None = None) -> tuple[SourceLink, ...]:
    """Each citation as a link to the text it stands for: on the guideline's page, or on `page` ("" for this one)."""
    page = reverse("guidance:guideline") if page is None else page
    return _links(tuple(cites), page, get_language())


@lru_cache(maxsize=2048)
def _links(cites: Cites, page: str, language: str | None) -> tuple[SourceLink, ...]:
    """The same, remembered: an edition's citations are on every page that asks its questions."""
    found = dict.fromkeys(read_cite(cite) for cite in cites)
    return tuple(
        SourceLink(label=_label(cite), url=f"{page}#{cite.anchor}", kind=cite.origin.value) for cite in found
    )


def _label(cite: Citation) -> str:
    if cite.point:
        return _("Punkt %s") % cite.point
    if cite.origin is Origin.GUIDELINE:
        return _("Retningslinjen %s") % cite.code
    if cite.origin is Origin.SPC:
        return f"SPC {SPC.get(cite.code, cite.code)} {cite.place}".strip()
    return _("Vårt eget valg") if cite.code == "S-OWN" else cite.code.removeprefix("S-")


def for_drug(cites: Cites, drug: str) -> Cites:
    """`cites` without the product information of other drugs."""
    return tuple(cite for cite in cites if SPC.get(read_cite(cite).code, drug) == drug)


def field_cites(cites: Cites) -> list[tuple[str, str, str]]:
    """The same as a form field of the template pack takes them."""
    return [(link.label, link.url, link.kind) for link in source_links(cites)]


def is_web_address(address: str) -> bool:
    """Whether a link may lead there; anything else is shown as text alone."""
    return bool(_WEB.fullmatch(address))
