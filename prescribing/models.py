"""What is kept of one woman's treatment: a course with its code, the draft that is being filled in, the entries signed.

No name, identity number, birth date or address has a column here.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Cases
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, User
from guidance.models import Edition
from guidance.states import State
from guidance.translating import NORWEGIAN
from prescribing.case import Case, Signature, make_case
from prescribing.plan_text import plan_json
from prescribing.record import Ending, Record, from_json
from prescribing.turns import Outcome


class SignedPlanDiffers(Exception):
    """The plan that was signed is no longer the one that is computed: it is shown to nobody."""


class SignedIsSigned(Exception):
    """Something tried to change or delete what was signed."""


OUTCOMES = tuple(outcome.value for outcome in Outcome)


class CourseState(models.TextChoices):
    """Where a course stands. A course without a plan ends when it is signed."""

    DRAFT = "draft", _("under vurdering")
    RUNNING = "running", _("pågår")
    ENDED = "ended", _("avsluttet")


class Due(models.IntegerChoices):
    """What a running course waits for, the most pressing first."""

    OVERDUE = 1, _("Vurderingen er forfalt")
    TODAY = 2, _("Vurdering i dag")
    FINISHED = 3, _("Planen er fulgt ut: avslutt forløpet")
    UNKNOWN_START = 4, _("Startdato ikke meldt")
    ENDS_THIS_WEEK = 5, _("Siste dag denne uken")
    TAPER = 6, _("Nedtrapping")
    UNDER_WAY = 7, _("Pågår")
    AHEAD = 8, _("Ikke begynt")


class CourseQuerySet(models.QuerySet["Course"]):
    """Reads of courses; what a practice may see, and what is due."""

    def of_practice(self, practice: Practice | None) -> Self:
        """The courses of `practice`; none for somebody without one."""
        return self.filter(practice=practice) if practice else self.none()

    def running(self) -> Self:
        """Signed with a plan, and not ended."""
        return self.filter(state=CourseState.RUNNING)

    def signed(self) -> Self:
        """With at least one signed entry."""
        return self.exclude(state=CourseState.DRAFT)

    def on_withdrawn(self) -> Self:
        """Signed on an edition that has been withdrawn since; a course has one edition from first to last."""
        return self.filter(entries__number=1, entries__edition__state=State.WITHDRAWN)

    def marked(self) -> Self:
        """Each with whether it is `on_withdrawn`."""
        first = Entry.objects.filter(course=OuterRef("pk"), number=1, edition__state=State.WITHDRAWN)
        return self.annotate(is_on_withdrawn=Exists(first))

    def last_signed_before(self, moment: datetime) -> Self:
        """Signed, and nothing in them since `moment`."""
        return self.signed().exclude(
            Exists(Entry.objects.filter(course=OuterRef("pk"), signed_at__gte=moment))
        )

    def due(self, today: date) -> Self:
        """Running, with the review today or overdue, or with a plan that has run out."""
        return self.running().filter(Q(review_on__lte=today) | _run_out(today))

    def by_what_is_due(self, today: date) -> Self:
        """Running, each with what it waits for (`due`), the most pressing first."""
        return (
            self.running()
            .annotate(due=_due(today))
            .order_by("due", F("review_on").asc(nulls_last=True), F("ends_on").asc(nulls_last=True), "pk")
        )


def _run_out(today: date) -> Q:
    """The plan has run out, and no review is agreed; one that is, may still lengthen it."""
    return Q(ends_on__lt=today, review_on=None)


def _due(today: date) -> Cases:
    """What a running course waits for on `today`; weeks end on Sunday."""
    sunday = today + timedelta(days=6 - today.weekday())
    conditions = {
        Due.OVERDUE: Q(review_on__lt=today),
        Due.TODAY: Q(review_on=today),
        Due.FINISHED: _run_out(today),
        Due.UNKNOWN_START: Q(starts_on=None),
        Due.AHEAD: Q(starts_on__gt=today),
        Due.ENDS_THIS_WEEK: Q(ends_on__range=(today, sunday)),
        Due.TAPER: Q(taper_on__lte=today),
    }
    whens = [When(condition, then=Value(due.value)) for due, condition in conditions.items()]
    return Cases(*whens, default=Value(Due.UNDER_WAY.value), output_field=IntegerField())


class Course(models.Model):
    """One woman's treatment in this breastfeeding period, known by its code alone.

    Its dates are those of the plan that holds now, so that the list of what is due needs no plan: `review_on` is the
    review that is agreed and not held, `taper_on` the first day below the first dose, `ends_on` the last day. They are
    None where the start is unknown or there is no plan; `outcome` is "" until the course has ended.
    """

    code = models.CharField("kode", max_length=7, unique=True, editable=False)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="courses")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CourseState.choices, default=CourseState.DRAFT)
    outcome = models.CharField(max_length=12, choices=[(one, one) for one in OUTCOMES], blank=True)
    review_on = models.DateField("vurdering", null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    taper_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CourseState.values), name="course_state_is_known"),
            models.CheckConstraint(
                condition=Q(review_on=None) | ~Q(state=CourseState.DRAFT),
                name="only_signed_courses_have_a_review",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=OUTCOMES, state=CourseState.ENDED),
                name="only_an_ended_course_has_an_outcome",
            ),
        )
        indexes = (models.Index(fields=("practice", "state", "review_on"), name="courses_by_what_is_due"),)

    def __str__(self) -> str:
        return self.code

    def first_signed_on(self) -> date:
        """The day on which the first plan was signed."""
        return localtime(self.entries.get(number=1).signed_at).date()


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of drafts; each belongs to one user."""

    def of(self, user: User) -> Self:
        """The drafts of `user` in the practice that the user works in now, the last touched first."""
        own = self.filter(owner=user, course__practice=user.practice_id)
        return own.select_related("course", "edition").order_by("-changed_at", "-pk")


class Draft(models.Model):
    """An assessment that is not signed. Only its owner sees it.

    `record` is the JSON form of `prescribing.record.Record`; `version` counts saves; `confirmed_at` is when
    the answers were last given or confirmed; `token` makes the first save of a new form happen once; `page` is the
    opened page that saved last, so that a page never stands in its own way. `asked_anew` is the JSON form of what a
    new edition has made new in it (`prescribing.carrying.Anew`), until that has been looked at.
    """

    course = models.OneToOneField(Course, models.CASCADE, related_name="draft")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    record = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.UUIDField(default=uuid.uuid4, editable=False)
    asked_anew = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("owner", "changed_at"), name="drafts_by_owner"),)

    def __str__(self) -> str:
        return self.course.code

    def as_record(self) -> Record:
        """What has been answered so far."""
        return from_json(self.record)


class SignedQuerySet(models.QuerySet[Any]):
    """What was signed is neither updated nor deleted, one or many at a time."""

    def update(self, **kwargs: Any) -> int:
        raise SignedIsSigned

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SignedIsSigned

    def remove(self) -> int:
        """Delete what a `Removal` tells of; the database refuses the rest. Returns how many rows."""
        removed: int = self._raw_delete(self.db)
        return removed


class SignedModel(models.Model):
    """A row that is written once. The database refuses too (`prescribing.locks`)."""

    objects = SignedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SignedIsSigned
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise SignedIsSigned


class EntryKind(models.TextChoices):
    """What was signed."""

    ASSESSMENT = "assessment", _("første vurdering")
    START = "start", _("ny startdato")
    REVIEW = "review", _("vurdering av effekt")


ENDINGS = tuple(ending.value for ending in Ending)


class Entry(SignedModel):
    """One signed step of a course. A change is a new entry with the next number; none is ever edited.

    Edition code and content hash stand here as they were, beside the reference. `record` holds the whole course so
    far. `ending` is how the first assessment ended, `outcome` how the course did, with the entry that ends it.
    `plan` is the plan's JSON form, null where there is none; the notes are the text as it was signed.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=EntryKind.choices, default=EntryKind.ASSESSMENT)
    ending = models.CharField(max_length=14, choices=[(ending, ending) for ending in ENDINGS])
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    edition_code = models.CharField(max_length=40)
    edition_hash = models.CharField(max_length=64)
    record = models.JSONField()
    plan = models.JSONField(null=True)
    drug = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=12, choices=[(one, one) for one in OUTCOMES], blank=True)
    note_short = models.TextField()
    note_full = models.TextField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=160)
    signed_role = models.CharField(max_length=40)
    practice_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("course", "number"), name="entries_are_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="entries_count_from_one"),
            models.CheckConstraint(condition=Q(ending__in=ENDINGS), name="ending_is_known"),
            models.CheckConstraint(
                condition=Q(ending=Ending.PRESCRIBED, plan__isnull=False) & ~Q(drug="")
                | ~Q(ending=Ending.PRESCRIBED) & Q(plan__isnull=True)
                | Q(kind=EntryKind.REVIEW, plan__isnull=True) & ~Q(outcome="") & ~Q(drug=""),
                name="only_a_prescription_has_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=OUTCOMES, kind=EntryKind.REVIEW),
                name="only_a_review_ends_a_course",
            ),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.ASSESSMENT, number=1)
                | ~Q(kind=EntryKind.ASSESSMENT) & Q(number__gt=1),
                name="the_first_entry_is_the_assessment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_id}/{self.number}"

    @property
    def signature(self) -> Signature:
        """Who signed, as they were called then."""
        return Signature(
            name=self.signed_name, role=self.signed_role, practice=self.practice_name, at=self.signed_at
        )

    def as_case(self) -> Case:
        """The assessment as it was signed, under the edition it was signed on. Raises SignedPlanDiffers."""
        case = make_case(
            course=self.course.code,
            guideline=self.edition.as_guideline(),
            edition_hash=self.edition_hash,
            record=from_json(self.record),
            signature=self.signature,
        )
        computed = plan_json(case.guideline, case.plan) if case.plan else {}
        if any(computed.get(name) != value for name, value in (self.plan or {}).items()):
            raise SignedPlanDiffers(str(self))
        return case


class Document(models.TextChoices):
    """Which paper was printed."""

    HANDOUT = "handout", _("arket til kvinnen")
    HANDOUT_LARGE = "handout-large", _("arket til kvinnen, stor skrift")
    STOP = "stop", _("stopparket til kvinnen")
    STOP_LARGE = "stop-large", _("stopparket til kvinnen, stor skrift")
    ADVICE = "advice", _("rådene til kvinnen")


class Print(SignedModel):
    """The bytes of a paper as it was first printed in a language, so that a reprint is the same."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="prints")
    document = models.CharField(max_length=16, choices=Document.choices)
    language = models.CharField(max_length=8, default=NORWEGIAN)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    printed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "document", "language"), name="printed_once"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.document} {self.language}"


class Removal(SignedModel):
    """That a course was deleted when its time was over: what lets the database delete its entries and papers.

    `course_code` is never given out again. `course_number` was the course's row, `log_row` tells of it in the log.
    """

    course_code = models.CharField(max_length=7, unique=True)
    course_number = models.PositiveBigIntegerField(unique=True)
    log_row = models.PositiveBigIntegerField()
    removed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.course_code


class SeenNewsQuerySet(models.QuerySet["SeenNews"]):
    """Who has seen the news of which edition."""

    def in_force(self, user: User) -> tuple[Edition | None, bool]:
        """The edition in force, and whether it has news for `user`: it came after the account, and is unseen."""
        seen = Exists(self.filter(user=user, edition=OuterRef("pk")))
        edition = Edition.objects.annotate(is_seen=seen).find_in_force()
        if edition is None or not edition.news or not edition.published_at:
            return edition, False
        is_seen: bool = edition.is_seen  # type: ignore[attr-defined]  # annotated above
        return edition, not is_seen and edition.published_at > user.date_joined


class SeenNews(models.Model):
    """That a user has seen what is new in an edition; it is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = SeenNewsQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "edition"), name="news_seen_once_by_each"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.edition_id}"
