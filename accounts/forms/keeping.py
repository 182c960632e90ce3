"""What is asked of an administrator who keeps accounts."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.actions import facts_of
from accounts.facts import AccountFacts
from accounts.models import Practice, User
from accounts.roles import Role
from accounts.wording import ROLE_NAMES
from designsystemet.face import dressed
from designsystemet.fields import LineField
from designsystemet.layout import Actions, Button, Helper, Link

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]
USERNAME = User._meta.get_field("username")


class AccountForm(forms.Form):
    """Name, address for mail, practice and roles, as far as `by` may say them."""

    display_name = LineField(label=_("Navn"), max_length=120, required=True)
    email = dressed(
        forms.EmailField(
            label=_("E-post"),
            help_text=_("Dit går lenken til passordet, der e-post er satt opp."),
            max_length=254,
            required=False,
            widget=forms.EmailInput({"autocomplete": "off"}),
        ),
        optional=True,
    )
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
    everywhere = forms.BooleanField(label=_("Administrerer alle praksiser"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        by: User | None = None,
        held: frozenset[Role] = frozenset(),
        **kw: Any,
    ) -> None:
        super().__init__(data, **kw)
        grants = by.grants if by else frozenset(Role)
        self.untouched = held - grants
        choices = [choice for choice in ROLE_CHOICES if Role(choice[0]) in grants]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]  # the one field that has some
        self.within = by.practice if by else None
        if self.untouched:  # new keys go to that address, and the name is what the guideline is signed with
            self.fields["email"].disabled = self.fields["display_name"].disabled = True
        if self.within:
            del self.fields["practice"]
        if self.within or not by:
            del self.fields["everywhere"]

    def clean(self) -> dict[str, Any]:
        """Whoever administers without a practice administers all of them: not by leaving a box empty."""
        said = super().clean() or {}
        of_all = Role.ADMINISTRATOR in said.get("roles", ()) and said.get("practice") == ""
        if of_all and "everywhere" in self.fields and not said["everywhere"]:
            self.add_error(
                "practice",
                _(
                    "En administrator uten praksis administrerer alle. Skriv praksisen, eller kryss av for alle."
                ),
            )
        return said

    def clean_email(self) -> str:
        return LineField().clean(self.cleaned_data["email"])  # no identity number before the @ either

    def clean_practice(self) -> str:
        """The practice by the name it has already, however the letters were typed this time."""
        typed = " ".join(self.cleaned_data["practice"].split())
        there = Practice.objects.filter(name__iexact=typed).first()
        return there.name if there else typed

    def clean_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.cleaned_data["roles"]) | self.untouched

    def facts(self) -> AccountFacts:
        """What was asked for."""
        names = AccountFacts.__dataclass_fields__
        said = {name: value for name, value in self.cleaned_data.items() if name in names}
        return AccountFacts(**{"practice": self.within.name if self.within else "", **said})


class InvitationForm(AccountForm):
    """An account that is not there yet."""

    field_order = ("username",)  # as they stand on the page, and so in the list of what is wrong
    username = LineField(
        label=_("Brukernavn"),
        min_length=3,
        max_length=USERNAME.max_length,
        validators=USERNAME.validators,
        required=True,
    )
    helper = Helper(
        "username", "display_name", "email", "practice", "roles", "everywhere", Actions(Button(_("Inviter")))
    )
    helper_of_practice = Helper("username", "display_name", "email", "roles", Actions(Button(_("Inviter"))))

    def __init__(self, data: QueryDict | None = None, *, by: User | None = None, **kw: Any) -> None:
        super().__init__(data, by=by, **kw)
        if self.within:
            self.helper = self.helper_of_practice

    def clean_username(self) -> str:
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Brukernavnet er tatt."))
        return username


class CommandLineAccountForm(InvitationForm):
    """The same with a first password, which may be left to a link."""

    password = forms.CharField(max_length=200, required=False, strip=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("password"):
            user = User(username=said.get("username", ""), display_name=said.get("display_name", ""))
            try:
                validate_password(said["password"], user)
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return said


class ChangeAccountForm(AccountForm):
    """An account as it stands. Administrators cannot shut themselves out."""

    is_open = forms.BooleanField(
        label=_("Kontoen er åpen"),
        help_text=_("En stengt konto er ute med det samme. Det den har signert, blir stående."),
        required=False,
    )
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    helper = Helper(
        "seen",
        "display_name",
        "email",
        "practice",
        "roles",
        "everywhere",
        "is_open",
        Actions(Button(_("Lagre"))),
    )
    helper_of_practice = Helper(
        "seen", "display_name", "email", "roles", "is_open", Actions(Button(_("Lagre")))
    )

    def __init__(self, data: QueryDict | None = None, *, by: User, user: User) -> None:
        self.stands = facts_of(user)
        stands = {
            "display_name": self.stands.display_name,
            "email": self.stands.email,
            "practice": self.stands.practice,
            "roles": sorted(self.stands.roles),
            "everywhere": Role.ADMINISTRATOR in self.stands.roles and not self.stands.practice,
            "is_open": self.stands.is_open,
            "seen": self.stands.mark,
        }
        super().__init__(data, by=by, held=self.stands.roles, initial=stands)
        self.own = by == user
        if self.within:
            self.helper = self.helper_of_practice

    def show_what_stands(self, user: User) -> None:
        """Another has changed the account meanwhile: say how it stands, and keep what was typed to go on from there."""
        stands = facts_of(user)
        roles = ", ".join(str(name) for role, name in ROLE_NAMES.items() if role in stands.roles) or "–"
        self.add_error(
            None,
            _("En annen har endret kontoen imens. Nå står det: %(name)s, %(practice)s, %(roles)s, %(open)s.")
            % {
                "name": stands.display_name,
                "practice": stands.practice or _("ingen praksis"),
                "roles": roles,
                "open": _("åpen") if stands.is_open else _("stengt"),
            },
        )
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = stands.mark
        self.data = data

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.own and Role.ADMINISTRATOR not in said.get("roles", ()):
            self.add_error(
                "roles", _("Du kan ikke ta administratorrollen fra deg selv. Be en annen administrator.")
            )
        if self.own and not said.get("is_open"):
            self.add_error("is_open", _("Du kan ikke stenge din egen konto. Be en annen administrator."))
        if self.own and said.get("practice", self.stands.practice) != self.stands.practice:
            self.add_error("practice", _("Du kan ikke flytte deg selv. Be en annen administrator."))
        return said


class PracticeForm(forms.Form):
    """What a practice is called, and its telephone."""

    name = LineField(label=_("Navn"), max_length=120, required=True)
    phone = dressed(
        LineField(
            label=_("Telefon"), max_length=20, required=False, widget=forms.TextInput({"autocomplete": "off"})
        ),
        optional=True,
    )
    helper = Helper(
        "name", "phone", Actions(Button(_("Lagre")), Link(_("Til praksisene"), "/kontoer/praksiser"))
    )

    def __init__(self, data: QueryDict | None = None, *, practice: Practice) -> None:
        super().__init__(data, initial={"name": practice.name, "phone": practice.phone})
        self.practice = practice

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Practice.objects.filter(name__iexact=name).exclude(pk=self.practice.pk).exists():
            raise ValidationError(_("En annen praksis heter det."))
        return name
