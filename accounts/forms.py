"""What is asked of somebody who logs in, and of an administrator who keeps accounts."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.facts import AccountFacts
from accounts.models import Practice, User
from accounts.roles import Role
from accounts.wording import ROLE_NAMES
from designsystemet.face import dressed
from designsystemet.fields import LineField
from designsystemet.layout import Actions, Button, Helper

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]
USERNAME = User._meta.get_field("username")


class SecretInput(forms.TextInput):
    """A password that is read while it is typed, and never sent back."""

    def format_value(self, value: Any) -> None:
        return None


class LoginForm(AllauthLoginForm):
    """User name and password, with our words and our look."""

    helper = Helper("login", "password", Actions(Button(_("Logg inn"))))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Brukernavn")
        self.fields["password"].label = _("Passord")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LanguageForm(forms.Form):
    """The language of the pages."""

    language = forms.ChoiceField(
        label=_("Språk på sidene"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    helper = Helper("language", Actions(Button(_("Bytt språk"), variant="secondary")), tag=False)


class AccountForm(forms.Form):
    """Name, practice and roles."""

    display_name = LineField(label=_("Navn"), max_length=120, required=True)
    practice = LineField(
        label=_("Praksis"),
        help_text=_(
            "De som deler praksis, ser de samme forløpene. La feltet stå tomt for den som ikke har noen."
        ),
        max_length=120,
        required=False,
    )
    roles = forms.MultipleChoiceField(
        label=_("Roller"), choices=ROLE_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_practice(self) -> str:
        """The practice by the name it has already, however the letters were typed this time."""
        typed = " ".join(self.cleaned_data["practice"].split())
        there = Practice.objects.filter(name__iexact=typed).first()
        return there.name if there else typed

    def clean_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.cleaned_data["roles"])


class NewAccountForm(AccountForm):
    """An account that is not there yet."""

    username = forms.CharField(
        label=_("Brukernavn"), min_length=3, max_length=USERNAME.max_length, validators=USERNAME.validators
    )
    password = forms.CharField(
        label=_("Første passord"),
        help_text=_("Minst 15 tegn. Den som får kontoen, bytter det selv etterpå."),
        max_length=200,
        widget=SecretInput({"autocomplete": "off"}),
    )
    helper = Helper(
        "username", "display_name", "practice", "roles", "password", Actions(Button(_("Opprett kontoen")))
    )

    def clean_username(self) -> str:
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Brukernavnet er tatt."))
        return username

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def facts(self) -> AccountFacts:
        """What was asked for, without the user name."""
        return AccountFacts(**{name: said for name, said in self.cleaned_data.items() if name != "username"})


class ChangeAccountForm(AccountForm):
    """An account as it stands. Administrators cannot shut themselves out."""

    is_open = forms.BooleanField(
        label=_("Kontoen er åpen"),
        help_text=_("En stengt konto er ute med det samme. Det den har signert, blir stående."),
        required=False,
    )
    password = dressed(
        forms.CharField(
            label=_("Nytt passord"),
            help_text=_(
                "Fyll ut bare når det gamle er glemt. Et nytt passord åpner også for den som er stengt ute."
            ),
            max_length=200,
            required=False,
            widget=SecretInput({"autocomplete": "off"}),
        ),
        optional=True,
    )
    helper = Helper("display_name", "practice", "roles", "is_open", "password", Actions(Button(_("Lagre"))))

    def __init__(self, data: QueryDict | None = None, *, by: User, user: User) -> None:
        stands = {
            "display_name": user.display_name,
            "practice": user.practice.name if user.practice else "",
            "roles": sorted(user.roles),
            "is_open": user.is_active,
        }
        super().__init__(data, initial=stands)
        self.own, self.user = by == user, user

    def clean_password(self) -> str:
        if self.cleaned_data["password"]:
            validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.own and Role.ADMINISTRATOR not in said.get("roles", ()):
            self.add_error(
                "roles", _("Du kan ikke ta administratorrollen fra deg selv. Be en annen administrator.")
            )
        if self.own and not said.get("is_open"):
            self.add_error("is_open", _("Du kan ikke stenge din egen konto. Be en annen administrator."))
        return said

    def facts(self) -> AccountFacts:
        """What the account is to be."""
        return AccountFacts(**self.cleaned_data)
