"""Who promised what, and how far it is. Written by actions.py alone. A row of `Step` stays for every change: nothing is overwritten in silence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Commitment(models.Model):
    """One promise. `participant` leads it; empty where the document names nobody but its participants together."""

    class Source(models.TextChoices):
        PARAGRAPH = "paragraph", _("Paragraph of a document")
        CONCLUSION = "conclusion", _("Conclusion of a meeting")
        RECOMMENDATION = "recommendation", _("Recommendation of another mechanism")
        OWN = "own", _("Own")

    class Status(models.TextChoices):
        PLANNING = "planning", _("Planning")
        IN_PROGRESS = "in_progress", _("In progress")
        FULFILLED = "fulfilled", _("Fulfilled")

    class Standing(models.TextChoices):
        DRAFT = "draft", _("Draft")
        MADE = "made", _("In force")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=60, unique=True, help_text="A-3.1 of the record; KAZ-2026-4 made here.")
    kind = models.CharField(max_length=14, choices=Source)
    source = models.CharField(
        max_length=80, blank=True, help_text="A-3, M-<meeting>-<number>, or the number of a recommendation."
    )
    participant = models.CharField(
        max_length=12, blank=True, help_text="Code of the lead; empty: participants together."
    )
    owner_en = models.CharField(max_length=200, blank=True, help_text="Who, where no one participant leads.")
    owner_ru = models.CharField(max_length=200, blank=True)
    partners = models.JSONField(default=list, help_text="Participants who were asked to carry it jointly.")
    joined = models.JSONField(default=list, help_text="Those of them who said yes.")
    action_en = models.TextField(blank=True)
    action_ru = models.TextField(blank=True)
    theme = models.CharField(max_length=20, blank=True)
    ten_points = models.JSONField(default=list)
    agenda = models.JSONField(default=list)
    begins = models.DateField(null=True)
    due = models.DateField(null=True, help_text="The last day. Empty: not known.")
    status = models.CharField(max_length=12, blank=True, choices=Status, help_text="Empty: nobody has reported.")
    standing = models.CharField(max_length=10, choices=Standing)
    rests_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried_out_by")
    matches = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="matched_by")
    recommendation = models.JSONField(
        default=dict, help_text="As a list of recommendations has it: mechanism, paper, paragraph, text, body."
    )
    seed = models.BooleanField(default=False, help_text="Of the record: nobody made it here.")
    source_text = models.TextField(blank=True, help_text="Of the record: where it was said, as sentence.")
    drafted_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    accepted_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "commitments"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["participant", "standing"], name="commitment_of_participant"),
            models.Index(fields=["source"], name="commitment_of_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=["draft", "made", "withdrawn"]), name="commitment_standing_in_set"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["", "planning", "in_progress", "fulfilled"]), name="commitment_status_in_set"
            ),
            models.CheckConstraint(condition=~Q(action_en="", action_ru=""), name="commitment_says_what"),
            models.CheckConstraint(
                condition=Q(due=None) | Q(begins=None) | Q(due__gte=models.F("begins")),
                name="commitment_due_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | Q(drafted_by=None) | ~Q(accepted_by=models.F("drafted_by")),
                name="commitment_by_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Step(models.Model):
    """One change: what it was before and after, and why."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.UUIDField(null=True, help_text="Account; empty for the installation.")
    participant = models.CharField(max_length=12, blank=True, help_text="For whom the account acted.")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        app_label = "commitments"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class Report(models.Model):
    """How far it is, in words, with evidence. Drafted by one officer, signed by the national coordinator; a later draft takes the place of one
    that was not signed."""

    id = models.UUIDField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(max_length=12, choices=Commitment.Status)
    text_en = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    evidence = models.JSONField(default=list, help_text="[{kind: link, figure or upload; text; url; digest}]")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what is signed.")
    drafted_by = models.UUIDField()
    drafted_at = models.DateTimeField()
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "commitments"
        ordering = ["-drafted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(signed_at=None, superseded_at=None), name="one_waiting_report"
            ),
            models.CheckConstraint(condition=~Q(text_en="", text_ru=""), name="report_says_something"),
            models.CheckConstraint(condition=~Q(signed_by=models.F("drafted_by")), name="report_by_four_eyes"),
        ]


class Measure(models.Model):
    """By which published number progress is computed. A new one supersedes the one before."""

    class Kind(models.TextChoices):
        INDICATOR = "indicator", _("Indicator of the evidence")
        TABLE = "table", _("Table that the state published")

    id = models.UUIDField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=3)
    code = models.CharField(max_length=60, help_text="Indicator, or dataflow.")
    part = models.CharField(max_length=200, blank=True, help_text="Part of the indicator, or series key of the cell.")
    days = models.BooleanField(default=False, help_text="Tables of days, not of months.")
    direction = models.CharField(max_length=4, help_text="up or down: which way is progress.")
    baseline = models.DecimalField(max_digits=20, decimal_places=4, null=True, help_text="Empty: not known.")
    baseline_period = models.CharField(max_length=10, blank=True)
    goal = models.DecimalField(max_digits=20, decimal_places=4)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "commitments"
        ordering = ["set_at"]
        constraints = [
            models.UniqueConstraint(fields=["commitment"], condition=Q(superseded_at=None), name="one_measure_stands"),
            models.CheckConstraint(condition=Q(direction__in=["up", "down"]), name="measure_direction_in_set"),
        ]


class SignedFigure(models.Model):
    """A number as the national coordinator signed it: frozen with everything that it must never be shown without. None is ever removed."""

    id = models.UUIDField(primary_key=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="signed")
    said = models.JSONField(help_text="What was signed, as plain values.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of it.")
    signature = models.BinaryField(help_text="Ed25519 of the installation over `digest` and the act's id.")
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()
    moved_told_at = models.DateTimeField(
        null=True, help_text="When it was told that a newer publication has another number."
    )

    class Meta:
        app_label = "commitments"
        ordering = ["-signed_at"]


class Reminder(models.Model):
    """That somebody was reminded of a day, so that they are reminded once."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=10, help_text="soon or overdue")
    due = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        app_label = "commitments"
        constraints = [models.UniqueConstraint(fields=["commitment", "kind", "due"], name="one_reminder_of_a_day")]
