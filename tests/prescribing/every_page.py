"""The pages of a doctor's work, by address, and a practice with as many courses as one likes."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Practice, User
from prescribing.models import Course, CourseState

OF_A_DRAFT = ("rad", "helse", "valg", "plan", "samtale", "sjekk", "parker")
ENDS = ("avslutt/ikke-enna", "avslutt/ikke-aktuelt", "avslutt/onsker-ikke")
OF_A_COURSE = ("", "/ferdig", "/vurder", "/start", "/1/notat/kort", "/1/notat/fullt", "/1/ark")
BESIDE = ("/", "/vurdering/ny", "/utkast", "/forlop", "/forlop/finn")
PUBLIC = ("/retningslinjen", "/ark/", "/ark/informasjon/metoklopramid", "/kalkulator")


def pages(*, draft: str, signed: str) -> list[str]:
    """Every page that a doctor opens, for a draft and a signed course of these codes."""
    steps = [f"/vurdering/{draft}/{step}" for step in (*OF_A_DRAFT, *ENDS)]
    return [*BESIDE, *steps, *(f"/forlop/{signed}{part}" for part in OF_A_COURSE), *PUBLIC]


def many_courses(practice: Practice, doctor: User, *, count: int, today: date) -> None:
    """Give `practice` that many running courses more, their reviews spread over the weeks around `today`."""
    now = timezone.now()
    Course.objects.bulk_create(
        (
            Course(
                code=f"{number:07}",
                practice=practice,
                opened_by=doctor,
                opened_at=now,
                state=CourseState.RUNNING,
                review_on=today + timedelta(days=number % 41 - 20),
            )
            for number in range(count)
        ),
        batch_size=5_000,
    )
