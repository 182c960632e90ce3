"""An edition's rows, taken together: how a guideline is laid down in them, and how it is read back in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import JSONObject

from guidance.guideline import Guideline
from guidance.models.checks import Check, Group
from guidance.models.row import Part, Row
from guidance.models.texts import AgeNote, Passage, Point, Position, Reference, Section, Source, Term
from guidance.models.treatment import (
    Advice,
    Drug,
    Information,
    Limit,
    Medicine,
    Regimen,
    SideEffect,
    Vignette,
)

# By the field of the guideline that each kind of row holds, in the guideline's order.
PARTS: Mapping[str, type[Part]] = MappingProxyType(
    {
        "sources": Source,
        "references": Reference,
        "points": Point,
        "sections": Section,
        "terms": Term,
        "age_notes": AgeNote,
        "positions": Position,
        "drugs": Drug,
        "advice": Advice,
        "groups": Group,
        "checks": Check,
        "information": Information,
        "limits": Limit,
        "regimen": Regimen,
        "side_effects": SideEffect,
        "passages": Passage,
        "medicines": Medicine,
        "vignettes": Vignette,
    }
)
ROWS: tuple[type[Row], ...] = (
    *PARTS.values(),
    *(inner for part in PARTS.values() for inner in part.inner),
)

Columns = Mapping[str, Any]


def field_of(part: type) -> str:
    """The field of the guideline in which parts of this dataclass stand."""
    return next(field for field, model in PARTS.items() if model.part is part)


def store_content(edition: Any, guideline: Guideline) -> None:
    """Lay down every part of `guideline` in an edition that has no rows yet."""
    for field, model in PARTS.items():
        held = getattr(guideline, field)
        parts = held if isinstance(held, tuple) else (held,)
        rows = [model.standing_in(edition, part, position=position) for position, part in enumerate(parts)]
        model.objects.bulk_create(rows)
        for inner in model.inner:
            pairs = zip(rows, parts, strict=True)
            inner.objects.bulk_create([one for row, part in pairs for one in inner.rows_in(row, part)])


def read_parts(edition_id: int) -> dict[str, tuple[Any, ...]]:
    """The parts of an edition by their field, in their order. One query, however many rows."""
    by_model: dict[str, list[Columns]] = defaultdict(list)
    for row in _every_row(edition_id):
        by_model[row["row"]].append(row)
    return {field: _parts(model, by_model) for field, model in PARTS.items()}


def _parts(model: type[Part], by_model: Mapping[str, list[Columns]]) -> tuple[Any, ...]:
    inside = {inner: _by_outer(by_model[inner.__name__]) for inner in model.inner}
    return tuple(
        model.part_from(row, {inner.field: inner.together(of[row["id"]]) for inner, of in inside.items()})
        for row in _in_order(by_model[model.__name__])
    )


def _by_outer(rows: Iterable[Columns]) -> Mapping[int, list[Columns]]:
    by_outer: dict[int, list[Columns]] = defaultdict(list)
    for row in _in_order(rows):
        by_outer[row["outer_id"]].append(row)
    return by_outer


def _in_order(rows: Iterable[Columns]) -> list[Columns]:
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _every_row(edition_id: int) -> Iterable[Columns]:
    """The rows of all tables as JSON objects, in no order: twenty tables in one round trip."""
    first, *others = (
        model.objects.filter(**{model.path_to_edition(): edition_id})
        .order_by()
        .values_list(_as_json(model), flat=True)
        for model in ROWS
    )
    return first.union(*others, all=True)


def _as_json(model: type[Row]) -> JSONObject:
    columns = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    return JSONObject(row=Value(model.__name__), **columns)
