"""The form of an example patient: who she is, and what is expected to come out, each with a box of its own."""

from guidance.forms.vignette.form import VignetteForm

__all__ = ("VignetteForm",)
