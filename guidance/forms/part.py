"""The form of one part: what stands in it, what was typed, and the part that it makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from designsystemet.layout import Actions, Beside, Button, Group, Helper, Link
from guidance.forms.asking import LINE
from guidance.forms.boxes import field_of
from guidance.forms.editing import EditForm
from guidance.forms.shaping import Box, Bundle, Shaping
from guidance.forms.typed import Typed, as_typed
from guidance.guideline import Guideline
from guidance.shape import Form, is_empty

# The texts as they will be read, beside the form while it is filled in. Sending it is a plain post.
_LIVE = {
    "hx-post": "",
    "hx-trigger": "input delay:400ms",
    "hx-target": "#forhandsvisning",
    "hx-vals": '{"preview": "1"}',
}


class PartForm(EditForm):
    """The boxes of a part of `guideline`.

    `version` is the row's when the boxes were filled, and `before` what stood in them then, so that what two people
    change can be put together. `new`: the part is not there yet.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        guideline: Guideline,
        part: Any,
        version: int = 0,
        back: str = "",
        new: bool = False,
    ) -> None:
        self.shaping = Shaping(guideline, part, new=new)
        self.bundles = self.shaping.bundles()
        super().__init__(data, use_required_attribute=False)
        self.back = back
        for box in self.boxes:
            self.fields[box.name] = field_of(box, guideline)
        self.initial = {box.name: box.value for box in self.boxes}
        self.initial |= {"version": version, "before": json.dumps(self.standing, ensure_ascii=False)}
        self.helper = self._helper()

    @property
    def boxes(self) -> list[Box]:
        """All boxes, in the form's order."""
        return [box for bundle in self.bundles for box in bundle.boxes]

    @property
    def standing(self) -> Typed:
        """What stands in the part, as it would be typed."""
        return as_typed(self, {box.name: box.value for box in self.boxes})

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The label and the markdown of each text with room for several lines, as it is typed now."""
        texts = [box for box in self.boxes if box.shape.form is Form.TEXT and box.asked.rows > LINE]
        return [(_label(box, self.bundles), str(self[box.name].value() or "")) for box in texts]

    def clean(self) -> dict[str, Any]:
        """What is begun inside the part is filled in whole, or left out whole."""
        for bundle in self.bundles:
            begun = any(not is_empty(self.cleaned_data.get(box.name)) for box in bundle.boxes)
            for box in bundle.boxes if begun else ():
                if box.loose and not box.asked.optional and self._is_empty(box):
                    self.add_error(box.name, _("Fyll ut dette, eller tøm resten under samme overskrift."))
        return self.cleaned_data

    def _is_empty(self, box: Box) -> bool:
        return box.name not in self.errors and is_empty(self.cleaned_data.get(box.name))

    def part(self) -> Any:
        """The part that the boxes make up. Call after `is_valid`."""
        return self.shaping.read(self.cleaned_data)

    def box_at(self, path: tuple[str | int, ...]) -> str:
        return self.shaping.box_of(path, self.cleaned_data)

    def over(self, theirs: Any, version: int) -> PartForm:
        shaping = self.shaping
        return PartForm(
            guideline=shaping.guideline, part=theirs, version=version, back=self.back, new=shaping.new
        )

    def _helper(self) -> Helper:
        first, *others = self.bundles
        groups = [Group(bundle.heading, *_laid(bundle)) for bundle in others]
        preview = Button(_("Forhåndsvis"), name="preview", value="1", variant="secondary")
        try_out = [preview] if self.texts else []
        return Helper(
            "version",
            "before",
            *_laid(first),
            *groups,
            Actions(Button(_("Lagre")), *try_out, Link(_("Avbryt"), self.back)),
            attrs=_LIVE if self.texts else {},
        )


def _laid(bundle: Bundle) -> list[Any]:
    """The boxes of a bundle as they lie: a figure beside its source, the bounds of a range beside each other."""
    names = [box.name for box in bundle.boxes]
    if "cites-tablet_mg" in names:
        return [Beside(name, f"cites-{name}") for name in names if not name.startswith("cites-")]
    bounds = [
        name
        for name in names
        if name.endswith(("-at_least", "-above", "-below", "-low", "-high", "-decimals"))
    ]
    if not bounds:
        return list(names)
    first = names.index(bounds[0])
    rest = [name for name in names if name not in bounds]
    return [*rest[:first], Beside(*bounds), *rest[first:]]


def _label(box: Box, bundles: Iterable[Bundle]) -> str:
    heading = next(bundle.heading for bundle in bundles if box in bundle.boxes)
    return f"{heading}: {box.label}" if heading else box.label
