from __future__ import annotations

from django.db import models


class Setting(models.TextChoices):
    """Where an interview is held (domain reference 11.3, interview_setting). The last three need a reason."""

    PRIVATE = "PRIVATE"
    SEMI = "SEMI"
    OPEN = "OPEN"
    REMOTE = "REMOTE"
    VEHICLE = "VEHICLE"
    DETENTION = "DETENTION"


class Information(models.Model):
    """That a person was given a leaflet, in which language, and that they said that they understood."""

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey("registration.PersonFile", on_delete=models.PROTECT, related_name="+")
    leaflet = models.CharField(max_length=40, help_text="A leaflet of the screening core.")
    language = models.CharField(max_length=16, help_text="BCP 47.")
    version = models.CharField(max_length=20, help_text="Version of the pack whose text was given.")
    interpreter = models.CharField(max_length=120, blank=True)
    understood = models.BooleanField(help_text="The person said that they understood.")
    given_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)

    class Meta:
        app_label = "profiling"
        indexes = [models.Index(fields=["file", "leaflet"])]


class Interview(models.Model):
    """One interview. `record` holds its answers in the nested form of contracts/screening.md; `asked` the keys in the order of
    asking with the answers that the record cannot hold (a list that is not known or was refused)."""

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey("registration.PersonFile", on_delete=models.PROTECT, related_name="+")
    officer = models.UUIDField(null=True, help_text="Who interviews; empty for a record that came in by itself.")
    language = models.CharField(max_length=16, blank=True, help_text="BCP 47, in which the person is asked.")
    setting = models.CharField(max_length=12, choices=Setting, blank=True)
    setting_reason = models.TextField(blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    continues = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True, help_text="Stopped now; going on empties it.")
    stop_reason = models.CharField(max_length=20, blank=True)
    record = models.JSONField(default=dict)
    asked = models.JSONField(default=list, help_text="[[key, ''|'unknown'|'refused'], …] in the order of asking.")

    class Meta:
        app_label = "profiling"
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(finished_at=None), name="one_open_interview_of_a_file"
            ),
            models.CheckConstraint(
                condition=~models.Q(setting__in=[Setting.REMOTE, Setting.VEHICLE, Setting.DETENTION])
                | ~models.Q(setting_reason=""),
                name="unusual_setting_has_a_reason",
            ),
        ]


class Proposal(models.Model):
    """What the screening proposed after an interview, exactly as it gave it, and under which rules. Never changed."""

    id = models.UUIDField(primary_key=True)
    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="proposal")
    file = models.ForeignKey("registration.PersonFile", on_delete=models.PROTECT, related_name="+")
    record = models.JSONField(help_text="The whole record that was screened, so that the answer can be replayed.")
    profile = models.JSONField()
    urgency = models.CharField(max_length=10)
    pack = models.CharField(max_length=8)
    pack_version = models.CharField(max_length=20)
    pack_digest = models.CharField(max_length=64)
    on = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "profiling"
        indexes = [models.Index(fields=["file", "made_at"])]


class Confirmation(models.Model):
    """An officer's decision on a proposal. The proposal stays beside it."""

    id = models.UUIDField(primary_key=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="confirmation")
    file = models.ForeignKey("registration.PersonFile", on_delete=models.PROTECT, related_name="+")
    profiles = models.JSONField(help_text="Codes that stand after the decision, in the order of the contract.")
    changes = models.JSONField(default=list, help_text="[{code, change: added|removed, reason}]")
    added_lines = models.JSONField(
        default=dict, help_text="Safeguards, referrals and leaflets that follow from added profiles."
    )
    tracing_due = models.DateTimeField(
        null=True,
        help_text="Until when the family is to be sought by the referrals of the decision; null where none says so.",
    )
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "profiling"
        indexes = [
            models.Index(fields=["file", "at"]),
            models.Index(
                fields=["tracing_due"], name="profiling_tracing_due", condition=models.Q(tracing_due__isnull=False)
            ),
        ]


class SecondReading(models.Model):
    """Whether a decided profile reads so to another officer too. It stands beside the decision and changes nothing of it."""

    id = models.UUIDField(primary_key=True)
    confirmation = models.OneToOneField(Confirmation, on_delete=models.PROTECT, related_name="second")
    by = models.UUIDField()
    at = models.DateTimeField()
    agrees = models.BooleanField()
    remark = models.TextField(blank=True)

    class Meta:
        app_label = "profiling"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(remark=""), name="who_reads_otherwise_says_how"
            )
        ]
