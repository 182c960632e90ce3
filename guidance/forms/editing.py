"""What every form of a part has in common: which version it was filled from, and how two people's typing meets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from guidance.forms.typed import Typed, typed_in
from guidance.soundness import Fault
from guidance.wording import named_in_norwegian


class EditForm(forms.Form):
    """A form over one part as it stood in `version`; `before` is what stood in its boxes then.

    What is asked, and what part the boxes make up, is the subclass's: the four that raise here, since the metaclass of
    Django's forms leaves no room for that of an abstract class.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    back: str = ""

    @property
    def standing(self) -> Typed:
        """What stands in the part, as it would be typed."""
        raise NotImplementedError

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The label and the markdown of each text that is shown as it will be read; none unless a form says so."""
        return []

    def part(self) -> Any:
        """The part that the boxes make up. Call after `is_valid`."""
        raise NotImplementedError

    def over(self, theirs: Any, version: int) -> EditForm:
        """A form of the same kind, unbound, over another's version of the part."""
        raise NotImplementedError

    def box_at(self, path: tuple[str | int, ...]) -> str:
        """The name of the box that a place in the finished part stands for; "" where there is none."""
        raise NotImplementedError

    def seen_version(self) -> int:
        """The version that whoever sends the form has seen; 0 where that was tampered with."""
        version = self.cleaned_data.get("version")
        return version if isinstance(version, int) else 0

    def refuse(self, faults: Iterable[Fault], depth: int) -> None:
        """Say beside the boxes what is wrong; the first `depth` steps of a fault's path lead to the part."""
        for fault in faults:
            named = "code" if "code" in self.fields else None
            self.add_error(self.box_at(fault.path[depth:]) or named, named_in_norwegian(fault))

    def together_with(self, theirs: Any, version: int) -> EditForm:
        """The form again, over what somebody else saved meanwhile.

        What only one of the two has changed stands as changed. Where both have, what was typed here stands, with the
        other's words under the label.
        """
        form = self.over(theirs, version)
        before, mine, stands = self._before(), typed_in(self), form.standing
        merged = QueryDict(mutable=True)
        for name, standing in stands.items():
            typed, stood = mine.get(name, standing), before.get(name)
            merged.setlist(name, standing if typed == stood else typed)
            if typed != standing and stood not in (typed, standing):
                words = _in_words(form.fields[name], standing) or _("(tomt)")
                vars(form.fields[name])["note"] = _("Den andre skrev: %s") % words  # as dressed() does
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


def _in_words(field: forms.Field, typed: list[str]) -> str:
    """What stands in a box as it is read there: a chosen code is told by its words."""
    if isinstance(field, forms.BooleanField):
        return _("krysset av") if typed else ""
    titles = dict(getattr(field, "choices", ()))
    return ", ".join(str(titles.get(one, one)) for one in typed)
