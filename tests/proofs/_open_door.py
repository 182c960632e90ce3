"""A pytest plugin that leaves a door open: everybody sees every practice's courses. The access matrix must find it."""

from typing import Any


def pytest_collection_finish(session: Any) -> None:
    from prescribing import access
    from prescribing.models import Course

    access.courses_seen_by = lambda user: Course.objects.signed()
