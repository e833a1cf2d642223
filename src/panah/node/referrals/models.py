from __future__ import annotations

from django.db import models


class Referral(models.Model):
    """One person directed to one competent body, with what that body needs to know and nothing more."""

    class Status(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        DONE = "done"

    id = models.UUIDField(primary_key=True)
    number = models.CharField(
        max_length=40, unique=True, help_text="Number of the file and a serial: what is said on the telephone."
    )
    file = models.UUIDField(db_index=True)
    to = models.CharField(max_length=40, help_text="Kind of recipient: a referrals code of contracts/screening.md.")
    body = models.CharField(max_length=80, help_text="Code of the recipient in the pack.")
    from_place = models.CharField(max_length=40)
    urgency = models.CharField(max_length=12)
    because = models.JSONField(help_text="Rules, answers and sources that led to it.")
    consent = models.CharField(max_length=14, help_text="not_required or given; without it nothing is sent.")
    packet = models.JSONField(help_text="What the recipient sees, by data class of the sharing matrix.")
    serves_state = models.CharField(max_length=3, blank=True, help_text="For a consulate: the state that it serves.")
    status = models.CharField(max_length=10, choices=Status.choices)
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField(null=True)
    due_at = models.DateTimeField(help_text="By when an answer is expected.")
    due_basis = models.CharField(
        max_length=12, default="target", help_text="`statutory` where the law sets it, else `target`."
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    decline_code = models.CharField(max_length=20, blank=True)
    competent = models.CharField(
        max_length=40, blank=True, help_text="Who is competent, when the recipient says that it is not."
    )
    outcome = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    way = models.CharField(
        max_length=10, default="account", help_text="`account`: the body reads it here; `envelope`: it has no account."
    )
    agreed = models.JSONField(
        default=list, help_text="Classes of data to which the person said yes for this recipient."
    )
    chosen_for = models.CharField(
        max_length=20, blank=True, help_text="Why this body and not the one that was proposed: a code."
    )
    received_at = models.DateTimeField(null=True, help_text="When a body outside said that it has it.")
    missing = models.JSONField(default=list, help_text="What the recipient needs: keys of contracts/screening.md.")
    cure = models.CharField(max_length=6, blank=True, help_text="After INCOMPLETE: open, cured or late.")
    cure_by = models.DateTimeField(null=True, help_text="Until when the sender adds what is missing.")
    after = models.UUIDField(null=True, help_text="The referral whose recipient named this one as competent.")
    escalated = models.PositiveSmallIntegerField(default=0, help_text="0 to 3: how far up the silence was reported.")

    class Meta:
        app_label = "referrals"
        indexes = [
            # Lists and counts by status; the columns behind let them be answered from the index alone.
            models.Index(fields=["body", "status", "due_at", "to", "serves_state"], name="referral_waiting_for_a_body"),
            models.Index(fields=["from_place", "-sent_at", "id"], name="referral_sent_from_a_place"),
            models.Index(fields=["cure", "cure_by"], condition=models.Q(cure="open"), name="referral_to_be_cured"),
            models.Index(fields=["status", "due_at"]),
            # How a body answered is counted from the index alone.
            models.Index(
                fields=["body", "sent_at", "to", "due_basis", "answered_at", "due_at"], name="referrals_sent_to_a_body"
            ),
            # All that a body's queue asks for stands in the index, so that long lists are counted without their packets.
            models.Index(fields=["body", "due_at", "status", "to", "serves_state"], name="referral_queue_of_a_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["sent", "accepted", "declined", "done"]),
                name="referral_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=models.Q(consent__in=["not_required", "given"]), name="referral_is_sent_only_with_consent"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="declined") | ~models.Q(decline_code=""),
                name="a_declined_referral_has_its_code",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | ~models.Q(outcome=""), name="a_finished_referral_has_its_outcome"
            ),
            models.UniqueConstraint(
                fields=["file", "to"],
                condition=models.Q(status__in=["sent", "accepted"]),
                name="one_open_referral_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(way__in=["account", "envelope"]), name="referral_goes_a_known_way"
            ),
            models.CheckConstraint(
                condition=models.Q(cure="") | models.Q(cure__in=["open", "cured", "late"], cure_by__isnull=False),
                name="referral_is_cured_by_a_day",
            ),
        ]


class OutsideBody(models.Model):
    """A body without an account here, as it was entered once: what it is, and its keys. Never changed; a new entry takes its place.

    Only a confirmed entry that has not ended is used (`standing`).
    """

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=80, db_index=True, help_text="Code of the body, in the pack or of its own.")
    title = models.CharField(max_length=160, help_text="Its own name.")
    kinds = models.JSONField(help_text="Kinds of referral that it takes: referrals codes of contracts/screening.md.")
    state = models.CharField(max_length=3, blank=True, help_text="Whose authority it is; empty for all others.")
    call = models.CharField(max_length=120, help_text="Where its supervisor is called when it is silent.")
    seals_for = models.CharField(max_length=62, help_text="Its age key (X25519).")
    signs_with = models.CharField(max_length=43, help_text="Its Ed25519 key, base64url.")
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_for = models.CharField(max_length=12, blank=True, help_text="replaced, wrong_hands, lost, closed or mistake.")

    class Meta:
        app_label = "referrals"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~models.Q(confirmed_by=models.F("entered_by")),
                name="outside_keys_are_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(confirmed_at__isnull=False, ended_at=None),
                name="one_standing_entry_of_an_outside_body",
            ),
        ]


class Envelope(models.Model):
    """A referral sealed for a body outside, once for each time that it was taken. The sealed bytes are sealed again under the person's key."""

    id = models.UUIDField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="envelopes")
    sealed_for = models.ForeignKey(OutsideBody, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file, which its answer names.")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        app_label = "referrals"


class OutsideAnswer(models.Model):
    """An answer of a body outside that was believed. Its id is the body's own, so that none is taken twice."""

    id = models.UUIDField(primary_key=True)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="answers")
    said = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True)
    key_id = models.CharField(max_length=64, help_text="Thumbprint of the key that signed it, RFC 7638.")
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True, help_text="The officer who brought it; none where the body posted it.")

    class Meta:
        app_label = "referrals"
