"""The shape of a referral that goes to a body outside the system, and of that body's answer.

A letter holds the packet and what is said of it; it is signed by the node and then sealed with age (https://age-encryption.org/v1) for
the one body that it names, so that the file tells nobody else anything (sealing.py). What the packet may hold is decided by the
sharing matrix (sharing.py). An answer is signed and not sealed: it holds codes and ids, and has no room for a word about the person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

DataClass = Literal[
    "identity_core", "claim_content", "health_and_violence", "trafficking_facts", "skills_and_work", "location"
]
Said = Literal["received", "accepted", "declined", "done"]
Code = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,79}$")]
CodeOrNone = Annotated[str, msgspec.Meta(pattern="^[A-Za-z_]{0,40}$")]
Label = Annotated[str, msgspec.Meta(pattern="^[a-z_]+(\\.[a-z_]+)?$", max_length=80)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Text = Annotated[str, msgspec.Meta(max_length=20_000)]
SealKey = Annotated[str, msgspec.Meta(pattern="^age1[0-9a-z]{58}$")]
SignKey = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{43}$")]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer that the receiving body may see. `label` is a key of contracts/screening.md, or `name`; `value` is the answer as it
    stands in the record, or its JSON where it is no text."""

    data_class: DataClass
    label: Label
    value: Text


class Withheld(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A class of data that the receiving body is not shown, and the code of the reason."""

    data_class: DataClass
    reason: Literal["consent_needed", "never", "not_in_matrix"]


class Packet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The least that the receiving body needs."""

    format: Literal["panah-referral-packet/1"] = "panah-referral-packet/1"
    referral: UUID
    items: tuple[Item, ...]
    withheld: tuple[Withheld, ...] = ()


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is signed and sealed.

    id: of this envelope; every time that it is taken it is another one. number: of the referral, for the telephone.
    sender: code of the place that refers; recipient: code of the body; to: the kind of body, a referrals code.
    consent: a referral is sent only where consent is not required or was given; agreed: the classes to which the person said yes.
    sender_key, recipient_key: with which it is signed, and for which it is sealed.
    """

    format: Literal["panah-referral/1"] = "panah-referral/1"
    id: UUID
    referral: UUID
    number: Code
    state: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    sender: Code
    sender_key: SignKey
    recipient: Code
    recipient_key: SealKey
    to: Code
    urgency: Literal["immediate", "same_day", "priority", "routine"]
    consent: Literal["not_required", "given"]
    agreed: tuple[DataClass, ...]
    made_at: Moment
    answer_by: Moment
    packet: Packet


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a body outside says to a letter.

    digest: SHA-256 of the envelope's bytes as they came. code: why it is declined, or how it ended; competent: the kind of body that is,
    where this one is not; missing: keys of contracts/screening.md that it needs to work.
    """

    format: Literal["panah-referral-answer/1"] = "panah-referral-answer/1"
    id: UUID
    letter: UUID
    referral: UUID
    digest: Hash
    recipient: Code
    said: Said
    code: CodeOrNone = ""
    competent: CodeOrNone = ""
    missing: Annotated[tuple[Label, ...], msgspec.Meta(max_length=40)] = ()
    made_at: Moment
