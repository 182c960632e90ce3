"""What every step's form shares: it shows a record, and hands back a record. It never saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.guarded import NOT_TAKEN
from designsystemet.layout import Helper
from guidance.guideline import Check, Guideline
from guidance.source_links import field_cites
from prescribing.answers import Reply
from prescribing.record import Record

REPLIES = [(Reply.YES.value, _("Ja")), (Reply.NO.value, _("Nei")), (Reply.UNKNOWN.value, _("Vet ikke"))]


class StepForm(forms.Form):
    """One step of the assessment.

    Nothing here is required: a step may be left half done, and signing says what is missing. What cannot be
    read is refused with a sentence, and `answered` keeps the record's former answer in its place.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, guideline: Guideline, record: Record
    ) -> None:
        self.guideline = guideline
        self.record = record
        super().__init__(data, use_required_attribute=False)
        self.build()
        self.initial = self.shown()
        self.helper = Helper(*self.layout(), tag=False)

    def build(self) -> None:
        """Add the fields that the edition asks for."""
        raise NotImplementedError

    def layout(self) -> Iterable[Any]:
        """How the fields lie on the page."""
        return list(self.fields)

    def shown(self) -> dict[str, Any]:
        """The record's answers as the fields show them."""
        raise NotImplementedError

    def answered(self) -> Record:
        """The record with this step's readable answers in it. Call after `is_valid`."""
        raise NotImplementedError

    @property
    def left_out(self) -> bool:
        """Whether something that was typed is not in the record, though it could be read."""
        faults = self.errors.as_data().values()
        return any(fault.code in NOT_TAKEN for those in faults for fault in those)

    def given(self, name: str, former: Any) -> Any:
        """The cleaned value of `name`, or `former` where what was typed could not be read."""
        return self.cleaned_data.get(name, former)

    def radio(self, label: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> forms.ChoiceField:
        """A question answered by one of `choices`, or not yet."""
        return forms.ChoiceField(
            label=label, choices=list(choices), widget=forms.RadioSelect, required=False, **kwargs
        )

    def asked(self, check: Check) -> forms.ChoiceField:
        """An asked check: yes, no, don't know."""
        field = self.radio(check.question, REPLIES, help_text=check.help)
        return dressed(field, cite=field_cites(check.cites), remember=True)


def with_replies(form: StepForm, former: Mapping[str, Reply], codes: Iterable[str]) -> dict[str, Reply]:
    """`former` with the form's replies to `codes`; one that was emptied is unanswered again."""
    replies = dict(former)
    for code in codes:
        reply = form.given(code, former.get(code, ""))
        replies.pop(code, None)
        if reply:
            replies[code] = Reply(reply)
    return replies
