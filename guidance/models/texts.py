"""The rows of an edition that are read: points, background, glossary, sources, age notes, passages."""

from __future__ import annotations

from django.db import models

from guidance import guideline
from guidance.models.row import Inner, Part, cites_something, code_stands_once


class Source(Part):
    """A source beside the guideline."""

    part = guideline.Source

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="sources")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    published = models.TextField("utgitt", blank=True)
    read_on = models.DateField("sist lest")
    url = models.TextField("adresse", blank=True)
    used_for = models.TextField("brukt til", blank=True)

    class Meta(Part.Meta):
        constraints = (code_stands_once("source"),)


class Reference(Part):
    """A reference number of the guideline's own list."""

    part = guideline.Reference

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="references")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="reference_number_stands_once"),
            cites_something("reference"),
        )


class Point(Part):
    """One of the six points."""

    part = guideline.Point

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="points")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("point"), cites_something("point"))


class Statement(Inner):
    """A paragraph of background text."""

    part = guideline.Statement
    field = "statements"

    outer = models.ForeignKey("Section", models.CASCADE, related_name="statements")
    code = models.CharField("kode", max_length=50)
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)

    class Meta(Inner.Meta):
        constraints = (code_stands_once("statement", "outer", "code"), cites_something("statement"))


class Section(Part):
    """A section of background text."""

    part = guideline.Section
    inner = (Statement,)

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="sections")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")

    class Meta(Part.Meta):
        constraints = (code_stands_once("section"),)


class Term(Part):
    """A glossary term."""

    part = guideline.Term

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="terms")
    code = models.CharField("kode", max_length=50)
    term = models.TextField("ord")
    forms = models.JSONField("bøyninger", default=list, blank=True)
    text = models.TextField("forklaring")
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("term"), cites_something("term"))


class AgeNote(Part):
    """What has changed since the guideline was written."""

    part = guideline.AgeNote

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="age_notes")
    code = models.CharField("kode", max_length=50)
    about = models.JSONField("gjelder", default=list)
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("age_note"), cites_something("age_note"))


class Position(Part):
    """What one source says where sources disagree."""

    part = guideline.Position

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="positions")
    code = models.CharField("kode", max_length=50)
    who = models.TextField("hvem")
    says = models.TextField("sier")
    dated = models.TextField("datert", blank=True)
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("position"), cites_something("position"))


class Passage(Part):
    """A piece of text that documents and pages place by its code."""

    part = guideline.Passage

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="passages")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel", blank=True)
    text = models.TextField("tekst")
    drugs = models.JSONField("legemidler", default=list, blank=True)
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (
            code_stands_once("passage", "edition", "code", "drugs"),
            cites_something("passage"),
        )
