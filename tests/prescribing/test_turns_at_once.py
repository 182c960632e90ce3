"""Many at one course at the same moment: one turn is signed, numbers have no gaps, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from prescribing.actions import KEPT_FOR, CourseMoved, delete_old_drafts, save_draft, sign_turn
from prescribing.models import Course, CourseState, Draft, Entry
from prescribing.plan_text import plan_seal
from prescribing.reviewing import after, asked_effects
from prescribing.turns import Outcome, Turn, Way
from tests.journeys import prepared
from tests.journeys.prepared import SUNDAY

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE, PATIENCE = 20, 60  # threads; seconds until a lock that nobody gives back fails the test

Signing = Callable[[], Entry]


def signing(by: User, code: str, *, turn: Turn | None = None) -> Signing:
    """What a page that is open now will sign: read before anybody else has signed, sent whenever it is called."""
    last = Entry.objects.filter(course__code=code).select_related("course", "edition").latest("number")
    case = last.as_case()
    denied = {effect.code: False for effect in asked_effects(case)}
    held = turn or prepared.review(SUNDAY, side_effects=denied)
    seen = plan_seal(case.guideline, after(case, held).plan)

    def sign() -> Entry:
        return sign_turn(
            code=code,
            by=by,
            at=timezone.now(),
            today=SUNDAY,
            after=last.number,
            seen=seen,
            turn=held,
        )

    return sign


def ending(effects: Sequence[str]) -> Turn:
    """She stops by her own wish."""
    return prepared.review(
        SUNDAY, Way.STOP, outcome=Outcome.OWN_WISH, side_effects=dict.fromkeys(effects, False)
    )


def at_once(signings: Sequence[Signing]) -> Counter[str]:
    """All of them, released together, each in a thread of its own: how each came out."""
    together = Barrier(len(signings))

    def run(sign: Signing) -> str:
        try:
            together.wait(PATIENCE)
            return f"entry {sign().number}"
        except CourseMoved as moved:
            return f"moved to {moved.entry.number}"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(signings)) as threads:
        return Counter(threads.map(run, signings, timeout=PATIENCE))


def numbers(code: str) -> list[int]:
    return [entry.number for entry in Entry.objects.filter(course__code=code)]


def test_twenty_clicks_of_one_doctor_are_one_entry(lege: User) -> None:
    code = prepared.review_is_today(lege)

    assert at_once([signing(lege, code)] * AT_ONCE) == {"entry 2": AT_ONCE}
    assert numbers(code) == [1, 2]


def test_of_two_doctors_who_sign_together_one_signs_and_the_other_is_told(lege: User, lege2: User) -> None:
    code = prepared.review_is_today(lege)
    both = [signing(lege, code), signing(lege2, code)] * (AT_ONCE // 2)

    assert at_once(both) == {"entry 2": AT_ONCE // 2, "moved to 2": AT_ONCE // 2}
    assert numbers(code) == [1, 2]


def test_a_course_that_goes_on_while_another_ends_it_does_one_of_the_two(lege: User, lege2: User) -> None:
    code = prepared.review_is_today(lege)
    effects = [effect.code for effect in asked_effects(Entry.objects.get(course__code=code).as_case())]
    both = [signing(lege, code), signing(lege2, code, turn=ending(effects))]

    assert at_once(both) == {"entry 2": 1, "moved to 2": 1}
    entry, course = Entry.objects.get(course__code=code, number=2), Course.objects.get(code=code)
    assert (course.state == CourseState.ENDED) is bool(entry.outcome)
    assert (course.outcome, course.review_on) == (entry.outcome, None)


def test_courses_do_not_wait_for_each_other_in_a_ring(lege: User, lege2: User) -> None:
    """Round after round, ten courses are signed by both doctors at once, each round on top of the last."""
    codes = [prepared.review_is_today(lege) for _ in range(AT_ONCE // 2)]
    for entry in (2, 3):
        both = [signing(doctor, code) for code in codes for doctor in (lege, lege2)]
        assert at_once(both) == {f"entry {entry}": len(codes), f"moved to {entry}": len(codes)}

    assert {tuple(numbers(code)) for code in codes} == {(1, 2, 3)}


def test_an_old_draft_that_is_being_saved_is_not_swept_away(lege: User) -> None:
    """Given a draft of a month ago, when another begins while its doctor saves it, then the save stands."""
    now = timezone.now()
    prepared.draft(lege, prepared.ADVISED, at=now - KEPT_FOR - timedelta(days=1))
    draft, written, swept = Draft.objects.select_related("edition").get(), Event(), Event()

    def save() -> None:
        with transaction.atomic():
            save_draft(
                draft=draft,
                by=lege,
                at=now,
                version=1,
                page=uuid4(),
                leaving=True,
                edition=draft.edition,
                record=prepared.ANSWERED,
            )
            written.set()
            swept.wait(0.2)  # SQLite lets the other wait; PostgreSQL lets it by
        connection.close()

    def sweep() -> int:
        written.wait(PATIENCE)
        deleted = delete_old_drafts(at=now)
        swept.set()
        connection.close()
        return deleted

    with ThreadPoolExecutor(2) as threads:
        saved, deleted = threads.submit(save), threads.submit(sweep)
        assert (saved.result(PATIENCE), deleted.result(PATIENCE)) == (None, 0)
    assert Draft.objects.get().as_record() == prepared.ANSWERED
