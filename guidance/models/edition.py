"""An edition: one text of the guideline from its draft to the day when another follows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from guidance.canonical import content_hash
from guidance.edition_file.names import SUBJECT
from guidance.guideline import Guideline
from guidance.models.content import read_parts
from guidance.models.row import EditionIsFixed
from guidance.states import FIXED, HELD, OPEN, State, may_become

# The edition's own content; its parts are the rest.
OWN_CONTENT = (
    "subject",
    "code",
    "title",
    "publisher",
    "dated",
    "mark",
    "review_by",
    "read_on",
    "intro",
    "news",
)

# What may change in a row whose content is fixed.
LIFE = ("state", "ended_at", "withdrawal_reason", "file_digest")

KEPT = 8  # guidelines in memory: the one in force, and those that open courses were signed under
_by_hash: OrderedDict[str, Guideline] = OrderedDict()


def _remember(digest: str, guideline: Guideline) -> None:
    _by_hash[digest] = guideline
    while len(_by_hash) > KEPT:
        _by_hash.popitem(last=False)


def remembered() -> int:
    """How many guidelines this process has in memory."""
    return len(_by_hash)


def forget() -> None:
    """Read every edition from its rows again; for those who measure or doubt."""
    _by_hash.clear()


def _values(states: Iterable[State]) -> list[str]:
    """The states as migrations write them down: as plain text, in the order of an edition's life."""
    return [state.value for state in State if state in states]


class NoEditionInForce(Exception):
    """No edition of the guideline is published: nothing can be assessed or signed."""

    def __init__(self) -> None:
        super().__init__("Ingen utgave av retningslinjen er i kraft.")


class IllegalTransition(Exception):
    """An edition in this state cannot get into that one."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"En utgave kan ikke gå fra «{before}» til «{after}».")


class ContentWasTamperedWith(Exception):
    """The rows of a published edition do not have the hash under which they were published."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Innholdet i utgave {code} stemmer ikke med det som ble publisert.")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Reads of editions; writes of many are held to the same as of one. (The database refuses too.)"""

    def in_force(self, subject: str = SUBJECT) -> Edition:
        """The published edition. Raises NoEditionInForce where there is none."""
        edition = self.find_in_force(subject)
        if edition is None:
            raise NoEditionInForce
        return edition

    def find_in_force(self, subject: str = SUBJECT) -> Edition | None:
        """The published edition, or None."""
        return self.filter(subject=subject, state=State.PUBLISHED).first()

    def find_latest(self, subject: str = SUBJECT) -> Edition | None:
        """The published edition, or else the one that was in force last; None where there never was any."""
        return self.find_in_force(subject) or self.once_published(subject).first()

    def last_withdrawn(self, subject: str = SUBJECT) -> Edition | None:
        """The edition that was withdrawn last, or None; while nothing is in force, its reason is why."""
        withdrawn = self.filter(subject=subject, state=State.WITHDRAWN)
        return withdrawn.order_by("-ended_at", "-pk").first()

    def open_draft(self, subject: str = SUBJECT) -> Edition | None:
        """The one draft that is being edited or reviewed, or None."""
        return self.filter(subject=subject, state__in=OPEN).first()

    def once_published(self, subject: str = SUBJECT) -> Self:
        """Every edition that is or was in force, the newest first."""
        return self.filter(subject=subject, state__in=FIXED).order_by("-published_at", "-pk")

    def update(self, **kwargs: Any) -> int:
        fixed = self.filter(state__in=FIXED).values_list("code", flat=True).first()
        if fixed is not None and not set(kwargs) <= set(LIFE):
            raise EditionIsFixed(fixed)
        held = self.filter(state=State.IN_REVIEW).values_list("code", flat=True).first()
        if held is not None and set(kwargs) & set(OWN_CONTENT):
            raise EditionIsFixed(held, State.IN_REVIEW)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        fixed = self.filter(state__in=FIXED).values_list("code", flat=True).first()
        if fixed is not None:
            raise EditionIsFixed(fixed)
        return super().delete()


class Edition(models.Model):
    """One edition. Its parts are rows of their own (`points`, `checks` …); `as_guideline` is all of it as a value.

    `version` counts changes to the edition's own fields, `review_round` how often it was sent to review; `content_hash`
    is set when it is published and stands for its content from then on. `file_digest` is the SHA-256 of the file it
    was loaded from.
    """

    subject = models.CharField("emne", max_length=50, default=SUBJECT)
    code = models.CharField("kode", max_length=20, unique=True)
    title = models.TextField("tittel")
    publisher = models.TextField("utgiver")
    dated = models.TextField("datert", blank=True)
    mark = models.TextField("merket", blank=True)
    review_by = models.DateField("leses på nytt innen")
    read_on = models.DateField("retningslinjen sist lest", null=True, blank=True)
    intro = models.TextField("innledning", blank=True)
    news = models.TextField("hva som er nytt", blank=True, default="")

    state = models.CharField(
        "tilstand",
        max_length=12,
        choices=[(state.value, state.value) for state in State],
        default=State.DRAFT.value,
    )
    version = models.PositiveIntegerField("versjon", default=1)
    review_round = models.PositiveIntegerField("godkjenningsrunde", default=0)
    created_at = models.DateTimeField("laget")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    content_hash = models.CharField("innholdets sjekksum", max_length=64, blank=True)
    published_at = models.DateTimeField("publisert", null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("avløst eller trukket tilbake", null=True)
    withdrawal_reason = models.TextField("hvorfor den ble trukket tilbake", blank=True)
    file_digest = models.CharField(max_length=64, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=_values(State)), name="edition_state_is_known"),
            models.UniqueConstraint(
                fields=("subject",),
                condition=Q(state=State.PUBLISHED.value),
                name="one_published_edition_a_subject",
            ),
            models.UniqueConstraint(
                fields=("subject",), condition=Q(state__in=_values(OPEN)), name="one_open_draft_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_values(OPEN), content_hash="", published_at=None)
                | Q(state__in=_values(FIXED), published_at__isnull=False) & ~Q(content_hash=""),
                name="published_with_hash_and_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_values(FIXED - {State.PUBLISHED}), ended_at__isnull=False)
                | Q(state__in=_values(OPEN | {State.PUBLISHED}), ended_at=None),
                name="ended_with_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN.value) & ~Q(withdrawal_reason="")
                | ~Q(state=State.WITHDRAWN.value) & Q(withdrawal_reason=""),
                name="withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = None if self._state.adding else Edition.objects.filter(pk=self.pk).values().first()
        if before is not None:
            self._refuse_change_from(before)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Edition.objects.filter(pk=self.pk, state__in=FIXED).exists():
            raise EditionIsFixed(self.code)
        return super().delete(*args, **kwargs)

    @property
    def is_fixed(self) -> bool:
        """Whether its content can no longer change."""
        return self.state in FIXED

    @property
    def is_in_force(self) -> bool:
        """Whether it is the published one."""
        return self.state == State.PUBLISHED

    def as_guideline(self) -> Guideline:
        """All content as a value: one query, and none for a published edition that this process has read before.

        Raises ContentWasTamperedWith if a published edition's rows no longer have its hash, and Edition.DoesNotExist
        if the draft was discarded after it was asked for.
        """
        if not self.is_fixed:
            return self._read()
        remembered = _by_hash.get(self.content_hash)
        if remembered is not None:
            return remembered
        guideline = self._read()
        if content_hash(guideline) != self.content_hash:
            raise ContentWasTamperedWith(self.code)
        _remember(self.content_hash, guideline)
        return guideline

    def _read(self) -> Guideline:
        own: dict[str, Any] = {name: getattr(self, name) for name in OWN_CONTENT}
        parts: dict[str, Any] = read_parts(self.pk)
        regimen = parts.pop("regimen")
        if not regimen:  # every edition has one for as long as it has rows
            raise ContentWasTamperedWith(self.code) if self.is_fixed else Edition.DoesNotExist(self.code)
        return Guideline(**own, regimen=regimen[0], **parts)

    def _refuse_change_from(self, before: Mapping[str, Any]) -> None:
        changed = {name for name, value in before.items() if getattr(self, name) != value}
        if before["state"] in FIXED and not changed <= set(LIFE):
            raise EditionIsFixed(before["code"])
        if before["state"] in HELD and changed & set(OWN_CONTENT):
            raise EditionIsFixed(before["code"], before["state"])
        if "state" in changed and not may_become(State(before["state"]), State(self.state)):
            raise IllegalTransition(before["state"], self.state)
