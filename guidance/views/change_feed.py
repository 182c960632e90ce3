"""The change log as an Atom feed (RFC 4287): an entry when an edition comes into force, another if it is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from guidance import prose
from guidance.models import Edition
from guidance.states import State
from guidance.views.open_answer import absolute, open_answer

ATOM = "application/atom+xml; charset=utf-8"
LANGUAGE = "nb"  # of what it tells of; a feed is the same for everybody
SECONDS = 5 * 60
MOST = 50  # entries; the change log has them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to an edition. `what` tells it from the others in its id; `html` is safe."""

    edition: Edition
    what: str
    at: datetime
    title: str
    html: str


@login_not_required
@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    """What has happened to the editions, the newest first."""
    with override(LANGUAGE):
        events = sorted(_events(Edition.objects.once_published()), key=lambda event: event.at, reverse=True)
        content = _feed(request, events[:MOST]).writeString("utf-8").encode()
    changed_at = events[0].at if events else None
    return open_answer(request, content, content_type=ATOM, seconds=SECONDS, changed_at=changed_at)


def _events(editions: Iterable[Edition]) -> Iterator[Event]:
    for edition in editions:
        if edition.published_at:
            in_force = _("Utgave %s er tatt i bruk") % edition.code
            news = (
                prose.html(edition.news) or f"<p>{escape(_('Det som er nytt, står i endringsloggen.'))}</p>"
            )
            yield Event(edition=edition, what="publisert", at=edition.published_at, title=in_force, html=news)
        if edition.ended_at and edition.state == State.WITHDRAWN:
            withdrawn = _("Utgave %s er trukket tilbake") % edition.code
            why = f"<p>{escape(edition.withdrawal_reason)}</p>"
            yield Event(edition=edition, what="trukket", at=edition.ended_at, title=withdrawn, html=why)


def _feed(request: HttpRequest, events: list[Event]) -> Atom1Feed:
    log = absolute(request, reverse("guidance:change_log"))
    publisher = events[0].edition.publisher if events else "Melkeveien"
    feed = Atom1Feed(
        title=_printable(_("Endringer i retningslinjen")),
        link=log,
        description="",
        language=LANGUAGE,
        author_name=_printable(publisher),
        feed_url=absolute(request, reverse("guidance:change_feed")),
        feed_guid=_tag(log, "2026", "endringer"),
    )
    for event in events:
        code, day = event.edition.code, localtime(event.at).date().isoformat()
        feed.add_item(
            title=_printable(event.title),
            link=f"{log}#{code}",
            description=_printable(event.html),
            pubdate=localtime(event.at),
            updateddate=localtime(event.at),
            unique_id=_tag(log, day, f"{code}/{event.what}"),
        )
    return feed


def _tag(address: str, since: str, what: str) -> str:
    """An id that stays, wherever the page may move (RFC 4151): tag:melkeveien.example,2026-11-22:2026-3/publisert."""
    return f"tag:{urlsplit(address).hostname},{since}:{what}"


def _printable(text: str) -> str:
    """`text` without the control characters that no XML may hold."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text)
