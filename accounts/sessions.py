"""How long somebody stays logged in, in how many browsers, and how that is ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.access_log import note
from accounts.models import Did, OpenSession, User

BEGAN, LAST_USED = "began", "last_used"  # in the session, in seconds since 1970
WRITTEN_DOWN = timedelta(minutes=1)  # not at every page: what was last used is right to the minute


def is_over(*, began: datetime, last_used: datetime, now: datetime) -> bool:
    """Whether a login has run out: nothing was done for so long, or it has lasted so long."""
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return now - last_used >= idle or now - began >= timedelta(hours=settings.SESSION_HOURS)


def alive(user: User, *, at: datetime) -> QuerySet[OpenSession]:
    """The sessions of an account that have not run out, the one used last first."""
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    begun_since = at - timedelta(hours=settings.SESSION_HOURS)
    return user.open_sessions.used_since(at - idle, begun_since=begun_since).order_by("-last_used", "-pk")


def begin(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Somebody has logged in here. Of more sessions than an account may have, the oldest end."""
    request.session[BEGAN] = request.session[LAST_USED] = at.timestamp()
    if not request.session.session_key:
        request.session.create()
    OpenSession.objects.update_or_create(
        key=request.session.session_key, defaults={"user": user, "began": at, "last_used": at}
    )
    kept = alive(user, at=at).values_list("pk", flat=True)
    end(list(user.open_sessions.exclude(pk__in=kept).values_list("key", flat=True)))
    if settings.SESSIONS_PER_ACCOUNT:
        newest_first = user.open_sessions.order_by("-began", "-pk").values_list("key", flat=True)
        end(list(newest_first[settings.SESSIONS_PER_ACCOUNT :]))


def end_all(user: User, *, but: str = "") -> int:
    """End every session of an account except the one with the key `but`. Returns how many there were."""
    return end(list(user.open_sessions.exclude(key=but).values_list("key", flat=True)))


def only_here(request: HttpRequest, user: User, *, at: datetime) -> None:
    """End every session of `user` but this one, which has just been given another key."""
    end_all(user)
    began = datetime.fromtimestamp(request.session[BEGAN], tz=at.tzinfo)
    key = request.session.session_key or ""
    OpenSession.objects.create(user=user, key=key, began=began, last_used=at)


def end(keys: list[str]) -> int:
    """End the sessions with these keys, wherever they are kept."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()
    OpenSession.objects.filter(key__in=keys).delete()
    return len(keys)


def run_out(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a login that has run out is one no longer; of others it is kept when they were last used."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        here = _kept_alive(request, timezone.now())
        response = get_response(request)
        if here and request.session.session_key not in (here, None):  # Django gave it a new key on the way
            OpenSession.objects.filter(key=here).update(key=request.session.session_key)
        return response

    return middleware


def _kept_alive(request: HttpRequest, now: datetime) -> str | None:
    """The key of the session, if somebody is logged in in it and it has not run out."""
    session = request.session
    if SESSION_KEY not in session:
        return None
    began, last_used = (
        datetime.fromtimestamp(session.get(name, 0), tz=now.tzinfo) for name in (BEGAN, LAST_USED)
    )
    if is_over(began=began, last_used=last_used, now=now):
        _let_go(request, now)
        return None
    if now - last_used >= WRITTEN_DOWN:
        session[LAST_USED] = now.timestamp()
        OpenSession.objects.filter(key=session.session_key).update(last_used=now)
    return session.session_key


def _let_go(request: HttpRequest, now: datetime) -> None:
    """The browser is a stranger's from here on; `accounts.kept_typing` keeps what it was about to send."""
    if request.user.is_authenticated:
        note(by=request.user, at=now, did=Did.LOGGED_OUT, detail="ran out")
    OpenSession.objects.filter(key=request.session.session_key).delete()
    request.session.flush()
    request.user = AnonymousUser()
