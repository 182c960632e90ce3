"""What a place in an edition is called in Norwegian, so that a message can point at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]

# Each part by the name of its list in a guideline and by that of its table in an edition file.
_NOUNS = {
    ("sources", "source"): "Kilde",
    ("references", "reference"): "Referanse",
    ("points", "point"): "Punkt",
    ("sections", "section"): "Avsnitt",
    ("terms", "term"): "Ord",
    ("age_notes", "age_note"): "Aldersmerknad",
    ("positions", "position"): "Standpunkt",
    ("drugs", "drug"): "Legemiddel",
    ("advice",): "Råd",
    ("groups", "group"): "Gruppe",
    ("checks", "check"): "Kontroll",
    ("information",): "Informasjonspunkt",
    ("limits", "limit"): "Grense",
    ("regimen",): "Doseringen",
    ("side_effects", "side_effect"): "Bivirkning",
    ("passages", "passage"): "Tekst",
    ("medicines",): "Medisin",
    ("vignettes", "vignette"): "Eksempelpasient",
}
NOUNS = {name: noun for names, noun in _NOUNS.items() for name in names}

_NAMED_BY = ("code", "number", "name", "substance", "atc")


def place_of(content: Any, path: Path) -> str:
    """`path` in words: «Kontroll «seizures»», or "Utgaven" for the edition itself.

    `content` is a guideline, or an edition file as it was parsed; a path is followed as far as it leads.
    """
    noun = NOUNS.get(str(path[0])) if path else None
    if noun is None:
        return "Utgaven"
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
    return f"«{found}»" if found is not None else f"nr. {int(index) + 1}"
