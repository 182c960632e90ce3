"""The pages at the door for somebody who has no password, or has forgotten it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions
from accounts.forms import ChoosePasswordForm, ForgottenForm
from accounts.mailing import mail, meanwhile, site_of
from accounts.models import PasswordLink


@login_not_required
@sensitive_post_parameters()
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """What a link opens: a new password, once. A link that opens nothing says what to do."""
    link = PasswordLink.objects.find(token, timezone.now())
    if link is None:
        return render(request, "accounts/link_is_spent.html", status=404)
    form = ChoosePasswordForm(request.POST or None, user=link.user)
    if form.is_valid():
        password = form.cleaned_data["password1"]
        if actions.choose_password(at=timezone.now(), token=token, password=password) is None:
            return render(request, "accounts/link_is_spent.html", status=404)
        messages.success(request, _("Passordet er lagret. Logg inn med det."))
        return redirect("account_login")
    context = {"form": form, "account": link.user}
    return render(request, "accounts/choose_password.html", context, status=400 if form.errors else 200)


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """A link by mail to who has forgotten: the answer is the same, and as fast, whether the account exists or not."""
    if not settings.MAIL_IS_SENT:
        return render(request, "accounts/forgotten.html", {"by_mail": False})
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        username, site = form.cleaned_data["username"], site_of(request)
        answer = render(request, "accounts/forgotten.html", {"by_mail": True, "is_sent": True})
        meanwhile(lambda: _send(username, site))
        return answer
    context = {"form": form, "by_mail": True}
    return render(request, "accounts/forgotten.html", context, status=400 if form.errors else 200)


def _send(username: str, site: str) -> None:
    link = actions.forgot(at=timezone.now(), username=username)
    if link is not None:
        mail(link, site + link.path)
