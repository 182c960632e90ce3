"""Which texts of an edition can stand on the sheets that a woman is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from guidance.guideline import Advice, Drug, Guideline, Limit, Passage, SideEffect, Term, Unit
from guidance.prose import terms_in
from guidance.translating.sentences import retell

_HERS = ("sheet-", "info-", "advice-", "stop-")
_HERS_TOO = frozenset({"melde", "side-effect-stop", "withdrawal"})
_THE_DOCTORS = frozenset({"stop-shown"})

Say = Callable[[str], str]


def is_hers(passage: Passage) -> bool:
    """Whether a passage can stand on a sheet of hers."""
    return passage.code in _HERS_TOO or (passage.code.startswith(_HERS) and passage.code not in _THE_DOCTORS)


def sentences_for_her(guideline: Guideline) -> tuple[str, ...]:
    """Every sentence that can stand on her sheets, each once, in the order in which an editor meets them."""
    found: dict[str, None] = {}

    def note(sentence: str) -> str:
        found[sentence] = None
        return sentence

    retold(guideline, note)
    return tuple(found)


def retold(guideline: Guideline, say: Say) -> Guideline:
    """`guideline` with each sentence that she may read put through `say`; all else is as it was.

    A term is found by its Norwegian forms, so these stay.
    """
    hers = [passage for passage in guideline.passages if is_hers(passage)]
    explained = terms_in("\n\n".join(passage.text for passage in hers), guideline.terms)
    return replace(
        guideline,
        mark=retell(guideline.mark, say),
        drugs=tuple(_drug(drug, say) for drug in guideline.drugs),
        passages=tuple(_passage(one, say) if is_hers(one) else one for one in guideline.passages),
        advice=tuple(_advice(piece, say) for piece in guideline.advice),
        side_effects=tuple(_side_effect(effect, say) for effect in guideline.side_effects),
        limits=tuple(_limit(limit, say) for limit in guideline.limits),
        terms=tuple(_term(term, say) if term in explained else term for term in guideline.terms),
    )


def _drug(drug: Drug, say: Say) -> Drug:
    return replace(drug, name=retell(drug.name, say))


def _passage(passage: Passage, say: Say) -> Passage:
    return replace(passage, title=retell(passage.title, say), text=retell(passage.text, say))


def _advice(piece: Advice, say: Say) -> Advice:
    return replace(piece, title=retell(piece.title, say), text=retell(piece.text, say))


def _side_effect(effect: SideEffect, say: Say) -> SideEffect:
    return replace(
        effect,
        title=retell(effect.title, say),
        text=retell(effect.text, say),
        act=retell(effect.act, say),
    )


def _limit(limit: Limit, say: Say) -> Limit:
    """The title of a limit on days stands on the drawing of her plan."""
    return replace(limit, title=retell(limit.title, say)) if limit.unit is Unit.DAYS else limit


def _term(term: Term, say: Say) -> Term:
    return replace(term, term=retell(term.term, say), text=retell(term.text, say))
