"""What each part and field is called in an edition file, where that is not its name in `guideline/`."""

from __future__ import annotations

from typing import Any

from guidance.guideline import Vignette
from guidance.places import Path
from guidance.shape import Form, Shape, defaults

FORMAT = 1
SUBJECT = "melkeveien"

# A list of parts is written as tables [[point]], one at a time, so its key is singular.
_SINGULAR = {
    "sources": "source",
    "references": "reference",
    "points": "point",
    "sections": "section",
    "statements": "statement",
    "terms": "term",
    "age_notes": "age_note",
    "positions": "position",
    "drugs": "drug",
    "groups": "group",
    "checks": "check",
    "bands": "band",
    "limits": "limit",
    "side_effects": "side_effect",
    "passages": "passage",
    "vignettes": "vignette",
}

# The medicine table is one list of one-line rows under this key of [medicines].
ROWS = "rows"

# These stand in the file also when they are empty: nobody leaves them out by oversight.
_ALWAYS = frozenset({"code", "name", "subject", "cites", "about", "atc", "substance"})

SITUATION = (
    "advice",
    "default_answer",
    "answers",
    "medicines",
    "age",
    "weight_kg",
    "qtc_ms",
    "earlier_days",
    "drug",
    "doses",
    "start",
    "full_days",
    "last_week",
)
EXPECT = (
    "eligible",
    "outcome",
    "met",
    "not_met",
    "unclear",
    "matched",
    "tablets",
    "days",
    "review_on",
    "crossed",
)


def key_of(field: str, shape: Shape) -> str:
    """The key in the file of the field `field`."""
    is_parts = shape.form is Form.LIST and shape.of is not None and shape.of.form is Form.PART
    return _SINGULAR.get(field, field) if is_parts else field


def may_be_left_out(part: type, field: str, shape: Shape) -> bool:
    """Whether the file may be silent about a field: it is empty then, or has its default."""
    if field in _ALWAYS:
        return False
    silent = shape.form in {Form.TEXT, Form.LIST, Form.SET, Form.BY_CODE} or shape.optional
    return silent or field in defaults(part)


def path_in_file(path: Path) -> Path:
    """A path through a guideline's fields as the same path through the keys of its file."""
    if path[:1] == ("medicines",):
        return (path[0], ROWS, *path[1:])
    if path[:1] == ("vignettes",):
        return ("vignette", *(key for key in path[1:] if key != "situation"))
    tables = {field: key for field, key in _SINGULAR.items() if field != "drugs" or path[:1] == ("drugs",)}
    return tuple(tables.get(key, key) if isinstance(key, str) else key for key in path)


def flat(vignette: Vignette) -> dict[str, Any]:
    """A vignette as one table: its name, its situation in the format's order, what is expected."""
    situation = {key: vignette.situation[key] for key in SITUATION if key in vignette.situation}
    expect = {key: vignette.expect[key] for key in EXPECT if key in vignette.expect}
    others = {key: value for key, value in vignette.situation.items() if key not in situation}
    return {"name": vignette.name, **situation, **others, "expect": expect}
