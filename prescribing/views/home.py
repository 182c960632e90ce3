"""The front page: where each visitor's work begins, and what is new there."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.models import Edition, NoEditionInForce
from prescribing.actions import see_news
from prescribing.models import Course, Draft, SeenNews

SHOWN = 5


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What is here for everybody; and for who is logged in, what waits."""
    edition = Edition.objects.find_in_force()
    withdrawn = None if edition else Edition.objects.last_withdrawn()
    if not edition and not withdrawn:
        raise NoEditionInForce
    context: dict[str, object] = {"edition_in_force": edition, "withdrawn_edition": withdrawn}
    user = request.user
    if user.is_authenticated and user.may(Deed.ASSESS):
        context["drafts"] = Draft.objects.of(user)[:SHOWN]
        context["news"] = edition if edition and SeenNews.objects.unseen(user, edition) else None
    if user.is_authenticated and user.may(Deed.SEE_COURSES):
        due = Course.objects.of_practice(user.practice).due(timezone.localdate())
        context["due"] = due.order_by(F("review_on").asc(nulls_last=True), "ends_on", "pk")[:SHOWN]
        context |= due.aggregate(
            due_in_all=Count("pk"), overdue=Count("pk", filter=Q(review_on__lt=timezone.localdate()))
        )
    return render(request, "prescribing/home.html", context)


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
