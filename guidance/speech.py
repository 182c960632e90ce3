"""How a module that knows no Django says a sentence in the reader's language: by whoever has come to translate."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]

_translates: list[Translate] = []


def translate_with(translate: Translate) -> None:
    """Let `translate` turn what is said from now on into the language of the one who reads it."""
    _translates[:] = [translate]


def said(sentence: str, /, **figures: object) -> str:
    """`sentence`, in bokmål as it stands in the code, in the reader's language; `%(name)s` in it are the `figures`."""
    for translate in _translates:
        sentence = translate(sentence)
    return sentence % figures if figures else sentence


def later(sentence: str) -> str:
    """`sentence` as it is: said where it is used. So it comes into the catalogue from where it stands."""
    return sentence
