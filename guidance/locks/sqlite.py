"""The locks as SQLite's triggers.

They also stand in the way of REPLACE, which deletes the row it collides with and tells no delete trigger.
"""

from __future__ import annotations

from typing import Any

from guidance.locks.tables import (
    FIXED_STATES,
    HELD_STATES,
    IS_FIXED,
    LOG_STAYS,
    NO_WAY,
    OPEN_STATES,
    SIGNATURE_STAYS,
    WAYS,
    Locked,
    Table,
    enough_signatures,
    is_signed,
    may_sign,
)

EDITION, LOG, SIGNATURE = "guidance_edition", "guidance_change", "guidance_signature"
_SUFFIX = "__stays"


def fingerprint(statement: str) -> str:
    """What `standing` gives for a lock put up with this statement: SQLite keeps the text."""
    return statement


def standing(cursor: Any) -> dict[str, str]:
    """The locks that are up, with their statements."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: sql for name, sql in cursor.fetchall() if _SUFFIX in name}


def put_up(cursor: Any, name: str, statement: str) -> None:
    """Put up one lock, in place of one of its name."""
    take_down(cursor, name)
    cursor.execute(statement)


def take_down(cursor: Any, name: str) -> None:
    """Take one lock down."""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def wanted(locked: Locked) -> dict[str, str]:
    """The statement of each lock, by its name."""
    triggers = [
        *_edition(locked),
        *_log(locked),
        *(_signature(locked) if locked.roles else ()),
        *(trigger for table in locked.parts for trigger in _part(table)),
    ]
    return dict(triggers)


def _trigger(table: str, event: str, name: str, when: str, says: str) -> tuple[str, str]:
    full_name = f"{table}{_SUFFIX}_{name}"
    return full_name, (
        f"CREATE TRIGGER {full_name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
    )


def _part(table: Table) -> list[tuple[str, str]]:
    now, before, replaced = table.edition_of("NEW"), table.edition_of("OLD"), table.edition_of_id("NEW.id")
    fixed = f"EXISTS (SELECT 1 FROM {EDITION} WHERE state IN ({HELD_STATES}) AND id IN"
    return [
        _trigger(table.name, "INSERT", "insert", f"{fixed} ({now}, {replaced}))", IS_FIXED),
        _trigger(table.name, "UPDATE", "update", f"{fixed} ({now}, {before}, {replaced}))", IS_FIXED),
        _trigger(table.name, "DELETE", "delete", f"{fixed} ({before}))", IS_FIXED),
    ]


def _edition(locked: Locked) -> list[tuple[str, str]]:
    was_fixed = f"OLD.state IN ({FIXED_STATES})"
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in locked.edition_columns)
    other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in locked.identity)
    own = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in locked.own_content)
    ended_anew = "NEW.ended_at IS NOT OLD.ended_at OR NEW.withdrawal_reason IS NOT OLD.withdrawal_reason"
    others = (
        f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id IS NOT {{row}}.id AND e.state IN ({FIXED_STATES}) AND"
    )
    collides = (
        f"{others.format(row='OLD')} (e.code = NEW.code OR e.subject = NEW.subject AND e.state = NEW.state"
    )
    return [
        _trigger(
            EDITION,
            "INSERT",
            "insert",
            f"NEW.state <> 'draft' OR {is_signed('NEW')} OR EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id = NEW.id"
            f" OR e.code = NEW.code OR e.subject = NEW.subject AND e.state IN ({OPEN_STATES}))",
            NO_WAY,
        ),
        _trigger(EDITION, "UPDATE", "content", f"{other} OR {was_fixed} AND ({changed})", IS_FIXED),
        _trigger(EDITION, "UPDATE", "held", f"OLD.state <> 'draft' AND ({own})", IS_FIXED),
        _trigger(
            EDITION, "UPDATE", "ended", f"{was_fixed} AND NEW.state = OLD.state AND ({ended_anew})", IS_FIXED
        ),
        _trigger(
            EDITION,
            "UPDATE",
            "way",
            f"NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES {WAYS})",
            NO_WAY,
        ),
        _trigger(EDITION, "UPDATE", "collision", f"{collides} AND NEW.state = 'published'))", NO_WAY),
        *(_reviewed(locked, others.format(row="NEW")) if locked.roles else ()),
        _trigger(EDITION, "DELETE", "delete", was_fixed, IS_FIXED),
    ]


def _reviewed(locked: Locked, others: str) -> list[tuple[str, str]]:
    """Every review has a number of its own, and only what enough people have signed in it is published.

    The first edition of a subject carries its mark instead. `others` begins the search for another that was published.
    """
    first = f"NEW.mark <> '' AND NOT {others} e.subject = NEW.subject)"
    begins = "(OLD.state = 'draft' AND NEW.state = 'in-review')"
    return [
        _trigger(
            EDITION,
            "UPDATE",
            "signed",
            "NEW.state = 'published' AND OLD.state <> 'published'"
            f" AND NOT (NEW.mark = '' AND {enough_signatures(locked)} OR {first})",
            NO_WAY,
        ),
        _trigger(EDITION, "UPDATE", "round", f"NEW.review_round <> OLD.review_round + {begins}", NO_WAY),
    ]


def _signature(locked: Locked) -> list[tuple[str, str]]:
    replaced = f"EXISTS (SELECT 1 FROM {SIGNATURE} WHERE id = NEW.id)"
    published = f"EXISTS (SELECT 1 FROM {EDITION} WHERE state IN ({FIXED_STATES}) AND id = OLD.edition_id)"
    return [
        _trigger(SIGNATURE, "INSERT", "insert", f"{replaced} OR NOT ({may_sign(locked)})", SIGNATURE_STAYS),
        _trigger(SIGNATURE, "UPDATE", "update", "1", SIGNATURE_STAYS),
        _trigger(SIGNATURE, "DELETE", "delete", published, SIGNATURE_STAYS),
    ]


def _log(locked: Locked) -> list[tuple[str, str]]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in locked.log_columns)
    replaced = f"EXISTS (SELECT 1 FROM {LOG} WHERE id = NEW.id)"
    return [
        _trigger(LOG, "INSERT", "insert", replaced, LOG_STAYS),
        _trigger(LOG, "UPDATE", "update", f"NEW.edition_id IS NOT NULL OR {changed}", LOG_STAYS),
        _trigger(LOG, "DELETE", "delete", "1", LOG_STAYS),
    ]
