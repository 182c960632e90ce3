"""One part of a draft: changed, added, moved, taken out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance import actions
from guidance.forms.blank import CAN_BE_ADDED, new_part
from guidance.forms.edition_text import EditionText, edition_text
from guidance.forms.part import PartForm
from guidance.models import Edition
from guidance.page import anchor_on_page
from guidance.part_kinds import PartKind, key_of
from guidance.views.draft import gone, kind_of, on_draft, row_of, rows_of
from guidance.views.saving import answer
from guidance.wording import KINDS


@may(Deed.EDIT_EDITION)
@on_draft
def edit_part(request: PersonRequest, draft: Edition, slug: str, key: str) -> HttpResponse:
    """The form of one part."""
    kind = kind_of(slug)
    row = row_of(draft, kind, key)
    if row is None:
        return gone(request, draft)

    def save(form: PartForm) -> str:
        part, at = form.part(), timezone.now()
        actions.save_part(by=request.user, at=at, row=row, part=part, version=form.seen_version())
        return _told(request, draft, kind, part)

    def now() -> tuple[Any, int]:
        row.refresh_from_db()
        return row.as_part(), row.version

    part = row.as_part()
    form = _form(request, draft, part, version=row.version, back=_place(draft, kind, key))
    depth = 1 if kind.field == "regimen" else 2
    about = {"kind": kind, "key": key, "heading": _called(kind, part), "place": _standing(draft, kind, row)}
    return answer(request, draft, form, save=save, now=now, depth=depth, **about)


@may(Deed.EDIT_EDITION)
@on_draft
def add_part(request: PersonRequest, draft: Edition, slug: str) -> HttpResponse:
    """The form of a part that is not there yet. What a check is read from is chosen first."""
    kind = kind_of(slug, grows=True)
    part = new_part(kind.field, request.GET.get("type", ""))
    if part is None:
        types = [(one.value, KINDS[one]) for one in CAN_BE_ADDED]
        return render(request, "guidance/add_check.html", {"edition": draft, "kind": kind, "types": types})

    def save(form: PartForm) -> str:
        added = form.part()
        actions.add_part(by=request.user, at=timezone.now(), edition=draft, part=added)
        return _told(request, draft, kind, added)

    form = _form(request, draft, part, back=reverse("guidance:edition", args=(draft.code,)), new=True)
    heading = _("%s: ny") % kind.noun
    return answer(request, draft, form, save=save, now=lambda: (part, 0), depth=2, kind=kind, heading=heading)


@may(Deed.EDIT_EDITION)
@on_draft
def edit_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """The form of what stands in the edition itself: title, publisher, dates, introduction."""

    def save(form: PartForm) -> str:
        own, at = asdict(form.part()), timezone.now()
        actions.save_edition(by=request.user, at=at, edition=draft, version=form.seen_version(), **own)
        messages.success(request, _("Lagret."))
        return reverse("guidance:edition", args=(draft.code,))

    def now() -> tuple[EditionText, int]:
        draft.refresh_from_db()
        return edition_text(draft.as_guideline()), draft.version

    own = edition_text(draft.as_guideline())
    form = _form(
        request, draft, own, version=draft.version, back=reverse("guidance:edition", args=(draft.code,))
    )
    return answer(
        request, draft, form, save=save, now=now, depth=0, heading=_("Tittel, datoer og innledning")
    )


@require_POST
@may(Deed.EDIT_EDITION)
@on_draft
def move_part(request: PersonRequest, draft: Edition, slug: str, key: str) -> HttpResponse:
    """One place up or down among its kind."""
    kind = kind_of(slug, grows=True)
    row = row_of(draft, kind, key)
    if row is None:
        return gone(request, draft)
    step = -1 if request.POST.get("way") == "up" else 1
    actions.move_part(
        by=request.user, at=timezone.now(), row=row, to=_standing(draft, kind, row)[0] - 1 + step
    )
    return redirect("guidance:edit_part", code=draft.code, slug=slug, key=key)


@may(Deed.EDIT_EDITION)
@on_draft
def retire_part(request: PersonRequest, draft: Edition, slug: str, key: str) -> HttpResponse:
    """Taken out of the draft, after having been asked once more."""
    kind = kind_of(slug, grows=True)
    row = row_of(draft, kind, key)
    if row is None:
        return gone(request, draft)
    called = _called(kind, row.as_part())
    if request.method != "POST":
        context = {"edition": draft, "heading": called, "row": row, "back": _form_address(draft, kind, key)}
        return render(request, "guidance/retire.html", context)
    try:
        actions.retire_part(by=request.user, at=timezone.now(), row=row, version=_version(request))
    except actions.EditCollision as collision:
        messages.error(request, str(collision))
        return redirect(_form_address(draft, kind, key))
    messages.success(request, _("Tatt ut: %s.") % called)
    return redirect("guidance:edition", code=draft.code)


def _form(request: PersonRequest, draft: Edition, part: Any, **more: Any) -> PartForm:
    data = request.POST if request.method == "POST" else None
    return PartForm(data, guideline=draft.as_guideline(), part=part, **more)


def _form_address(draft: Edition, kind: PartKind, key: str) -> str:
    return reverse("guidance:edit_part", args=(draft.code, kind.slug, key))


def _place(draft: Edition, kind: PartKind, key: str) -> str:
    """Where the part stands on the draft's page."""
    anchor = anchor_on_page(draft.as_guideline(), kind.field, key)
    return f"{reverse('guidance:edition', args=(draft.code,))}#{anchor}"


def _told(request: PersonRequest, draft: Edition, kind: PartKind, part: Any) -> str:
    """Say that the part is saved, and where it stands."""
    messages.success(request, _("Lagret: %s.") % _called(kind, part))
    return _place(draft, kind, key_of(kind.field, part))


def _called(kind: PartKind, part: Any) -> str:
    """«Kontroll: Epilepsi»."""
    names = (getattr(part, name, "") for name in ("title", "term", "who", "name", "number", "code"))
    name = next((str(name) for name in names if name), "")
    return f"{kind.noun}: {name}" if name else kind.noun


def _standing(draft: Edition, kind: PartKind, row: Any) -> tuple[int, int]:
    """Which one it is among its kind, from 1, and how many there are."""
    rows = rows_of(draft, kind)
    return rows.index(row) + 1, len(rows)


def _version(request: PersonRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
