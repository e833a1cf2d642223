"""Who is sought by whom, what was tried, proposals and what each side said, wishes, links, and the way back together.

Written by actions alone. What was said of people lies in `sealed` columns, under the key of the person who said it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Request(models.Model):
    """A person (`file`) seeks somebody. `tracer` is the one officer who may know both sides."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=50, unique=True)
    file = models.UUIDField(db_index=True)
    relation = models.CharField(max_length=20, help_text="What the person sought is to the seeker.")
    child = models.BooleanField(help_text="The seeker was a child, or treated so, when it was opened.")
    interests = models.CharField(max_length=16, blank=True, help_text="A child's best interests; empty for an adult.")
    agrees = models.CharField(max_length=10, help_text="Whether the seeker agrees to be found.")
    shares = models.JSONField(default=dict, help_text="yes or no by kind of body; what is not there was not asked.")
    sealed = models.BinaryField(help_text="Who is sought.")
    body = models.CharField(max_length=80, db_index=True)
    place = models.CharField(max_length=40, blank=True)
    tracer = models.UUIDField(db_index=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    next_on = models.DateField(help_text="The day of the next step; silent from the day after.")
    warned_for = models.DateField(null=True)
    looked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    closing = models.BinaryField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["opened_at", "id"]
        indexes = [models.Index(fields=["closed_at", "looked_at"]), models.Index(fields=["closed_at", "next_on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="a_request_has_a_body"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="a_closed_request_says_how",
            ),
        ]


class SoughtKey(models.Model):
    """A key under which a request is found by the name of who is sought: a keyed hash, so that the index tells no name."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=44, db_index=True)

    class Meta:
        app_label = "families"


class Attempt(models.Model):
    """What was tried to find somebody."""

    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="attempts")
    kind = models.CharField(max_length=24)
    referral = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["at", "id"]


class Match(models.Model):
    """A proposal: the person of `file` may be the one who is sought. It stays, whatever is decided."""

    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="matches")
    file = models.UUIDField(db_index=True)
    score = models.FloatField()
    reasons = models.JSONField(default=list, help_text="[{code, weight}]")
    standing = models.CharField(max_length=10, default="proposed")
    at = models.DateTimeField()

    class Meta:
        app_label = "families"
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "file"], name="a_file_is_proposed_once"),
            models.CheckConstraint(
                condition=Q(standing__in=["proposed", "confirmed", "rejected"]), name="a_match_has_a_known_standing"
            ),
        ]


class Decision(models.Model):
    """What an officer decided on a proposal, and why. The last one stands, all stay."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="decisions")
    standing = models.CharField(max_length=10)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["pk"]


class Answer(models.Model):
    """What one side said when asked in private. The last word counts, all stay."""

    id = models.UUIDField(primary_key=True)
    match = models.ForeignKey(Match, models.PROTECT, related_name="answers")
    side = models.CharField(max_length=6)
    says = models.CharField(max_length=5)
    may_tell = models.JSONField(default=list)
    interests = models.CharField(max_length=16, blank=True)
    guardian = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True, help_text="Under the key of the one who was asked.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=["seeker", "sought"]), name="an_answer_is_of_one_side"),
            models.CheckConstraint(condition=Q(says__in=["yes", "no", "later"]), name="an_answer_is_known"),
        ]


class Wish(models.Model):
    """A person wishes that somebody is not looked for, or not told of them. Nobody but the person ends it."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12)
    everybody = models.BooleanField(default=False)
    other = models.UUIDField(null=True, db_index=True)
    sealed = models.BinaryField(null=True, help_text="Whom it means, where it is no file, and why.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.BinaryField(null=True, help_text="What the person said, in which language and through whom.")
    ending_heard_at = models.DateTimeField(null=True)
    ending_heard_by = models.UUIDField(null=True, help_text="The one officer who heard it, until a second one does.")

    class Meta:
        app_label = "families"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["do_not_look", "do_not_tell"]), name="a_wish_is_known"),
            models.CheckConstraint(condition=~Q(other=F("file")), name="no_wish_about_oneself"),
        ]


class FamilyLink(models.Model):
    """Two people are family, and how that was verified. `relation` is what `other` is to `file`."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField(db_index=True)
    other = models.UUIDField(db_index=True)
    relation = models.CharField(max_length=20)
    verified = models.JSONField(default=list)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.BinaryField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(other=F("file")), name="nobody_is_their_own_family"),
            models.UniqueConstraint(
                fields=["file", "other"], condition=Q(ended_at=None), name="one_standing_link_a_pair"
            ),
        ]


class Reunification(models.Model):
    """The way of some people from being apart to being together, and how they are afterwards."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=50, unique=True)
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="reunifications")
    body = models.CharField(max_length=80, db_index=True)
    where = models.CharField(max_length=10)
    centre = models.UUIDField(null=True)
    day = models.DateField(null=True)
    sealed = models.BinaryField(null=True, help_text="The plan, under the key of the first member.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    together_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    closing = models.BinaryField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(where__in=["centre", "home", "elsewhere"]), name="a_known_place"),
            models.CheckConstraint(condition=~Q(where="centre") | Q(centre__isnull=False), name="a_centre_is_named"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="a_closed_reunification_says_how",
            ),
        ]


class Member(models.Model):
    """One who is to be together with the others, and what they said to it when heard alone."""

    reunification = models.ForeignKey(Reunification, models.PROTECT, related_name="members")
    file = models.UUIDField(db_index=True)
    says = models.CharField(max_length=10, default="not_asked")
    interests = models.CharField(max_length=16, blank=True)
    guardian = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reunification", "file"], name="a_member_once")]


class FollowUp(models.Model):
    """How they are after so many months."""

    reunification = models.ForeignKey(Reunification, models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    done_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=12, blank=True)
    sealed = models.BinaryField(null=True)
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "families"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reunification", "months"], name="one_follow_up_a_time"),
            models.CheckConstraint(
                condition=Q(done_at=None, how="") | Q(done_at__isnull=False) & ~Q(how=""), name="a_follow_up_says_how"
            ),
        ]
