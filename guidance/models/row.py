"""What every row of an edition has in common: where it stands, and that it stays once the edition is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from guidance.columns import from_column, to_column
from guidance.shape import shapes
from guidance.states import FIXED, HELD, State


class EditionIsFixed(Exception):
    """Something tried to change the content of an edition that has been published, or that is being signed."""

    def __init__(self, code: str, state: str = State.PUBLISHED) -> None:
        in_review = gettext("Utgave %(code)s er til godkjenning og endres ikke.")
        published = gettext("Utgave %(code)s er publisert og endres ikke.")
        super().__init__((in_review if state == State.IN_REVIEW else published) % {"code": code})


class RowQuerySet(models.QuerySet[Any]):
    """Rows of editions; many at a time are held to the same as one. (The database refuses too.)"""

    def in_edition(self, edition: Any) -> Self:
        """The rows of one edition, or of the edition with this id."""
        return self.filter(**{self.model.path_to_edition(): edition})

    def in_earlier_editions(self, subject: str) -> Self:
        """The rows of every edition of `subject` that is or was in force."""
        path = self.model.path_to_edition()
        return self.filter(**{f"{path}__subject": subject, f"{path}__state__in": FIXED})

    def codes(self) -> list[str]:
        """The codes of these rows, in their order."""
        return list(self.values_list("code", flat=True))

    def update(self, **kwargs: Any) -> int:
        self._refuse_if_fixed()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_if_fixed()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for edition in {row.edition_it_stands_in() for row in rows}:
            _refuse_if_fixed(edition, self.model.fixed_in)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for edition in {row.edition_it_stands_in() for row in rows}:
            _refuse_if_fixed(edition, self.model.fixed_in)
        return super().bulk_update(rows, *args, **kwargs)

    def _refuse_if_fixed(self) -> None:
        path = self.model.path_to_edition()
        fixed = self.filter(**{f"{path}__state__in": self.model.fixed_in})
        for code, state in fixed.values_list(f"{path}__code", f"{path}__state")[:1]:
            raise EditionIsFixed(code, state)


def _refuse_if_fixed(edition: Any, fixed_in: frozenset[State]) -> None:
    """Ask the database, not the object in memory, which may be older than the publication."""
    found = type(edition)._base_manager.filter(pk=edition.pk, state__in=fixed_in)
    for state in found.values_list("state", flat=True)[:1]:
        raise EditionIsFixed(edition.code, state)


class OfEdition(models.Model):
    """A row that belongs to an edition, and is fixed while the edition is in one of the states `fixed_in`."""

    fixed_in: ClassVar[frozenset[State]] = HELD

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_if_fixed(self.edition_it_stands_in(), self.fixed_in)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _refuse_if_fixed(self.edition_it_stands_in(), self.fixed_in)
        return super().delete(*args, **kwargs)

    @classmethod
    def path_to_edition(cls) -> str:
        """The lookup that leads from this row to its edition."""
        return "edition"

    def edition_it_stands_in(self) -> Any:
        """Its edition, whether the row stands in it or in another row."""
        return self.edition  # type: ignore[attr-defined]


class Row(OfEdition):
    """A row that holds a part of a guideline. The columns that come from the part have its fields' names."""

    part: ClassVar[Any]  # the dataclass of guideline/ that it holds
    inner: ClassVar[tuple[type[Inner], ...]] = ()  # the rows inside it

    position = models.PositiveSmallIntegerField("plass")

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    @classmethod
    def columns_of(cls, part: Any) -> dict[str, Any]:
        """What the columns take for `part`; the rows inside it not included."""
        elsewhere = {inner.field for inner in cls.inner}
        return {
            name: to_column(shape, getattr(part, name))
            for name, shape in shapes(cls.part).items()
            if name not in elsewhere
        }

    @classmethod
    def held(cls, part: Any, field: str) -> Any:
        """What of `part` stands in inner rows: a mapping by drug, or a sequence."""
        return getattr(part, field)

    @classmethod
    def part_from(cls, columns: Mapping[str, Any], inside: Mapping[str, Any]) -> Any:
        """The part, from its columns and from what stands in the rows inside it by field."""
        own = {
            name: from_column(shape, columns[name])
            for name, shape in shapes(cls.part).items()
            if name in columns
        }
        return cls.part(**own, **inside)

    def as_part(self) -> Any:
        """The part that this row and the rows inside it hold."""
        columns = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        inside = {inner.field: inner.gathered(self) for inner in self.inner}
        return self.part_from(columns, inside)


class Part(Row):
    """A row that stands in the edition itself. `version` counts its changes, so that nobody overwrites another's."""

    version = models.PositiveIntegerField("versjon", default=1)

    class Meta(Row.Meta):
        abstract = True

    @classmethod
    def standing_in(cls, edition: Any, part: Any, *, position: int) -> Self:
        """An unsaved row for `part` in `edition`; the rows inside it are another matter."""
        columns = {"edition": edition, **cls.columns_of(part)}
        return cls(position=position, **columns)


class Inner(Row):
    """A row inside another row, its `outer`: a paragraph of a section, what a check means for one drug."""

    field: ClassVar[str]  # the field of the part around it; also the name of these rows there
    by_drug: ClassVar[bool] = False  # a mapping by drug, or a sequence

    class Meta(Row.Meta):
        abstract = True

    @classmethod
    def path_to_edition(cls) -> str:
        return "outer__edition"

    def edition_it_stands_in(self) -> Any:
        return self.outer.edition  # type: ignore[attr-defined]

    @classmethod
    def rows_in(cls, outer: Row, part: Any) -> list[Self]:
        """The unsaved rows for what `part` holds in this field, to stand in `outer`."""
        held = outer.held(part, cls.field)
        pairs = held.items() if cls.by_drug else ((None, item) for item in held)
        rows = []
        for position, (drug, item) in enumerate(pairs):
            by_drug = {"drug": drug} if cls.by_drug else {}
            rows.append(cls(outer=outer, position=position, **by_drug, **cls.columns_of(item)))
        return rows

    @classmethod
    def together(cls, rows: Iterable[Mapping[str, Any]]) -> Any:
        """What the field of the part around them holds, from the columns of its rows in order."""
        items = [(row.get("drug"), cls.part_from(row, {})) for row in rows]
        return dict(items) if cls.by_drug else tuple(item for _, item in items)

    @classmethod
    def gathered(cls, outer: Row) -> Any:
        """The same, asked of the database for one row."""
        rows = getattr(outer, cls.field).order_by("position", "pk")
        return cls.together(rows.values())


def cites_something(name: str) -> models.CheckConstraint:
    """A source is a required argument, in the database too."""
    return models.CheckConstraint(condition=~Q(cites=[]), name=f"{name}_cites_something")


def code_stands_once(name: str, *fields: str) -> models.UniqueConstraint:
    """One code names one thing in an edition."""
    return models.UniqueConstraint(fields=fields or ("edition", "code"), name=f"{name}_code_stands_once")
