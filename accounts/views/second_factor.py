"""The pages of the second factor that allauth has not, or has otherwise."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator

from accounts.second_factor import may_be_removed


class RemovePasskeyView(RemoveWebAuthnView):
    """A passkey that is needed stays until something else has taken its place."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = get_adapter().error_messages["cannot_delete_authenticator"]
        refusal = "" if may_be_removed(self.object) else said
        return {**super().get_context_data(**kwargs), "refusal": refusal}

    def form_valid(self, form: Any) -> HttpResponse:
        if not may_be_removed(self.object):
            raise PermissionDenied
        return super().form_valid(form)


class ReplaceAppView(ActivateTOTPView):
    """A new telephone: the new app's code takes the old one's place in one go."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._asked_again(request, *args, **kwargs)

    @method_decorator(reauthentication_required(app="allauth.mfa"))
    def _asked_again(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super(ActivateTOTPView, self).dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "replaces": True}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP).delete()
        return super().form_valid(form)
