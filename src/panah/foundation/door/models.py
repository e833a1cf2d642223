from django.db import models


class Receipt(models.Model):
    """Proof that an action was performed. The same action again is answered with this."""

    action = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=80)
    digest = models.BinaryField(
        max_length=32, help_text="SHA-256 of the whole action, so that an id cannot be used for another."
    )
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    seq = models.BigIntegerField(help_text="Line of the journal.")
    result = models.JSONField(help_text="Ids and codes that the maker needs to go on.")

    class Meta:
        app_label = "door"
