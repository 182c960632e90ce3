"""What happened to an edition: who signed its text, who changed what."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from guidance.models.row import OfEdition, RowQuerySet
from guidance.states import FIXED, TOUCH_THE_TEXT, State


class SignatureQuerySet(RowQuerySet):
    """Reads of signatures."""

    def valid(self, edition: Any, content_hash: str) -> Self:
        """Those that hold for the text with this hash, in the review that the edition is in or was published from."""
        if edition.state == State.DRAFT:
            return self.none()
        return self.filter(edition=edition, round=edition.review_round, content_hash=content_hash)

    def counting(self, edition: Any, content_hash: str) -> Self:
        """The valid ones of those who are approvers still: what a publication of a draft needs."""
        return self.valid(edition, content_hash).filter(by__role_holdings__role=Role.APPROVER)


class Signature(OfEdition):
    """That an approver stands for the text with this content hash. Never changed, and void once the text is.

    It holds in the review it was given in: `round` is the edition's `review_round` then, which every new review raises,
    and between two reviews lies every edit. `seen` is what the approver had on the page: the difference and its impact,
    as HTML of our own making.
    """

    fixed_in: ClassVar[frozenset[State]] = FIXED

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    round = models.PositiveIntegerField("runde", default=0)
    seen = models.TextField("det som ble vist", blank=True, default="")

    objects = SignatureQuerySet.as_manager()  # type: ignore[misc]  # more than a row, by name

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "by", "content_hash", "round"), name="signed_once_by_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.content_hash[:8]}"


class Deed(models.TextChoices):
    """What somebody did to an edition."""

    LOADED = "loaded", _("lastet")
    IMPORTED = "imported", _("hentet inn")
    COPIED = "copied", _("kopiert")
    RESTORED = "restored", _("gjenopprettet")
    EDITED = "edited", _("endret")
    ADDED = "added", _("lagt til")
    RETIRED = "retired", _("tatt bort")
    MOVED = "moved", _("flyttet")
    SUBMITTED = "submitted", _("sendt til godkjenning")
    RECALLED = "recalled", _("tatt tilbake")
    SIGNED = "signed", _("skrevet under")
    PUBLISHED = "published", _("publisert")
    WITHDRAWN = "withdrawn", _("trukket tilbake")
    DISCARDED = "discarded", _("forkastet")

    @classmethod
    def touching_the_text(cls) -> frozenset[Deed]:
        """The deeds after which somebody is an editor of this draft."""
        return frozenset(cls(deed) for deed in TOUCH_THE_TEXT)


class LogIsWrittenOnce(Exception):
    """Something tried to change or delete a line of the log."""


class ChangeQuerySet(models.QuerySet["Change"]):
    """The log; many lines at a time are held to the same as one."""

    def touching_the_text_of(self, edition: Any) -> Self:
        """The lines after which somebody is an editor of this draft, also where they were cut loose from it."""
        loose = Q(edition=None, edition_code=edition.code, at__gte=edition.created_at)
        return self.filter(Q(edition=edition) | loose, deed__in=Deed.touching_the_text())

    def update(self, **kwargs: Any) -> NoReturn:
        raise LogIsWrittenOnce

    def delete(self) -> NoReturn:
        raise LogIsWrittenOnce


class Change(models.Model):
    """A line of the log of an edition. A discarded draft's lines stay, under its code.

    `kind` is the part's field in the guideline ("checks"), `name` its code; `before` and `after` its canonical form,
    `place` where among its kind it stood when it was taken out. `by` is empty for what the program itself did;
    `undoes` is the line that this one took back.
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
    place = models.PositiveSmallIntegerField("plass", null=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

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
