"""A state that hands in tables, without the rest of a node: invented counts, real protection, real SDMX, a real signature."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from uuid6 import uuid7

from panah.cores.disclosure import Dimension, Proof, Protected, PublishedTable, Rules, protect, tabulate
from panah.cores.exchange import submission as letters
from panah.cores.exchange.conversion import dataset_of
from panah.cores.exchange.messages import MEDIA, Letterhead, write
from panah.cores.exchange.moves import as_linked, as_told, of_another
from panah.cores.exchange.structure import allowed_codes, the_structure
from panah.foundation.keys import crypto

DAY = "2026-11-20"
MADE = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)

WORKER = {"CITIZENSHIP": "CENTRAL_ASIA", "PROFILE": ("labour_migrant",)}
AFRAID = {"CITIZENSHIP": "AFG", "PROFILE": ("asylum_seeker",)}


def people(workers: int = 30, afraid: int = 7) -> list[dict[str, Any]]:
    return [WORKER] * workers + [AFRAID] * afraid


def protected(
    records: Iterable[dict[str, Any]],
    period: str = DAY,
    earlier: Iterable[PublishedTable] = (),
    rules: Rules | None = None,
) -> Protected:
    """The table of citizenship groups by profile, protected."""
    structure = the_structure()
    flow = structure.dataflow("ARRIVALS_CITIZENSHIP_PROFILE")
    axes = []
    for name in flow.axes:
        said = structure.dimension(name)
        axes.append(Dimension(name, allowed_codes(structure, flow, said), "_T", (), said.additive, said.exhaustive))
    return protect([tabulate(flow.id, flow.population, period, axes, list(records))], rules, list(earlier))


def returns(
    flow_id: str, state: str, moves: Mapping[tuple[str, str], int], elsewhere: Iterable[tuple[str, PublishedTable]] = ()
) -> Protected:
    """The table of people returned to, or by, other states: `moves` counts by other state and sex.

    elsewhere: what others have published, by state, with regard to which it is protected.
    """
    structure = the_structure()
    flow = structure.dataflow(flow_id)
    areas, sexes = (allowed_codes(structure, flow, structure.dimension(name)) for name in flow.axes)
    axes = (
        Dimension("COUNTERPART_AREA", tuple(area for area in areas if area != state)),
        Dimension("SEX", tuple(sexes)),
    )
    records = [{"COUNTERPART_AREA": area, "SEX": sex} for (area, sex), count in moves.items() for _ in range(count)]
    counted = tabulate(flow.id, flow.population, DAY, axes, records)
    linked = protect([as_linked(counted, state)], None, [of_another(table, other) for other, table in elsewhere])
    return Protected((as_told(linked.published[0], counted),), linked.proof, linked.reasons)


@dataclass
class Node:
    """Signs as a state."""

    state: str = "KAZ"
    key: bytes = field(default_factory=crypto.new_key)

    @property
    def public_key(self) -> str:
        return letters.text_of_key(crypto.public_half(self.key))

    def message(
        self,
        made: Protected,
        *,
        revision: int = 1,
        area: str = "",
        proof: Proof | None = None,
        journal: tuple[int, str] = (12, "a" * 64),
        change: Callable[[str], str] = str,
        **said: Any,
    ) -> bytes:
        """The signed message of protected tables. `change` alters the SDMX before it is signed, `area` is the state it speaks of."""
        proof = proof or made.proof
        parts = []
        for table in made.published:
            dataset = dataset_of(table, proof, state=area or self.state)
            text = write(dataset, "csv", Letterhead("1", self.state, MADE)).decode()
            parts.append(letters.Part(flow=table.name, media=MEDIA["csv"], content=change(text)))
        submission = letters.Submission(
            **{
                "id": uuid7(),
                "state": area or self.state,
                "period": made.published[0].period,
                "revision": revision,
                "definitions": the_structure().version,
                "counted_at": MADE,
                "made_at": MADE,
                "provisional": False,
                "journal": letters.Anchor(seq=journal[0], hash=journal[1]),
                "parts": tuple(parts),
                "proof": proof,
                **said,
            }
        )
        return letters.sign_submission(submission, self.key)

    def signed(self, payload: Any) -> bytes:
        """Any JSON, signed as a submission."""
        from joserfc import jws
        from joserfc.jwk import OKPKey

        public, private = crypto.public_half(self.key), self.key
        key = OKPKey.import_key(
            {"kty": "OKP", "crv": "Ed25519", "x": letters.text_of_key(public), "d": letters.text_of_key(private)}
        )
        header = {"alg": "Ed25519", "kid": key.thumbprint(), "typ": letters.SUBMISSION_TYPE}
        return jws.serialize_compact(header, msgspec.json.encode(payload), key, algorithms=["Ed25519"]).encode()


def payload_of(message: bytes) -> dict[str, Any]:
    """What a message says, unchecked."""
    middle = message.split(b".")[1]
    found: dict[str, Any] = msgspec.json.decode(base64.urlsafe_b64decode(middle + b"=" * (-len(middle) % 4)))
    return found


def tampered(message: bytes) -> bytes:
    """The message with one number changed and everything else, the signature too, as it was."""
    head, _middle, signature = message.split(b".")
    said = payload_of(message)
    said["revision"] += 1
    middle = base64.urlsafe_b64encode(msgspec.json.encode(said, order="deterministic")).rstrip(b"=")
    return b".".join((head, middle, signature))
