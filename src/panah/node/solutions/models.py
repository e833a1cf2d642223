"""Plans toward a durable solution and all that belongs to them. Written by actions/ alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from panah.node.solutions import rules


class Plan(models.Model):
    """A plan of one person, and of the family where they want it, made with them. `aims` are the person's own words."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=60, unique=True)
    file = models.UUIDField(db_index=True)
    toward = models.CharField(max_length=20)
    body = models.CharField(max_length=80, help_text="The body that leads it, by its code in the pack.")
    lead = models.UUIDField(null=True, help_text="The officer who made it.")
    aims = models.TextField()
    language = models.CharField(max_length=20)
    interpreter = models.CharField(max_length=200, blank=True)
    consent = models.CharField(max_length=12, help_text="Who agreed: the person, or for a child the guardian.")
    health_consent = models.CharField(max_length=8, default="unknown")
    own_national = models.BooleanField(help_text="A national of this state, who came back.")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(
        null=True, help_text="Until when the plan was to be there; null where the pack cannot say."
    )
    began_on = models.DateField(
        null=True, help_text="Day of return, or on which the solution began. Follow-ups run from it."
    )
    returned_to = models.CharField(
        max_length=3, blank=True, help_text="The state to which the person left; empty where nobody wrote it down."
    )
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    ended_remark = models.TextField(blank=True)

    class Meta:
        app_label = "solutions"
        ordering = ["-opened_at", "id"]
        indexes = [models.Index(fields=["body", "ended_at"])]
        constraints = [
            models.UniqueConstraint(fields=["file", "body"], condition=Q(ended_at=None), name="one_open_plan_at_a_body"),
            models.CheckConstraint(condition=Q(toward__in=list(rules.OUTCOMES)), name="plan_goes_toward_something_known"),
            models.CheckConstraint(condition=Q(consent__in=["person", "guardian"]), name="no_plan_without_consent"),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
                name="an_ended_plan_has_its_outcome",
            ),
        ]  # fmt: skip


class Member(models.Model):
    """Somebody of the family for whom the plan is too. Adults agree for themselves."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="members")
    file = models.UUIDField(db_index=True)
    consent = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        app_label = "solutions"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "file"], name="once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(consent__in=["person", "guardian"]), name="nobody_joins_without_consent"
            ),
        ]


class Standing(models.Model):
    """Where a person stands in an area, asked on a day. 0 is unknown, and neither good nor bad."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="standings")
    file = models.UUIDField(db_index=True)
    area = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    said = models.TextField(blank=True, help_text="In the person's words.")
    needs = models.TextField(blank=True)
    asked_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["asked_on", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=list(rules.LEVELS)), name="a_level_of_the_scale"),
            models.CheckConstraint(condition=Q(area__in=list(rules.AREAS)), name="standing_is_of_an_area"),
        ]


class Danger(models.Model):
    """The person is, or may be, in danger. Open until they said that they are safe again."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="dangers")
    what = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    told = models.JSONField(default=list, help_text="Codes of the lanes that were told.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["at", "id"]


class DangerReply(models.Model):
    """What was done about a danger, and whether the person says that they are safe."""

    id = models.UUIDField(primary_key=True)
    danger = models.ForeignKey(Danger, models.PROTECT, related_name="replies")
    what = models.TextField()
    safe = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["at", "id"]


class Step(models.Model):
    """What is to be done in an area, by whom and until when."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")
    area = models.CharField(max_length=20)
    what = models.TextField(blank=True, help_text="Empty where the step came of itself from a danger.")
    who = models.CharField(max_length=40, help_text="`person`, `office`, or the kind of body by its referral code.")
    danger = models.ForeignKey(Danger, models.PROTECT, null=True, related_name="steps")
    due_on = models.DateField()
    due_basis = models.CharField(
        max_length=80, help_text="`agreed` with the person, or the name of the pack's parameter."
    )
    verified = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, help_text="When the post was asked for a referral.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=16, blank=True)
    evidence = models.TextField(blank=True)
    grade = models.CharField(max_length=1, blank=True)

    class Meta:
        app_label = "solutions"
        ordering = ["due_on", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="done") | ~Q(evidence="") & ~Q(grade=""), name="what_is_done_has_its_evidence"
            )
        ]


class Service(models.Model):
    """Help that was given, and where something was handed over its receipt."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=80, unique=True, null=True, help_text="Of the receipt.")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="services")
    area = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    what = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    receipt = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["-on", "-at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["money", "goods"]) & ~Q(receipt="") | ~Q(kind__in=["money", "goods"]),
                name="what_is_handed_over_has_a_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(kind="money") | Q(amount__gt=0) & ~Q(currency=""), name="money_has_amount_and_currency"
            ),
        ]


class Job(models.Model):
    """A vacancy proposed to the person, and what came of it."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="jobs")
    vacancy = models.TextField()
    employer = models.CharField(max_length=200)
    contract_checked = models.CharField(max_length=8, default="unknown")
    stage = models.CharField(max_length=12, default="proposed")
    why = models.TextField(blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["proposed", "declined", "not_taken", "started", "ended"]),
                name="job_at_known_stage",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["started", "ended"]) | Q(started_on__isnull=False),
                name="a_begun_job_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="a_job_ends_after_it_began"
            ),
        ]


class Counselling(models.Model):
    """Counsel on return, by somebody who does not enforce it, with what was told of the place of origin."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="counsellings")
    by_whom = models.CharField(max_length=12)
    language = models.CharField(max_length=20)
    origin = models.TextField(help_text="What was told of the place of origin.")
    origin_as_of = models.DateField(help_text="Of which day that information is.")
    held_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["held_at", "at", "id"]


class Agreement(models.Model):
    """The person's yes to returning. It can be taken back until departure, without a reason."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="agreements")
    said = models.TextField()
    language = models.CharField(max_length=20)
    detained = models.BooleanField()
    counsel = models.CharField(max_length=200, blank=True, help_text="Who counselled independently.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(taken_back_at=None), name="one_standing_yes"),
            models.CheckConstraint(
                condition=Q(detained=False) | ~Q(counsel=""), name="no_yes_in_detention_without_counsel"
            ),
        ]


class FollowUp(models.Model):
    """When a person is asked how life is now. Done when the person was reached, or after enough tries."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="follow_ups")
    turn = models.PositiveSmallIntegerField(help_text="First, second, third.")
    months = models.PositiveSmallIntegerField()
    parameter = models.CharField(max_length=80)
    verified = models.BooleanField(default=False)
    from_at = models.DateTimeField(help_text="From when on reminding reckons.")
    due_at = models.DateTimeField(db_index=True, help_text="First the pack's day, then that of the next try.")
    first_due_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    reached = models.BooleanField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["due_at", "turn", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "turn"], name="one_follow_up_a_turn"),
            models.CheckConstraint(
                condition=Q(done_at=None, reached=None) | Q(done_at__isnull=False, reached__isnull=False),
                name="a_follow_up_that_is_done_says_whether_reached",
            ),
        ]


class Try(models.Model):
    """One try to reach the person, and what they said. Where they were not reached nothing is known."""

    id = models.UUIDField(primary_key=True)
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="tries")
    how = models.CharField(max_length=12)
    reached = models.BooleanField()
    safe = models.CharField(max_length=8, default="unknown")
    works = models.CharField(max_length=8, default="unknown")
    same_job = models.CharField(max_length=8, default="unknown")
    wants_to_leave = models.CharField(max_length=8, default="unknown")
    why_leave = models.JSONField(default=list, help_text="Codes of drivers.")
    where = models.CharField(max_length=20, default="unknown")
    said = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "solutions"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached=True)
                | Q(safe="unknown", works="unknown", same_job="unknown", wants_to_leave="unknown", where="unknown"),
                name="who_was_not_reached_said_nothing",
            )
        ]
