"""The way in by the organisation's own login, and what is said where it comes to nothing."""

from typing import Any

from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException


@login_not_required
def go(request: HttpRequest, **named: Any) -> HttpResponse:
    """To the organisation's login."""
    try:
        return openid.login(request, **named)
    except RequestException:
        return failed(request)


@login_not_required
def come_back(request: HttpRequest, **named: Any) -> HttpResponse:
    """From the organisation's login, with its answer."""
    try:
        return openid.callback(request, **named)
    except RequestException:
        return failed(request)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """It was broken off, or the provider did not answer."""
    return render(request, "account/organisation_failed.html", status=400)
