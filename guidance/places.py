"""What a place in an edition is called in Norwegian, so that a message can point at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guidance.speech import later, said

Path = tuple[str | int, ...]

# Each part by the name of its list in a guideline and by that of its table in an edition file.
_NOUNS = {
    ("sources", "source"): later("Kilde"),
    ("references", "reference"): later("Referanse"),
    ("points", "point"): later("Punkt"),
    ("sections", "section"): later("Avsnitt"),
    ("terms", "term"): later("Ord"),
    ("age_notes", "age_note"): later("Aldersmerknad"),
    ("positions", "position"): later("Standpunkt"),
    ("drugs", "drug"): later("Legemiddel"),
    ("advice",): later("Råd"),
    ("groups", "group"): later("Gruppe"),
    ("checks", "check"): later("Kontroll"),
    ("information",): later("Informasjonspunkt"),
    ("limits", "limit"): later("Grense"),
    ("regimen",): later("Doseringen"),
    ("side_effects", "side_effect"): later("Bivirkning"),
    ("passages", "passage"): later("Tekst"),
    ("medicines",): later("Medisin"),
    ("vignettes", "vignette"): later("Eksempelpasient"),
}
NOUNS = {name: noun for names, noun in _NOUNS.items() for name in names}

_NAMED_BY = ("code", "number", "name", "substance", "atc")


def place_of(content: Any, path: Path) -> str:
    """`path` in words: «Kontroll «seizures»», or "Utgaven" for the edition itself.

    `content` is a guideline, or an edition file as it was parsed; a path is followed as far as it leads.
    """
    known = NOUNS.get(str(path[0])) if path else None
    if known is None:
        return said("Utgaven")
    noun = said(known)
    for depth in range(1, len(path) + 1):
        if isinstance(path[depth - 1], int):
            return f"{noun} {_name(_follow(content, path[:depth]), path[depth - 1])}"
    return noun


def _follow(content: Any, path: Path) -> Any:
    for key in path:
        content = _step(content, key)
    return content


def _step(content: Any, key: str | int) -> Any:
    if isinstance(key, int):
        is_there = isinstance(content, Sequence) and not isinstance(content, str) and key < len(content)
        return content[key] if is_there else None
    if isinstance(content, Mapping):
        return content.get(key)
    return getattr(content, key, None)


def _name(part: Any, index: str | int) -> str:
    named = (_step(part, key) for key in _NAMED_BY)
    found = next((name for name in named if isinstance(name, str | int) and name != ""), None)
    return f"«{found}»" if found is not None else said("nr. %(number)s", number=int(index) + 1)
