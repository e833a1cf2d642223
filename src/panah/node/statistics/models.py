"""Releases of a period's tables. Rows are written by actions.py only, and none is ever removed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """The tables of one period in one revision, from counting to the hub's receipt.

    `counts` is sealed under a key of the installation: what a later revision or an inquiry may need, and no page shows.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Being counted")
        PREPARED = "prepared", _("Prepared")
        SET_ASIDE = "set_aside", _("Set aside")
        SIGNED = "signed", _("Signed, on its way")
        RECEIVED = "received", _("Received by the hub")
        REFUSED = "refused", _("Refused by the hub")

    id = models.UUIDField(primary_key=True)
    period = models.CharField(max_length=10, help_text="SDMX TIME_PERIOD: a day or a month.")
    revision = models.PositiveSmallIntegerField(help_text="1 for the first release of a period.")
    state = models.CharField(max_length=10, choices=State)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    definitions = models.CharField(max_length=40, blank=True, help_text="Version of the definitions (contracts/sdmx).")
    provisional = models.BooleanField(default=False, help_text="Counted before the period was over.")
    prepared_at = models.DateTimeField(null=True)
    counts = models.BinaryField(default=b"", help_text="The counts before protection, sealed. They never leave.")
    tables = models.BinaryField(default=b"", help_text="The protected tables, canonical JSON of cores/disclosure.")
    reasons = models.JSONField(
        default=list, help_text="[[table, [codes], kind, protects]] for every withheld cell; stays in the node."
    )
    proof = models.BinaryField(default=b"", help_text="Canonical JSON of the proof.")
    digest = models.CharField(max_length=80, blank=True, help_text="Of the protected tables.")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    message_id = models.UUIDField(null=True, unique=True)
    message = models.BinaryField(null=True, help_text="What was signed, byte for byte.")
    journal_seq = models.BigIntegerField(null=True, help_text="Head of the journal that the message names.")
    attempts = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    failure = models.TextField(
        blank=True, help_text="Why it could not be prepared, or why the last attempt did not reach the hub."
    )
    receipt = models.BinaryField(null=True, help_text="The hub's signed answer, byte for byte.")
    answered_at = models.DateTimeField(null=True)
    problems = models.JSONField(default=list, help_text="What the hub found: [{code, place, found, allowed}].")

    class Meta:
        app_label = "statistics"
        ordering = ["-period", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "revision"],
                condition=~models.Q(state="set_aside"),
                name="one_release_of_a_revision",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "prepared", "set_aside", "signed", "received", "refused"]),
                name="release_state_in_set",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "prepared", "set_aside"], message=None, signed_by=None)
                | models.Q(message__isnull=False, signed_by__isnull=False, signed_at__isnull=False)
                & ~models.Q(state__in=["asked", "prepared", "set_aside"]),
                name="release_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["received", "refused"]) | models.Q(receipt__isnull=False),
                name="release_answered_with_a_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, revision {self.revision}"


class HubKey(models.Model):
    """A public key with which the hub signs its receipts. Withdrawn, never deleted."""

    key_id = models.CharField(max_length=64, unique=True, help_text="Thumbprint of the key, RFC 7638.")
    public_key = models.CharField(max_length=64, help_text="Raw Ed25519 public key, base64url.")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "statistics"
