"""The log of all that was done to the editions: to read, to search and to take out as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.difference import Runs, What
from guidance.forms.log_filter import LogFilterForm
from guidance.guideline import Guideline
from guidance.log_search import known, lines
from guidance.models import Change, Edition
from guidance.page import anchor_on_page
from guidance.part_kinds import BY_FIELD, find_part, parts_of
from guidance.retelling import ToldLine, retold
from guidance.spreadsheet import CONTENT_TYPE, in_lines
from guidance.telling import ToldField

ON_A_PAGE = 50
AT_A_TIME = 500  # lines of the file that are read together; while it is sent, nobody waits for the database


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of the page. `edition_address` and `part_address` lead to what it is about, "" where that is gone."""

    told: ToldLine
    edition_address: str
    part_address: str


@require_safe
@may(Deed.EDIT_EDITION)
def edit_log(request: PersonRequest) -> HttpResponse:
    """What was done, the last first, fifty lines a page."""
    form = LogFilterForm(request.GET, known=known())
    if not form.is_valid():
        return render(request, "guidance/edit_log.html", {"form": form}, status=400)
    found = lines(form.wanted()).select_related("by", "edition")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("side"))
    context = {"form": form, "page": page, "shown": _shown(page.object_list)}
    return render(request, "guidance/edit_log.html", context)


@require_safe
@may(Deed.EDIT_EDITION)
def edit_log_file(request: PersonRequest) -> HttpResponseBase:
    """The same lines as CSV, a row a changed field; sent as it is read, however long."""
    form = LogFilterForm(request.GET, known=known())
    if not form.is_valid():
        return redirect(f"{reverse('guidance:edit_log')}?{request.GET.urlencode()}")
    found = list(lines(form.wanted()).values_list("pk", flat=True))
    name = f"melkeveien-logg-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        in_lines(_rows(found)),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _shown(changes: Iterable[Change]) -> list[ShownLine]:
    changes = list(changes)
    guidelines = _guidelines(changes)
    fallback = next(iter(guidelines.values()), None)
    return [
        _line(change, retold(change, guidelines.get(change.edition_id or 0, fallback)), guidelines)
        for change in changes
    ]


def _guidelines(changes: Sequence[Change]) -> dict[int, Guideline]:
    """The texts in which parts can be looked up: the draft and the edition in force, where a line is about them.

    Where none is, the one in force all the same: it knows what things are called.
    """
    about = {change.edition for change in changes if change.edition}
    words: Iterable[Edition | None] = [one for one in about if one.is_in_force or not one.is_fixed]
    found = words or [Edition.objects.find_in_force()]
    return {edition.pk: edition.as_guideline() for edition in found if edition is not None}


def _line(change: Change, told: ToldLine, guidelines: Mapping[int, Guideline]) -> ShownLine:
    edition = change.edition
    if edition is None:  # thrown away; its lines stay
        return ShownLine(told=told, edition_address="", part_address="")
    to_read = "guidance:edition_text" if edition.is_fixed else "guidance:edition"
    address = reverse(to_read, args=(edition.code,))
    return ShownLine(
        told=told,
        edition_address=address,
        part_address=_part_address(edition, told, guidelines.get(edition.pk), address),
    )


def _part_address(edition: Edition, told: ToldLine, guideline: Guideline | None, address: str) -> str:
    """The part's form in a draft, its place on the page of the edition in force; "" where it no longer stands there."""
    kind = BY_FIELD.get(told.change.kind)
    if (
        kind is None
        or guideline is None
        or find_part(kind.field, parts_of(guideline, kind.field), told.key) is None
    ):
        return ""
    if not edition.is_fixed:
        return reverse("guidance:edit_part", args=(edition.code, kind.slug, told.key))
    return "" if kind.apart else f"{address}#{anchor_on_page(guideline, kind.field, told.key)}"


# --- As a file --------------------------------------------------------------------------------------------------------


def _rows(keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    yield (
        _("Tid"),
        _("Utgave"),
        _("Hvem"),
        _("Hva som ble gjort"),
        _("Del"),
        _("Kode"),
        _("Felt"),
        _("Før"),
        _("Etter"),
        _("Mer"),
    )
    in_force = Edition.objects.find_in_force()
    words = in_force.as_guideline() if in_force else None
    for start in range(0, len(keys), AT_A_TIME):
        changes = Change.objects.select_related("by").in_bulk(keys[start : start + AT_A_TIME])
        for key in keys[start : start + AT_A_TIME]:
            yield from _rows_of(retold(changes[key], words))


def _rows_of(told: ToldLine) -> Iterator[tuple[str, ...]]:
    """A row a changed field; one for a line without any."""
    change = told.change
    at = timezone.localtime(change.at).isoformat(sep=" ", timespec="seconds")
    head = (at, change.edition_code, told.by, told.deed, told.heading, change.name)
    fields = told.part.fields if told.part else ()
    for field in fields:
        yield (
            *head,
            field.label,
            _side(field, field.old, field.before),
            _side(field, field.new, field.after),
            told.note,
        )
    if not fields:
        yield (*head, "", "", "", told.note)


def _side(field: ToldField, runs: Runs, said: str) -> str:
    """One side of a changed field, whole."""
    return (", " if field.what is What.LIST else "").join(run.text for run in runs) or said
