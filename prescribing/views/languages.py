"""In which languages a paper can be had now, and an edition told in one of them."""

from __future__ import annotations

from django.http import Http404

from guidance.guideline import Guideline
from guidance.models import Translation
from guidance.translating import LANGUAGES, NORWEGIAN, Language
from prescribing.documents.told_in import ToldIn, told_in


def public_languages() -> tuple[Language, ...]:
    """The languages that anybody may have a sheet in, beside Norwegian."""
    return tuple(translation.about for translation in Translation.objects.public())


def told_for_the_public(guideline: Guideline, code: str) -> ToldIn | None:
    """`guideline` in the language `code`; None for Norwegian. Raises Http404 for one that is not public."""
    if code in ("", NORWEGIAN):
        return None
    translation = Translation.objects.assured().filter(language=_known(code)).first()
    if translation is None or not translation.is_public:
        raise Http404
    return told_in(guideline, code, translation.pairs, assured=True)


def told_as_it_is(guideline: Guideline, code: str) -> ToldIn:
    """The same for those who edit, assured or not. Raises Http404 where nobody has begun on it."""
    translation = Translation.objects.filter(language=_known(code)).first()
    if translation is None:
        raise Http404
    return told_in(guideline, code, translation.pairs, assured=translation.is_public)


def asked_for(code: str) -> str:
    """The language that a form or an address asks for; Norwegian where it names none. Raises Http404 for no such."""
    return _known(code or NORWEGIAN)


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise Http404
    return code
