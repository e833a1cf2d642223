from django.db import models


class Notice(models.Model):
    """Word to a body, or to the holders of a role, that something waits for them. Names no person: who may see, opens the link."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=80, help_text="Stable code; the sentence is made in the reader's language.")
    body = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=40, blank=True)
    officer = models.UUIDField(null=True)
    facts = models.JSONField(
        default=dict, help_text="Codes, numbers of files and times; nothing that identifies a person."
    )
    link = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "notices"
        indexes = [models.Index(fields=["body", "made_at"]), models.Index(fields=["role", "made_at"])]
