"""The pages about one's own account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from accounts import actions, language, sessions
from accounts.access import PersonRequest
from accounts.forms import LanguageForm
from accounts.kept_typing import kept_for
from accounts.models import User


def my_account(request: PersonRequest) -> HttpResponse:
    """Who I am here: name, practice, roles, language, where I am logged in, and the ways to new keys."""
    form = LanguageForm(initial={"language": language.language_of(request)})
    here = request.session.session_key
    alive = sessions.alive(request.user, at=timezone.now())
    context = {"form": form, "sessions": alive, "here": here}
    return render(request, "accounts/my_account.html", context)


def no_password(request: PersonRequest) -> HttpResponse:
    """Who comes in by the organisation has no password here to change."""
    messages.info(request, _("Du har ikke noe passord her. Du logger inn gjennom organisasjonen din."))
    return redirect("my_account")


@require_POST
def end_other_sessions(request: PersonRequest) -> HttpResponse:
    """Log out in every other browser."""
    here = request.session.session_key or ""
    ended = actions.end_other_sessions(by=request.user, at=timezone.now(), here=here)
    told = ngettext("Du er logget ut ett annet sted.", "Du er logget ut %(n)d andre steder.", ended)
    messages.success(request, told % {"n": ended})
    return redirect("my_account")


def send_again(request: PersonRequest) -> HttpResponse:
    """What was typed when the login ran out, each form with the button that sends it where it was going."""
    kept = kept_for(request)
    if not kept:
        return redirect("/")
    return render(request, "accounts/send_again.html", {"kept": kept})


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
    return asked if ours and asked.startswith("/") else "/"  # a bare word would be the name of an address
