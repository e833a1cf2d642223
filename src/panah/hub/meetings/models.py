"""Meetings, drafts and the conclusions that they reach. Rows are written by actions only. A text is never overwritten: each wording is a
version, each proposal and each state's word on it stays with who said it and when. Accounts stand by their ids, and pages show states."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from panah.hub.meetings.words import Answer, Basis, Capacity, How, Kind, Matter, Precision, Standing, State, Wish


class Sourced(models.Model):
    """What somebody said: where, when, and whether it was read in the document itself."""

    key = models.CharField(max_length=80, help_text="Name of the row in the record.")
    source = models.TextField()
    source_url = models.TextField(blank=True)
    source_date = models.CharField(max_length=10, blank=True, help_text="As printed; empty: not printed.")
    verified = models.BooleanField(default=False)
    basis = models.CharField(max_length=10, choices=Basis)
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)

    class Meta:
        abstract = True


class Meeting(models.Model):
    """A meeting that the record knows of, or one that was convened here."""

    id = models.UUIDField(primary_key=True)
    code = models.SlugField(max_length=60, unique=True, help_text="Stable: the ids of its conclusions are made of it.")
    kind = models.CharField(max_length=20, choices=Kind)
    from_record = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State)
    title_en = models.CharField(max_length=200, blank=True)
    title_ru = models.CharField(max_length=200, blank=True)
    precision = models.CharField(max_length=10, choices=Precision)
    begins = models.DateField(null=True, help_text="A day that a source names, or that was decided; else empty.")
    ends = models.DateField(null=True)
    earliest = models.DateField(null=True, help_text="Bounds of a time that is known roughly.")
    latest = models.DateField(null=True)
    when_en = models.CharField(max_length=120, blank=True)
    when_ru = models.CharField(max_length=120, blank=True)
    opens_at = models.DateTimeField(null=True, help_text="The hour at which it opens, when it is set.")
    where_en = models.CharField(max_length=200, blank=True)
    where_ru = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=20, blank=True, help_text="Code of the participant; empty: not known.")
    outcome = models.CharField(max_length=20, blank=True, help_text="Code of the document in the record.")
    public = models.BooleanField(help_text="Whether everybody reads that it takes place, where and when.")
    observers_read = models.BooleanField(default=False, help_text="Whether observers and guests read the draft.")
    answers_by = models.DateField(null=True, help_text="By when delegations are to be named.")
    proposals_by = models.DateTimeField(null=True, help_text="By when wording is to be proposed.")
    statement_at = models.DateTimeField(null=True, help_text="When the agreed paragraphs became public.")
    place = models.PositiveSmallIntegerField(default=0, help_text="Order among those whose time is not known.")
    changed_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0, help_text="SEQUENCE of the calendar's event.")
    why = models.TextField(blank=True, help_text="Why it was called off.")

    class Meta:
        app_label = "meetings"
        ordering = ["begins", "place", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=models.F("begins")), name="meeting_ends_late"),
            models.CheckConstraint(condition=~Q(title_en="", title_ru=""), name="meeting_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.code


class Fact(Sourced):
    """What one source says of one matter. Others may say otherwise: their rows stand beside it. `shown` heads the page."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="facts")
    place = models.PositiveSmallIntegerField()
    matter = models.CharField(max_length=12, choices=Matter)
    text_en = models.TextField()
    text_ru = models.TextField()
    shown = models.BooleanField(default=False)
    known = models.BooleanField(default=True, help_text="False: looked for and not found.")
    disputed = models.BooleanField(default=False, help_text="Another source says otherwise.")

    class Meta:
        app_label = "meetings"
        ordering = ["place"]


class Attendance(Sourced):
    """A participant whom a source lists as having taken part."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    participant = models.CharField(max_length=20)
    capacity = models.CharField(max_length=12, choices=Capacity)
    place = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "meetings"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["meeting", "participant"], name="one_attendance_of_a_meeting")]


class Delegation(models.Model):
    """A participant invited to a meeting, in which capacity, and what it answered. People are counted; only accounts of this hub stand
    here one by one."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="delegations")
    participant = models.CharField(max_length=20)
    capacity = models.CharField(max_length=12, choices=Capacity)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE)
    head_en = models.CharField(max_length=160, blank=True, help_text="Office of the head of the delegation.")
    head_ru = models.CharField(max_length=160, blank=True)
    size = models.PositiveSmallIntegerField(null=True, help_text="How many come; empty: not known.")
    accounts = models.JSONField(default=list, help_text="Ids of accounts of this hub that belong to it.")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "meetings"
        ordering = ["capacity", "participant"]
        constraints = [models.UniqueConstraint(fields=["meeting", "participant"], name="one_delegation_of_a_meeting")]


class AgendaItem(models.Model):
    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    place = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=300, blank=True)
    title_ru = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "meetings"
        ordering = ["place"]


class Paper(models.Model):
    """A file for a meeting, byte for byte as it came."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="papers")
    participant = models.CharField(max_length=20, blank=True, help_text="Who brought it; empty: the secretariat.")
    title = models.CharField(max_length=200)
    tongue = models.CharField(max_length=2, choices=[("en", "en"), ("ru", "ru")])
    form = models.CharField(max_length=4, help_text="pdf, docx or odt, found by its content.")
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of `content`.")
    public = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        app_label = "meetings"
        ordering = ["given_at"]


class Minutes(models.Model):
    """Minutes of a meeting, in one of their versions."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    text_en = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    class Meta:
        app_label = "meetings"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_version_of_minutes")]


class Paragraph(models.Model):
    """A paragraph of a meeting's conclusions. Its number is given once and never to another; `place` is its order in the text."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.DRAFT)
    agreed_at = models.DateTimeField(null=True)
    agreed_how = models.CharField(max_length=12, choices=How, blank=True)
    text_en = models.TextField(blank=True, help_text="Of the version that stands.")
    text_ru = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(help_text="Number of the version that stands.")

    class Meta:
        app_label = "meetings"
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_paragraph_of_a_number"),
            models.CheckConstraint(
                condition=~Q(standing="agreed") | Q(agreed_at__isnull=False), name="agreed_paragraph_says_when"
            ),
        ]

    @property
    def ref(self) -> str:
        """The id of the conclusion, under which other rooms know it."""
        return f"M-{self.meeting.code}-{self.number}"


class Proposal(models.Model):
    """The wording that a state proposes: for a paragraph, for a new one after it (`insert`), or that it be left out (`delete`)."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proposals")
    paragraph = models.ForeignKey(Paragraph, null=True, on_delete=models.PROTECT, related_name="proposals")
    wish = models.CharField(max_length=8, choices=Wish)
    participant = models.CharField(max_length=20)
    base = models.PositiveSmallIntegerField(help_text="Number of the version that it was written against.")
    text_en = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    reason = models.TextField()
    standing = models.CharField(
        max_length=10,
        choices=[(code, code) for code in ("open", "merged", "declined", "withdrawn")],
        default="open",
    )
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        app_label = "meetings"
        ordering = ["made_at"]
        indexes = [models.Index(fields=["meeting", "standing"])]


class Version(models.Model):
    """One wording of a paragraph. `participant` is whose proposal it was; empty: the secretariat or the chair wrote it."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text_en = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    participant = models.CharField(max_length=20, blank=True)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="versions")
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        app_label = "meetings"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "number"], name="one_version_of_a_paragraph")]


class Remark(models.Model):
    """A comment on a paragraph or on a proposal for it."""

    id = models.UUIDField(primary_key=True)
    paragraph = models.ForeignKey(Paragraph, null=True, on_delete=models.PROTECT, related_name="remarks")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="remarks")
    participant = models.CharField(max_length=20, blank=True)
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        app_label = "meetings"
        ordering = ["made_at"]


class Stand(models.Model):
    """A state supports a wording, or reserves its position. It is about one version; a later one is another text."""

    id = models.UUIDField(primary_key=True)
    paragraph = models.ForeignKey(Paragraph, null=True, on_delete=models.PROTECT, related_name="stands")
    version = models.PositiveSmallIntegerField(null=True)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="stands")
    participant = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=[("support", "support"), ("reserve", "reserve")])
    reason = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "meetings"
        ordering = ["taken_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "version", "participant"],
                condition=Q(ended_at=None, proposal=None),
                name="one_stand_on_a_version",
            ),
            models.UniqueConstraint(
                fields=["proposal", "participant"],
                condition=Q(ended_at=None, paragraph=None),
                name="one_stand_on_a_proposal",
            ),
        ]


class Turn(models.Model):
    """What became of a paragraph as a whole, and when: agreed, opened again, left out, taken back in, moved."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=10)
    how = models.CharField(max_length=12, choices=How, blank=True)
    version = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True, help_text="Empty: the end of a silence.")

    class Meta:
        app_label = "meetings"
        ordering = ["at"]


class Silence(models.Model):
    """Paragraphs laid before the states until a moment: what nobody reserves on by then is agreed."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="silences")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        app_label = "meetings"
        ordering = ["-opened_at"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("opened_at")), name="silence_takes_time")]


class SilenceLine(models.Model):
    """One paragraph under a silence, in the version that was laid before the states."""

    silence = models.ForeignKey(Silence, on_delete=models.PROTECT, related_name="lines")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="silences")
    version = models.PositiveSmallIntegerField()
    broken_at = models.DateTimeField(null=True)
    broken_for = models.CharField(max_length=20, blank=True, help_text="Participant whose reservation broke it.")

    class Meta:
        app_label = "meetings"
        constraints = [models.UniqueConstraint(fields=["silence", "paragraph"], name="one_line_of_a_silence")]


class FeedKey(models.Model):
    """A secret address under which a calendar program reads one account's meetings. Only its hash is kept."""

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "meetings"
        constraints = [
            models.UniqueConstraint(fields=["officer"], condition=Q(revoked_at=None), name="one_standing_feed_key")
        ]


class Reminded(models.Model):
    """That the delegations were reminded of a deadline: once for each number of days before it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reminders")
    deadline = models.CharField(max_length=80, help_text="Which deadline, with its moment: a moved one is another.")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        app_label = "meetings"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "deadline", "days"], name="one_reminder_of_a_deadline")
        ]
