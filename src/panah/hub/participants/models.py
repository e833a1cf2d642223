"""Who takes part: states and organisations with dated roles, chairs, bodies, contacts by office, and the seats of accounts. Rows are
written by actions.py only. What sources say is never overwritten: a changed row supersedes the one before. Offices, never private persons."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    PROCESS = "process", _("Sister process")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    GUEST = "guest", _("Guest")
    APPLICANT = "applicant", _("Applicant")
    SECRETARIAT = "secretariat", _("Secretariat")


class Office(models.TextChoices):
    """Offices of the Process that accounts of this hub may hold."""

    NATIONAL_COORDINATOR = "national_coordinator", _("National coordinator")
    SENIOR_OFFICIAL = "senior_official", _("Senior official")
    CHAIR_DELEGATE = "chair_delegate", _("Delegate of the chair")
    SUPPORT_UNIT = "support_unit", _("Support unit")
    OBSERVER = "observer", _("Observer")


class ContactKind(models.TextChoices):
    NATIONAL_COORDINATOR = "national_coordinator", _("National coordinator")
    HEAD_OF_DELEGATION = "head_of_delegation", _("Head of delegation")
    SENIOR_OFFICIAL = "senior_official", _("Senior official")
    FOCAL_POINT = "focal_point", _("Focal point")
    SECRETARIAT = "secretariat", _("Secretariat")


class Sourced(models.Model):
    """A row that somebody said: where, when, and whether it was read in the document itself."""

    class Basis(models.TextChoices):
        READ = "read", _("Read in the source")
        INFERENCE = "inference", _("Inferred from the source")
        MEMORY = "memory", _("From memory")

    key = models.CharField(max_length=80, help_text="Name of the row in the record; of a row made here, its id.")
    source = models.TextField()
    source_url = models.TextField(blank=True)
    source_date = models.CharField(
        max_length=10, blank=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD; empty: not printed."
    )
    verified = models.BooleanField(help_text="Read in the document of the Process or of the body itself.")
    basis = models.CharField(max_length=10, choices=Basis)
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the record's row; empty for rows made here."
    )
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, help_text="Account; empty for the installation, which loads the record.")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Participant(Sourced):
    """A state, an organisation or a sister process. `key` is its code: ISO 3166-1 alpha-3 for states."""

    kind = models.CharField(max_length=12, choices=Kind)
    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)

    class Meta:
        app_label = "participants"
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_participant"),
        ]

    def __str__(self) -> str:
        return self.key


class HeldRole(Sourced):
    """What one source says of a participant's role. Others may say otherwise: their rows stand beside it."""

    participant = models.CharField(max_length=20, help_text="Code of the participant.")
    role = models.CharField(max_length=12, choices=Role)
    begins = models.CharField(max_length=10, blank=True, help_text="As the source says it; empty: not said.")
    ends = models.CharField(max_length=10, blank=True, help_text="Last day; empty: not said to have ended.")
    as_of = models.CharField(max_length=10, blank=True, help_text="For when the source says that the role stood.")

    class Meta:
        app_label = "participants"
        ordering = ["participant", "begins", "as_of", "key"]
        indexes = [models.Index(fields=["participant", "role"])]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_role_row"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="held_role_in_set"),
        ]


class Chair(Sourced):
    """A time for which a source names a state as chair."""

    participant = models.CharField(max_length=20)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)

    class Meta:
        app_label = "participants"
        ordering = ["begins", "ends", "key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_chair_row"),
        ]


class Body(Sourced):
    """A body of the Process and what it does."""

    place = models.PositiveSmallIntegerField(help_text="Order on the page.")
    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)
    what_en = models.TextField(blank=True)
    what_ru = models.TextField(blank=True)
    seat = models.CharField(max_length=120, blank=True)

    class Meta:
        app_label = "participants"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_body_row"),
        ]


class BodyTask(Sourced):
    """A task of a body, and the page of the hub that serves it."""

    body = models.CharField(max_length=80, help_text="Key of the body.")
    place = models.PositiveSmallIntegerField()
    text_en = models.TextField()
    text_ru = models.TextField()
    served_by = models.CharField(
        max_length=80, blank=True, help_text="Name of an address of the hub; empty: nothing yet."
    )

    class Meta:
        app_label = "participants"
        ordering = ["body", "place"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_task_row"),
        ]


class Tie(Sourced):
    """A link between the Process and a sister process or an organisation."""

    participant = models.CharField(max_length=20)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    what_en = models.TextField()
    what_ru = models.TextField()

    class Meta:
        app_label = "participants"
        ordering = ["participant", "begins", "key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_tie_row"),
        ]


class Contact(Sourced):
    """An office that answers for a participant or a body: its title and role mailbox. Never a private person."""

    participant = models.CharField(max_length=20, blank=True)
    body = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=24, choices=ContactKind)
    office_en = models.CharField(max_length=200)
    office_ru = models.CharField(max_length=200, blank=True)
    mailbox = models.CharField(max_length=200, blank=True, help_text="A mailbox of the office, never of a person.")
    country = models.CharField(max_length=3, blank=True)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)

    class Meta:
        app_label = "participants"
        ordering = ["participant", "body", "kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_contact_row"),
            models.CheckConstraint(condition=~Q(participant="", body=""), name="contact_of_somebody"),
        ]


class Seat(models.Model):
    """An account of this hub that holds an office of a participant, for a time. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    participant = models.CharField(max_length=20)
    office = models.CharField(max_length=24, choices=Office)
    begins = models.DateField()
    ends = models.DateField(null=True, help_text="First day on which it stands no more.")
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        app_label = "participants"
        ordering = ["participant", "office", "begins"]
        indexes = [models.Index(fields=["officer", "begins"])]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "participant", "office"],
                condition=Q(ends=None),
                name="one_standing_seat_of_an_office",
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=models.F("begins")), name="seat_ends_late"),
        ]
