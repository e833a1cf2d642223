"""Files that were taken in, and the rows of them that were refused. Rows are written by actions.py only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("Waits")
    RUNNING = "running", _("Is being read")
    FINISHED = "finished", _("Read")
    REFUSED = "refused", _("Refused")


class Format(models.TextChoices):
    XLSX = "xlsx", _("Workbook (XLSX)")
    CSV = "csv", _("Table (CSV)")
    ODK = "odk", _("Form submission (XML)")
    ODK_ZIP = "odk_zip", _("Form submissions (ZIP)")
    JSON = "json", _("Form submissions (JSON)")


class Import(models.Model):
    """One file, sent to one place by one officer. Neither its name nor its content is kept once it is read."""

    id = models.UUIDField(primary_key=True)
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the file.")
    format = models.CharField(max_length=8, choices=Format)
    by = models.UUIDField(null=True, help_text="Empty for a file taken in by the installation itself.")
    place = models.CharField(max_length=40, blank=True, help_text="The post; empty when the rows name their places.")
    state = models.CharField(max_length=8, choices=State)
    why = models.TextField(blank=True, help_text="Why the whole file was refused.")
    notes = models.JSONField(default=list, help_text="Sentences about what was left out.")
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When the last row was read.")
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="Rows that had been taken in before.")
    refused = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, help_text="The file, sealed, until it is read.")

    class Meta:
        app_label = "imports"
        indexes = [models.Index(fields=["place", "started_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="import_state_in_set"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="import_format_in_set"),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.RUNNING], finished_at=None)
                | Q(state__in=[State.FINISHED, State.REFUSED], finished_at__isnull=False, content=None),
                name="import_finished_has_time_and_no_content",
            ),
        ]


class RefusedRow(models.Model):
    """A row that was not taken, sealed, until it is mended or its time is over."""

    id = models.UUIDField(primary_key=True)
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refused_rows")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField(help_text="Cells and problems, sealed under a key of the installation.")
    until = models.DateTimeField()

    class Meta:
        app_label = "imports"
        ordering = ["number"]
        indexes = [models.Index(fields=["until"])]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_refusal_a_row")]
