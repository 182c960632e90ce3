"""The file form of an edition: TOML that a person can read, and that says where it is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guidance.edition_file.lines import line_of, line_too_deep, lines_of
from guidance.edition_file.names import FORMAT, SUBJECT, path_in_file
from guidance.edition_file.reading import Reader
from guidance.edition_file.writing import write_guideline as write_edition
from guidance.edition_file.writing import write_vignettes
from guidance.guideline import Guideline, Vignette
from guidance.places import Path, place_of
from guidance.soundness import faults
from guidance.speech import said

__all__ = (
    "EditionFileError",
    "Problem",
    "read_edition",
    "read_vignettes",
    "write_edition",
    "write_vignettes",
)

MAX_CHARACTERS = 1_000_000  # some eight times the first edition
MOST_TABLES = 5_000  # an edition has some 500; 80,000 keep tomllib busy for seconds
LONGEST_NUMBER = 64  # bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong; `line` counts from 1, None where it lies in no one line."""

    line: int | None
    says: str

    def __str__(self) -> str:
        return said("Linje %(line)s: %(says)s", line=self.line, says=self.says) if self.line else self.says


class EditionFileError(Exception):
    """The file is not an edition. `problems`, the topmost first; as text, the first of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line or 0))
        more = len(self.problems) - 1
        and_more = said(" (%(more)s feil til.)", more=more) if more else ""
        super().__init__(f"{self.problems[0]}{and_more}")


def read_edition(text: str) -> Guideline:
    """The guideline in the TOML `text`. Raises EditionFileError unless it is sound (guidance.soundness)."""
    content = _parsed(text)
    _same_kind(content)
    reader = Reader()
    guideline = reader.guideline(content)
    _raise_if(reader.problems, text, content)
    found = [(path_in_file(fault.path), fault.says) for fault in faults(guideline)]
    _raise_if(found, text, content)
    return guideline


def read_vignettes(text: str, *, into: Guideline | None = None) -> tuple[Vignette, ...]:
    """The example patients in a file of nothing else. Raises EditionFileError for what is not one.

    Where they are to go `into` an edition, also for one that its words do not fit; then there must be at least one.
    """
    content = _parsed(text)
    reader = Reader()
    for key in content:
        if key != "vignette":
            reader.problems.append(((key,), said("«%(key)s» er ikke kjent her.", key=key)))
    vignettes = reader.vignettes(content.get("vignette", []), ("vignette",))
    _raise_if(reader.problems, text, content)
    if into is not None:
        _raise_if(_misfits(replace(into, vignettes=vignettes)), text, content)
    return vignettes


def _misfits(guideline: Guideline) -> list[tuple[Path, str]]:
    if not guideline.vignettes:
        return [((), said("det er ingen eksempelpasienter i filen."))]
    found = (fault for fault in faults(guideline) if fault.path[:1] == ("vignettes",))
    return [(path_in_file(fault.path), fault.says) for fault in found]


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > MAX_CHARACTERS or text.count("\n[") > MOST_TABLES:
        raise EditionFileError([Problem(line=None, says=said("Filen er for stor til å være en utgave."))])
    if deep := line_too_deep(text):
        raise EditionFileError([Problem(line=deep, says=said("Filen er ikke gyldig TOML."))])
    try:
        content = tomllib.loads(text, parse_float=Decimal)
        if _holds_too_long_a_number(content):
            raise OverflowError
        return content
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+), column (\d+)", str(error))
        line, says = (
            (int(at[1]), said("dette er ikke gyldig TOML (tegn %(at)s).", at=at[2])) if at else (None, "")
        )
        raise EditionFileError([Problem(line=line, says=says or "Filen slutter midt i noe.")]) from error
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise EditionFileError([Problem(line=None, says=said("Filen er ikke gyldig TOML."))]) from error


def _holds_too_long_a_number(value: Any) -> bool:
    """Whether there is one that TOML does not know (64 bits). Of 0xfff… Python reads more than it can write down."""
    if isinstance(value, Mapping | list):
        return any(map(_holds_too_long_a_number, value.values() if isinstance(value, Mapping) else value))
    return isinstance(value, int) and value.bit_length() > LONGEST_NUMBER


def _same_kind(content: Mapping[str, Any]) -> None:
    """Refuse a file of another format or about something else, before its parts are looked at."""
    if content.get("format") != FORMAT:
        says = said(
            "Dette er ikke en utgave i format %(format)s: «format» er %(found)s.",
            format=FORMAT,
            found=content.get("format", said("ikke oppgitt")),
        )
        raise EditionFileError([Problem(line=None, says=says)])
    if content.get("subject") != SUBJECT:
        says = said(
            "Filen gjelder «%(found)s», ikke «%(subject)s».",
            found=content.get("subject", said("ikke oppgitt")),
            subject=SUBJECT,
        )
        raise EditionFileError([Problem(line=None, says=says)])


def _raise_if(problems: Sequence[tuple[Path, str]], text: str, content: Mapping[str, Any]) -> None:
    if not problems:
        return
    lines = lines_of(text)
    raise EditionFileError(
        [
            Problem(line=line_of(path, lines), says=f"{place_of(content, path)}: {says}")
            for path, says in problems
        ]
    )
