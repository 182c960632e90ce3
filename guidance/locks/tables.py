"""Which tables are fixed with their edition, and how each of their rows leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps

from guidance.guideline import Guideline
from guidance.shape import Form, shapes
from guidance.states import FIXED, HELD, OPEN, SIGNATURES_NEEDED, TOUCH_THE_TEXT, TRANSITIONS, State

APP = "guidance"
LIFE = (
    "state",
    "ended_at",
    "withdrawal_reason",
    "file_digest",
)  # may change in an edition whose content is fixed
IDENTITY = ("id", "subject", "code", "created_at", "created_by", "copied_from")  # what its log is found by
OWN_CONTENT = frozenset(
    name for name, shape in shapes(Guideline).items() if shape.form in {Form.TEXT, Form.DAY}
)
APPROVER = "approver"  # the role, as accounts.roles calls it

# As SQL.
FIXED_STATES = ", ".join(f"'{state.value}'" for state in State if state in FIXED)
OPEN_STATES = ", ".join(f"'{state.value}'" for state in State if state in OPEN)
HELD_STATES = ", ".join(f"'{state.value}'" for state in State if state in HELD)
WAYS = ", ".join(
    f"('{before.value}', '{after.value}')"
    for before in State
    for after in State
    if after in TRANSITIONS[before]
)
TOUCHING = ", ".join(f"'{deed}'" for deed in sorted(TOUCH_THE_TEXT))

# What the database answers.
IS_FIXED = "en publisert utgave endres ikke"
NO_WAY = "en utgave kommer ikke i denne tilstanden slik"
LOG_STAYS = "loggen endres ikke"
SIGNATURE_STAYS = "en underskrift settes av en fagansvarlig som ikke har redigert, og endres ikke"


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
    """All that is locked: the tables of parts, and the columns of an edition and of the log that do not change.

    `identity` are the columns of an edition that stay as it was made, in a draft too; `own_content` those that its hash
    covers. `roles` is the table that says who is an approver; "" for a migration that came before signatures were
    counted, whose tables have nothing in them yet.
    """

    parts: tuple[Table, ...]
    identity: tuple[str, ...]
    edition_columns: tuple[str, ...]
    own_content: tuple[str, ...]
    log_columns: tuple[str, ...]
    signature_columns: tuple[str, ...]
    roles: str


def has_edited(by: str, edition: str) -> str:
    """Whether the account `by` has edited the draft in the row `edition`, as SQL; lines cut loose count too."""
    return (
        f"EXISTS (SELECT 1 FROM guidance_change c WHERE c.by_id = {by} AND c.deed IN ({TOUCHING})"
        f" AND (c.edition_id = {edition}.id OR c.edition_id IS NULL AND c.edition_code = {edition}.code"
        f" AND c.at >= {edition}.created_at))"
    )


def may_sign(locked: Locked) -> str:
    """Whether the signature in the row NEW may be set: as SQL over the edition that it is for."""
    return (
        "EXISTS (SELECT 1 FROM guidance_edition e WHERE e.id = NEW.edition_id AND e.state = 'in-review'"
        f" AND e.review_round = NEW.round AND NOT {has_edited('NEW.by_id', 'e')})"
        f" AND {_is_approver('NEW.by_id', locked)}"
    )


def _is_approver(by: str, locked: Locked) -> str:
    return f"EXISTS (SELECT 1 FROM {locked.roles} r WHERE r.user_id = {by} AND r.role = '{APPROVER}')"


def is_signed(edition: str) -> str:
    """Whether there are signatures for the id of the row `edition`, as SQL: an edition that is new has none."""
    return f"EXISTS (SELECT 1 FROM guidance_signature s WHERE s.edition_id = {edition}.id)"


def enough_signatures(locked: Locked) -> str:
    """Whether enough people, approvers still, stand for the content of the edition in the row NEW, as SQL."""
    return (
        "(SELECT COUNT(DISTINCT s.by_id) FROM guidance_signature s WHERE s.edition_id = NEW.id"
        " AND s.content_hash = NEW.content_hash AND s.round = NEW.review_round"
        f" AND {_is_approver('s.by_id', locked)} AND NOT {has_edited('s.by_id', 'NEW')}) >= {SIGNATURES_NEEDED}"
    )


def locked_tables(apps: Apps) -> Locked:
    """What there is to lock in the models of `apps`, today's or those of a migration."""
    edition, log = apps.get_model(APP, "Edition"), apps.get_model(APP, "Change")
    signature = apps.get_model(APP, "Signature")
    counted = "round" in {field.name for field in signature._meta.concrete_fields}
    every = [model for model in apps.get_models() if model._meta.app_label == APP]
    parts = {
        model: Table(name=model._meta.db_table)
        for model in every
        if model not in (log, signature) and _leads(model, "edition", to=edition)
    }
    inner = [
        Table(name=model._meta.db_table, outer=outer.name)
        for model in every
        for part, outer in parts.items()
        if _leads(model, "outer", to=part)
    ]
    return Locked(
        parts=(*parts.values(), *inner),
        identity=tuple(field.column for field in edition._meta.concrete_fields if field.name in IDENTITY),
        edition_columns=_columns(edition, but=LIFE),
        own_content=tuple(column for column in _columns(edition, but=LIFE) if column in OWN_CONTENT),
        log_columns=_columns(log, but=("edition",)),
        signature_columns=_columns(signature, but=()),
        roles=apps.get_model("accounts", "RoleHolding")._meta.db_table if counted else "",
    )


def _leads(model: Any, name: str, *, to: Any) -> bool:
    return any(field.name == name and field.related_model is to for field in model._meta.concrete_fields)


def _columns(model: Any, *, but: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field.column for field in model._meta.concrete_fields if field.name not in but)
