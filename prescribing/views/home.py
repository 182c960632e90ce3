"""The front page: where each visitor's work begins."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import Deed
from guidance.models import Edition
from prescribing.models import Course, Draft

SHOWN = 5


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What is here for everybody; and for who is logged in, what waits."""
    context: dict[str, object] = {"edition": Edition.objects.in_force()}
    user = request.user
    if user.is_authenticated and user.may(Deed.ASSESS):
        context["drafts"] = Draft.objects.of(user)[:SHOWN]
    if user.is_authenticated and user.may(Deed.SEE_COURSES):
        due = Course.objects.of_practice(user.practice).due(timezone.localdate())
        context["due"] = due.order_by(F("review_on").asc(nulls_last=True), "ends_on", "pk")[:SHOWN]
        context |= due.aggregate(
            due_in_all=Count("pk"), overdue=Count("pk", filter=Q(review_on__lt=timezone.localdate()))
        )
    return render(request, "prescribing/home.html", context)
