"""Senders, what they sent, and what was published of it. Rows are written by actions.py only; published figures are superseded and
never removed. Nothing here can hold a person: codes, counts, and the signed bytes that carry them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sender(models.Model):
    """A key with which a state's node signs. A state may have several, one after the other. Withdrawn, never deleted."""

    state = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3.")
    key_id = models.CharField(max_length=64, unique=True, help_text="Thumbprint of the key, RFC 7638.")
    public_key = models.CharField(max_length=64, help_text="Raw Ed25519 public key, base64url.")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        app_label = "intake"
        ordering = ["state", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="sender_key_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.key_id}"


class Submission(models.Model):
    """One signed message of a known sender, byte for byte, with the answer that it was given."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        REFUSED = "refused", _("Refused")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Way(models.TextChoices):
        NETWORK = "network", _("Over the network")
        FILE = "file", _("As a file")

    id = models.UUIDField(primary_key=True, help_text="Id of the message, given by the sender.")
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="submissions")
    way = models.CharField(max_length=8, choices=Way)
    state = models.CharField(max_length=10, choices=State)
    area = models.CharField(max_length=3, help_text="The state that the figures are about.")
    period = models.CharField(max_length=10, help_text="SDMX TIME_PERIOD.")
    revision = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(help_text="When the sender signed it.")
    received_at = models.DateTimeField()
    content = models.BinaryField(help_text="The signed message, byte for byte.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of `content`.")
    journal_seq = models.BigIntegerField(
        help_text="Head of the sender's journal when it signed: anchors it outside the node."
    )
    journal_hash = models.CharField(max_length=64)
    problems = models.JSONField(default=list, help_text="[{code, place, found, allowed}]")
    receipt = models.BinaryField(help_text="The signed answer, byte for byte. A resend gets the same.")

    class Meta:
        app_label = "intake"
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["area", "period", "revision"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "refused", "published", "withdrawn"]), name="submission_state_in_set"
            ),
            models.CheckConstraint(condition=Q(way__in=["network", "file"]), name="submission_way_in_set"),
            models.UniqueConstraint(
                fields=["area", "period", "revision"],
                condition=~Q(state="refused"),
                name="one_submission_of_a_revision",
            ),
        ]


class PublishedTable(models.Model):
    """One table of a state as everybody may read it, in one revision."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="tables")
    state = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3.")
    flow = models.CharField(max_length=40, help_text="SDMX dataflow.")
    period = models.CharField(max_length=10)
    revision = models.PositiveSmallIntegerField()
    definitions = models.CharField(max_length=40, help_text="Version of the structure by which it is read.")
    population = models.CharField(max_length=40)
    dimensions = models.JSONField(help_text="The axes with their codes, as cores/disclosure has them.")
    provisional = models.BooleanField(default=False)
    counted_at = models.DateTimeField()
    published_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        app_label = "intake"
        ordering = ["-published_at", "flow"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "flow", "period", "revision"], name="one_published_table_of_a_revision"
            ),
            models.UniqueConstraint(
                fields=["state", "flow", "period"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="one_published_table_stands",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""), name="published_table_withdrawn_with_reason"
            ),
        ]


class PublishedCell(models.Model):
    """One cell: a number, or the kind of reason for which it is withheld. `place` keeps the order of the table."""

    class Conf(models.TextChoices):
        """SDMX CL_CONF_STATUS, the codes used here."""

        FREE = "F", _("Free")
        PRIMARY = "C", _("Withheld: too few")
        SECONDARY = "S", _("Withheld: protects another")

    table = models.ForeignKey(PublishedTable, on_delete=models.PROTECT, related_name="cells")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=200, help_text="Codes of the axes, joined by dots: the series key of SDMX.")
    value = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(
        max_length=16, blank=True, help_text="Kind of reason of cores/disclosure; empty for a number."
    )
    impossible = models.BooleanField(default=False, help_text="Zero, since the combination cannot exist.")

    class Meta:
        app_label = "intake"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="one_published_cell_of_a_key"),
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(kind="") | Q(value__isnull=False, kind=""),
                name="cell_is_a_number_or_withheld",
            ),
        ]
