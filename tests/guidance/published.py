"""Editions that come after the first one, made as people make them: copied, edited by one, published by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from guidance.actions import copy_as_draft, publish, save_edition, save_part, sign, submit
from guidance.canonical import content_hash
from guidance.models import PARTS, Edition, Part, Signature
from guidance.part_kinds import find_part

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def new_draft(code: str = "2026-4") -> Edition:
    """A copy of the edition in force."""
    return copy_as_draft(
        by=User.objects.get(username="redaktor"), at=AT, edition=Edition.objects.in_force(), code=code
    )


def row(edition: Edition, field: str, key: str) -> Part:
    """The row that holds a part, by the name that the part has in addresses."""
    found = find_part(field, PARTS[field].objects.filter(edition=edition), key)
    assert found is not None, f"{edition} has no {field} {key}"
    return found


def change(edition: Edition, field: str, key: str, **changes: Any) -> None:
    """Let the editor change a part of a draft."""
    found = row(edition, field, key)
    save_part(
        by=User.objects.get(username="redaktor"),
        at=AT,
        row=found,
        part=replace(found.as_part(), **changes),
        version=found.version,
    )


def change_own(edition: Edition, **changes: Any) -> None:
    """Let the editor change the draft's own fields."""
    edition.refresh_from_db()
    save_edition(
        by=User.objects.get(username="redaktor"),
        at=AT,
        edition=edition,
        version=edition.version,
        **changes,
    )


def ready(draft: Edition, *, at: datetime = AT) -> Edition:
    """Let the editor say what is new in the draft, and send it to those who sign it."""
    draft.refresh_from_db()
    change_own(draft, news=draft.news or "Utgaven er ny.", read_on=draft.read_on or at.date())
    return submit(by=User.objects.get(username="redaktor"), at=at, edition=draft)


def sign_as(username: str, draft: Edition, *, at: datetime = AT) -> Signature:
    """Let an approver sign the draft as it stands."""
    draft.refresh_from_db()
    by, text_hash = User.objects.get(username=username), content_hash(draft.as_guideline())
    return sign(by=by, at=at, edition=draft, text_hash=text_hash, seen="<p>Det som er endret.</p>")


def put_in_force(draft: Edition, *, at: datetime = AT) -> Edition:
    """Let both approvers sign a draft, and one of them publish it."""
    ready(draft, at=at)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft, at=at)
    draft.refresh_from_db()
    by, text_hash = User.objects.get(username="fagansvarlig"), content_hash(draft.as_guideline())
    return publish(by=by, at=at, edition=draft, text_hash=text_hash)
