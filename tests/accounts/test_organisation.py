"""Whose word is taken when the organisation answers; the proof organisation-login goes all the way with a provider."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.organisation import OrganisationAdapter, is_about_one

NOW = 1_795_000_000
TOKEN = {"sub": "a1", "exp": NOW + 1}


@pytest.mark.parametrize("told", [{"id_token": TOKEN}, {"id_token": TOKEN, "userinfo": {"sub": "a1"}}])
def test_a_token_that_holds_and_all_else_about_its_subject_is_taken(told: dict[str, Any]) -> None:
    assert is_about_one(told, at=NOW)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"userinfo": {"sub": "a1"}},
        {"id_token": {"exp": NOW + 1}},
        {"id_token": {"sub": "a1"}},
        {"id_token": TOKEN | {"exp": NOW}},
        {"id_token": TOKEN | {"exp": str(NOW + 1)}},
        {"id_token": TOKEN, "userinfo": {"sub": "b2"}},
        {"id_token": TOKEN, "userinfo": {}},
    ],
)
def test_an_answer_without_a_token_that_holds_or_about_somebody_else_is_not(told: dict[str, Any]) -> None:
    assert not is_about_one(told, at=NOW)


def test_who_is_tied_at_a_first_login_may_be_asked_for_a_code(
    rf: RequestFactory, lege: User, settings: Any
) -> None:
    """Meanwhile allauth keeps them in the session."""
    app = {"provider_id": "organisasjon", "name": "o", "client_id": "m", "settings": {"server_url": ""}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    told = {"userinfo": {"preferred_username": lege.username}}
    account = SocialAccount(provider="organisasjon", uid="a1", extra_data=told)
    login, request = SocialLogin(user=User(), account=account), rf.get("/")

    adapter = OrganisationAdapter(request)
    adapter.pre_social_login(request, login)

    assert adapter.deserialize_instance(User, adapter.serialize_instance(login.user)) == lege


def test_of_the_address_that_leads_to_the_provider_only_the_page_to_go_on_to_is_heeded(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heeded: list[dict[str, Any]] = []

    def login(request: HttpRequest, provider_id: str) -> HttpResponse:
        heeded.append({**request.GET.dict(), **request.POST.dict()})
        return HttpResponse()

    monkeypatch.setattr(openid, "login", login)
    more = "process=connect&scope=offline_access&auth_params=prompt%3Dnone"
    client.get(f"/konto/organisasjon/organisasjon/?{more}&next=/forlop%3Fside%3D2")
    client.post(f"/konto/organisasjon/organisasjon/?{more}", {"process": "redirect"})

    assert heeded == [{"next": "/forlop?side=2"}, {}]
