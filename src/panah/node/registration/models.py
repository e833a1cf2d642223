"""A person's file and what is first known of the person. Rows are written by actions.py only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.cores.identity.birth import Precision
from panah.cores.identity.calendars import Calendar


class Status(models.TextChoices):
    """Where a file stands. `arrived`: a number was given, nothing else is known. `interviewed`: an interview was begun."""

    ARRIVED = "arrived", pgettext_lazy("standing of a file", "Arrived")
    REGISTERED = "registered", _("Registered")
    INTERVIEWED = "interviewed", _("In interview")
    PROPOSED = "proposed", _("Profile proposed")
    CONFIRMED = "confirmed", _("Profile confirmed")
    REFERRED = "referred", _("Referred")
    CLOSED = "closed", _("Closed")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class GroupKind(models.TextChoices):
    FAMILY = "family", _("Family")
    TRAVELLING = "travelling", _("Travelling together")


class NameKind(models.TextChoices):
    """Parts of a name. Nobody has to have any of them; a single name is `as_stated` and complete."""

    AS_STATED = "as_stated", _("Full name as stated")
    FAMILY = "family", _("Family name")
    GIVEN = "given", _("Given name")
    PATRONYMIC = "patronymic", _("Patronymic")
    FATHER = "father", _("Father's name")
    GRANDFATHER = "grandfather", _("Grandfather's name")


class DocumentType(models.TextChoices):
    PASSPORT = "passport", _("Passport")
    ID_CARD = "id_card", _("Identity card")
    TRAVEL_DOCUMENT_1951 = "travel_document_1951", _("Travel document of a refugee (1951 Convention)")
    TRAVEL_DOCUMENT_1954 = "travel_document_1954", _("Travel document of a stateless person (1954 Convention)")
    USSR_PASSPORT = "ussr_passport", _("Passport of the USSR")
    BIRTH_CERTIFICATE = "birth_certificate", _("Birth certificate")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit")
    VISA = "visa", _("Visa")
    RETURN_CERTIFICATE = "return_certificate", _("Certificate of return")
    OTHER = "other", _("Other")


class DocumentStatus(models.TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    LOST = "lost", _("Lost")
    WITHHELD = "withheld_by_other", _("Held back by somebody else")
    FORGED = "suspected_forged", _("Suspected forged")


class EntryMode(models.TextChoices):
    BORDER_POINT = "border_point", _("At a border point")
    IRREGULAR = "irregular", _("Between border points or without papers")
    INTERCEPTED = "intercepted", _("Intercepted")
    AIRPORT_TRANSIT = "airport_transit", _("In airport transit")
    IN_COUNTRY = "in_country", _("Already in the country")
    RETURNED = "returned_by_other_state", _("Returned by another state")


class Urgent(models.TextChoices):
    """What must not wait for registration or interview; seen at first contact."""

    MEDICAL = "medical", _("Medical first")
    DANGER = "danger", _("In danger")
    CHILD_ALONE = "child_alone", _("Child alone")


class ClosingReason(models.TextChoices):
    COMPLETED = "completed", _("Everything due was done")
    LEFT = "left", _("The person left of their own will")
    NOT_SEEN = "not_seen", _("The person did not come back")
    TWICE = "opened_twice", _("The person has another file")
    ERROR = "opened_in_error", _("The file was opened in error")
    DIED = "died", _("The person died")


def _in_set(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class Group(models.Model):
    """People who came together."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    place = models.CharField(max_length=40, help_text="Code of the place in the pack.")
    kind = models.CharField(max_length=20, choices=GroupKind)
    arrived_at = models.DateTimeField()

    class Meta:
        app_label = "registration"
        constraints = [_in_set("kind", GroupKind, "group_kind_in_set")]


class PersonFile(models.Model):
    """One person's file, from arrival to closing."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(
        max_length=40, unique=True, help_text="Place, day and serial: the number that the queue calls."
    )
    place = models.CharField(max_length=40, help_text="Code of the place in the pack.")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="files")
    status = models.CharField(max_length=12, choices=Status)
    urgent = models.JSONField(default=list, help_text="Codes of Urgent.")
    arrived_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    language = models.CharField(
        max_length=16, blank=True, help_text="BCP 47 tag of the language that the person prefers."
    )
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    birth = models.CharField(
        max_length=10,
        blank=True,
        help_text="Gregorian date or part of one, ISO 8601; empty when it is a range or not known.",
    )
    birth_precision = models.CharField(
        max_length=8, choices=[(p.value, p.value) for p in Precision], default=Precision.UNKNOWN.value
    )
    birth_stated = models.CharField(
        max_length=60, blank=True, help_text="As the person or the document says it, in its calendar."
    )
    birth_calendar = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Calendar], default=Calendar.GREGORIAN.value
    )
    birth_from = models.DateField(null=True, help_text="First possible day.")
    birth_to = models.DateField(null=True, help_text="Last possible day; childhood is asked of this one.")
    age_estimate = models.PositiveSmallIntegerField(
        null=True, help_text="Whole years on the day of arrival, when nothing else is known."
    )
    citizenships = models.JSONField(default=list, help_text="ISO 3166-1 alpha-3, or XXA, XXB, XXX.")
    entry = models.JSONField(default=dict, help_text="mode, from, route, stay_expired as in contracts/screening.md.")
    source = models.CharField(max_length=60, default="web")
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=20, choices=ClosingReason, blank=True)

    class Meta:
        app_label = "registration"
        indexes = [
            models.Index(fields=["place", "arrived_at"]),
            models.Index(fields=["status", "arrived_at"]),
            models.Index(fields=["place", "status", "arrived_at", "number"], name="waiting_at_a_post"),
        ]
        constraints = [
            _in_set("status", Status, "file_status_in_set"),
            _in_set("sex", Sex, "file_sex_in_set"),
            models.CheckConstraint(
                condition=Q(birth_precision__in=[p.value for p in Precision]), name="file_precision_in_set"
            ),
            models.CheckConstraint(
                condition=Q(birth_calendar__in=[c.value for c in Calendar]), name="file_calendar_in_set"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing_reason="") & ~Q(status=Status.CLOSED)
                | Q(closed_at__isnull=False, status=Status.CLOSED, closing_reason__in=ClosingReason.values),
                name="file_closed_with_time_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("arrived_at")), name="file_closed_after_arrived"
            ),
            models.CheckConstraint(
                condition=Q(registered_at=None, status=Status.ARRIVED)
                | Q(registered_at=None, status=Status.CLOSED)
                | Q(registered_at__isnull=False),
                name="file_registered_has_time",
            ),
            models.CheckConstraint(
                condition=Q(birth_from=None, birth_to=None, birth_precision=Precision.UNKNOWN.value)
                | Q(birth_from__lte=F("birth_to")) & ~Q(birth_precision=Precision.UNKNOWN.value),
                name="file_birth_is_a_range",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Name(models.Model):
    """One part of a person's name in one script, as it was said or written."""

    file = models.ForeignKey(PersonFile, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=12, choices=NameKind)
    script = models.CharField(max_length=4, help_text="ISO 15924: Latn, Cyrl, Arab, …")
    text = models.CharField(max_length=200)

    class Meta:
        app_label = "registration"
        ordering = ["id"]
        constraints = [
            _in_set("kind", NameKind, "name_kind_in_set"),
            models.CheckConstraint(condition=~Q(text=""), name="name_has_text"),
        ]


class IdentityDocument(models.Model):
    """A document that a person showed or spoke of."""

    file = models.ForeignKey(PersonFile, on_delete=models.CASCADE, related_name="documents")
    type = models.CharField(max_length=24, choices=DocumentType)
    issuer = models.CharField(
        max_length=3, blank=True, help_text="ISO 3166-1 alpha-3, or a code of ICAO Doc 9303-3, section 5."
    )
    number = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, choices=DocumentStatus, blank=True)
    zone = models.TextField(blank=True, help_text="The machine-readable zone as it was typed or scanned.")
    reading = models.JSONField(default=dict, help_text="What was read from the zone, with each check.")

    class Meta:
        app_label = "registration"
        ordering = ["id"]
        constraints = [
            _in_set("type", DocumentType, "document_type_in_set"),
            models.CheckConstraint(condition=Q(status__in=["", *DocumentStatus.values]), name="document_status_in_set"),
        ]


class SearchKey(models.Model):
    """A key under which a file is found before a new one is made: of a name, or of a document number (keyed hash)."""

    file = models.ForeignKey(PersonFile, on_delete=models.CASCADE, related_name="search_keys")
    key = models.CharField(max_length=44)
    birth_from = models.SmallIntegerField(null=True, help_text="First possible year of birth.")
    birth_to = models.SmallIntegerField(null=True)

    class Meta:
        app_label = "registration"
        indexes = [models.Index(fields=["key", "birth_from", "birth_to", "file"], name="search_key_covering")]


class Serial(models.Model):
    """The last number given at a place on a day."""

    place = models.CharField(max_length=40)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        app_label = "registration"
        constraints = [models.UniqueConstraint(fields=["place", "day"], name="one_serial_a_place_and_day")]
