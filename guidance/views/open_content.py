"""The published editions as open content, for programs: each by its code, the one in force, and their schema."""

from __future__ import annotations

import json
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidance.models import Edition
from guidance.open_content import Standing, open_content, schema_at
from guidance.states import State
from guidance.views.open_answer import absolute, open_answer

JSON = "application/json; charset=utf-8"
SCHEMA = "application/schema+json; charset=utf-8"

# Seconds. The text never changes, but what became of it does, and a withdrawal must be seen at once.
MINUTE, DAY = 60, 24 * 60 * 60


@login_not_required
@require_safe
def edition_as_json(request: HttpRequest, code: str) -> HttpResponse:
    """An edition that is or was in force: all of its content, and first what became of it."""
    edition = get_object_or_404(Edition.objects.once_published(), code=code)
    return _answer(request, edition, seconds=MINUTE if edition.is_in_force else DAY)


@login_not_required
@require_safe
def edition_in_force_as_json(request: HttpRequest) -> HttpResponse:
    """The same of the edition in force, whichever it is; 404 where there is none, so that nobody uses an old one."""
    edition = Edition.objects.find_in_force()
    if edition is None:
        return _none_in_force(request)
    answer = _answer(request, edition, seconds=MINUTE)
    answer.headers["Content-Location"] = reverse("guidance:edition_as_json", args=(edition.code,))
    return answer


@login_not_required
@require_safe
def edition_schema(request: HttpRequest) -> HttpResponse:
    """What an edition as JSON looks like, as JSON Schema."""
    content = json.dumps(schema_at(_schema(request)), ensure_ascii=False, indent=1).encode()
    return open_answer(request, content, content_type=SCHEMA, seconds=DAY)


def _answer(request: HttpRequest, edition: Edition, *, seconds: int) -> HttpResponse:
    standing = _standing(edition)
    content = _content(edition.pk, standing, _schema(request))
    return open_answer(request, content, content_type=JSON, seconds=seconds, changed_at=standing.since)


def _standing(edition: Edition) -> Standing:
    if edition.published_at is None:
        raise ValueError(f"{edition} has not been published")
    return Standing(
        edition=edition.code,
        content_hash=edition.content_hash,
        state=State(edition.state),
        published_at=edition.published_at,
        ended_at=edition.ended_at,
        withdrawal_reason=edition.withdrawal_reason,
    )


@lru_cache(maxsize=8)
def _content(pk: int, standing: Standing, schema: str) -> bytes:
    """Written once for each state that an edition comes into."""
    return open_content(Edition.objects.get(pk=pk).as_guideline(), standing, schema=schema)


def _schema(request: HttpRequest) -> str:
    return absolute(request, reverse("guidance:edition_schema"))


def _none_in_force(request: HttpRequest) -> HttpResponse:
    last = Edition.objects.once_published().first()
    address = absolute(request, reverse("guidance:edition_as_json", args=(last.code,))) if last else None
    says = {"state": "none-in-force", "last": address}
    return JsonResponse(says, status=404, headers={"Access-Control-Allow-Origin": "*"})
