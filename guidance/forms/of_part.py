"""Which form asks for a part."""

from __future__ import annotations

from typing import Any

from guidance.forms.part import PartForm
from guidance.forms.vignette import VignetteForm
from guidance.guideline import Vignette


def form_of(part: Any) -> type[PartForm | VignetteForm]:
    """The form for a part of this kind; all are opened with the same arguments."""
    return VignetteForm if isinstance(part, Vignette) else PartForm
