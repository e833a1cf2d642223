"""Good practice, help asked for and offered, projects, trainings, and who works where. Rows are written by actions.py only. A changed
row supersedes the one before, which stays. Nothing here can hold a person; fewer than five people are never kept as a number."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Told(models.Model):
    """Something that somebody tells, sorted by theme, states and points, with where it stands. Lists of codes are kept as ` KAZ KGZ `."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    entry = models.UUIDField(help_text="The same for all versions.")
    key = models.CharField(
        max_length=80, blank=True, help_text="Name of the row in the record; empty for rows made here."
    )
    participant = models.CharField(max_length=20, help_text="Whose it is: who may change it.")
    theme = models.CharField(max_length=20)
    ten_points = models.CharField(max_length=60, default=" ")
    agenda = models.CharField(max_length=40, default=" ")
    states = models.CharField(max_length=200, default=" ")
    original = models.CharField(
        max_length=2, help_text="Code of the tongue in which it was written; the other is a translation."
    )
    translation_checked = models.BooleanField(default=False)
    title_en = models.CharField(max_length=300, blank=True)
    title_ru = models.CharField(max_length=300, blank=True)
    what_en = models.TextField(blank=True)
    what_ru = models.TextField(blank=True)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    source = models.TextField()
    source_url = models.TextField(blank=True)
    source_date = models.CharField(max_length=10, blank=True)
    verified = models.BooleanField(default=False)
    basis = models.CharField(max_length=10, default="read")
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)
    words = models.TextField(help_text="All texts folded to one case, for the search.")
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Practice(Told):
    """What was tried, at what cost, with what result."""

    class Standing(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waits for the secretariat")
        SENT_BACK = "sent_back", _("Sent back")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Result(models.TextChoices):
        KNOWN = "known", _("Known")
        UNKNOWN = "unknown", _("Unknown")
        TOO_EARLY = "too_early", _("Too early to say")

    revision = models.PositiveSmallIntegerField(default=1)
    result = models.CharField(max_length=10, choices=Result, default=Result.UNKNOWN)
    result_en = models.TextField(blank=True)
    result_ru = models.TextField(blank=True)
    cost_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    cost_currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217.")
    standing = models.CharField(max_length=10, choices=Standing)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_because = models.TextField(blank=True)

    class Meta:
        app_label = "practices"
        ordering = ["theme", "-made_at", "id"]
        indexes = [models.Index(fields=["standing", "theme"])]
        constraints = [
            models.UniqueConstraint(fields=["entry", "revision"], name="one_practice_of_a_revision"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(standing="published", superseded_at=None), name="one_published_practice"
            ),
            models.CheckConstraint(
                condition=~Q(standing="published")
                | Q(made_by=None)
                | (~Q(decided_by=F("made_by")) & ~Q(decided_by=F("submitted_by")) & Q(decided_by__isnull=False)),
                name="practice_published_by_another",
            ),
            models.CheckConstraint(
                condition=Q(cost_amount=None) | ~Q(cost_currency=""), name="practice_cost_has_its_currency"
            ),
            models.CheckConstraint(
                condition=~Q(result="known") | ~Q(result_en="") | ~Q(result_ru=""), name="known_result_is_said"
            ),
        ]


class Project(Told):
    """A project, whoever pays for it."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")
        UNKNOWN = "unknown", _("Not known")

    run_by = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=Status)
    budget_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    budget_currency = models.CharField(max_length=3, blank=True)
    budget_source = models.TextField(blank=True, help_text="Where the amount stands.")

    class Meta:
        app_label = "practices"
        ordering = ["-begins", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(superseded_at=None), name="one_standing_project"),
            models.CheckConstraint(
                condition=Q(budget_amount=None) | (~Q(budget_currency="") & ~Q(budget_source="")),
                name="budget_has_currency_and_source",
            ),
        ]


class Course(Told):
    """A training: what, where, when. Whom it trained is counted by function and sex in `Trained`."""

    run_by = models.CharField(max_length=300)
    town = models.CharField(max_length=120, blank=True)
    places = models.PositiveIntegerField(null=True, help_text="How many it was planned for.")

    class Meta:
        app_label = "practices"
        ordering = ["-begins", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(superseded_at=None), name="one_standing_course"),
        ]


class Trained(models.Model):
    """How many of a function and sex were trained. One to four are kept as `few` and never as a number: not even here can it be read."""

    class Group(models.TextChoices):
        WOMEN = "women", _("Women")
        MEN = "men", _("Men")
        NOT_SAID = "not_said", _("Not said")

    course = models.UUIDField(help_text="Entry of the course.")
    function = models.CharField(max_length=20)
    group = models.CharField(max_length=8, choices=Group)
    count = models.PositiveIntegerField(null=True)
    few = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "practices"
        ordering = ["function", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "function", "group"], condition=Q(superseded_at=None), name="one_standing_count"
            ),
            models.CheckConstraint(
                condition=Q(few=True, count=None) | Q(few=False, count=0) | Q(few=False, count__gte=5),
                name="nobody_can_be_told_from_a_count",
            ),
        ]


class Activity(Told):
    """Who does what where: an organisation in a district of a state."""

    organisation = models.CharField(max_length=300)
    district = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "practices"
        ordering = ["states", "district", "organisation", "id"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(superseded_at=None), name="one_standing_activity"),
        ]


class HelpRequest(models.Model):
    """What a state asks help with."""

    class Standing(models.TextChoices):
        OPEN = "open", _("Open")
        MATCHED = "matched", _("An offer was accepted")
        MET = "met", _("Met")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True)
    participant = models.CharField(max_length=20, help_text="The state that asks.")
    theme = models.CharField(max_length=20)
    ten_points = models.CharField(max_length=60, default=" ")
    agenda = models.CharField(max_length=40, default=" ")
    title = models.CharField(max_length=300)
    text = models.TextField()
    needed_by = models.DateField(null=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        app_label = "practices"
        ordering = ["-made_at", "id"]


class HelpOffer(models.Model):
    """What somebody offers: in answer to a request, or standing for whoever needs it."""

    class Standing(models.TextChoices):
        MADE = "made", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        CARRIED_OUT = "carried_out", _("Carried out")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, null=True, related_name="offers")
    participant = models.CharField(max_length=20, help_text="Who offers.")
    theme = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField()
    until = models.DateField(null=True, help_text="Last day on which it can be accepted.")
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.MADE)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        app_label = "practices"
        ordering = ["-made_at", "id"]


class HelpStep(models.Model):
    """What happened to a request or an offer, and by whom. Never changed."""

    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, null=True, related_name="steps")
    offer = models.ForeignKey(HelpOffer, on_delete=models.PROTECT, null=True, related_name="steps")
    kind = models.CharField(max_length=16)
    participant = models.CharField(max_length=20, blank=True, help_text="For whom it was done; empty: the secretariat.")
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        app_label = "practices"
        ordering = ["at", "id"]
