"""The documents of the Process, paragraph by paragraph, and what each asks for. Written by actions.py alone; the next loading takes the
place of the one before, whose texts stay in the folder's own history and whose digest stays in the journal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Paper(models.Model):
    """One document of the Process."""

    code = models.CharField(max_length=2, primary_key=True)
    kind = models.CharField(max_length=20)
    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)
    body_en = models.CharField(max_length=200)
    body_ru = models.CharField(max_length=200)
    place_en = models.CharField(max_length=80, blank=True)
    place_ru = models.CharField(max_length=80, blank=True)
    said_on = models.CharField(max_length=10, help_text="YYYY, YYYY-MM or YYYY-MM-DD, as far as it is known.")
    source = models.CharField(max_length=200)
    source_digest = models.CharField(max_length=64, help_text="SHA-256 of the text that was read.")
    source_date = models.CharField(max_length=10)
    verified = models.BooleanField()
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)

    class Meta:
        app_label = "record"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Paragraph(models.Model):
    """One paragraph in our own words, a draft in both languages, and what it is tied to."""

    code = models.CharField(max_length=8, primary_key=True, help_text="A-3, C-7b, E-1a.")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="paragraphs")
    place = models.PositiveSmallIntegerField(help_text="Order over all documents.")
    text_en = models.TextField()
    text_ru = models.TextField()
    commitments = models.JSONField(help_text="Codes of the commitments that it makes.")
    ten_points = models.JSONField(help_text="Codes of points of the Ten-Point Plan.")
    agenda = models.JSONField(help_text="Codes of points of the eight-point agenda.")
    indicators = models.JSONField()
    rooms = models.JSONField(help_text="Rooms that carry it out, as flow.py names them.")
    lacks_en = models.TextField(blank=True)
    lacks_ru = models.TextField(blank=True)
    reason_en = models.TextField(blank=True, help_text="Why it asks for nothing.")
    reason_ru = models.TextField(blank=True)

    class Meta:
        app_label = "record"
        ordering = ["place"]

    def __str__(self) -> str:
        return self.code


class Requirement(models.Model):
    """One thing that paragraphs ask for, what in the program meets it, and how far."""

    class Status(models.TextChoices):
        MET = "met", _("Met")
        PARTLY = "partly", _("Met in part")
        NOT_YET = "not_yet", _("Not yet met")

    code = models.CharField(max_length=4, primary_key=True)
    paragraphs = models.JSONField()
    asks_en = models.TextField()
    asks_ru = models.TextField()
    actors = models.JSONField()
    modules = models.JSONField()
    met_by = models.JSONField(help_text="References such as room:node/custody.")
    status = models.CharField(max_length=8, choices=Status)
    lacks_en = models.TextField(blank=True)
    lacks_ru = models.TextField(blank=True)
    source = models.TextField()
    source_date = models.CharField(max_length=10)
    verified = models.BooleanField()

    class Meta:
        app_label = "record"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["met", "partly", "not_yet"]), name="requirement_status_in_set"
            ),
            models.CheckConstraint(
                condition=models.Q(status="met", lacks_en="") | (~models.Q(status="met") & ~models.Q(lacks_en="")),
                name="requirement_unmet_says_what_lacks",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Framework(models.Model):
    """A list of points by which everything is sorted."""

    code = models.CharField(max_length=12, primary_key=True)
    place = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)
    about_en = models.TextField()
    about_ru = models.TextField()
    source = models.CharField(max_length=200)
    source_date = models.CharField(max_length=10)
    verified = models.BooleanField()

    class Meta:
        app_label = "record"
        ordering = ["place"]

    def __str__(self) -> str:
        return self.code


class Point(models.Model):
    """One point of a framework."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="points")
    code = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)
    modules = models.JSONField(help_text="Modules of the domain that a theme takes in; empty for numbered points.")

    class Meta:
        app_label = "record"
        ordering = ["framework__place", "place"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="one_point_of_a_code")]

    def __str__(self) -> str:
        return f"{self.framework_id}.{self.code}"


class Event(models.Model):
    """Something that happened to the Process, as a source tells it."""

    place = models.PositiveSmallIntegerField(primary_key=True)
    said_on = models.CharField(max_length=10)
    until = models.CharField(max_length=10, blank=True)
    text_en = models.TextField()
    text_ru = models.TextField()
    source = models.TextField()
    verified = models.BooleanField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="events")

    class Meta:
        app_label = "record"
        ordering = ["said_on", "place"]

    def __str__(self) -> str:
        return f"{self.said_on} {self.place}"


class Term(models.Model):
    """What a code is called: a module of the domain, an actor, or that to which a reference leads."""

    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300)
    where = models.CharField(max_length=300, blank=True, help_text="File of the project, or path of a page.")

    class Meta:
        app_label = "record"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_term_of_a_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
