"""How a pasted list of medicines falls into lines."""

from __future__ import annotations

import re

from guidance.medicine_matching.asides import is_dosing
from guidance.medicine_matching.spelling import clean

_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029;•◦▪●○■□☐☑✓✔‣⁃\uf0b7]+")
_BULLET = re.compile(r"^(?:\s*(?:[-–—−>*·]+|o(?=\s)|\(?\d{1,2}[.)](?!\d)))+\s*(?=\S)")
_WORD = re.compile(r"[^\W_]+")
_ENUMERATED = re.compile(r"\s(?:og|and)\s+([^\W\d_]+)")


def split_list(pasted: str) -> tuple[str, ...]:
    """The lines of a pasted list in order, each as it was typed; empty ones left out.

    Line breaks, semicolons and bullets part lines; bullets and numbering («1.», «2)») come off. A comma parts
    them too, except a decimal comma, one inside brackets, one before a dose, a form or a time («Imovane, ved
    behov»), and those of a plain enumeration that ends in «og»: «ombitasvir, paritaprevir og ritonavir» is one
    medicine, and where such a line is several, matching counts them all. A line that holds nothing but a dose
    belongs to the one above it; a heading of such words («Fast:») is left out. A question mark alone is somebody's
    doubt: it stays, as a medicine that nobody knows.
    """
    entries: list[str] = []
    for line in _BREAK.split(pasted):
        for entry in _at_commas(_BULLET.sub("", line)):
            words = _words(entry)
            dose_alone = all(is_dosing(word) for word in words)
            if "?" in entry and not words:
                entries.append(entry)
                continue
            if not words or (dose_alone and entry.endswith(":")):
                continue
            if dose_alone and entries:
                entries[-1] += f" {entry}"
            else:
                entries.append(entry)
    return tuple(entries)


def _at_commas(line: str) -> list[str]:
    entries: list[str] = []
    for piece in _pieces(line):
        words = _words(piece)
        if entries and words and is_dosing(words[0]):
            entries[-1] += f",{piece}"
        else:
            entries.append(piece)
    if len(entries) > 1 and _is_enumeration(entries):
        entries = [line]
    return [entry.strip(" \t\u00a0,") for entry in entries]


def _pieces(line: str) -> list[str]:
    """The line parted at commas, decimal ones and those in brackets left alone."""
    pieces = [""]
    depth = 0
    for char, after in zip(line, line[1:] + " ", strict=False):
        depth = max(0, depth + (char == "(") - (char == ")"))
        if char == "," and not depth and not after.isdigit():
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def _is_enumeration(entries: list[str]) -> bool:
    """Whether the entries are the parts of one plain «a, b og c», without a strength before the «og»."""
    found = _ENUMERATED.search(entries[-1])
    return bool(
        found
        and not is_dosing(clean(found[1]))
        and not re.search(r"\d", "".join(entries[:-1]) + entries[-1][: found.start()])
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(clean(text))
