"""The languages that her sheets come in: their names, in which direction they are read, how their dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

NORWEGIAN = "nb"  # the edition's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`code` as in HTML's lang; `name` is its own name for itself, `in_norwegian` what an editor calls it.

    `dates_in_words`: its dates may be written with names of days and months; else they are figures alone.
    """

    code: str
    name: str
    in_norwegian: str
    right_to_left: bool = False
    dates_in_words: bool = False

    @property
    def direction(self) -> str:
        """As in HTML's dir."""
        return "rtl" if self.right_to_left else "ltr"


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        language.code: language
        for language in (
            Language(code="nb", name="Bokmål", in_norwegian="bokmål", dates_in_words=True),
            Language(code="nn", name="Nynorsk", in_norwegian="nynorsk", dates_in_words=True),
            Language(code="en", name="English", in_norwegian="engelsk"),
            Language(code="uk", name="Українська", in_norwegian="ukrainsk"),
            Language(code="ar", name="العربية", in_norwegian="arabisk", right_to_left=True),
            Language(code="pl", name="Polski", in_norwegian="polsk"),
            Language(code="so", name="Soomaali", in_norwegian="somali"),
            Language(code="ti", name="ትግርኛ", in_norwegian="tigrinja"),
        )
    }
)
TRANSLATED = tuple(code for code in LANGUAGES if code != NORWEGIAN)


def language(code: str) -> Language:
    """The language with this code. Raises KeyError for one that no sheet comes in."""
    return LANGUAGES[code]
