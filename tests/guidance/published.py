"""Editions that come after the first one, made as people make them: copied, edited by one, published by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from guidance.actions import copy_as_draft, publish, save_edition, save_part
from guidance.models import PARTS, Edition, Part
from guidance.part_kinds import find_part

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def new_draft(code: str = "2026-3") -> Edition:
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


def put_in_force(draft: Edition) -> Edition:
    """Let the approver publish a draft."""
    return publish(by=User.objects.get(username="fagansvarlig"), at=AT, edition=draft)
