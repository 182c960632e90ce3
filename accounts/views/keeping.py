"""Where an administrator keeps the accounts that are theirs to keep."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.access import PersonRequest, may
from accounts.forms import ChangeAccountForm, InvitationForm, PracticeForm
from accounts.mailing import hand_over
from accounts.models import PasswordLink, Practice, User
from accounts.roles import Deed


@may(Deed.MANAGE_ACCOUNTS)
def accounts(request: PersonRequest) -> HttpResponse:
    """Every account that is the administrator's to keep, by practice and name; the practices to one who has none."""
    invited = PasswordLink.objects.open_at(timezone.now()).values_list("user_id", flat=True)
    listed = User.objects.listed(request.user)
    return render(request, "accounts/accounts.html", {"accounts": listed, "invited": frozenset(invited)})


@may(Deed.MANAGE_ACCOUNTS)
def invite(request: PersonRequest) -> HttpResponse:
    """A new account, and the link that chooses its password."""
    form = InvitationForm(request.POST or None, by=request.user)
    link = _invited(form, request.user) if form.is_valid() else None
    if link is not None:
        return _handed_over(request, link)
    return render(request, "accounts/invite.html", {"form": form}, status=400 if form.errors else 200)


def _invited(form: InvitationForm, by: User) -> actions.NewLink | None:
    """The link; None, and a sentence in the form, where another took the name since it was looked at."""
    try:
        with _others_are_not_there():
            username = form.cleaned_data["username"]
            return actions.invite(by=by, at=timezone.now(), username=username, facts=form.facts())
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            raise
        return None


@may(Deed.MANAGE_ACCOUNTS)
def change_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Name, practice and roles of an account; whether it is open; the ways to new keys for it."""
    by, user = request.user, _theirs(request, pk)
    form = ChangeAccountForm(request.POST or None, by=by, user=user)
    if form.is_valid() and _changed(form, by, user):
        messages.success(request, _("Kontoen %(name)s er endret.") % {"name": user.username})
        return redirect("accounts:accounts")
    link = user.password_links.open_at(timezone.now()).first()
    keys_too = by != user and user.is_active and user.roles <= by.grants
    context = {"form": form, "account": user, "link": link, "keys_too": keys_too}
    return render(request, "accounts/change_account.html", context, status=400 if form.errors else 200)


def _changed(form: ChangeAccountForm, by: User, user: User) -> bool:
    """Whether it could be done; else the form says what stood in the way, with what was typed still in it."""
    try:
        with _others_are_not_there():
            seen = form.cleaned_data["seen"]
            actions.change_account(by=by, at=timezone.now(), user=user, facts=form.facts(), seen=seen)
    except actions.ChangedMeanwhile:
        form.show_what_stands(user)
        return False
    return True


@require_POST
@may(Deed.MANAGE_ACCOUNTS)
def make_link(request: PersonRequest, pk: int) -> HttpResponse:
    """A link to a new password, where the old one is forgotten or in wrong hands; it ends the account's sessions."""
    user = _theirs(request, pk)
    with _others_are_not_there():
        link = actions.make_link(by=request.user, at=timezone.now(), user=user)
    return _handed_over(request, link)


@require_POST
@may(Deed.MANAGE_ACCOUNTS)
def withdraw_links(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the link that was handed out open nothing."""
    user = _theirs(request, pk)
    with _others_are_not_there():
        actions.withdraw_links(by=request.user, at=timezone.now(), user=user)
    messages.success(request, _("Lenken til %(name)s er trukket tilbake.") % {"name": user.username})
    return redirect("accounts:change_account", pk=pk)


@require_POST
@may(Deed.MANAGE_ACCOUNTS)
def drop_second_factor(request: PersonRequest, pk: int) -> HttpResponse:
    """For somebody who has lost telephone, passkeys and recovery codes."""
    user = _theirs(request, pk)
    with _others_are_not_there():
        actions.drop_second_factor(by=request.user, at=timezone.now(), user=user)
    messages.success(request, _("Totrinns innlogging er fjernet for %(name)s.") % {"name": user.username})
    return redirect("accounts:change_account", pk=pk)


@may(Deed.MANAGE_ACCOUNTS)
def practices(request: PersonRequest) -> HttpResponse:
    """The practices that are the administrator's to keep."""
    listed = Practice.objects.administered_by(request.user).order_by("name")
    return render(request, "accounts/practices.html", {"practices": listed})


@may(Deed.MANAGE_ACCOUNTS)
def change_practice(request: PersonRequest, pk: int) -> HttpResponse:
    """What a practice is called, and its telephone."""
    practice = get_object_or_404(Practice.objects.administered_by(request.user), pk=pk)
    form = PracticeForm(request.POST or None, practice=practice)
    if form.is_valid() and _renamed(form, request.user, practice):
        messages.success(request, _("Praksisen er endret."))
        return redirect("accounts:practices")
    context = {"form": form, "practice": practice}
    return render(request, "accounts/change_practice.html", context, status=400 if form.errors else 200)


def _renamed(form: PracticeForm, by: User, practice: Practice) -> bool:
    """Whether it could be done; else another practice took the name since it was looked at, and the form says so."""
    try:
        with _others_are_not_there():
            actions.change_practice(by=by, at=timezone.now(), practice=practice, **form.cleaned_data)
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            raise
        return False
    return True


@contextmanager
def _others_are_not_there() -> Iterator[None]:
    """What is not the administrator's to do is answered as what does not exist."""
    try:
        yield
    except (actions.NotYours, actions.ShutOutError) as nothing:
        raise Http404 from nothing


def _theirs(request: PersonRequest, pk: int) -> User:
    """The account, if it is one that the administrator keeps; else nothing is there."""
    return get_object_or_404(User.objects.administered_by(request.user).select_related("practice"), pk=pk)


def _handed_over(request: HttpRequest, link: actions.NewLink) -> HttpResponse:
    """Mailed, where mail is set up and there is an address; else shown this once."""
    told = hand_over(request, link)
    if told.mailed:
        messages.success(request, _("Lenken er sendt til %(email)s.") % {"email": link.user.email})
        return redirect("accounts:accounts")
    context = {
        "account": link.user,
        "address": told.address,
        "expires_at": link.expires_at,
        "tried": told.tried,
    }
    return render(request, "accounts/link_once.html", context)
