from __future__ import annotations

from django.db import models


class Referral(models.Model):
    """One person directed to one competent body, with what that body needs to know and nothing more."""

    class Status(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        DONE = "done"

    id = models.UUIDField(primary_key=True)
    number = models.CharField(
        max_length=40, unique=True, help_text="Number of the file and a serial: what is said on the telephone."
    )
    file = models.UUIDField(db_index=True)
    to = models.CharField(max_length=40, help_text="Kind of recipient: a referrals code of contracts/screening.md.")
    body = models.CharField(max_length=80, help_text="Code of the recipient in the pack.")
    from_place = models.CharField(max_length=40)
    urgency = models.CharField(max_length=12)
    because = models.JSONField(help_text="Rules, answers and sources that led to it.")
    consent = models.CharField(max_length=14, help_text="not_required or given; without it nothing is sent.")
    packet = models.JSONField(help_text="What the recipient sees, by data class of the sharing matrix.")
    serves_state = models.CharField(max_length=3, blank=True, help_text="For a consulate: the state that it serves.")
    status = models.CharField(max_length=10, choices=Status.choices)
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField(null=True)
    due_at = models.DateTimeField(help_text="By when an answer is expected.")
    due_basis = models.CharField(
        max_length=12, default="target", help_text="`statutory` where the law sets it, else `target`."
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    decline_code = models.CharField(max_length=20, blank=True)
    competent = models.CharField(
        max_length=40, blank=True, help_text="Who is competent, when the recipient says that it is not."
    )
    outcome = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    escalated = models.PositiveSmallIntegerField(default=0, help_text="0 to 3: how far up the silence was reported.")

    class Meta:
        app_label = "referrals"
        indexes = [
            models.Index(fields=["body", "status", "due_at"]),
            models.Index(fields=["status", "due_at"]),
            # All that a body's queue asks for stands in the index, so that long lists are counted without their packets.
            models.Index(fields=["body", "due_at", "status", "to", "serves_state"], name="referral_queue_of_a_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["sent", "accepted", "declined", "done"]),
                name="referral_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=models.Q(consent__in=["not_required", "given"]), name="referral_is_sent_only_with_consent"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="declined") | ~models.Q(decline_code=""),
                name="a_declined_referral_has_its_code",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | ~models.Q(outcome=""), name="a_finished_referral_has_its_outcome"
            ),
            models.UniqueConstraint(
                fields=["file", "to"],
                condition=models.Q(status__in=["sent", "accepted"]),
                name="one_open_referral_of_a_kind",
            ),
        ]
