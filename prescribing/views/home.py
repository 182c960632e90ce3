"""The front page: where each visitor's work begins, and what is new there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.models import Practice, User
from accounts.roles import Deed
from guidance.models import Edition
from prescribing.actions import see_news
from prescribing.models import Course, Draft, SeenNews
from prescribing.views.tracing import log_list

SHOWN = 5


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What is here for everybody; and for who is logged in, what waits."""
    user = request.user
    context: dict[str, object] = {}
    if user.is_authenticated and user.may(Deed.ASSESS):
        context |= _for_the_doctor(user)
    else:
        context["edition_in_force"] = Edition.objects.find_in_force()
    if not context["edition_in_force"]:
        context["withdrawn_edition"] = _withdrawn()
    if user.is_authenticated and user.may(Deed.SEE_COURSES):
        context |= _due(user.practice)
    if user.is_authenticated and user.may(Deed.EDIT_EDITION):
        context["edition_draft"] = Edition.objects.open_draft()
    _log_shown(request, context)
    return render(request, "prescribing/home.html", context)


def _log_shown(request: HttpRequest, context: dict[str, Any]) -> None:
    """The courses that the front page names, where it names any."""
    drafts = [draft.course.code for draft in context.get("drafts", ())]
    due = [course.code for course in context.get("due", ())]
    if drafts or due:
        log_list(request, [*drafts, *due])


def _for_the_doctor(user: User) -> dict[str, object]:
    edition, is_news = SeenNews.objects.in_force(user)
    drafts = Draft.objects.of(user)[:SHOWN]
    return {"edition_in_force": edition, "news": edition if is_news else None, "drafts": drafts}


def _withdrawn() -> Edition:
    """The edition whose reason says why none is in force. Raises NoEditionInForce where there never was one."""
    return Edition.objects.last_withdrawn() or Edition.objects.in_force()


def _due(practice: Practice | None) -> dict[str, object]:
    """The practice's courses whose review is due, the most pressing first, and how many there are."""
    today = timezone.localdate()
    due = Course.objects.of_practice(practice).due(today)
    shown = due.order_by(F("review_on").asc(nulls_last=True), "ends_on", "pk")[:SHOWN]
    return {"due": shown} | due.aggregate(
        due_in_all=Count("pk"), overdue=Count("pk", filter=Q(review_on__lt=today))
    )


@require_POST
@may(Deed.ASSESS)
def seen_news(request: PersonRequest) -> HttpResponse:
    """What is new has been seen, or is read in the log that is opened next; it is not shown again.

    Where another edition came into force meanwhile, its news has not been seen.
    """
    edition = Edition.objects.find_in_force()
    if edition and edition.code == request.POST.get("edition"):
        see_news(by=request.user, at=timezone.now(), edition=edition)
    return redirect("guidance:change_log" if "log" in request.POST else "prescribing:home")
