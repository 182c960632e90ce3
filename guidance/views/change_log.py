"""What has changed in the guideline, for anybody: each edition once in force, and how it differs from the last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.difference import Count, difference
from guidance.models import Edition, Signature
from guidance.states import FIXED
from guidance.telling import counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An edition in the log. `before` was in force before it, `after` next; `signers` are names, the first first."""

    edition: Edition
    before: Edition | None
    after: Edition | None
    signers: tuple[str, ...]

    def counts(self) -> tuple[str, ...]:
        """What it changed, counted: «3 tekster endret»; empty for the first."""
        return counts(_summary(self.before, self.edition)) if self.before else ()


@login_not_required
def change_log(request: HttpRequest) -> HttpResponse:
    """Every edition that is or was in force, the newest first."""
    return render(request, "guidance/change_log.html", {"published": _published()})


@login_not_required
def edition_changes(request: HttpRequest, code: str) -> HttpResponse:
    """All that one of them changed, word for word and number for number."""
    one = next((one for one in _published() if one.edition.code == code), None)
    if one is None:
        raise Http404
    context = {"shown": one, "edition": one.edition}
    if one.before:
        context["difference"] = difference(one.before.as_guideline(), one.edition.as_guideline())
    return render(request, "guidance/edition_changes.html", context)


def _published() -> list[Published]:
    editions = list(Edition.objects.once_published())
    signers = _signers()
    befores: Sequence[Edition | None] = [*editions[1:], None]
    afters: Sequence[Edition | None] = [None, *editions[:-1]]
    return [
        Published(edition=edition, before=before, after=after, signers=signers.get(edition.pk, ()))
        for edition, before, after in zip(editions, befores, afters, strict=False)
    ]


def _signers() -> dict[int, tuple[str, ...]]:
    """Who signed the text of each edition that was published, in the review that it was published from."""
    found: dict[int, list[str]] = defaultdict(list)
    signatures = Signature.objects.filter(
        edition__state__in=FIXED, round=F("edition__review_round"), content_hash=F("edition__content_hash")
    )
    for signature in signatures.select_related("by").defer("seen").order_by("at", "pk"):
        found[signature.edition_id].append(str(signature.by))
    return {edition: tuple(names) for edition, names in found.items()}


def _summary(before: Edition, after: Edition) -> tuple[Count, ...]:
    """Two published texts never change, and are compared once."""
    key = f"changed-{before.content_hash}-{after.content_hash}"
    counted: tuple[Count, ...] | None = caches["in_this_process"].get(key)
    if counted is None:
        counted = difference(before.as_guideline(), after.as_guideline()).summary()
        caches["in_this_process"].set(key, counted, timeout=None)
    return counted
