"""What makes a password good enough, said in Norwegian."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PRODUCT = "melkeveien"
SHORT = 4  # a name shorter than this stands in many words by chance


class LongEnough(MinimumLengthValidator):
    """Django's rule. Its own sentence has no Norwegian in Django 5.2 and would be shown in English."""

    def get_error_message(self) -> str:
        return _("Passordet er for kort. Det må ha minst %(min_length)d tegn.") % {
            "min_length": self.min_length
        }


class NotAboutHere:
    """Words that everybody here would guess first: the product, the user name, the practice (ASVS 6.1.2)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError, with the word in it."""
        practice = getattr(user, "practice", None)
        words = [PRODUCT, getattr(user, "username", ""), practice.name if practice else ""]
        for word in words:
            if len(word) >= SHORT and word.casefold() in password.casefold():
                raise ValidationError(_("Passordet kan ikke inneholde «%(word)s».") % {"word": word})

    def get_help_text(self) -> str:
        return _("Passordet kan ikke inneholde navnet på tjenesten, praksisen eller brukeren.")
