from __future__ import annotations

from django.db import models

from panah.foundation.access.models import Officer


class Factor(models.Model):
    """A second thing with which an officer proves who they are, beside the password. Removed, never deleted."""

    class Kind(models.TextChoices):
        TOTP = "totp"
        PASSKEY = "passkey"

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=60, help_text="Which telephone or key it is.")
    sealed = models.BinaryField(help_text="Secret or public credential, sealed under a key of the installation.")
    credential = models.BinaryField(max_length=1024, null=True, help_text="Id of a passkey's credential.")
    last_used = models.BigIntegerField(
        default=0, help_text="Time step or counter of the last proof; none is taken twice."
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "factors"


class RecoveryCode(models.Model):
    """A code on paper for the day on which the telephone is lost. Works once. Only its keyed hash is kept."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "factors"


class Tries(models.Model):
    """How many proofs of an officer failed in a row, from wherever they came, and until when no more is heard."""

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, primary_key=True, related_name="tries")
    failed = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        app_label = "factors"
