"""The locks as PostgreSQL's triggers.

A row's trigger takes a share lock on its edition, so that nothing slips in beside a publication under way.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from accounts.locks import schema_of
from guidance.locks.tables import (
    FIXED_STATES,
    HELD_STATES,
    IS_FIXED,
    LOG_STAYS,
    NO_WAY,
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
# Else somebody's temporary table of the same name would be asked in the place of ours.
_OWN_TABLES = "SET search_path = {schema}, pg_temp"


def fingerprint(statement: str) -> str:
    """What `standing` gives for a lock put up with this statement: kept as the trigger's comment."""
    return sha256(f"{statement} {_OWN_TABLES}".encode()).hexdigest()


def standing(cursor: Any) -> dict[str, str]:
    """The locks that are up in our schema, with their fingerprints; one that was set aside beside it has its own.

    One that was switched off is not up.
    """
    cursor.execute(
        "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND strpos(tgname, %s) > 0 AND tgrelid IN"
        " (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)",
        [_SUFFIX],
    )
    return dict(cursor.fetchall())


def put_up(cursor: Any, name: str, statement: str) -> None:
    """Put up one lock, in place of one of its name."""
    cursor.execute(statement)
    cursor.execute(f"ALTER FUNCTION {name}() {_OWN_TABLES.format(schema=schema_of(cursor))}")
    cursor.execute(f"COMMENT ON TRIGGER {name} ON {_table(name)} IS '{fingerprint(statement)}'")


def take_down(cursor: Any, name: str) -> None:
    """Take one lock down."""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_table(name)}")


def wanted(locked: Locked) -> dict[str, str]:
    """The statement of each lock, by its name."""
    bodies = {
        EDITION: _edition(locked),
        LOG: _log(locked),
        **({SIGNATURE: _signature(locked)} if locked.roles else {}),
        **{table.name: _part(table) for table in locked.parts},
    }
    rows = {f"{table}{_SUFFIX}": _for_rows(table, body) for table, body in bodies.items()}
    whole = {f"{table}{_SUFFIX}_truncate": _for_truncate(table) for table in bodies}
    return {**rows, **whole}


def _table(name: str) -> str:
    return name.partition(_SUFFIX)[0]


def _raise(says: str) -> str:
    return f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation';"


def _function(name: str, body: str, declare: str = "") -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {declare} BEGIN {body} END $$;"


def _for_rows(table: str, body: str) -> str:
    name = f"{table}{_SUFFIX}"
    function = _function(
        name, f"{body} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", "DECLARE was text;"
    )
    return (
        f"{function} DROP TRIGGER IF EXISTS {name} ON {table};"
        f" CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _for_truncate(table: str) -> str:
    name = f"{table}{_SUFFIX}_truncate"
    body = (
        f"IF EXISTS (SELECT 1 FROM {EDITION} WHERE state IN ({FIXED_STATES})) THEN {_raise(IS_FIXED)} END IF;"
        " RETURN NULL;"
    )
    return (
        f"{_function(name, body)} DROP TRIGGER IF EXISTS {name} ON {table};"
        f" CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _part(table: Table) -> str:
    def refuse(row: str) -> str:
        return (
            f"SELECT state INTO was FROM {EDITION} WHERE id = {table.edition_of(row)} FOR SHARE;"
            f" IF was IN ({HELD_STATES}) THEN {_raise(IS_FIXED)} END IF;"
        )

    return (
        f"IF TG_OP <> 'INSERT' THEN {refuse('OLD')} END IF; IF TG_OP <> 'DELETE' THEN {refuse('NEW')} END IF;"
    )


def _edition(locked: Locked) -> str:
    def row(name: str, columns: Sequence[str] = locked.edition_columns) -> str:
        return f"ROW({', '.join(f'{name}.{column}' for column in columns)})"

    own = locked.own_content
    was_fixed = f"OLD.state IN ({FIXED_STATES})"
    ended_anew = (
        "ROW(NEW.ended_at, NEW.withdrawal_reason) IS DISTINCT FROM ROW(OLD.ended_at, OLD.withdrawal_reason)"
    )
    update = (
        f"IF {row('NEW', locked.identity)} IS DISTINCT FROM {row('OLD', locked.identity)}"
        f" OR {was_fixed} AND {row('NEW')} IS DISTINCT FROM {row('OLD')}"
        f" OR OLD.state <> 'draft' AND {row('NEW', own)} IS DISTINCT FROM {row('OLD', own)}"
        f" OR {was_fixed} AND NEW.state = OLD.state AND {ended_anew} THEN {_raise(IS_FIXED)} END IF;"
        f" IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({WAYS})"
        f" THEN {_raise(NO_WAY)} END IF; {_reviewed(locked) if locked.roles else ''}"
    )
    return (
        f"IF TG_OP = 'INSERT' THEN IF NEW.state <> 'draft' OR {is_signed('NEW')} THEN {_raise(NO_WAY)} END IF; END IF;"
        f" IF TG_OP = 'UPDATE' THEN {update} END IF;"
        f" IF TG_OP = 'DELETE' THEN IF {was_fixed} THEN {_raise(IS_FIXED)} END IF; END IF;"
    )


def _reviewed(locked: Locked) -> str:
    """Every review has a number of its own, and only what enough people have signed in it is published.

    The first edition of a subject carries its mark instead.
    """
    first = (
        f"NEW.mark <> '' AND NOT EXISTS (SELECT 1 FROM {EDITION} e"
        f" WHERE e.id <> NEW.id AND e.subject = NEW.subject AND e.state IN ({FIXED_STATES}))"
    )
    # In brackets, or PL/pgSQL takes the first THEN for that of its own IF.
    begins = "(CASE WHEN OLD.state = 'draft' AND NEW.state = 'in-review' THEN 1 ELSE 0 END)"
    return (
        f"IF NEW.review_round <> OLD.review_round + {begins} THEN {_raise(NO_WAY)} END IF;"
        " IF NEW.state = 'published' AND OLD.state <> 'published'"
        f" AND NOT (NEW.mark = '' AND {enough_signatures(locked)} OR {first}) THEN {_raise(NO_WAY)} END IF;"
    )


def _signature(locked: Locked) -> str:
    """The edition is held while one signs it, so that nothing slips in beside."""
    return (
        f"IF TG_OP = 'INSERT' THEN SELECT state INTO was FROM {EDITION} WHERE id = NEW.edition_id FOR SHARE;"
        f" IF NOT ({may_sign(locked)}) THEN {_raise(SIGNATURE_STAYS)} END IF; END IF;"
        f" IF TG_OP = 'UPDATE' THEN {_raise(SIGNATURE_STAYS)} END IF;"
        f" IF TG_OP = 'DELETE' THEN SELECT state INTO was FROM {EDITION} WHERE id = OLD.edition_id FOR SHARE;"
        f" IF was IN ({FIXED_STATES}) THEN {_raise(SIGNATURE_STAYS)} END IF; END IF;"
    )


def _log(locked: Locked) -> str:
    def row(name: str) -> str:
        return f"ROW({', '.join(f'{name}.{column}' for column in locked.log_columns)})"

    changed = f"NEW.edition_id IS NOT NULL OR {row('NEW')} IS DISTINCT FROM {row('OLD')}"
    return (
        f"IF TG_OP = 'DELETE' THEN {_raise(LOG_STAYS)} END IF;"
        f" IF TG_OP = 'UPDATE' THEN IF {changed} THEN {_raise(LOG_STAYS)} END IF; END IF;"
    )
