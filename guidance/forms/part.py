"""The form of one part: what stands in it, what was typed, and the part that it makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from designsystemet.layout import Actions, Beside, Button, Group, Helper, Link
from guidance.forms.asking import LINE
from guidance.forms.boxes import field_of
from guidance.forms.shaping import Box, Bundle, Shaping
from guidance.forms.typed import Typed, as_typed, typed_in
from guidance.guideline import Guideline
from guidance.shape import Form, is_empty
from guidance.soundness import Fault
from guidance.wording import named_in_norwegian

# The texts as they will be read, beside the form while it is filled in. Sending it is a plain post.
_LIVE = {
    "hx-post": "",
    "hx-trigger": "input delay:400ms",
    "hx-target": "#forhandsvisning",
    "hx-vals": '{"preview": "1"}',
}


class PartForm(forms.Form):
    """The boxes of a part of `guideline`.

    `version` is the row's when the boxes were filled, and `before` what stood in them then, so that what two people
    change can be put together. `new`: the part is not there yet.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

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

    def seen_version(self) -> int:
        """The version that whoever sends the form has seen; 0 where that was tampered with."""
        version = self.cleaned_data.get("version")
        return version if isinstance(version, int) else 0

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

    def refuse(self, faults: Iterable[Fault], depth: int) -> None:
        """Say beside the boxes what is wrong; the first `depth` steps of a fault's path lead to the part."""
        for fault in faults:
            name = self.shaping.box_of(fault.path[depth:], self.cleaned_data)
            named = "code" if "code" in self.fields else None
            self.add_error(name or named, named_in_norwegian(fault))

    def together_with(self, theirs: Any, version: int) -> PartForm:
        """The form again, over what somebody else saved meanwhile.

        What only one of the two has changed stands as changed. Where both have, what was typed here stands, with the
        other's words under the label.
        """
        shaping = self.shaping
        form = PartForm(
            guideline=shaping.guideline, part=theirs, version=version, back=self.back, new=shaping.new
        )
        before, mine, stands = self._before(), typed_in(self), form.standing
        merged = QueryDict(mutable=True)
        for name, standing in stands.items():
            typed, stood = mine.get(name, standing), before.get(name)
            merged.setlist(name, standing if typed == stood else typed)
            if typed != standing and stood not in (typed, standing):
                words = ", ".join(standing) or _("(tomt)")
                form.fields[name].note = _("Den andre skrev: %s") % words  # type: ignore[attr-defined]  # as dressed() does
        merged["version"], merged["before"] = str(version), json.dumps(stands, ensure_ascii=False)
        form.is_bound, form.data = True, merged
        form.full_clean()
        for typed in (typed for name, typed in mine.items() if name not in stands and any(typed)):
            homeless = _("Du skrev også dette, som det ikke lenger er noe felt til: %s")
            form.add_error(None, homeless % ", ".join(typed))
        return form

    def _before(self) -> Typed:
        try:
            before = json.loads(self.data.get("before", ""))
        except (ValueError, RecursionError):  # the latter for what is nested some thousand deep
            return {}
        return before if isinstance(before, dict) else {}

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
