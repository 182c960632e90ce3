"""What the templates of an edition's page need, gathered."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.urls import reverse

from guidance.actions import last_change
from guidance.canonical import content_hash
from guidance.forms.edition_text import EditionText
from guidance.guideline import Guideline
from guidance.models import Edition, Signature
from guidance.page import lay_out
from guidance.part_kinds import BY_FIELD, key_of, parts_of
from guidance.retelling import retold
from guidance.soundness import Fault, faults
from guidance.wording import named_in_norwegian


def as_read(edition: Edition, *, today: date, **more: Any) -> dict[str, Any]:
    """The context in which an edition is read; `more` is added to it."""
    guideline = edition.as_guideline()
    return {
        "edition": edition,
        "guideline": guideline,
        "page": lay_out(guideline),
        "today": today,
        "signatures": _signatures(edition),
        "content_hash": edition.content_hash or content_hash(guideline),
        "earlier": list(Edition.objects.once_published(edition.subject)),
        **more,
    }


def _signatures(edition: Edition) -> list[Signature]:
    """Those on the text that was published, the first first; none of a draft, which has a page of its own for them."""
    if not edition.content_hash:
        return []
    return list(Signature.objects.valid(edition, edition.content_hash).select_related("by"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMend:
    """Something that keeps a draft from being published; `address` is of the form that mends it, or ""."""

    place: str
    says: str
    address: str


def as_edited(draft: Edition, *, today: date) -> dict[str, Any]:
    """The context in which a draft is laid out for those who edit it."""
    context = as_read(draft, today=today, draft=draft, editing=True)
    last = draft.changes.select_related("by").order_by("-at", "-pk").first()
    undoable = last_change(draft)
    return context | {
        "to_mend": to_mend(draft, context["guideline"]),
        "last_change": last,
        "undoable": undoable and (undoable, retold(undoable, context["guideline"]).heading),
    }


def to_mend(draft: Edition, guideline: Guideline) -> list[ToMend]:
    """What is wrong with the draft, each with the way to where it is mended."""
    return [
        ToMend(
            place=fault.place,
            says=named_in_norwegian(fault),
            address=_where(draft, guideline, fault),
        )
        for fault in faults(guideline)
    ]


def _where(draft: Edition, guideline: Guideline, fault: Fault) -> str:
    field, *rest = fault.path or ("",)
    kind = BY_FIELD.get(str(field))
    if kind is None:
        own = field in {own.name for own in fields(EditionText)}
        return reverse("guidance:edit_edition", args=(draft.code,)) if own else ""
    index = rest[0] if rest and isinstance(rest[0], int) else 0
    if not rest and field != "regimen":
        return ""
    part = parts_of(guideline, kind.field)[index]
    return reverse("guidance:edit_part", args=(draft.code, kind.slug, key_of(kind.field, part)))
