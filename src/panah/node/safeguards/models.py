from __future__ import annotations

from django.db import models


class Guarded(models.Model):
    """A person's file as the safeguards know it. Whoever places a hold, or asks for one, holds the lock of this row,
    so that no act passes between the asking and the placing."""

    subject = models.UUIDField(primary_key=True, help_text="The person's file.")
    screened_at = models.DateTimeField(
        null=True, help_text="When the person was last screened; empty before the first."
    )

    class Meta:
        app_label = "safeguards"


class Hold(models.Model):
    """A safeguard that stands against harmful acts until it is lifted. Never deleted; at most one of a code stands."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    code = models.CharField(max_length=40, help_text="A code of contracts/screening.md, Safeguards.")
    absolute = models.BooleanField(default=False, help_text="No role can lift it.")
    because = models.JSONField(default=list, help_text="Reasons: rule, answers and source, or an officer's words.")
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField(null=True, help_text="The officer; empty when the installation placed it.")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "safeguards"
        # Only of those that stand: so that SQLite, which keeps no figures of its tables, looks for a person's holds by the person.
        indexes = [models.Index(fields=["placed_at"], condition=models.Q(lifted_at=None), name="standing_holds")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "code"], condition=models.Q(lifted_at=None), name="one_standing_hold_of_a_code"
            )
        ]


class Lift(models.Model):
    """One authority's word, with its reason, that a hold may fall. Two of them, of different bodies, are needed."""

    id = models.UUIDField(primary_key=True)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="lifts")
    by = models.UUIDField()
    body = models.CharField(max_length=80)
    competent = models.BooleanField(help_text="The officer holds a role that is competent for this safeguard.")
    reason = models.TextField()
    at = models.DateTimeField()
    voided_at = models.DateTimeField(
        null=True, help_text="When a new reason for the hold came up that this word did not know."
    )

    class Meta:
        app_label = "safeguards"
        constraints = [
            models.UniqueConstraint(
                fields=["hold", "by"], condition=models.Q(voided_at=None), name="one_lift_of_a_hold_by_an_officer"
            ),
            models.UniqueConstraint(
                fields=["hold", "body"], condition=models.Q(voided_at=None), name="one_lift_of_a_hold_by_a_body"
            ),
        ]


class Attempt(models.Model):
    """An act that a hold stopped. Its id is the action's, so that the same action sent twice is one attempt."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    tried = models.CharField(max_length=80, help_text="Code of the action.")
    harm = models.CharField(max_length=40)
    holds = models.JSONField(help_text="Codes of the holds that stood.")
    by = models.UUIDField(null=True)
    body = models.CharField(max_length=80)
    place = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "safeguards"


class CoerciveAct(models.Model):
    """An act of force that an authority asked about and that no hold stopped at that moment."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    act = models.CharField(max_length=40, help_text="A Harm of the action door.")
    legal_ground = models.CharField(max_length=300)
    reason = models.TextField()
    by = models.UUIDField()
    body = models.CharField(max_length=80)
    place = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, help_text="When a hold was placed that forbids the act from then on.")
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=20, blank=True, help_text="carried_out, not_carried_out or released.")

    class Meta:
        app_label = "safeguards"
        indexes = [models.Index(fields=["act", "ended_at"])]
