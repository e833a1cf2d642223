"""The profile: what screening proposes, every line with its reasons (contract for screening).

The structs' field order is the key order of the JSON that is given out.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Consent = Literal["not_required", "given", "needed"]
Urgency = Literal["immediate", "same_day", "priority", "routine"]


class Because(msgspec.Struct, frozen=True, gc=False):
    """One reason: the rule's id, the answers that fired it (field keys), the source that stands behind it."""

    rule: str
    answers: tuple[str, ...]
    source: str


class Line(msgspec.Struct, frozen=True, gc=False):
    """A finding that is only a code: a profile, a need or a safeguard."""

    code: str
    because: tuple[Because, ...]


class Referral(msgspec.Struct, frozen=True, gc=False):
    """A proposed referral. `body` is the id of the competent body in the pack, None where the pack names none.

    `due` is an ISO 8601 moment with the offset of the pack's state, None where the pack gives no target. With `consent`
    `needed` the line stands and is not sent.
    """

    to: str
    body: str | None
    due: str | None
    consent: Consent
    because: tuple[Because, ...]


class Profile(msgspec.Struct, frozen=True, gc=False):
    """A proposal for one person: an officer confirms or changes it, and both stay on record."""

    id: str
    pack: str
    pack_version: str
    on: str
    profiles: tuple[Line, ...]
    needs: tuple[Line, ...]
    urgency: Urgency
    referrals: tuple[Referral, ...]
    safeguards: tuple[Line, ...]
    missing: tuple[str, ...]
    information: tuple[str, ...]

    def codes(self, kind: Literal["profiles", "needs", "safeguards"]) -> tuple[str, ...]:
        """The codes of one list, in order."""
        return tuple(line.code for line in getattr(self, kind))


_encode: Final = msgspec.json.Encoder().encode


def encode_profile(profile: Profile) -> bytes:
    """The profile as one line of JSON without its end, UTF-8, keys in the order of the contract."""
    return _encode(profile)
