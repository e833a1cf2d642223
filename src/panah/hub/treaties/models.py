"""Treaties, national laws, agreements, and what states report about them. Rows are written by actions.py only, and none is ever overwritten:
what a later record says otherwise supersedes the row before, which stays readable. Offices act here, never private persons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kept(models.Model):
    """A row of the record. `key` never changes; the one that stands has no `superseded_at`."""

    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what the record says; empty: reported.")
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(superseded_at=None), name="one_standing_%(class)s_row")
        ]

    def __str__(self) -> str:
        return self.key


class Sourced(Kept):
    """A row with its source. `verified`: read there with high or medium confidence."""

    source = models.TextField(blank=True)
    link = models.TextField(blank=True)
    source_date = models.CharField(max_length=10, blank=True, help_text="As printed; empty: the source has no date.")
    verified = models.BooleanField(default=False)
    basis = models.CharField(max_length=10, blank=True, help_text="read, inference or memory.")
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)

    class Meta(Kept.Meta):
        abstract = True


class Instrument(Kept):
    """A treaty or declaration, as tables.Instrument describes it; `key` is its code."""

    title_en = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300)
    short_en = models.CharField(max_length=60)
    short_ru = models.CharField(max_length=60)
    year = models.CharField(max_length=4)
    adopted = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=12)
    depositary = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=20)
    named_by = models.CharField(max_length=80, blank=True)
    tracked = models.CharField(max_length=3)
    source = models.CharField(max_length=80)
    verified = models.CharField(max_length=3)


class Origin(Kept):
    """Who says it, as tables.Source describes it; `key` is the code of the source."""

    kind = models.CharField(max_length=12)
    title_en = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300)
    dated = models.CharField(max_length=10, blank=True)
    link = models.TextField(blank=True)
    confidence = models.CharField(max_length=8)
    current = models.CharField(max_length=3)


class Statement(Kept):
    """What one source says of one state and one instrument, as tables.Status describes it."""

    state = models.CharField(max_length=3)
    instrument = models.CharField(max_length=80)
    act = models.CharField(max_length=16, blank=True)
    date = models.CharField(max_length=10, blank=True)
    in_force = models.CharField(max_length=10, blank=True)
    value = models.CharField(max_length=12, blank=True)
    as_of = models.CharField(max_length=10)
    source = models.CharField(max_length=80)
    verified = models.CharField(max_length=3)
    note_en = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)

    class Meta(Kept.Meta):
        indexes = [models.Index(fields=["state", "instrument"]), models.Index(fields=["instrument"])]


class AgeRule(Kept):
    """After how many years a statement has to be checked again; `key` is the value that it speaks of."""

    years = models.PositiveSmallIntegerField()
    why_en = models.TextField()
    why_ru = models.TextField()


class Law(Sourced):
    """An act of a state. `standing` is as its source treats it."""

    class Standing(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        UNKNOWN = "unknown", _("Not known")

    state = models.CharField(max_length=3)
    title_en = models.TextField()
    title_ru = models.TextField()
    working_title = models.CharField(max_length=3)
    number = models.CharField(max_length=40, blank=True)
    dated = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=20)
    standing = models.CharField(max_length=12, choices=Standing)
    in_force = models.CharField(max_length=10, blank=True)

    class Meta(Sourced.Meta):
        indexes = [models.Index(fields=["state", "theme"])]


class Check(models.TextChoices):
    """What became of a report."""

    WAITING = "waiting", _("Waiting for the check")
    VERIFIED = "verified", _("Checked")
    REFUSED = "refused", _("Not confirmed")
    TAKEN_BACK = "taken_back", _("Taken back by the state")


class Reported(models.Model):
    """What an account reported for a state, and what somebody else found when checking it."""

    reported_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField(null=True)
    check_state = models.CharField(max_length=12, choices=Check, blank=True)
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_against = models.TextField(blank=True, help_text="Where it was checked; why it was not confirmed.")

    class Meta:
        abstract = True


class Amendment(Sourced):
    """A change of law on its way. Its stages are `AmendmentStep`. One that a state reported has no digest."""

    state = models.CharField(max_length=3)
    law = models.CharField(max_length=80, blank=True, help_text="Key of the act that it changes; empty: a new act.")
    title_en = models.TextField()
    title_ru = models.TextField()
    number = models.CharField(max_length=40, blank=True)
    parameters = models.TextField(blank=True, help_text="Values of the state's pack that it changes, parted by blanks.")

    class Meta(Sourced.Meta):
        indexes = [models.Index(fields=["state"])]


class Stage(models.TextChoices):
    BILL = "bill", _("Bill")
    ADOPTED = "adopted", _("Adopted")
    IN_FORCE = "in_force", _("In force")
    DROPPED = "dropped", _("Given up")


class AmendmentStep(Sourced, Reported):
    """One stage of an amendment, with its day."""

    amendment = models.CharField(max_length=80)
    state = models.CharField(max_length=3)
    stage = models.CharField(max_length=10, choices=Stage)
    on = models.CharField(max_length=10)

    class Meta(Sourced.Meta):
        indexes = [models.Index(fields=["amendment"]), models.Index(fields=["check_state"])]
        constraints = [
            *Kept.Meta.constraints,
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="amendment_stage_in_set"),
        ]


class ReportedAct(Reported):
    """An act towards a treaty that a state reports of itself: signature, ratification, reservation and the like."""

    id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=3)
    instrument = models.CharField(max_length=80)
    act = models.CharField(max_length=16)
    date = models.CharField(max_length=10)
    in_force = models.CharField(max_length=10, blank=True)
    says = models.TextField(
        blank=True, help_text="Of a reservation, declaration or act of incorporation: what it says."
    )
    paper = models.CharField(max_length=300, help_text="Title or number of the paper.")
    link = models.TextField(blank=True)

    class Meta:
        app_label = "treaties"
        ordering = ["-reported_at"]
        indexes = [models.Index(fields=["state", "instrument"]), models.Index(fields=["check_state"])]
        constraints = [
            models.CheckConstraint(condition=Q(check_state__in=Check.values), name="reported_act_check_in_set")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.instrument} {self.act}"

    @property
    def participant(self) -> str:
        """Whose report it is, as seats are asked."""
        return self.state


class Agreement(Sourced):
    """A bilateral, regional or other agreement. `parties` are ISO 3166-1 alpha-3 codes that were read; there may be others."""

    class Standing(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        SIGNED = "signed", _("Signed, not in force")
        ENDED = "ended", _("No longer in force")
        UNKNOWN = "unknown", _("Not known")

    kind = models.CharField(max_length=16)
    title_en = models.TextField()
    title_ru = models.TextField()
    signed = models.CharField(max_length=10, blank=True)
    in_force = models.CharField(max_length=10, blank=True)
    standing = models.CharField(max_length=12, choices=Standing)
    parties = models.TextField(blank=True)
    with_organisations = models.CharField(max_length=80, blank=True)


class Clause(Sourced):
    """What an agreement says on one theme, in our own words. Empty `origins` or `destinations` mean every party."""

    agreement = models.CharField(max_length=80)
    theme = models.CharField(max_length=24)
    article = models.CharField(max_length=20, blank=True)
    text_en = models.TextField()
    text_ru = models.TextField()
    origins = models.TextField(blank=True)
    destinations = models.TextField(blank=True)


class Standard(Kept):
    """What a law should say, and the value of the packs that tells whether it does. `meets` is the answer that meets it."""

    theme = models.CharField(max_length=20)
    title_en = models.TextField()
    title_ru = models.TextField()
    instrument = models.CharField(max_length=80, blank=True)
    article = models.CharField(max_length=20, blank=True)
    parameter = models.CharField(max_length=80)
    meets = models.CharField(max_length=3)
    requirements = models.CharField(max_length=40)


class Provision(Kept):
    """What a state's pack says of a standard: `found`, `not_found` (the law says otherwise or has none, as read) or `unknown`."""

    standard = models.CharField(max_length=80)
    state = models.CharField(max_length=3)
    finding = models.CharField(max_length=10)
    amount = models.CharField(max_length=40, blank=True, help_text="yes, no, looked_for; empty: not looked for.")
    since = models.CharField(max_length=10, blank=True)
    law = models.CharField(max_length=80, blank=True, help_text="Id of the source in the pack.")
    article = models.CharField(max_length=40, blank=True)
    verified = models.BooleanField()
    pack = models.CharField(max_length=40, help_text="Pack and version.")


class PackEntry(Kept):
    """What a state's pack says of a treaty. It is compared with the hub's own and never changed by it."""

    state = models.CharField(max_length=3)
    instrument = models.CharField(max_length=80)
    action = models.CharField(max_length=12)
    on = models.CharField(max_length=10, blank=True)
    in_force = models.CharField(max_length=10, blank=True)
    checked_on = models.CharField(max_length=10)
    verified = models.BooleanField()
    pack = models.CharField(max_length=40)

    class Meta(Kept.Meta):
        indexes = [models.Index(fields=["state", "instrument"])]


class PackCitation(Kept):
    """Where a pack, or the floor under all of them, rests on a treaty or an act."""

    cited = models.CharField(max_length=80)
    pack = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    where = models.CharField(max_length=160)
    article = models.CharField(max_length=80, blank=True)
    says_en = models.TextField(blank=True)
    says_ru = models.TextField(blank=True)

    class Meta(Kept.Meta):
        indexes = [models.Index(fields=["cited"])]


class ChecklistItem(Kept):
    """A question on whether a plan takes account of migration (requirement R107)."""

    level = models.CharField(max_length=12)
    title_en = models.TextField()
    title_ru = models.TextField()
    source = models.CharField(max_length=20)


class ChecklistAnswer(models.Model):
    """What a state answers, dated. The latest one is shown; those before it stay."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("In part")
        NO = "no", _("No")

    id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=3)
    item = models.CharField(max_length=80)
    answer = models.CharField(max_length=6, choices=Answer)
    paper = models.CharField(max_length=300, help_text="Which plan.")
    link = models.TextField(blank=True)
    on = models.CharField(max_length=10)
    reported_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField()

    class Meta:
        app_label = "treaties"
        ordering = ["reported_at"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["yes", "partly", "no"]), name="checklist_answer_in_set")
        ]
