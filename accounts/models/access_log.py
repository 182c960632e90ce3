"""The access log: who read, printed, copied, signed, changed or exported which course, when, and from where.

Written by `accounts.access_log` alone, row after row in a hash chain (`accounts.chain`). The database refuses to change
a row, and to delete one that no segment has sealed (`accounts.locks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NoReturn, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.chain import Head, Row, Value, moment
from accounts.models.people import Practice


class LogStays(Exception):
    """Something tried to change the access log, or to delete from it."""


class Did(models.TextChoices):
    """What somebody did."""

    READ = "read", _("leste")
    LISTED = "listed", _("så listen")
    SEARCHED = "searched", _("søkte etter")
    PRINTED = "printed", _("skrev ut")
    STORED = "stored", _("lagde arket")
    COPIED = "copied", _("kopierte")
    EXPORTED = "exported", _("hentet ut")
    STARTED = "started", _("begynte")
    CHANGED = "changed", _("endret")
    SIGNED = "signed", _("signerte")
    DELETED = "deleted", _("slettet")
    SEALED = "sealed", _("forseglet loggen")
    BACKED_UP = "backed-up", _("tok sikkerhetskopi")
    RESTORED = "restored", _("gjenopprettet fra sikkerhetskopi")
    REFUSED = "refused", _("ble avvist")
    LOGGED_IN = "logged-in", _("logget inn")
    LOGIN_FAILED = "login-failed", _("kom ikke inn")
    LOGGED_OUT = "logged-out", _("logget ut")
    ACCOUNT_MADE = "account-made", _("opprettet kontoen")
    ACCOUNT_CHANGED = "account-changed", _("endret kontoen")
    ACCOUNT_CLOSED = "account-closed", _("stengte kontoen")
    PRACTICE_CHANGED = "practice-changed", _("endret praksisen")
    INVITED = "invited", _("inviterte")
    LINK_MADE = "link-made", _("laget lenke til nytt passord")
    LINK_WITHDRAWN = "link-withdrawn", _("trakk tilbake lenken")
    LINK_USED = "link-used", _("valgte passord")
    PASSWORD_CHANGED = "password-changed", _("byttet passord")
    FACTOR_ADDED = "factor-added", _("la til et andre trinn")
    FACTOR_REMOVED = "factor-removed", _("fjernet et andre trinn")
    RECOVERY_CODES_MADE = "recovery-codes-made", _("laget reservekoder")
    RECOVERY_CODE_USED = "recovery-code-used", _("brukte en reservekode")
    LOCKED_OUT = "locked-out", _("ble stengt ute")
    SESSIONS_ENDED = "sessions-ended", _("avsluttet økter")


Kept = TypeVar("Kept", bound=models.Model)


class StaysQuerySet(models.QuerySet[Kept]):
    """Reads. Nothing is updated or deleted by way of a model."""

    def update(self, **kwargs: object) -> NoReturn:
        raise LogStays

    def delete(self) -> NoReturn:
        raise LogStays


class StaysModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise LogStays
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise LogStays


class LogQuerySet(StaysQuerySet["AccessRow"]):
    """Reads of the log."""

    def head(self) -> Head:
        """The last row there is; an empty log continues what was sealed last."""
        last = self.order_by("-number").values_list("number", "hash").first()
        return Head(number=last[0], hash=last[1]) if last else Segment.objects.head()

    def of_practice(self, practice: Practice | None) -> Self:
        """What was done at `practice`; everything for an administrator who has none."""
        return self.filter(practice=practice) if practice else self

    def chained(self) -> Iterator[Row]:
        """Every row by its number, as the chain reads it."""
        columns = ("number", *AccessRow.COVERED, "previous", "hash")
        for number, *values, previous, digest in (
            self.order_by("number").values_list(*columns).iterator(5_000)
        ):
            yield Row(number=number, values=(moment(values[0]), *values[1:]), previous=previous, hash=digest)


class AccessRow(StaysModel):
    """One deed. The names stand here as they were; no free text has a column.

    `course` is a course's code, "" where it is about no single one; `detail` says more in words of our own, such as
    the page's name and the entry's number. `role` is what the person held then, with commas between.
    """

    COVERED: ClassVar[tuple[str, ...]] = (
        "at",
        "did",
        "user_id",
        "username",
        "name",
        "role",
        "practice_id",
        "practice_name",
        "course",
        "detail",
        "address",
        "request",
    )

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    did = models.CharField(max_length=20)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    username = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=120, blank=True)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, related_name="+")
    practice_name = models.CharField(max_length=120, blank=True)
    course = models.CharField(max_length=7, blank=True)
    detail = models.CharField(max_length=600, blank=True)
    address = models.CharField(max_length=45, blank=True)
    request = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[LogQuerySet] = LogQuerySet.as_manager()  # type: ignore[assignment]  # more than a manager, by name

    class Meta:
        indexes = (
            models.Index(fields=("practice", "-number"), name="log_by_practice"),
            models.Index(fields=("course", "-number"), name="log_by_course"),
            models.Index(fields=("user", "-number"), name="log_by_user"),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.did} {self.course}".strip()

    @property
    def deed(self) -> str:
        """What was done, as the page says it."""
        return str(Did(self.did).label)

    def values(self) -> tuple[Value, ...]:
        """All that the hash covers, in its order."""
        covered = [getattr(self, column) for column in self.COVERED]
        return (moment(covered[0]), *covered[1:])


class SegmentQuerySet(StaysQuerySet["Segment"]):
    """Reads of what has been sealed."""

    def head(self) -> Head:
        """The last row of the last segment."""
        last = self.order_by("-last").first()
        return Head(number=last.last, hash=last.last_hash) if last else Head()


class Segment(StaysModel):
    """A stretch of the log that has been closed, and whose rows alone may be deleted; `last_hash` anchors the next."""

    first = models.PositiveBigIntegerField(primary_key=True)
    last = models.PositiveBigIntegerField(unique=True)
    last_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    objects: ClassVar[SegmentQuerySet] = SegmentQuerySet.as_manager()  # type: ignore[assignment]  # more than a manager, by name

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="segment_has_rows"),
        )

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
