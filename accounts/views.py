"""The pages about one's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.roles import ROLES


def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here: name, practice, roles, and the ways to a new password and a second factor."""
    held = [description.label for description in ROLES if description.role in request.user.roles]
    return render(request, "accounts/my_account.html", {"held": held})
