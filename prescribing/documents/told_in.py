"""In which language a paper is told: Norwegian, whatever the doctor's own pages are in, unless another is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import gettext, ngettext, override

from guidance.guideline import Guideline, Passage, Term
from guidance.prose import terms_in
from guidance.translating import LANGUAGES, NORWEGIAN, Language, figures_apart, translated
from prescribing.case import Case
from prescribing.documents import norwegian

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIn:
    """`guideline` is `norwegian` told in `language`; `missing` of its sentences are not, and stay as they are.

    `assured`: it may be handed out, since it was supplied with the program or a reviewer has signed it.
    """

    language: Language
    norwegian: Guideline
    guideline: Guideline
    missing: int
    assured: bool

    def of(self, case: Case) -> Case:
        """`case` with her texts in the language."""
        return replace(case, guideline=self.guideline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a paper says of its own translation: in its language, and in Norwegian for whoever hands it over."""

    text: str
    norwegian: str


def told_in(guideline: Guideline, code: str, pairs: Mapping[str, str], *, assured: bool) -> ToldIn:
    """`guideline` told by `pairs` in the language `code`. Raises KeyError for an unknown one."""
    language = LANGUAGES[code]
    if language.right_to_left:
        pairs = {source: figures_apart(text) for source, text in pairs.items()}
    told = translated(guideline, pairs)
    return ToldIn(
        language=language,
        norwegian=guideline,
        guideline=told.guideline,
        missing=len(told.norwegian),
        assured=assured,
    )


def in_its_language(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """`make` a paper, or what it is made of, while its own language is spoken (keyword `told`; None is Norwegian)."""

    @wraps(make)
    def speaking(*args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        told = kwargs.get("told")
        with override(told.language.code if isinstance(told, ToldIn) else NORWEGIAN):
            return make(*args, **kwargs)

    return speaking


def in_norwegian(say: Callable[[], str]) -> str:
    """What `say` says in Norwegian."""
    with override(NORWEGIAN):
        return say()


def warning(told: ToldIn | None) -> Remark | None:
    """That nobody has assured the translation, where nobody has."""
    if told is None or told.assured:
        return None
    return _remark(
        lambda: gettext(
            "IKKE KVALITETSSIKRET: Ingen har godkjent denne oversettelsen. Arket skal ikke deles ut."
        )
    )


def remarks(told: ToldIn | None) -> tuple[Remark, ...]:
    """What text the paper was translated from, that the Norwegian one counts, and how much of it is missing."""
    if told is None:
        return ()
    code = told.guideline.code
    from_edition = _remark(
        lambda: (
            gettext("Arket er oversatt fra norsk, utgave %(code)s. Det er den norske teksten som gjelder.")
            % {"code": norwegian.apart(code)}
        )
    )
    return (from_edition, _missing(told.missing)) if told.missing else (from_edition,)


def _missing(count: int) -> Remark:
    return _remark(
        lambda: (
            ngettext(
                "Oversettelsen mangler %(count)s setning som er ny eller endret. Den står på norsk.",
                "Oversettelsen mangler %(count)s setninger som er nye eller endret. De står på norsk.",
                count,
            )
            % {"count": count}
        )
    )


def _remark(say: Callable[[], str]) -> Remark:
    return Remark(text=say(), norwegian=in_norwegian(say))


def terms_explained(
    guideline: Guideline, told: ToldIn | None, passages: tuple[Passage, ...]
) -> tuple[Term, ...]:
    """The glossary's terms that occur in `passages`; they are found in the Norwegian text."""
    source = told.norwegian if told else guideline
    places = {(passage.code, passage.drugs) for passage in passages}
    texts = [passage.text for passage in source.passages if (passage.code, passage.drugs) in places]
    found = {term.code for term in terms_in("\n\n".join(texts), source.terms)}
    return tuple(term for term in guideline.terms if term.code in found)
