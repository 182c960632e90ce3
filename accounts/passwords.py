"""What makes a password long enough, said in Norwegian."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's rule. Its own sentence has no Norwegian in Django 5.2 and would be shown in English."""

    def get_error_message(self) -> str:
        return _("Passordet er for kort. Det må ha minst %(min_length)d tegn.") % {
            "min_length": self.min_length
        }
