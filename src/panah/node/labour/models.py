"""A worker's record: insured time by state, permits, and what funds were asked. Written by actions.py alone.

Nothing is changed in place: a corrected line is struck out with the reason and the officer, and stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from panah.node.labour import rules


class WorkRecord(models.Model):
    """What one office keeps of a person's work, with their agreement."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=60, unique=True)
    file = models.UUIDField(db_index=True)
    body = models.CharField(max_length=80, help_text="The body that keeps it, by its code in the pack.")
    lead = models.UUIDField(null=True, help_text="The officer who opened it.")
    language = models.CharField(max_length=20)
    consent = models.CharField(max_length=12, help_text="Who agreed: the person, or for a child the guardian.")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    ended_remark = models.TextField(blank=True)

    class Meta:
        app_label = "labour"
        ordering = ["-opened_at", "id"]
        indexes = [models.Index(fields=["body", "ended_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "body"], condition=Q(ended_at=None), name="one_open_work_record_at_a_body"
            ),
            models.CheckConstraint(
                condition=Q(consent__in=["person", "guardian"]), name="no_work_record_without_consent"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False, outcome__in=list(rules.OUTCOMES)),
                name="an_ended_work_record_has_its_outcome",
            ),
        ]


class _Line(models.Model):
    """What can be struck out, and stays."""

    id = models.UUIDField(primary_key=True)
    grade = models.CharField(max_length=1, help_text="How it is known: evidence grade A to F.")
    evidence = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.UUIDField(null=True)
    struck_why = models.TextField(blank=True)

    class Meta:
        abstract = True


class Insured(_Line):
    """Time for which a person was insured in a state, both days included. Without a last day its end is not known, and it counts nowhere."""

    record = models.ForeignKey(WorkRecord, models.PROTECT, related_name="periods")
    state = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3.")
    first = models.DateField()
    last = models.DateField(null=True)
    kind = models.CharField(max_length=20)
    employer = models.CharField(max_length=200, blank=True)
    fund = models.CharField(max_length=200, blank=True, help_text="Where contributions went, as far as known.")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        app_label = "labour"
        ordering = ["first", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="insured_time_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(grade__in=list(rules.GRADES)), name="insured_time_says_how_it_is_known"),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(struck_why=""), name="insured_time_is_struck_with_a_reason"
            ),
        ]


class Permit(_Line):
    """A paper by which a person may work or stay. Without a last day until when it holds is not known."""

    record = models.ForeignKey(WorkRecord, models.PROTECT, related_name="permits")
    state = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3.")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=80, blank=True)
    bound_to = models.CharField(max_length=200, blank=True, help_text="Employer, region or trade it is bound to.")
    first = models.DateField(null=True)
    last = models.DateField(null=True, db_index=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        app_label = "labour"
        ordering = ["last", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first=None) | Q(last=None) | Q(last__gte=F("first")), name="a_permit_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(grade__in=list(rules.GRADES)), name="a_permit_says_how_it_is_known"),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(struck_why=""), name="a_permit_is_struck_with_a_reason"
            ),
        ]


class Enquiry(models.Model):
    """What a fund of a state is asked: by the person, who takes the question along, or by this office with their yes."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=80, unique=True)
    record = models.ForeignKey(WorkRecord, models.PROTECT, related_name="enquiries")
    state = models.CharField(max_length=3)
    fund = models.CharField(max_length=200)
    what = models.TextField()
    way = models.CharField(max_length=8)
    agreed = models.CharField(max_length=12, help_text="What the person said when asked whether this office may ask.")
    asked_on = models.DateField()
    answer_by = models.DateField(help_text="A day agreed in the office, no term of law.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    result = models.CharField(max_length=12, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        app_label = "labour"
        ordering = ["asked_on", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["person", "office"]), name="a_fund_is_asked_by_somebody"),
            models.CheckConstraint(
                condition=Q(way="person") | Q(agreed="yes"), name="no_office_asks_a_fund_without_consent"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, result="") | Q(answered_on__isnull=False) & ~Q(result=""),
                name="an_answer_of_a_fund_says_what_came",
            ),
        ]
