"""Which tables are fixed with their edition, and how each of their rows leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps

from guidance.states import FIXED, TRANSITIONS, State

APP = "guidance"
LIFE = (
    "state",
    "ended_at",
    "withdrawal_reason",
    "file_digest",
)  # may change in an edition whose content is fixed

# As SQL.
FIXED_STATES = ", ".join(f"'{state.value}'" for state in State if state in FIXED)
WAYS = ", ".join(
    f"('{before.value}', '{after.value}')"
    for before in State
    for after in State
    if after in TRANSITIONS[before]
)

# What the database answers.
IS_FIXED = "en publisert utgave endres ikke"
NO_WAY = "en utgave kommer ikke i denne tilstanden slik"
LOG_STAYS = "loggen endres ikke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose rows belong to editions: straight, or through the row around them (in the table `outer`)."""

    name: str
    outer: str = ""

    def edition_of(self, row: str) -> str:
        """The id of the edition of `row` (NEW or OLD), as SQL."""
        return (
            f"(SELECT edition_id FROM {self.outer} WHERE id = {row}.outer_id)"
            if self.outer
            else f"{row}.edition_id"
        )

    def edition_of_id(self, row_id: str) -> str:
        """The id of the edition in which the row with this id stands now, as SQL."""
        if not self.outer:
            return f"(SELECT edition_id FROM {self.name} WHERE id = {row_id})"
        joined = f"{self.name} i JOIN {self.outer} o ON o.id = i.outer_id"
        return f"(SELECT o.edition_id FROM {joined} WHERE i.id = {row_id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """All that is locked: the tables of parts, and the columns of an edition and of the log that do not change."""

    parts: tuple[Table, ...]
    edition_columns: tuple[str, ...]
    log_columns: tuple[str, ...]


def locked_tables(apps: Apps) -> Locked:
    """What there is to lock in the models of `apps`, today's or those of a migration."""
    edition, log = apps.get_model(APP, "Edition"), apps.get_model(APP, "Change")
    every = [model for model in apps.get_models() if model._meta.app_label == APP]
    parts = {
        model: Table(name=model._meta.db_table)
        for model in every
        if model is not log and _leads(model, "edition", to=edition)
    }
    inner = [
        Table(name=model._meta.db_table, outer=outer.name)
        for model in every
        for part, outer in parts.items()
        if _leads(model, "outer", to=part)
    ]
    return Locked(
        parts=(*parts.values(), *inner),
        edition_columns=_columns(edition, but=LIFE),
        log_columns=_columns(log, but=("edition",)),
    )


def _leads(model: Any, name: str, *, to: Any) -> bool:
    return any(field.name == name and field.related_model is to for field in model._meta.concrete_fields)


def _columns(model: Any, *, but: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field.column for field in model._meta.concrete_fields if field.name not in but)
