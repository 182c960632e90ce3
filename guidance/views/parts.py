"""One part of a draft: changed, added, moved, taken out."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
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
from guidance.forms.editing import EditForm
from guidance.forms.edition_text import EditionText, edition_text
from guidance.forms.of_part import form_of
from guidance.forms.part import PartForm
from guidance.gate import Result
from guidance.guideline import Guideline, Vignette
from guidance.models import Edition, Part
from guidance.page import anchor_on_page
from guidance.part_kinds import PartKind, find_part, key_of, name_of, parts_of
from guidance.views.draft import gone, kind_of, on_draft, row_of, rows_of
from guidance.views.saving import answer, posted
from guidance.views.sent import sent_number
from guidance.views.vignettes import results_by_name
from guidance.wording import KINDS


@may(Deed.EDIT_EDITION)
@on_draft
def parts(request: PersonRequest, draft: Edition, slug: str) -> HttpResponse:
    """All parts of a kind that there are too many of to stand on the draft's own page."""
    kind = kind_of(slug, apart=True)
    guideline = draft.as_guideline()
    listed = [(key_of(kind.field, part), part) for part in parts_of(guideline, kind.field)]
    context = {"edition": draft, "guideline": guideline, "kind": kind, "listed": listed}
    return render(request, f"guidance/{kind.field}.html", context)


@may(Deed.EDIT_EDITION)
@on_draft
def edit_part(request: PersonRequest, draft: Edition, slug: str, key: str) -> HttpResponse:
    """The form of one part."""
    kind = kind_of(slug)
    row = row_of(
        draft, kind, key
    )  # before the guideline: a version that is too old is told, one too new is not
    guideline = draft.as_guideline()
    part = find_part(kind.field, parts_of(guideline, kind.field), key)
    if row is None or part is None:
        return gone(request, draft)
    back = _place(draft, guideline, kind, key)
    form = form_of(part)(posted(request), guideline=guideline, part=part, version=row.version, back=back)
    about = {
        "kind": kind,
        "key": key,
        "heading": kind.heading(name_of(part)),
        "place": _standing(guideline, kind, part),
        "result": _result(guideline, part),
    }
    save = partial(_save_part, request, draft, kind, row)
    depth = 1 if kind.is_one else 2
    return answer(request, draft, form, save=save, now=partial(_part_now, row), depth=depth, **about)


def _result(guideline: Guideline, part: Any) -> Result | None:
    """How an example patient fares, as she stands; None for any other part."""
    return results_by_name(guideline).get(part.name) if isinstance(part, Vignette) else None


def _save_part(request: PersonRequest, draft: Edition, kind: PartKind, row: Part, form: EditForm) -> str:
    part, at = form.part(), timezone.now()
    actions.save_part(by=request.user, at=at, row=row, part=part, version=form.seen_version())
    return _told(request, draft, kind, part)


def _part_now(row: Part) -> tuple[Any, int]:
    row.refresh_from_db()
    return row.as_part(), row.version


@may(Deed.EDIT_EDITION)
@on_draft
def add_part(request: PersonRequest, draft: Edition, slug: str) -> HttpResponse:
    """The form of a part that is not there yet. What a check is read from is chosen first."""
    kind = kind_of(slug, grows=True)
    part = new_part(kind.field, request.GET.get("type", ""))
    if part is None:
        types = [(one.value, KINDS[one]) for one in CAN_BE_ADDED]
        return render(request, "guidance/add_check.html", {"edition": draft, "kind": kind, "types": types})
    guideline, back = draft.as_guideline(), _page_of(draft, kind)
    form = form_of(part)(posted(request), guideline=guideline, part=part, back=back, new=True)
    about = {"kind": kind, "heading": _("%s: ny") % kind.noun}
    save = partial(_save_new_part, request, draft, kind)
    return answer(request, draft, form, save=save, now=lambda: (part, 0), depth=2, **about)


def _save_new_part(request: PersonRequest, draft: Edition, kind: PartKind, form: EditForm) -> str:
    part = form.part()
    actions.add_part(by=request.user, at=timezone.now(), edition=draft, part=part)
    return _told(request, draft, kind, part)


@may(Deed.EDIT_EDITION)
@on_draft
def edit_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """The form of what stands in the edition itself: title, publisher, dates, introduction."""
    guideline, back = draft.as_guideline(), reverse("guidance:edition", args=(draft.code,))
    part = edition_text(guideline)
    form = PartForm(posted(request), guideline=guideline, part=part, version=draft.version, back=back)
    save, heading = partial(_save_edition, request, draft), _("Tittel, datoer og innledning")
    return answer(request, draft, form, save=save, now=partial(_edition_now, draft), depth=0, heading=heading)


def _save_edition(request: PersonRequest, draft: Edition, form: EditForm) -> str:
    own, at = asdict(form.part()), timezone.now()
    actions.save_edition(by=request.user, at=at, edition=draft, version=form.seen_version(), **own)
    messages.success(request, _("Lagret."))
    return reverse("guidance:edition", args=(draft.code,))


def _edition_now(draft: Edition) -> tuple[EditionText, int]:
    draft.refresh_from_db()
    return edition_text(draft.as_guideline()), draft.version


@require_POST
@may(Deed.EDIT_EDITION)
@on_draft
def move_part(request: PersonRequest, draft: Edition, slug: str, key: str) -> HttpResponse:
    """One place up or down among its kind."""
    kind = kind_of(slug, grows=True)
    rows = rows_of(draft, kind)
    row = find_part(kind.field, rows, key)
    if row is None:
        return gone(request, draft)
    to = rows.index(row) + (-1 if request.POST.get("way") == "up" else 1)
    try:
        actions.move_part(by=request.user, at=timezone.now(), row=row, to=to)
    except actions.EditCollision:
        return gone(request, draft)
    return redirect("guidance:edit_part", code=draft.code, slug=slug, key=key)


@may(Deed.EDIT_EDITION)
@on_draft
def retire_part(request: PersonRequest, draft: Edition, slug: str, key: str) -> HttpResponse:
    """Taken out of the draft, after having been asked once more."""
    kind = kind_of(slug, grows=True)
    row = row_of(draft, kind, key)
    if row is None:
        return gone(request, draft)
    called = kind.heading(name_of(row.as_part()))
    if request.method != "POST":
        context = {"edition": draft, "heading": called, "row": row, "back": _form_address(draft, kind, key)}
        return render(request, "guidance/retire.html", context)
    try:
        actions.retire_part(
            by=request.user, at=timezone.now(), row=row, version=sent_number(request, "version")
        )
    except actions.EditCollision as collision:
        messages.error(request, str(collision))
        return redirect(_form_address(draft, kind, key))
    messages.success(request, _("Tatt ut: %s.") % called)
    return redirect(_page_of(draft, kind))


def _form_address(draft: Edition, kind: PartKind, key: str) -> str:
    return reverse("guidance:edit_part", args=(draft.code, kind.slug, key))


def _place(draft: Edition, guideline: Guideline, kind: PartKind, key: str) -> str:
    """Where the part stands on the draft's page."""
    return f"{_page_of(draft, kind)}#{anchor_on_page(guideline, kind.field, key)}"


def _page_of(draft: Edition, kind: PartKind) -> str:
    """The page on which parts of this kind stand."""
    if kind.apart:
        return reverse("guidance:parts", args=(draft.code, kind.slug))
    return reverse("guidance:edition", args=(draft.code,))


def _told(request: PersonRequest, draft: Edition, kind: PartKind, part: Any) -> str:
    """Say that the part is saved, and where it now stands."""
    messages.success(request, _("Lagret: «%s».") % kind.heading(name_of(part)))
    return _place(draft, draft.as_guideline(), kind, key_of(kind.field, part))


def _standing(guideline: Guideline, kind: PartKind, part: Any) -> tuple[int, int]:
    """Which one it is among its kind, from 1, and how many there are."""
    parts = parts_of(guideline, kind.field)
    return parts.index(part) + 1, len(parts)
