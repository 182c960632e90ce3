"""A line of the log in Norwegian: what was done to which part, and how that read before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from guidance.actions.log import name_of as logged_name
from guidance.actions.translating import KIND as TRANSLATION
from guidance.difference import Difference, Fate, PartChange, What, difference, new_side, old_side, text_runs
from guidance.difference.fields import changed_fields
from guidance.guideline import Guideline
from guidance.models import PARTS, Change, Deed
from guidance.part_kinds import BY_FIELD, key_of, name_of, parts_of
from guidance.read_back import read_back, value
from guidance.shape import shapes
from guidance.telling import FATES, ToldField, ToldPart, told
from guidance.translating.languages import LANGUAGES

# Deeds that leave the hash of the text they were about.
_OF_A_TEXT = frozenset({Deed.SUBMITTED, Deed.SIGNED, Deed.PUBLISHED})
_OF_ANOTHER = frozenset({Deed.COPIED, Deed.RESTORED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """A line as it is read. `part` is what changed, field by field; None for what was done to the whole edition.

    `key` is the part's name in addresses, "" where it has none; `note` what else there is to say, "" for nothing.
    """

    change: Change
    by: str
    deed: str
    heading: str
    key: str
    note: str
    part: ToldPart | None


def retold(change: Change, guideline: Guideline | None) -> ToldLine:
    """The line in words; `guideline` knows what drugs, groups and limits are called."""
    changed = _part_change(change, guideline) if guideline else None
    part = _told(changed, guideline) if changed and guideline else _plain(change)
    return ToldLine(
        change=change,
        by=_name(change),
        deed=str(Deed(change.deed).label),
        heading=part.heading if part else _heading(change, guideline),
        key=changed.key if changed else "",
        note=_note(change),
        part=part,
    )


def _name(change: Change) -> str:
    """Who did it; the program where no person did."""
    return str(change.by) if change.by else _("programmet")


def _part_change(change: Change, guideline: Guideline) -> PartChange | None:
    """What changed as a difference; None where it is no part, or one that this program can no longer read."""
    try:
        if not change.kind and change.deed == Deed.EDITED:
            return _own(change, guideline)
        return _part(change) if change.kind in PARTS else None
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ):  # data of another shape than this program writes
        return None


def _own(change: Change, guideline: Guideline) -> PartChange | None:
    """A change of the edition's own fields; the log keeps those that changed."""
    before, after = (replace(guideline, **_own_fields(form or {})) for form in (change.before, change.after))
    return next(iter(difference(before, after).parts), None)


def _own_fields(form: Mapping[str, Any]) -> dict[str, Any]:
    known = shapes(Guideline)
    return {name: value(known[name], raw) for name, raw in form.items() if name in known}


def _part(change: Change) -> PartChange | None:
    of = PARTS[change.kind].part
    before, after = (
        read_back(of, form) if isinstance(form, dict) else None for form in (change.before, change.after)
    )
    if before is None and after is None:  # moved: only its places are kept
        return None
    return PartChange(
        field=change.kind,
        key=key_of(change.kind, before if after is None else after),
        before=before,
        after=after,
        fields=tuple(changed_fields(before, after)),
    )


def _told(changed: PartChange, guideline: Guideline) -> ToldPart:
    [part] = told(Difference(before=guideline, after=guideline, parts=(changed,), numbers=())).parts
    return part


def _plain(change: Change) -> ToldPart | None:
    """What is no part of a guideline, such as a sentence of a translation: word for word as it is kept."""
    before, after = (_texts(form) for form in (change.before, change.after))
    if change.kind in BY_FIELD or not before or not after:
        return None
    return ToldPart(
        heading=_heading(change, None),
        code="",
        fate=Fate.CHANGED,
        became=str(FATES[Fate.CHANGED]),
        moved="",
        fields=tuple(
            _plain_field(label, before.get(label, ""), after.get(label, ""))
            for label in {**after, **before}
            if before.get(label) != after.get(label)
        ),
    )


def _texts(form: Any) -> Mapping[str, str]:
    return (
        {name: text for name, text in form.items() if isinstance(text, str)} if isinstance(form, dict) else {}
    )


def _plain_field(label: str, before: str, after: str) -> ToldField:
    runs = text_runs(before, after)
    said = _("Tekst") if label == "text" else label
    return ToldField(label=said, what=What.TEXT, before="", after="", old=old_side(runs), new=new_side(runs))


def _heading(change: Change, guideline: Guideline | None) -> str:
    """«Kontroll: Epilepsi»; its code where nobody knows what it is called; "" for the whole edition."""
    if not change.kind:
        return ""
    if change.kind == TRANSLATION:
        spoken = LANGUAGES.get(change.name)
        return _("Oversettelse: %s") % (spoken.in_norwegian if spoken else change.name)
    kind = BY_FIELD.get(change.kind)
    if kind is None:
        return change.name
    parts = parts_of(guideline, change.kind) if guideline else ()
    names = (name_of(part) for part in parts if logged_name(part) == change.name)
    return kind.heading(next(names, change.name))


def _note(change: Change) -> str:
    """What else there is to say of a line, by what was done."""
    says = change.after
    kept = _texts(says)
    if change.deed in _OF_ANOTHER:
        return _("Fra utgave %s") % change.name
    if change.deed == Deed.MOVED and isinstance(change.before, int) and isinstance(says, int):
        places = {"was": change.before + 1, "now": says + 1}
        return _("Fra plass %(was)s til plass %(now)s") % places
    if change.deed in _OF_A_TEXT and (digest := kept.get("content_hash", says)):
        return _("Sjekksum %s") % str(digest)[:8]
    if change.deed == Deed.WITHDRAWN:
        return str(kept.get("reason", says or ""))
    if change.kind == TRANSLATION and "source" in kept:
        return _("«%s»") % kept["source"]
    return _("Angret en endring") if change.undoes_id else ""
