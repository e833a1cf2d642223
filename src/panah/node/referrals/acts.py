"""What can be done with referrals, as values. Who performs them is in actions/."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from panah.cores.exchange import sealing
from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.referrals import outside
from panah.node.referrals.models import Envelope, OutsideBody, Referral
from panah.node.registration import service as registration

Remark = Annotated[str, StringConstraints(max_length=2000)]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_./:-]*$")]
Key = Annotated[str, StringConstraints(max_length=80)]
ChosenFor = Literal["", "law", "wish", "family", "skill", "near", "promised", "no_other"]
DataClass = Literal[
    "identity_core", "claim_content", "health_and_violence", "trafficking_facts", "skills_and_work", "location"
]


class SendReferral(Action):
    """Send one line of a confirmed profile to a body that is competent for it.

    `consent_given` is what the person said when asked; None where they were not asked. A line that needs consent goes only with yes.
    `body` is one of those that are proposed; empty for the first. For a body outside `agreed` names the classes of data to which the person
    said yes. `chosen_for` says why a full body is chosen while another one has room. `after` is a declined referral that names `to` as competent.
    """

    code: ClassVar[str] = "referrals.send"
    needs: ClassVar[str] = "referrals.send"
    open_fields: ClassVar[frozenset[str]] = frozenset(
        {"referral", "to", "consent_given", "body", "agreed", "chosen_for", "after"}
    )

    referral: UUID
    file: UUID
    to: Code
    consent_given: bool | None = None
    body: Code = ""
    agreed: tuple[DataClass, ...] | None = None
    chosen_for: ChosenFor = ""
    after: UUID | None = None

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return registration.file_by_id(self.file)

    def harm(self) -> Harm | None:
        return harm_of(self.to, outside.standing_of(self.body) if self.body else None)


def harm_of(to: str, entry: OutsideBody | None) -> Harm | None:
    """What sending could be: every authority of another state may pass on to the state of origin what it is told."""
    if to == "own_consulate":
        return Harm.CONSULAR_NOTICE
    return Harm.DATA_TO_ORIGIN if entry is not None and entry.state else None


class _OnReferral(Action):
    """An act of the body that received a referral."""

    needs: ClassVar[str] = "referrals.work"

    referral: UUID

    @cached_property
    def row(self) -> Referral:
        found = Referral.objects.select_for_update().filter(pk=self.referral).first()
        if found is None:
            raise NotFound("There is no such referral.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Any:
        return self.row


class AcceptReferral(_OnReferral):
    code: ClassVar[str] = "referrals.accept"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral"})


class DeclineReferral(_OnReferral):
    """Say no with a code. Who says NOT_COMPETENT names who is; nobody is sent back by a declined referral."""

    code: ClassVar[str] = "referrals.decline"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral", "reason", "competent"})

    reason: Literal["NOT_COMPETENT", "INCOMPLETE", "CAPACITY", "DUPLICATE", "PERSON_DECLINED"]
    competent: Code = ""
    remark: Remark = ""


class CompleteReferral(_OnReferral):
    """Close an accepted referral with its outcome, which the sender is told."""

    code: ClassVar[str] = "referrals.complete"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral", "outcome"})

    outcome: Code
    remark: Remark = ""


class _ByInstallation(Action):
    """The installation's own act on a referral."""

    needs: ClassVar[str] = "referrals.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral"})
    by_installation: ClassVar[bool] = True

    referral: UUID

    def subject(self) -> UUID | None:
        return Referral.objects.filter(pk=self.referral).values_list("file", flat=True).first()


class ReportSilence(_ByInstallation):
    """Tell those above that a referral has no answer in time."""

    code: ClassVar[str] = "referrals.report_silence"


class ReportUncured(_ByInstallation):
    """Tell the sender and those above that what was missing is missing still, two days after the recipient asked for it."""

    code: ClassVar[str] = "referrals.report_uncured"


class TakeEnvelope(_OnReferral):
    """Seal a referral for its body outside and take the file. Each taking is an act, and another envelope."""

    code: ClassVar[str] = "referrals.take_envelope"
    needs: ClassVar[str] = "referrals.send"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral", "envelope"})

    envelope: UUID

    def target(self) -> Any:
        return registration.file_by_id(self.row.file)

    def harm(self) -> Harm | None:
        return harm_of(self.row.to, outside.standing_of(self.row.body))


class TakeAnswer(Action):
    """Believe the signed answer of a body outside, or refuse it. Brought by an officer, or posted by the body itself.

    `referral` is the one on whose page it is brought; None where the answer alone says to which it belongs.
    """

    code: ClassVar[str] = "referrals.take_answer"
    needs: ClassVar[str] = "referrals.send"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral"})
    by_installation: ClassVar[bool] = True

    content: Annotated[str, StringConstraints(max_length=sealing.MOST_ANSWER_BYTES)]
    referral: UUID | None = None

    @cached_property
    def letter(self) -> Envelope:
        claimed = sealing.claimed(self.content.encode())
        found = Envelope.objects.select_related("referral").filter(pk=claimed.letter).first() if claimed else None
        if found is None:
            raise NotFound("The answer belongs to no envelope of this node.")
        return found

    def subject(self) -> UUID:
        return self.letter.referral.file

    def target(self) -> Any:
        return registration.file_by_id(self.letter.referral.file)


class NoteRefusedAnswer(Action):
    """The installation's own act: keep, and tell those who refer, that an answer to an envelope was not believed."""

    code: ClassVar[str] = "referrals.note_refused"
    needs: ClassVar[str] = "referrals.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"envelope", "why"})
    by_installation: ClassVar[bool] = True

    envelope: UUID
    why: Code

    def subject(self) -> UUID | None:
        return Envelope.objects.filter(pk=self.envelope).values_list("referral__file", flat=True).first()


class EnterOutsideBody(Action):
    """Enter a body without an account and its public keys. Nothing is sealed for it before a second officer has confirmed them."""

    code: ClassVar[str] = "referrals.enter_outside_body"
    needs: ClassVar[str] = "referrals.keep_keys"
    open_fields: ClassVar[frozenset[str]] = frozenset({"entry", "body", "kinds", "state", "seals_for", "signs_with"})

    entry: UUID
    body: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,59}(/[A-Z0-9-]{2,10})?$")]
    title: Annotated[str, StringConstraints(min_length=2, max_length=160)]
    kinds: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    call: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    seals_for: Key
    signs_with: Key


class _OnEntry(Action):
    needs: ClassVar[str] = "referrals.keep_keys"

    entry: UUID

    @cached_property
    def row(self) -> OutsideBody:
        found = OutsideBody.objects.select_for_update().filter(pk=self.entry).first()
        if found is None:
            raise NotFound("There is no such entry.")
        return found

    def target(self) -> Any:
        return self.row


class ConfirmOutsideBody(_OnEntry):
    """A second officer confirms the keys with the fingerprint that they heard by telephone. The body's earlier keys end with it."""

    code: ClassVar[str] = "referrals.confirm_outside_body"
    open_fields: ClassVar[frozenset[str]] = frozenset({"entry"})

    heard: Annotated[str, StringConstraints(max_length=80)]


class EndOutsideBody(_OnEntry):
    """End keys at once; one officer is enough, since it only stops."""

    code: ClassVar[str] = "referrals.end_outside_body"
    open_fields: ClassVar[frozenset[str]] = frozenset({"entry", "why"})

    why: Literal["wrong_hands", "lost", "closed", "mistake"]
