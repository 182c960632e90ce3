"""The pages about accounts: one's own, and for an administrator everybody's."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import actions
from accounts.access import PersonRequest, may
from accounts.forms import ChangeAccountForm, NewAccountForm
from accounts.models import User
from accounts.roles import Deed


def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here: name, practice, roles, and the ways to a new password and a second factor."""
    return render(request, "accounts/my_account.html")


@may(Deed.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, by practice and name."""
    return render(request, "accounts/accounts.html", {"accounts": User.objects.listed()})


@may(Deed.MANAGE_ACCOUNTS)
def make_account(request: HttpRequest) -> HttpResponse:
    """A new account with its first password."""
    form = NewAccountForm(request.POST or None)
    user = _made(form) if form.is_valid() else None
    if user is not None:
        messages.success(request, _("Kontoen %(name)s er opprettet.") % {"name": user.username})
        return redirect("accounts:accounts")
    return render(request, "accounts/make_account.html", {"form": form}, status=400 if form.errors else 200)


def _made(form: NewAccountForm) -> User | None:
    """The new account; None, and a sentence in the form, where another took the name since it was looked at."""
    try:
        return actions.make_account(username=form.cleaned_data["username"], facts=form.facts())
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            raise
        return None


@may(Deed.MANAGE_ACCOUNTS)
def change_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Name, practice and roles of an account; whether it is open; a new password where the old one is forgotten."""
    by, user = request.user, get_object_or_404(User, pk=pk)
    form = ChangeAccountForm(request.POST or None, by=by, user=user)
    if form.is_valid():
        actions.change_account(by=by, user=user, facts=form.facts())
        messages.success(request, _("Kontoen %(name)s er endret.") % {"name": user.username})
        return redirect("accounts:accounts")
    context = {"form": form, "account": user}
    return render(request, "accounts/change_account.html", context, status=400 if form.errors else 200)
