"""The organisation's own login, by OpenID Connect: it opens an account that an administrator has made, and makes none.

Of what the provider tells about somebody, nothing is kept but its own mark for them (`sub`), which the account is tied
to at the first login. Which of the claims is the user name here, `OIDC_USERNAME_CLAIM` says.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from accounts.access_log import note
from accounts.models import Did, User


class Answer(OpenIDConnectOAuth2Adapter):
    """The provider's answer; allauth would do without its token, and not ask whom it is about."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **told: Any
    ) -> SocialLogin:
        login = super().complete_login(request, app, token, **told)
        if not is_about_one(login.account.extra_data, at=time.time()):
            raise OAuth2Error("the provider's answer has no token that holds, or one about somebody else")
        return login


def is_about_one(told: Mapping[str, Any], *, at: float) -> bool:
    """Whether there is a token that has not run out at `at` (seconds), and all that is told is about its subject.

    Source: OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2.
    """
    token, more = told.get("id_token", {}), told.get("userinfo")
    runs_out, subject = token.get("exp"), token.get("sub")
    if not subject or not isinstance(runs_out, int | float) or runs_out <= at:
        return False
    return more is None or more.get("sub") == subject


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """What allauth is told about the organisation's login."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the account of that user name to who logs in, the first time; refuse who has none."""
        if not sociallogin.is_existing:
            user = account_for(sociallogin)
            if user is None:
                note(by=None, at=timezone.now(), did=Did.LOGIN_FAILED, detail="organisation")
                raise ImmediateHttpResponse(render(request, "account/no_account.html", status=403))
            sociallogin.connect(request, user)
            note(by=user, at=timezone.now(), did=Did.ACCOUNT_CHANGED, detail="organisation login tied")
            user.__dict__.pop("roles", None)  # who is asked for a code lies in the session meanwhile, as JSON

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """The provider was away, or its answer was not for this browser: a sentence, and the way back to the login."""
        raise ImmediateHttpResponse(render(request, "account/organisation_failed.html", status=400))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody is written to."""


def account_for(sociallogin: SocialLogin) -> User | None:
    """The open account that the provider's user name stands for, where it is tied to nobody yet."""
    told = sociallogin.account.extra_data
    claims = {**told.get("id_token", {}), **told.get("userinfo", {})}
    username = claims.get(settings.OIDC_USERNAME_CLAIM)
    if not isinstance(username, str) or not username:
        return None
    tied = SocialAccount.objects.filter(provider=sociallogin.account.provider).values("user")
    user = User.objects.filter(username__iexact=username, is_active=True).exclude(pk__in=tied).first()
    # A database may take `ſ` for `s`; a name that only looks the same is another's.
    return user if user and user.username.lower() == username.lower() else None


def vouched_for(request: HttpRequest) -> bool:
    """Whether who is logged in came by the organisation, and it has asked for a second factor itself."""
    if not settings.OIDC_SECOND_FACTOR:
        return False
    return any(
        record.get("method") == "socialaccount"
        for record in get_authentication_records(request, request.user)
    )


@receiver(pre_save, sender=SocialAccount)
def keep_nothing_told(instance: SocialAccount, **told: Any) -> None:
    """Names, addresses and numbers that the provider tells are not stored."""
    instance.extra_data = {}
