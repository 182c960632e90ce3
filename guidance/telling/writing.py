"""How a value is written where nothing else gives it words: ja, a decimal comma, 22. november 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guidance import wording


def written(value: Any) -> str:  # noqa: PLR0911 (a line a type)
    """A value of any type; "" for none."""
    match value:
        case None:
            return ""
        case bool():
            return _("Ja") if value else _("Nei")
        case Decimal():
            return wording.with_comma(value)
        case date():
            return date_format(value, "j. F Y")
        case Mapping():
            return ", ".join(f"{key}: {written(inner)}" for key, inner in value.items())
        case tuple() | list():
            return ", ".join(written(one) for one in value)
    return str(value)
