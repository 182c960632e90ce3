"""How a view gets hold of the draft it is about, and what is answered when there is none to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guidance.models import PARTS, Edition, EditionIsFixed, Part
from guidance.part_kinds import BY_SLUG, PartKind, find_part

View = Callable[..., HttpResponse]
_BOOKKEEPING = frozenset({"csrfmiddlewaretoken", "version", "before", "preview", "seen", "against", "change"})


@contextmanager
def or_not_found() -> Iterator[None]:
    """An edition that is thrown away while a page of it is made is not found."""
    try:
        yield
    except Edition.DoesNotExist as thrown_away:
        raise Http404 from thrown_away


def on_draft(view: View) -> View:
    """Give `view` the open draft that the address names, in the place of its code.

    An edition that is published or thrown away, before or while somebody writes, refuses with a sentence and shows
    what was typed.
    """

    @wraps(view)
    @or_not_found()
    def view_of_draft(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        try:
            edition = Edition.objects.get(code=code)
            if edition.is_fixed:
                raise EditionIsFixed(edition.code)
            return view(request, edition, **kwargs)
        except EditionIsFixed as refusal:
            return not_saved(request, edition, title=str(refusal), status=403)
        except Edition.DoesNotExist:
            if request.method != "POST":
                raise
            return not_saved(request, None, title=_("Utkastet finnes ikke lenger."), status=404)

    return view_of_draft


def not_saved(request: HttpRequest, edition: Edition | None, *, title: str, status: int) -> HttpResponse:
    """Nothing was stored; what was typed stands on the page, so that it is not lost."""
    typed = [text for name in request.POST if name not in _BOOKKEEPING for text in request.POST.getlist(name)]
    context = {"edition": edition, "title": title, "typed": [text for text in typed if len(text) > 3]}
    return render(request, "guidance/not_saved.html", context, status=status)


def gone(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The part that the address names is not in the draft, or no longer."""
    if request.method != "POST":
        raise Http404
    return not_saved(
        request, edition, title=_("Denne delen er tatt ut av utkastet av noen andre."), status=409
    )


def kind_of(slug: str, *, grows: bool = False, apart: bool = False) -> PartKind:
    """The kind of part that the address names. Raises Http404 for none, or for one that is not what is asked for."""
    kind = BY_SLUG.get(slug)
    if kind is None or (grows and not kind.grows) or (apart and not kind.apart):
        raise Http404
    return kind


def row_of(draft: Edition, kind: PartKind, key: str) -> Part | None:
    """The row that holds the part, or None."""
    row: Part | None = find_part(kind.field, rows_of(draft, kind), key)
    return row


def rows_of(draft: Edition, kind: PartKind) -> list[Part]:
    """The rows of a kind in the draft's order."""
    return list(PARTS[kind.field].objects.filter(edition=draft))  # type: ignore[misc]  # every kind of row has an edition
