"""The way in by the organisation's own login, and what is said where it comes to nothing."""

from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from requests import RequestException

from accounts.organisation import Answer


@login_not_required
def go(request: HttpRequest, **named: Any) -> HttpResponse:
    """To the organisation's login, and afterwards to the page that was asked for.

    What else an address says, allauth would hand on to the provider (`auth_params`, `scope`), or make something else of
    it than a login (`process`).
    """
    request.GET = QueryDict(urlencode({"next": request.GET["next"]} if "next" in request.GET else {}))
    request.POST = QueryDict()
    try:
        return openid.login(request, **named)
    except RequestException:
        return failed(request)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the organisation's login, with its answer."""
    try:
        return OAuth2CallbackView.adapter_view(Answer(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        return failed(request)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """It was broken off, or the provider did not answer."""
    return render(request, "account/organisation_failed.html", status=400)
