"""The pages about accounts: one's own, and for an administrator everybody's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from accounts import actions, language
from accounts.access import PersonRequest, may
from accounts.forms import ChangeAccountForm, LanguageForm, NewAccountForm
from accounts.kept_typing import kept_for
from accounts.models import User
from accounts.roles import Deed

# What a form sends for its own sake, and words too short to be missed, are sent again and not shown.
BOOKKEEPING = frozenset({"version", "before", "seen", "token", "page"})
SHORT = 3


def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here: name, practice, roles, language, and the ways to a new password and a second factor."""
    form = LanguageForm(initial={"language": language.language_of(request)})
    return render(request, "accounts/my_account.html", {"form": form})


def send_again(request: PersonRequest) -> HttpResponse:
    """What was typed when the login ran out, and the button that sends it where it was going."""
    kept = kept_for(request)
    if kept is None:
        return redirect("/")
    texts = [value for name, value in kept.fields if name not in BOOKKEEPING and len(value) > SHORT]
    return render(request, "accounts/send_again.html", {"kept": kept, "texts": texts})


@csrf_exempt  # for the visitor without an account, who then needs no cookie before the choice; the other is guarded
@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The pages in the other language from now on, and back to the page where it was chosen."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise BadRequest("no such language")
    chosen = form.cleaned_data["language"]
    answer = redirect(_back(request))
    language.keep(answer, chosen)
    return _on_the_account(request, request.user, chosen, answer) if request.user.is_authenticated else answer


@csrf_protect
def _on_the_account(request: HttpRequest, by: User, chosen: str, answer: HttpResponse) -> HttpResponse:
    actions.choose_language(by=by, language=chosen)
    with translation.override(chosen):
        messages.success(request, _("Sidene er nå på bokmål."))
    return answer


def _back(request: HttpRequest) -> str:
    """The page that the choice was made on, where that is one of ours."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else "/"


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
