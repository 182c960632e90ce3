"""What another edition means for the example patients and the courses: told by whoever knows them, kept here as values.

The rules that run an example patient live in an app that this one does not know; it registers when it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from guidance.gate import Mismatch
from guidance.guideline import Guideline

MANY_LINES = 8  # more changed lines than this are folded away until somebody asks for them


class Presence(StrEnum):
    """Which of the two editions an example patient belongs to."""

    BOTH = "both"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow:
    """One thing that an edition says of her, under both editions; all three are Norwegian, for one line."""

    what: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the editions differ in it."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """Lines of a paper that went, and those that came in their place."""

    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPaper:
    """A paper of hers of which some lines changed, in its order."""

    title: str
    hunks: tuple[Hunk, ...]

    @property
    def removed(self) -> int:
        """How many lines went."""
        return sum(len(hunk.removed) for hunk in self.hunks)

    @property
    def added(self) -> int:
        """How many lines came."""
        return sum(len(hunk.added) for hunk in self.hunks)

    @property
    def is_long(self) -> bool:
        """Whether it is too much to read in passing."""
        return self.removed + self.added > MANY_LINES

    def without(self, names: tuple[str, ...]) -> ChangedPaper:
        """The same with a gap in the place of each of `names`."""
        hunks = (
            Hunk(removed=_without(names, hunk.removed), added=_without(names, hunk.added))
            for hunk in self.hunks
        )
        return ChangedPaper(title=self.title, hunks=tuple(hunks))


def _without(names: tuple[str, ...], lines: tuple[str, ...]) -> tuple[str, ...]:
    for name in sorted(names, key=len, reverse=True):
        lines = tuple(line.replace(f"«{name}»", "«»") for line in lines)
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientImpact:
    """One example patient under both editions, in the words of the one she belongs to last.

    `typed` are the names of medicines on her list, that her note repeats.
    `told_anew`: her own situation was rewritten; both editions are asked about the new one. `fails_before` and
    `fails_after` hold what each edition expects of its own example patient in vain. `untried` says why she cannot be
    tried in the edition that comes ("" where she can).
    """

    name: str
    presence: Presence
    told_anew: bool
    rows: tuple[ImpactRow, ...]
    papers: tuple[ChangedPaper, ...]
    typed: tuple[str, ...] = ()
    fails_before: tuple[Mismatch, ...] = ()
    fails_after: tuple[Mismatch, ...] = ()
    untried: str = ""

    @property
    def changed(self) -> bool:
        """Whether the editions say different things of her."""
        return bool(self.papers or self.changed_rows)

    @property
    def changed_rows(self) -> tuple[ImpactRow, ...]:
        """What differs."""
        return tuple(row for row in self.rows if row.changed)

    @property
    def nameless_papers(self) -> tuple[ChangedPaper, ...]:
        """Her papers with a gap where they name a medicine on her list."""
        return tuple(paper.without(self.typed) for paper in self.papers)

    @property
    def fails(self) -> bool:
        """Whether the edition that comes cannot be published for her sake."""
        return bool(self.fails_after or self.untried)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursesOn:
    """How many courses stand on an edition: numbers alone, since editors see no course."""

    edition_code: str
    edition_hash: str
    running: int
    drafts: int
    ended: int

    @property
    def open(self) -> int:
        """Those that are not over."""
        return self.running + self.drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Example patients of whom the same is told, once. `by_other_names`: only their medicines have other names."""

    patients: tuple[PatientImpact, ...]
    by_other_names: bool = False

    @property
    def first(self) -> PatientImpact:
        """The one whose changes are shown for all."""
        return self.patients[0]

    @property
    def others(self) -> tuple[PatientImpact, ...]:
        """The rest."""
        return self.patients[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What edition `after` changes against `before` (their codes). `patients`: those who change first."""

    before: str
    after: str
    patients: tuple[PatientImpact, ...]
    courses: tuple[CoursesOn, ...]

    @property
    def failing(self) -> tuple[PatientImpact, ...]:
        """Those who keep the edition from being published."""
        return tuple(patient for patient in self.patients if patient.fails)

    @property
    def changed(self) -> tuple[PatientImpact, ...]:
        """Those of whom the editions say different things; one who cannot be tried is only among the failing."""
        return tuple(patient for patient in self.patients if patient.changed and not patient.untried)

    @property
    def unchanged(self) -> tuple[PatientImpact, ...]:
        """Those of whom both editions say the same."""
        return tuple(patient for patient in self.patients if not patient.changed and not patient.untried)

    @property
    def changed_alike(self) -> tuple[Alike, ...]:
        """Those who change, put together where the same changes; in the order of the first of each."""
        groups = _alike(self.changed, lambda patient: (patient.changed_rows, patient.nameless_papers))
        return tuple(
            replace(group, by_other_names=any(one.papers != group.first.papers for one in group.others))
            for group in groups
        )

    @property
    def failing_alike(self) -> tuple[Alike, ...]:
        """Those who fail, put together where exactly the same was expected in vain."""
        return _alike(self.failing, lambda patient: (patient.fails_after, patient.untried))

    @property
    def open_courses(self) -> tuple[CoursesOn, ...]:
        """The editions on which courses are open."""
        return tuple(on for on in self.courses if on.open)


def _alike(patients: Iterable[PatientImpact], same: Callable[[PatientImpact], Hashable]) -> tuple[Alike, ...]:
    together: dict[Hashable, list[PatientImpact]] = {}
    for patient in patients:
        together.setdefault(same(patient), []).append(patient)
    return tuple(Alike(patients=tuple(group)) for group in together.values())


Compare = Callable[[Guideline, Guideline], tuple[PatientImpact, ...]]
Count = Callable[[], tuple[CoursesOn, ...]]

_comparing: list[Compare] = []
_counting: list[Count] = []


def register(*, patients: Compare, courses: Count) -> None:
    """Let `patients` run the example patients of two editions, and `courses` count those that stand on each."""
    if patients not in _comparing:
        _comparing.append(patients)
    if courses not in _counting:
        _counting.append(courses)


def impact_of(before: Guideline, after: Guideline) -> Impact:
    """What is different under `after`, for every example patient of either; it never fails on an unsound draft."""
    found = [patient for compare in _comparing for patient in compare(before, after)]
    return Impact(
        before=before.code,
        after=after.code,
        patients=tuple(sorted(found, key=lambda patient: not patient.changed)),
        courses=courses_on(),
    )


def courses_on() -> tuple[CoursesOn, ...]:
    """How many courses stand on each edition that has any, the newest edition first."""
    return tuple(on for count in _counting for on in count())
