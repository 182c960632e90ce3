"""The field for a prescriber's reason."""

from __future__ import annotations

from typing import Any

from django import forms

from designsystemet.guarded import GuardedTextField

LONGEST_REASON = 500


class ReasonField(GuardedTextField):
    """The prescriber's words: at most 500 characters, printed verbatim in the note."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_REASON, **kwargs)
