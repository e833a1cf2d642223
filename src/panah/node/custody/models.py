"""Who was taken by an authority, when, why and how; whether they could travel; who had them at each hour; and how it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from panah.node.custody import fitness, rules


class Serial(models.Model):
    """The last number of a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "custody"


class Custody(models.Model):
    """One person in the hands of authorities, from the apprehension to its end, whoever holds them meanwhile."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    file = models.UUIDField(
        null=True, db_index=True, help_text="The person's file; empty for somebody not yet registered."
    )
    body = models.CharField(max_length=80, blank=True, help_text="The body that holds the person now.")
    post = models.CharField(max_length=40, blank=True, help_text="The post where they are held.")
    taken_by = models.CharField(
        max_length=80, blank=True, help_text="The body, or else the post, that took the person."
    )
    unit = models.CharField(max_length=200, help_text="The unit or patrol that took the person.")
    where = models.CharField(max_length=200)
    apprehended_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ground_source = models.CharField(
        max_length=80, blank=True, help_text="A source of the pack; empty: officer's words."
    )
    ground = models.TextField()
    means = models.CharField(max_length=8, help_text="Whether force was used.")
    means_how = models.TextField(blank=True)
    injuries = models.CharField(max_length=8)
    injuries_what = models.TextField(blank=True)
    doctor = models.CharField(max_length=8)
    property_taken = models.TextField(blank=True)
    property_receipt = models.CharField(max_length=40, blank=True)
    told = models.JSONField(default=list, help_text="Codes of what the person was told.")
    told_language = models.CharField(max_length=40, blank=True)
    wishes = models.JSONField(default=list, help_text="Codes of whom the person wishes to reach.")
    child = models.CharField(max_length=8)
    fear = models.CharField(max_length=8, help_text="Whether the person is afraid to return.")
    asked_at = models.DateTimeField(null=True, help_text="When they were asked; empty while nobody did.")
    limit_name = models.CharField(max_length=80, blank=True)
    limit_due = models.DateTimeField(
        null=True, help_text="End of the time without a decision, where verified law says it."
    )
    limit_told = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=16, blank=True)
    ended_where = models.CharField(max_length=200, blank=True)
    ended_with = models.TextField(blank=True, help_text="With what the person left: papers, money, things given back.")
    ended_by = models.UUIDField(null=True)

    class Meta:
        app_label = "custody"
        ordering = ["-apprehended_at"]
        indexes = [models.Index(fields=["ended_at", "limit_due"]), models.Index(fields=["body", "ended_at"])]
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(ended_at=None), name="one_open_custody_a_person"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="") | Q(ended_at__isnull=False, ended_how__in=rules.ENDS),
                name="an_ended_custody_says_how",
            ),
            models.CheckConstraint(condition=~Q(body="", post=""), name="somebody_holds_the_person"),
            models.CheckConstraint(
                condition=Q(property_taken="") | ~Q(property_receipt=""), name="what_was_taken_has_a_receipt"
            ),
        ]


class Asking(models.Model):
    """Once asked whether the person can travel, and what somebody medical said. No diagnosis stands here, and no field takes one."""

    id = models.UUIDField(primary_key=True)
    custody = models.ForeignKey(Custody, models.PROTECT, related_name="askings")
    asked_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ill = models.CharField(max_length=8)
    hurt = models.CharField(max_length=8)
    pregnant = models.CharField(max_length=8)
    cannot_travel = models.CharField(max_length=8)
    seen_by = models.CharField(max_length=12)
    seen_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, default="unknown")
    conditions = models.JSONField(default=list, help_text="Codes of what the journey needs.")
    conditions_more = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "custody"
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="unknown") | Q(result__in=fitness.RESULTS, seen_by__in=fitness.MEDICS),
                name="only_somebody_medical_says_fit",
            ),
            models.CheckConstraint(
                condition=Q(seen_by__in=fitness.MEDICS, seen_at__isnull=False)
                | (~Q(seen_by__in=fitness.MEDICS) & Q(seen_at=None)),
                name="who_was_seen_was_seen_at_a_time",
            ),
        ]


class Transfer(models.Model):
    """A person handed from one body to another. Until the receiving body confirms, the handing one answers for them."""

    id = models.UUIDField(primary_key=True)
    custody = models.ForeignKey(Custody, models.PROTECT, related_name="transfers")
    from_body = models.CharField(max_length=80, blank=True)
    from_post = models.CharField(max_length=40, blank=True)
    to_body = models.CharField(max_length=80, blank=True)
    to_post = models.CharField(max_length=40, blank=True)
    to_where = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20)
    remark = models.TextField(blank=True)
    fitness = models.CharField(
        max_length=12,
        default="unknown",
        help_text="Whether the person was fit to travel, as far as anybody medical said.",
    )
    seen_by = models.CharField(max_length=12, default="unknown", help_text="Who saw the person before.")
    seen_at = models.DateTimeField(null=True)
    conditions = models.JSONField(default=list, help_text="Codes of what the journey needs.")
    conditions_more = models.CharField(max_length=200, blank=True)
    apart_why = models.TextField(blank=True, help_text="Why family stayed behind.")
    handed_at = models.DateTimeField()
    handed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    state = models.TextField(blank=True, help_text="How the person arrived, in the receiving officer's words.")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_why = models.TextField(blank=True)
    told = models.BooleanField(default=False)

    class Meta:
        app_label = "custody"
        ordering = ["handed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["custody"],
                condition=Q(confirmed_at=None, taken_back_at=None),
                name="one_open_transfer_a_custody",
            ),
            models.CheckConstraint(condition=~Q(to_body="", to_post=""), name="somebody_is_to_receive"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("handed_by")),
                name="nobody_confirms_their_own_transfer",
            ),
        ]
