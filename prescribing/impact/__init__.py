"""The example patients of two editions, each run through both: what an edition would change for whom."""

from prescribing.impact.comparing import patients_of

__all__ = ("patients_of",)
