"""What was loaded into each room, and when."""

from __future__ import annotations

from django.db import models


class Loading(models.Model):
    """One loading of what a room shows. The last one of a room is what stands there."""

    room = models.CharField(max_length=40, help_text="The room as its acts are called: `record`, `evidence` and so on.")
    digest = models.CharField(max_length=64, help_text="SHA-256 over what was loaded.")
    loaded_at = models.DateTimeField()
    counts = models.JSONField(
        help_text="The numbers of its receipt in their order: pairs of a name and a whole number."
    )

    class Meta:
        app_label = "loadings"
        get_latest_by = "id"

    def __str__(self) -> str:
        return f"{self.room} {self.digest[:12]}"
