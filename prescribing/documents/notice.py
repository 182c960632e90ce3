"""What every page, sheet and note says of itself: what it is for, that it does not decide, which edition it follows."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext

from guidance.guideline import Guideline
from prescribing.documents import norwegian

SHORT_HASH = 8  # characters of the content hash that stand for it on paper, as in the address of a QR code


def purpose() -> str:
    """What this is for, that it does not decide, that it is not CE-marked: the same words on screen and paper."""
    return " ".join(
        (
            gettext(
                "Melkeveien er for helsepersonell. Verktøyet støtter en vurdering etter retningslinjen; "
                "det avgjør ikke. Beslutningen er legens og kvinnens."
            ),
            gettext("Melkeveien er ikke CE-merket som medisinsk utstyr."),
        )
    )


def purpose_in_brief() -> str:
    """The same, for the short note's last line."""
    return gettext("Støtter vurderingen, avgjør den ikke. Ikke CE-merket.")


def demonstration() -> str:
    """That nothing here is about a real woman; "" outside the demonstration."""
    return gettext("Demonstrasjon: gjelder ingen virkelig kvinne.") if settings.DEMONSTRATION else ""


def demonstration_in_brief() -> str:
    """The same in a word."""
    return gettext("DEMONSTRASJON.") if settings.DEMONSTRATION else ""


def edition_code(guideline: Guideline, edition_hash: str) -> str:
    """«2026-1-9f3a2c1b»: what a QR code names; it tells one text from another, never one woman."""
    return f"{guideline.code}-{edition_hash[:SHORT_HASH]}"


def edition(guideline: Guideline, edition_hash: str) -> str:
    """«utgave 2026-1 (9f3a2c1b), levert med programmet, ikke klinisk godkjent»; the mark falls away once signed."""
    named = gettext("utgave %(code)s (%(hash)s)") % {
        "code": norwegian.apart(guideline.code),
        "hash": norwegian.apart(edition_hash[:SHORT_HASH]),
    }
    return f"{named}{gettext(', ')}{guideline.mark}" if guideline.mark else named
