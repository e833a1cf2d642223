"""What is kept of a person's way through a procedure. Written by actions.py alone."""

from __future__ import annotations

from django.db import models


class Proceeding(models.Model):
    """One person in one procedure of the pack, from its opening to its end, under the shape of the law that applied then."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True, help_text="Number of the file and a serial.")
    file = models.UUIDField(db_index=True)
    procedure = models.CharField(max_length=40, help_text="Code of the procedure in the pack.")
    body = models.CharField(max_length=80, help_text="The body that leads it, by its code in the pack.")
    referral = models.UUIDField(null=True, help_text="The referral from which it arose.")
    shape_on = models.DateField(help_text="The day whose shape of the procedure applies.")
    pack = models.CharField(max_length=12)
    pack_version = models.CharField(max_length=20)
    pack_digest = models.CharField(max_length=64, help_text="So that every step can be replayed on appeal.")
    stage = models.CharField(max_length=60, blank=True, help_text="The stage now; empty when it has ended.")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    lead = models.UUIDField(
        null=True, db_index=True, help_text="The officer who leads the case; null until one was named."
    )

    class Meta:
        app_label = "procedures"
        # All that a body's lists and their numbers ask for stands in the index; `body` and `ended_at` come first.
        indexes = [models.Index(fields=["body", "ended_at", "opened_at", "procedure"], name="proceedings_of_a_body")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(stage=""), name="an_ended_proceeding_has_no_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | ~models.Q(outcome=""), name="an_ended_proceeding_has_its_outcome"
            ),
            models.UniqueConstraint(
                fields=["file", "procedure"],
                condition=models.Q(ended_at=None),
                name="one_open_proceeding_of_a_kind",
            ),
        ]


class Step(models.Model):
    """One stage as it was gone through."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="steps")
    body = models.CharField(max_length=80, help_text="That of the proceeding, which never changes: for counting.")
    procedure = models.CharField(max_length=40, help_text="That of the proceeding: for counting.")
    stage = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    by = models.UUIDField(null=True)
    remark = models.TextField(blank=True)
    to_state = models.CharField(
        max_length=3, blank=True, help_text="Where the person was taken; empty where nobody wrote it down."
    )

    class Meta:
        app_label = "procedures"
        ordering = ["pk"]
        indexes = [models.Index(fields=["body", "stage", "ended_at"], name="steps_ended_at_a_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding"], condition=models.Q(ended_at=None), name="one_open_step_of_a_proceeding"
            )
        ]


class Fact(models.Model):
    """A dated fact of the case, by its code in the packs' facts.yaml. The last one said of a code counts."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="facts")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    to_the_day = models.BooleanField(default=False, help_text="Whether only the day is known.")
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "procedures"
        ordering = ["pk"]


class Pause(models.Model):
    """A time in which clocks that name its cause stand still."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="pauses")
    cause = models.CharField(max_length=40)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        app_label = "procedures"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")), name="a_pause_ends_after_its_start"
            ),
            models.UniqueConstraint(
                fields=["proceeding", "cause"], condition=models.Q(end=None), name="one_open_pause_of_a_cause"
            ),
        ]


class Term(models.Model):
    """One legal term of a step as it is known now: when it ends, or what is missing to know it."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="terms")
    body = models.CharField(max_length=80, help_text="That of the proceeding, which never changes: for counting.")
    procedure = models.CharField(max_length=40, help_text="That of the proceeding: for counting.")
    parameter = models.CharField(max_length=80)
    binds = models.CharField(max_length=10, help_text="authority or person.")
    remedy = models.BooleanField(default=False, help_text="Whether it is the term of a remedy against the stage.")
    verified = models.BooleanField(help_text="An unverified term may warn; it never acts against a person.")
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    unknown = models.TextField(blank=True)
    basis = models.CharField(
        max_length=10,
        blank=True,
        help_text="`statutory` or `target`, by the source of the value; empty while no end is known.",
    )
    cited = models.CharField(max_length=200, blank=True, help_text="Where the applied value stands.")
    target_at = models.DateTimeField(null=True, help_text="The floor's target, where the law has a term beside it.")
    done_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(default=0, help_text="0, 50, 80 or 100: the last warning given.")

    class Meta:
        app_label = "procedures"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["done_at", "due_at"]),
            # How many terms a body met is counted from the index alone.
            models.Index(
                fields=["body", "done_at", "procedure", "due_at", "binds", "verified", "basis"],
                name="terms_met_by_a_body",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["step", "parameter"], name="one_term_of_a_kind_a_step"),
            models.CheckConstraint(
                condition=~models.Q(due_at=None) | ~models.Q(unknown=""), name="a_term_without_end_says_what_is_missing"
            ),
        ]


class Evidence(models.Model):
    """Something that was handed in or found, with its grade: A original verified … F observation of an officer."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)
    grade = models.CharField(max_length=1)
    what = models.TextField()
    received_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "procedures"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(grade__in=list("ABCDEF")), name="evidence_has_a_known_grade")
        ]


class Hearing(models.Model):
    """An interview or hearing: when and where it is, in which setting and language, who interprets, and what came of it."""

    id = models.UUIDField(primary_key=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="hearings")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    room = models.CharField(max_length=200)
    setting = models.CharField(max_length=12)
    setting_reason = models.TextField(blank=True)
    language = models.CharField(max_length=20)
    interpreter = models.CharField(max_length=200, blank=True, help_text="Whoever interprets without an account here.")
    interpreter_account = models.UUIDField(
        null=True, db_index=True, help_text="The interpreter's account, where there is one."
    )
    interpreter_says = models.CharField(
        max_length=10, blank=True, help_text="available, declined; empty before an answer."
    )
    interpreter_conflict = models.BooleanField(default=False)
    interpreter_words = models.TextField(blank=True)
    interpreter_said_at = models.DateTimeField(null=True)
    same_sex = models.CharField(
        max_length=8, help_text="Whether the person wished an interviewer of the same sex: yes, no, unknown."
    )
    held_at = models.DateTimeField(null=True)
    record = models.TextField(blank=True)

    class Meta:
        app_label = "procedures"
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(interpreter_says="") | models.Q(interpreter_account__isnull=False),
                name="only_an_interpreter_with_an_account_answers_here",
            )
        ]


class LegalAid(models.Model):
    """Legal aid of a person in a proceeding: asked for, given by somebody, or freely declined. One row for each time that it was spoken of."""

    id = models.UUIDField(primary_key=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="legal_aid")
    state = models.CharField(max_length=10, help_text="asked, given, declined.")
    asked_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(
        max_length=200, blank=True, help_text="Who gives it: an organisation, bar or office."
    )
    kind = models.CharField(max_length=20, blank=True, help_text="state, ngo, un, private, law_clinic or other.")
    given_on = models.DateField(null=True)
    said = models.TextField(blank=True, help_text="Who declined: their words.")
    interpreter = models.CharField(max_length=200, blank=True)
    declined_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "procedures"
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["state", "proceeding"], name="legal_aid_of_a_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="asked", asked_at__isnull=False, given_on=None, declined_at=None)
                | (models.Q(state="given", given_on__isnull=False, declined_at=None) & ~models.Q(organisation=""))
                | (models.Q(state="declined", declined_at__isnull=False, given_on=None) & ~models.Q(said="")),
                name="legal_aid_is_asked_for_given_or_declined",
            )
        ]


class Decision(models.Model):
    """A decision with its reasons: drafted by one officer, signed by another, then told to the person."""

    id = models.UUIDField(primary_key=True)
    step = models.ForeignKey(Step, models.PROTECT, related_name="decisions")
    body = models.CharField(max_length=80, help_text="That of the proceeding, which never changes: for counting.")
    outcome = models.CharField(max_length=60)
    facts_found = models.TextField()
    law_applied = models.TextField()
    assessment = models.TextField()
    to_state = models.CharField(
        max_length=3, blank=True, help_text="Where the person is taken, if it is carried out by this; empty if unknown."
    )
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    sent_back = models.TextField(blank=True, help_text="Why it was not signed; empty while it waits or is signed.")
    notified_at = models.DateTimeField(null=True)
    notified_how = models.CharField(max_length=20, blank=True)
    notified_language = models.CharField(max_length=20, blank=True)
    proof = models.TextField(blank=True)
    holds_removal = models.BooleanField(
        default=False, help_text="Whether removal is held off because a remedy against it is open or may be used."
    )

    class Meta:
        app_label = "procedures"
        ordering = ["drafted_at"]
        indexes = [
            models.Index(fields=["signed_at"], condition=models.Q(holds_removal=True), name="decisions_that_hold"),
            models.Index(
                fields=["body", "signed_at", "step", "outcome"],
                condition=models.Q(signed_at__isnull=False),
                name="decisions_of_a_body",
            ),
            models.Index(
                fields=["drafted_at"], condition=models.Q(signed_at=None, sent_back=""), name="decisions_to_sign"
            ),
            models.Index(
                fields=["signed_at"],
                condition=models.Q(signed_at__isnull=False, notified_at=None),
                name="decisions_to_tell",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_by=None) | ~models.Q(signed_by=models.F("drafted_by")),
                name="nobody_signs_their_own_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(notified_at=None) | models.Q(signed_at__isnull=False),
                name="only_a_signed_decision_is_notified",
            ),
        ]


class Detention(models.Model):
    """Why and where a person is held, what was considered instead, and when the next review must be. One a proceeding."""

    proceeding = models.OneToOneField(Proceeding, models.PROTECT, related_name="detention")
    legal_ground = models.TextField()
    assessment = models.TextField(help_text="Why this person must be held, in their own case.")
    alternatives = models.JSONField(help_text="Each alternative of rules.ALTERNATIVES and why it is not enough.")
    place = models.CharField(max_length=200)
    ordered_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    review_due = models.DateTimeField(null=True)
    maximum_due = models.DateTimeField(null=True)
    review_basis = models.CharField(
        max_length=10, blank=True, help_text="`statutory` or `target`; empty where no date is known."
    )
    maximum_basis = models.CharField(max_length=10, blank=True, help_text="The same of the longest time.")
    missed_told = models.DateTimeField(null=True, help_text="The missed review of which those who oversee were told.")
    maximum_told = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "procedures"
        indexes = [models.Index(fields=["released_at", "review_due"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(legal_ground="") & ~models.Q(assessment=""), name="detention_has_ground_and_reasons"
            )
        ]


class AskedAgain(models.Model):
    """What a person answered when they were asked again before a step of force. One record serves one step."""

    id = models.UUIDField(primary_key=True)
    step = models.ForeignKey(Step, models.PROTECT, related_name="asked_again")
    answers = models.JSONField(help_text="Each question of rules.ASKED_AGAIN with yes, no, unknown or refused.")
    language = models.CharField(max_length=20)
    interpreter = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        app_label = "procedures"
        ordering = ["asked_at", "pk"]


class Waiver(models.Model):
    """That a person gives up a remedy against a decision: said, thought over, confirmed in writing, and taken back at any time."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="waivers")
    said = models.TextField(help_text="What the person said, in their words.")
    counsel = models.TextField(help_text="Who offered legal counsel, and what came of it.")
    counsel_at = models.DateTimeField()
    lawyer_present = models.BooleanField()
    language = models.CharField(max_length=20)
    interpreter = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.UUIDField()
    may_confirm_at = models.DateTimeField(help_text="When the time to think is over, or the waiver was declared.")
    confirmed_at = models.DateTimeField(null=True)
    paper = models.TextField(blank=True, help_text="The written confirmation: where it lies, who signed.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "procedures"
        ordering = ["declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=models.Q(revoked_at=None), name="one_standing_waiver_of_a_remedy"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(confirmed_at__gte=models.F("may_confirm_at")),
                name="a_waiver_is_confirmed_after_the_time_to_think",
            ),
        ]


class EntryBan(models.Model):
    """That a state forbids a person to enter: who, why, from when until when, by which paper, what was done about it."""

    id = models.UUIDField(primary_key=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="bans")
    file = models.UUIDField(db_index=True)
    state = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3 of the state that forbids to enter.")
    authority = models.CharField(max_length=200, blank=True)
    ground = models.TextField()
    paper = models.TextField(blank=True, help_text="By which paper it is known; empty where the person has none.")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    length = models.CharField(max_length=10, help_text="until (a day), forever, or unknown.")
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    remedy_to = models.CharField(max_length=200, blank=True)
    remedy_on = models.DateField(null=True)
    remedy_what = models.TextField(blank=True)
    destination = models.CharField(max_length=3, blank=True, help_text="Where the person may go instead.")
    destination_why = models.TextField(blank=True)
    lifted_on = models.DateField(null=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_paper = models.TextField(blank=True)

    class Meta:
        app_label = "procedures"
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(length="until", ends__isnull=False)
                | models.Q(length__in=["forever", "unknown"], ends=None),
                name="a_ban_says_how_long_or_that_it_is_not_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(starts=None) | models.Q(ends__gte=models.F("starts")),
                name="a_ban_ends_after_its_start",
            ),
        ]
