"""The shape of a referral that goes from one named body to another: an open header and a packet that only that body opens.

The packet is sealed with age (https://age-encryption.org/v1) for the recipients named in the header, and the whole is
signed like a submission. What the packet may hold is decided by the sharing matrix (sharing.py); the header says which
classes of data are inside and nothing of the person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

DataClass = Literal[
    "identity_core", "claim_content", "health_and_violence", "trafficking_facts", "skills_and_work", "location"
]
Code = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Text = Annotated[str, msgspec.Meta(max_length=2000)]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer that the receiving body may see. `label` is a key of contracts/screening.md, or `name`."""

    data_class: DataClass
    label: Annotated[str, msgspec.Meta(pattern="^[a-z_]+(\\.[a-z_]+)?$")]
    value: Text


class Withheld(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A class of data that the receiving body is not shown, and the code of the reason."""

    data_class: DataClass
    reason: Literal["consent_needed", "never", "not_in_matrix"]


class Packet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is sealed: the least that the receiving body needs."""

    format: Literal["panah-referral-packet/1"] = "panah-referral-packet/1"
    referral: UUID
    items: tuple[Item, ...]
    withheld: tuple[Withheld, ...] = ()


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is signed and travels.

    sender, recipient: codes of bodies in the packs of their states; to: the kind of body, a referrals code.
    consent: a referral is sent only where consent is not required or was given.
    data_classes: what is inside, by class. recipients: the age public keys that can open the packet.
    sealed: the packet under age, base64; digest: SHA-256 of the sealed bytes.
    """

    format: Literal["panah-referral/1"] = "panah-referral/1"
    id: UUID
    state: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    sender: Code
    recipient: Code
    to: Code
    urgency: Literal["immediate", "same_day", "priority", "routine"]
    consent: Literal["not_required", "given"]
    made_at: Moment
    answer_by: Moment
    data_classes: tuple[DataClass, ...]
    recipients: Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern="^age1[0-9a-z]{58}$")], ...],
        msgspec.Meta(min_length=1, max_length=10),
    ]
    sealed: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9+/]+={0,2}$")]
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
