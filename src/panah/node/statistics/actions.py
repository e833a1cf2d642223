"""Asking for, preparing, signing and handing over a release. The only writer of this room.

Counting and protecting take seconds and only read, so they are done before the door (release.py), and `PrepareRelease` carries
what came out of them.
"""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet
from pydantic import Base64Bytes, StringConstraints

from panah.cores.disclosure import read_proof
from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.journal import service as journal
from panah.foundation.keys import crypto
from panah.foundation.keys import service as keys
from panah.foundation.notices.service import Word
from panah.node.registration import service as registration
from panah.node.statistics import message, rules
from panah.node.statistics.models import HubKey, Release

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
State = Release.State


class AskRelease(Action):
    """Ask for the tables of a period. A job counts and protects them."""

    code: ClassVar[str] = "statistics.ask_release"
    needs: ClassVar[str] = "statistics.prepare"
    open_fields: ClassVar[frozenset[str]] = frozenset({"release", "period"})

    release: UUID
    period: str


class _OfInstallation(Action):
    """What the node does by itself for a release that somebody asked for."""

    needs: ClassVar[str] = "statistics.prepare"
    by_installation: ClassVar[bool] = True

    release: UUID


class PrepareRelease(_OfInstallation):
    """Keep the counted and protected tables. `counts` is sealed; `earlier` names the revisions that were reckoned with."""

    code: ClassVar[str] = "statistics.prepare_release"
    open_fields: ClassVar[frozenset[str]] = frozenset({"release", "tables_digest", "earlier"})

    definitions: str
    provisional: bool
    earlier: tuple[UUID, ...]
    counts: Base64Bytes
    tables: str
    reasons: tuple[tuple[str, tuple[str, ...], str, str | None], ...]
    proof: str
    tables_digest: str


class SetAside(Action):
    """Give up a release that was not signed: nothing leaves, and its revision is free again."""

    code: ClassVar[str] = "statistics.set_aside"
    needs: ClassVar[str] = "statistics.prepare"
    open_fields: ClassVar[frozenset[str]] = frozenset({"release", "reason"})
    by_installation: ClassVar[bool] = True

    release: UUID
    reason: Sentence


class SignRelease(Action):
    """The national coordinator's own act: these tables, and no others, leave. `tables_digest` is of the tables that were shown."""

    code: ClassVar[str] = "statistics.sign_release"
    needs: ClassVar[str] = "statistics.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"release", "tables_digest"})

    release: UUID
    tables_digest: str


class NoteHandOver(_OfInstallation):
    """The message was offered to the hub, and did not get there or was turned away unread."""

    code: ClassVar[str] = "statistics.note_hand_over"
    open_fields: ClassVar[frozenset[str]] = frozenset({"release"})

    failure: Sentence


class RecordReceipt(Action):
    """Keep the hub's signed answer. It is checked against the hub's keys and against what was sent, whoever brings it."""

    code: ClassVar[str] = "statistics.record_receipt"
    needs: ClassVar[str] = "statistics.prepare"
    by_installation: ClassVar[bool] = True

    receipt: Base64Bytes


class TrustHub(Action):
    """Accept receipts signed with this key of the hub."""

    code: ClassVar[str] = "statistics.trust_hub"
    needs: ClassVar[str] = "statistics.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"public_key"})
    by_installation: ClassVar[bool] = True

    public_key: str


class DistrustHub(Action):
    """Accept nothing more that is signed with this key. Receipts kept before stay."""

    code: ClassVar[str] = "statistics.distrust_hub"
    needs: ClassVar[str] = "statistics.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"key_id"})
    by_installation: ClassVar[bool] = True

    key_id: str


@handles(AskRelease)
def ask_release(action: AskRelease, moment: Moment) -> Outcome:
    try:
        period = rules.period_of(action.period)
    except ValueError as error:
        raise Refused(str(error), code="no_such_period", field="period") from error
    _refuse_if_not_begun(period, moment)
    for other in _standing().filter(period=period.code).exclude(state__in=[State.RECEIVED, State.REFUSED]):
        if other.state == State.SIGNED:
            raise Refused(
                f"Revision {other.revision} of {period.code} is signed and has no receipt of the hub yet. Wait for it: a further "
                "revision must know whether readers hold this one.",
                code="on_its_way",
                field="period",
            )
        _put_aside(other.pk)
    last = _standing().filter(period=period.code).aggregate(last=Max("revision"))["last"] or 0
    Release.objects.create(
        id=action.release,
        period=period.code,
        revision=last + 1,
        state=State.ASKED,
        asked_at=moment.recorded_at,
        asked_by=action.by,
    )
    return Outcome(result={"release": str(action.release)}, facts={"revision": last + 1})


@handles(PrepareRelease)
def prepare_release(action: PrepareRelease, moment: Moment) -> Outcome:
    release = _in_state(action.release, State.ASKED)
    _refuse_overlap(release)
    if set(action.earlier) != set(released(release.period).values_list("pk", flat=True)):
        raise Refused("Another revision was received in the meantime. The tables are counted anew.", code="outdated")
    if read_proof(action.proof.encode()).digest != action.tables_digest:
        raise Refused("The proof belongs to other tables than these.", code="proof_of_others", field="proof")
    Release.objects.filter(pk=release.pk).update(
        state=State.PREPARED,
        prepared_at=moment.recorded_at,
        definitions=action.definitions,
        provisional=action.provisional,
        counts=action.counts,
        tables=action.tables.encode(),
        reasons=[list(reason) for reason in action.reasons],
        proof=action.proof.encode(),
        digest=action.tables_digest,
    )
    return Outcome(
        facts={"period": release.period, "revision": release.revision},
        notices=(_word("statistics.prepared", release, role="national_coordinator"),),
    )


@handles(SetAside)
def set_aside(action: SetAside, moment: Moment) -> Outcome:
    release = _in_state(action.release, State.ASKED, State.PREPARED)
    _put_aside(release.pk, action.reason)
    notices = (_word("statistics.not_prepared", release, officer=release.asked_by),) if action.by is None else ()
    return Outcome(facts={"period": release.period, "revision": release.revision}, notices=notices)


@handles(SignRelease)
def sign_release(action: SignRelease, moment: Moment) -> Outcome:
    from panah.node.statistics.tasks import hand_over

    release = _in_state(action.release, State.PREPARED)
    if release.digest != action.tables_digest:
        raise Refused("These are not the tables that you were shown. Read them and sign again.", code="other_tables")
    _refuse_overlap(release)
    seq, head = journal.head()
    signed = message.signed(release, message_id=action.id, journal=(seq, head), at=moment.recorded_at)
    Release.objects.filter(pk=release.pk).update(
        state=State.SIGNED,
        signed_at=moment.recorded_at,
        signed_by=action.by,
        message_id=action.id,
        message=signed,
        journal_seq=seq,
    )
    if settings.PANAH_HUB:
        hand_over.enqueue(str(release.pk))
    return Outcome(
        result={"release": str(release.pk), "message": str(action.id)},
        facts={"period": release.period, "revision": release.revision, "message": str(action.id), "anchored": seq},
    )


@handles(NoteHandOver)
def note_hand_over(action: NoteHandOver, moment: Moment) -> Outcome:
    release = _in_state(action.release, State.SIGNED)
    Release.objects.filter(pk=release.pk).update(
        attempts=release.attempts + 1, tried_at=moment.recorded_at, failure=action.failure
    )
    return Outcome(facts={"attempt": release.attempts + 1})


@handles(RecordReceipt)
def record_receipt(action: RecordReceipt, moment: Moment) -> Outcome:
    trusted = HubKey.objects.filter(withdrawn_at=None).values_list("key_id", "public_key")
    receipt = message.receipt_in(bytes(action.receipt), dict(trusted))
    release = Release.objects.select_for_update().filter(message_id=receipt.message).first()
    if release is None:
        raise Refused("The receipt is for a message that this node did not send.", code="not_ours", field="receipt")
    message.require_receipt_of(receipt, bytes(release.message or b""))
    if release.state != State.SIGNED:
        raise Refused("The receipt of this release is kept already.", code="answered")
    state = State.RECEIVED if receipt.accepted else State.REFUSED
    Release.objects.filter(pk=release.pk).update(
        state=state,
        receipt=bytes(action.receipt),
        answered_at=moment.recorded_at,
        attempts=release.attempts + 1,
        tried_at=moment.recorded_at,
        failure="",
        problems=message.problems_of(receipt),
    )
    code = "statistics.received" if receipt.accepted else "statistics.refused"
    return Outcome(
        result={"release": str(release.pk), "state": state},
        facts={
            "release": str(release.pk),
            "state": state,
            "problems": [p["code"] for p in message.problems_of(receipt)],
        },
        notices=(_word(code, release, role="national_coordinator"),),
    )


@handles(TrustHub)
def trust_hub(action: TrustHub, moment: Moment) -> Outcome:
    key_id = message.key_id_of(action.public_key)
    HubKey.objects.get_or_create(
        key_id=key_id, withdrawn_at=None, defaults={"public_key": action.public_key, "added_at": moment.recorded_at}
    )
    return Outcome(result={"key_id": key_id}, facts={"key_id": key_id})


@handles(DistrustHub)
def distrust_hub(action: DistrustHub, moment: Moment) -> Outcome:
    if not HubKey.objects.filter(key_id=action.key_id, withdrawn_at=None).update(withdrawn_at=moment.recorded_at):
        raise NotFound("There is no such key of the hub.")
    return Outcome()


def released(period: str) -> QuerySet[Release]:
    """The revisions of a period that readers hold, oldest first."""
    return Release.objects.filter(period=period, state=State.RECEIVED).order_by("revision")


def sealed(counts: bytes, release: UUID) -> bytes:
    """The counts as they are kept: sealed under a key of this installation."""
    return crypto.seal(keys.installation_key(_KEY), counts, release.bytes)


def unsealed(release: Release) -> bytes:
    """The counts before protection. No page calls this."""
    return crypto.unseal(keys.installation_key(_KEY), bytes(release.counts), release.pk.bytes)


_KEY = "statistics"


def _standing() -> QuerySet[Release]:
    return Release.objects.exclude(state=State.SET_ASIDE)


def _in_state(identifier: UUID, *wanted: str) -> Release:
    release = Release.objects.select_for_update().filter(pk=identifier).first()
    if release is None:
        raise NotFound("There is no such release.")
    if release.state not in wanted:
        raise Refused(
            f"The release {release} is {str(State(release.state).label).lower()}; this is not to be done with it now. Reload the page.",
            code="wrong_state",
        )
    return release


def _put_aside(identifier: UUID, reason: str = "") -> None:
    Release.objects.filter(pk=identifier).update(
        state=State.SET_ASIDE, failure=reason, counts=b"", tables=b"", reasons=[]
    )


def _refuse_if_not_begun(period: rules.Period, moment: Moment) -> None:
    if period.first > rules.local_day(moment.recorded_at, registration.node_pack().timezone):
        raise Refused(
            f"The period {period.code} has not begun. There is nothing to count.", code="not_begun", field="period"
        )


def _refuse_overlap(release: Release) -> None:
    left = Release.objects.filter(state__in=[State.SIGNED, State.RECEIVED]).values_list("period", flat=True)
    others = rules.overlapping(rules.period_of(release.period), left)
    if others:
        raise Refused(
            f"{', '.join(others)} was released before and shares days with {release.period}: side by side they would tell the "
            "small counts that each withholds. A node publishes a stretch of time in days or in months, not in both.",
            code="overlap",
            field="period",
        )


def _word(code: str, release: Release, *, role: str = "", officer: UUID | None = None) -> Word:
    facts = {"period": release.period, "revision": str(release.revision)}
    return Word(code, role=role, officer=officer, facts=facts, link=f"/statistics/{release.pk}/")
