"""Which spellings of a medicine's name count as the same name.

Norwegian packs carry the international spelling beside the Norwegian one (Quetiapin, kvetiapin; Paroxetine,
paroksetin), so both sides are folded to one form before they are compared. Where a sound can be written in
two ways (c as k or s, qu as kv or k), a name has a form for each, and any shared form makes it the same name.
What is typed is a form too: a slip of the finger is nearest to the letters as they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Folded = tuple[str, ...]  # one word, as many forms as there are choices

_SIGNS = str.maketrans(dict.fromkeys("®™©℠", " "))  # before NFKC, which spells ™ out as TM
_LETTERS = str.maketrans({"æ": "e", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "ł": "l", "œ": "e", "þ": "t"})
_SOFT_C = re.compile("c(?=[eiy])")
_FOLDS = (
    ("xx", "x"),
    ("ph", "f"),
    ("th", "t"),
    ("ch", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
)
_DOUBLED = re.compile(r"(.)\1+")

# What may end a compound word without making it another medicine: the salt, the ester, the form. Folded.
_ENDINGS = """
hidroklorid idroklorid hidrobromid idrobromid bromid dihidrat monohidrat natrium kalium kalsium magnesium
karbonat sulfat maleat mesilat dimesilat besilat tartrat fumarat hemifumarat sitrat kitrat oksalat asetat aketat
fosfat suksinat etilsuksinat embonat pamoat dekanoat enantat palmitat laktat valerat propionat dipropionat furoat
butirat nitrat isetionat
tabletter tabletten tablett tabl kapsler kapsel kaps mikstur miksturen plaster spray nesespray krem salv gel draper
stikkpiller injeksjon injeksjoner sproit tiggegummi depot retard kur behandling
"""
_ENDING = re.compile(f"(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})$")
_CHOICES = 4
_SHORTEST_STEM = 5  # letters: jern is not jernsulfat


def clean(typed: str) -> str:
    """`typed` in small letters without accents, invisible characters and trade marks; any text is accepted."""
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS)).casefold()
    marked = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(char for char in marked if unicodedata.category(char) not in {"Mn", "Cf"})


def fold(word: str) -> Folded:
    """A cleaned word with each choice of how its c and qu are said, and as it stands; one form if all are the same."""
    if "c" in word or "qu" in word:
        said = [_fold(word, soft_c=soft_c, qu=qu) for soft_c in (False, True) for qu in ("kv", "k")]
    else:
        said = [_fold(word, soft_c=False, qu="")] * _CHOICES
    return (word,) if said == [word] * _CHOICES else (*said, word)


def spellings(words: Sequence[Folded]) -> tuple[str, ...]:
    """The forms of a name given as folded words, joined without spaces: one to five, each once."""
    choices = max(map(len, words), default=0)
    return tuple(
        dict.fromkeys("".join(word[choice % len(word)] for word in words) for choice in range(choices))
    )


def stems(form: str) -> tuple[str, ...]:
    """A folded form with its salt or dose form taken off, one at a time: litiumkarbonat, litium."""
    found = []
    while (
        len(form) > _SHORTEST_STEM and (stem := _ENDING.sub("", form)) != form and len(stem) >= _SHORTEST_STEM
    ):
        found.append(stem)
        form = stem
    return tuple(found)


def squeezed(form: str) -> str:
    """A folded form with doubled letters written once: zolofft, zoloft."""
    return _DOUBLED.sub(r"\1", form)


def _fold(word: str, *, soft_c: bool, qu: str) -> str:
    folded = word.replace("qu", qu)
    if soft_c:
        folded = _SOFT_C.sub("s", folded)
    for foreign, norwegian in _FOLDS:
        folded = folded.replace(foreign, norwegian)
    return folded[:-1] if len(folded) > 3 and folded.endswith("e") else folded
