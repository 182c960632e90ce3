"""How figures keep their order among words that are read from right to left."""

from __future__ import annotations

import re

BEGIN, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_FIGURES = re.compile(
    r"[0-9]+(?:[.,:–-][0-9]+)*(?:[ \u00a0](?:mg|kg)\b)?(?:[ \u00a0]?×[ \u00a0]?[0-9]+)?|\b[a-z0-9-]+\.no\b"
)


def figures_apart(text: str) -> str:
    """`text` with each number, dose, span and address in an isolate of its own: «10 mg × 3» stays in that order."""
    return _FIGURES.sub(lambda found: f"{BEGIN}{found.group()}{END}", text)
