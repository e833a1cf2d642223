from django.db import models


class Entry(models.Model):
    """One line of the journal. Never changed and never removed: triggers of the database refuse it."""

    seq = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    code = models.CharField(
        max_length=80, help_text="Stable code of what happened; the sentence is made when it is shown."
    )
    action = models.UUIDField(null=True, help_text="The action that was performed; empty for a read.")
    by = models.UUIDField(null=True, help_text="The officer; empty for the installation itself.")
    place = models.CharField(max_length=40)
    subject = models.UUIDField(null=True, db_index=True, help_text="The person's file.")
    facts = models.TextField(help_text="Codes, ids and counts as canonical JSON: nothing that identifies a person.")
    sealed = models.BinaryField(null=True, help_text="The rest, sealed under the person's key.")
    hash = models.BinaryField(max_length=32)

    class Meta:
        app_label = "journal"
        indexes = [models.Index(fields=["code", "recorded_at"])]


class Head(models.Model):
    """The last line of the chain. One row; whoever appends holds its lock."""

    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        app_label = "journal"


class Checkpoint(models.Model):
    """The installation's signature under the chain as it stood at one line."""

    seq = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        app_label = "journal"
