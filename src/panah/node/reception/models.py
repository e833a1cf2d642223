"""Centres, their units, who stays where, what was handed out and what happened. Written by actions/ alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Centre(models.Model):
    """A centre where people stay: a place of the pack, or one that an officer added because the pack does not have it."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=40, unique=True, help_text="Code of the place in the pack, or one of its own.")
    title = models.CharField(max_length=200, blank=True, help_text="Empty where the pack has the name.")
    kind = models.CharField(max_length=20)
    body = models.CharField(max_length=80, help_text="The body that runs it, by its code in the pack.")
    province = models.CharField(max_length=12, blank=True, help_text="Where it lies, as far as the pack knows.")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["reception_centre", "shelter", "emergency_site"]), name="centre_has_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="centre_has_a_body"),
        ]


class Unit(models.Model):
    """A room, tent or hall with a number of places. Units of one block lie beside each other."""

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="units")
    block = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=40)
    meant_for = models.CharField(max_length=12)
    places = models.PositiveSmallIntegerField()
    accessible = models.BooleanField(default=False)
    square_metres = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["block", "name"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "block", "name"], name="one_unit_of_a_name_in_a_block"),
            models.CheckConstraint(condition=Q(places__gte=1), name="a_unit_has_places"),
            models.CheckConstraint(
                condition=Q(meant_for__in=["anyone", "families", "women", "men", "children", "apart"]),
                name="unit_is_meant_for_known_people",
            ),
        ]


class Block(models.Model):
    """Places of a unit that cannot be used, and why."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="blocks")
    places = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=20)
    remark = models.TextField(blank=True)
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["since"]
        constraints = [models.CheckConstraint(condition=Q(places__gte=1), name="a_block_has_places")]


class Stay(models.Model):
    """One person in one unit, from moving in to moving out. What bears on who may sleep beside whom is kept as it was on moving in."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField(db_index=True)
    family = models.UUIDField(null=True, db_index=True, help_text="The family with which the person came.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="stays")
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    proposed = models.UUIDField(null=True, help_text="The unit that was proposed.")
    because = models.JSONField(default=list, help_text="Codes of the reasons that stood for and against the unit.")
    reason = models.TextField(blank=True, help_text="Why the officer chose otherwise than was proposed.")
    sex = models.CharField(max_length=8)
    child = models.BooleanField()
    apart = models.BooleanField(default=False, help_text="Sleeps apart until the health service says otherwise.")
    step_free = models.BooleanField(default=False, help_text="Needs a place without steps.")
    presence = models.CharField(max_length=8, default="in")
    presence_since = models.DateTimeField()
    leave_until = models.DateTimeField(null=True)
    presence_remark = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, blank=True)
    ended_remark = models.TextField(blank=True)

    class Meta:
        app_label = "reception"
        ordering = ["since"]
        indexes = [models.Index(fields=["unit", "ended_at"])]
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(ended_at=None), name="one_stay_at_a_time"),
            models.CheckConstraint(
                condition=Q(presence__in=["in", "leave", "absent"]), name="stay_has_a_known_presence"
            ),
            models.CheckConstraint(
                condition=~Q(presence="leave") | Q(leave_until__isnull=False), name="a_leave_has_its_end"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="an_ended_stay_says_why",
            ),
        ]


class Fear(models.Model):
    """One person is afraid of another; they never sleep in one unit. Which of them said so is known, whom it helps is both."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField(db_index=True)
    other = models.UUIDField(db_index=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        app_label = "reception"
        constraints = [
            models.CheckConstraint(condition=~Q(file=models.F("other")), name="nobody_fears_themself"),
            models.UniqueConstraint(fields=["file", "other"], condition=Q(ended_at=None), name="a_fear_stands_once"),
        ]


class Announcement(models.Model):
    """A person is expected at a centre: announced by another one, for example so that a family comes together again."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField(db_index=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="announcements")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(ended_at=None), name="expected_at_one_centre")
        ]


class PlaceAsked(models.Model):
    """A post asks a centre for a place for tonight: for a person, and with them the family that came along."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField(db_index=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="places_asked")
    people = models.PositiveSmallIntegerField()
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    why = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(answered_at=None), name="one_open_ask_for_a_place"),
            models.CheckConstraint(condition=Q(answer__in=["", "given", "declined"]), name="ask_has_a_known_answer"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="an_answered_ask_says_how",
            ),
        ]


class Stock(models.Model):
    """Something that came into a centre's store or left it otherwise than into a person's hands. Hand-outs are subtracted by themselves."""

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="stock")
    item = models.CharField(max_length=20)
    amount = models.IntegerField(help_text="Less than zero for what left.")
    why = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="stock_changes")]


class Supply(models.Model):
    """How much a centre has of what the standards ask for. The last word on each counts."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="supplies")
    parameter = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["pk"]


class HandOut(models.Model):
    """Something given to a person, with its receipt."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=50, unique=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="hand_outs")
    item = models.CharField(max_length=20)
    amount = models.PositiveSmallIntegerField()
    receipt = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=1), name="something_was_handed_out")]


class Appointment(models.Model):
    """When a person is to be where, and whether they were."""

    id = models.UUIDField(primary_key=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)
    where = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        app_label = "reception"
        ordering = ["at"]


class Incident(models.Model):
    """Something that went wrong in a centre: who was told, and what is still to be done."""

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="incidents")
    file = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=20)
    what = models.TextField()
    told = models.JSONField(default=list, help_text="Codes of those who were told.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["-at"]


class FollowUp(models.Model):
    """What was done about an incident."""

    id = models.UUIDField(primary_key=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="follow_ups")
    what = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["at"]


class Capacity(models.Model):
    """What a body said of its room for one kind of referral. The last word counts, until it is too old."""

    body = models.CharField(max_length=80, db_index=True)
    to = models.CharField(max_length=40)
    free = models.PositiveIntegerField(help_text="How many more people it can take now.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "reception"
        ordering = ["pk"]
