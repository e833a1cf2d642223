from django.db import models


class SubjectKey(models.Model):
    """The key under which all that the journal holds of one person is sealed. Destroying it is the erasure of that person."""

    subject = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(
        null=True, help_text="The key, sealed under the installation's master key; empty once destroyed."
    )
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "keys"
