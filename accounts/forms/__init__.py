"""What is asked of somebody who logs in, of the owner of an account, and of an administrator who keeps accounts."""

from accounts.forms.keeping import (
    ChangeAccountForm,
    CommandLineAccountForm,
    InvitationForm,
    PracticeForm,
)
from accounts.forms.login import ForgottenForm, LanguageForm, LoginForm
from accounts.forms.passwords import ChangePasswordForm, ChoosePasswordForm, ReauthenticateForm

__all__ = [
    "ChangeAccountForm",
    "ChangePasswordForm",
    "ChoosePasswordForm",
    "CommandLineAccountForm",
    "ForgottenForm",
    "InvitationForm",
    "LanguageForm",
    "LoginForm",
    "PracticeForm",
    "ReauthenticateForm",
]
