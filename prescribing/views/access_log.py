"""The access log: who did what with which course, for the administrator of the practice; and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, may
from accounts.models import AccessRow, Did
from accounts.roles import Deed
from guidance.spreadsheet import CONTENT_TYPE, in_lines
from prescribing.forms.log_filter import AccessLogForm
from prescribing.log_words import told
from prescribing.views.tracing import log_counts

ON_A_PAGE = 100
AT_A_TIME = 2_000


@require_safe
@may(Deed.SEE_ACCESS_LOG)
def access_log(request: PersonRequest) -> HttpResponse:
    """The rows of one's own practice, the last first; of every practice for who has none. Reading it is logged too."""
    form = AccessLogForm(request.GET)
    if not form.is_valid():
        return render(request, "prescribing/access_log.html", {"form": form}, status=400)
    log_counts(request, Did.READ)
    rows = form.among(AccessRow.objects.of_practice(request.user.practice))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("side"))
    lines = [(row, told(row, of=form.course)) for row in page]
    context = {"form": form, "page": page, "lines": lines}
    return render(request, "prescribing/access_log.html", context)


@require_safe
@may(Deed.SEE_ACCESS_LOG)
def access_log_file(request: PersonRequest) -> HttpResponseBase:
    """The same rows as CSV: what is handed to a woman who asks who has looked."""
    form = AccessLogForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('prescribing:access_log')}?{request.GET.urlencode()}")
    log_counts(request, Did.EXPORTED)
    rows = form.among(AccessRow.objects.of_practice(request.user.practice))
    name = f"melkeveien-tilgangslogg-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        in_lines(_table(rows.iterator(AT_A_TIME), of=form.course)),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _table(rows: Iterable[AccessRow], *, of: str) -> Iterator[tuple[str, ...]]:
    yield (
        _("Nummer"),
        _("Tid"),
        _("Brukernavn"),
        _("Navn"),
        _("Praksis"),
        _("Hva som ble gjort"),
        _("Forløp"),
        _("Mer"),
        _("Adresse"),
        _("Forespørsel"),
    )
    for row in rows:
        at = timezone.localtime(row.at).isoformat(sep=" ", timespec="seconds")
        who = (row.username, row.name, row.practice_name)
        yield str(row.number), at, *who, row.deed, row.course, told(row, of=of), row.address, row.request
