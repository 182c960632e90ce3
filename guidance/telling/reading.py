"""How a text lies where it is read: lines run on, and marks are no wider than what changed."""

from __future__ import annotations

import re
from dataclasses import replace

from guidance.difference import How, Run, Runs

# A line break that only the file has: no paragraph begins after it, and no item of a list.
_SOFT = re.compile(r"(?<!\n)\n(?!\n|[ \t]*(?:[-*+]|\d+[.)])\s|$)")


def readable(runs: Runs) -> Runs:
    """One side of a text as it is read: lines run on, and space at the ends of a changed stretch is not marked.

    A changed stretch of nothing but space stays as it is.
    """
    text = "".join(run.text for run in runs)
    soft = {found.start() for found in _SOFT.finditer(text)}
    place, found = 0, []
    for run in runs:
        says = bool(run.text.strip())
        flowing = "".join(
            " " if says and place + offset in soft else character for offset, character in enumerate(run.text)
        )
        place += len(run.text)
        run = replace(run, text=flowing)  # noqa: PLW2901 - the same one, set in lines
        found += _trimmed(run) if says and run.how in {How.GONE, How.ADDED} else [run]
    return tuple(found)


def _trimmed(run: Run) -> list[Run]:
    body = run.text.strip()
    start = run.text.index(body)
    pieces = ((How.SAME, run.text[:start]), (run.how, body), (How.SAME, run.text[start + len(body) :]))
    return [Run(how=how, text=text) for how, text in pieces if text]
