"""What happened to an edition: who signed its text, who changed what."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from guidance.models.row import OfEdition


class Signature(OfEdition):
    """That an approver stands for the text with this content hash; void as soon as the text has another."""

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "by", "content_hash"), name="signed_once_by_each"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.content_hash[:8]}"


class Deed(models.TextChoices):
    """What somebody did to an edition."""

    LOADED = "loaded", "lastet"
    IMPORTED = "imported", "hentet inn"
    COPIED = "copied", "kopiert"
    EDITED = "edited", "endret"
    ADDED = "added", "lagt til"
    RETIRED = "retired", "tatt bort"
    MOVED = "moved", "flyttet"
    PUBLISHED = "published", "publisert"
    WITHDRAWN = "withdrawn", "trukket tilbake"
    DISCARDED = "discarded", "forkastet"

    @classmethod
    def touching_the_text(cls) -> frozenset[Deed]:
        """The deeds after which somebody is an editor of this draft."""
        return frozenset({cls.EDITED, cls.ADDED, cls.RETIRED, cls.MOVED})


class LogIsWrittenOnce(Exception):
    """Something tried to change or delete a line of the log."""


class ChangeQuerySet(models.QuerySet["Change"]):
    """The log; many lines at a time are held to the same as one."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LogIsWrittenOnce

    def delete(self) -> NoReturn:
        raise LogIsWrittenOnce


class Change(models.Model):
    """A line of the log of an edition. A discarded draft's lines stay, under its code.

    `kind` is the part's field in the guideline ("checks"), `name` its code; `before` and `after` its canonical form.
    `by` is empty for what the program itself did.
    """

    edition = models.ForeignKey("Edition", models.SET_NULL, null=True, related_name="changes")
    edition_code = models.CharField("utgave", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    deed = models.CharField("hva", max_length=12, choices=Deed.choices)
    kind = models.CharField("del", max_length=20, blank=True)
    name = models.TextField("kode", blank=True)
    before = models.JSONField("før", null=True)
    after = models.JSONField("etter", null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=Q(deed__in=Deed.values), name="deed_is_known"),)

    def __str__(self) -> str:
        return f"{self.edition_code}: {self.deed} {self.kind} {self.name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsWrittenOnce
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsWrittenOnce
