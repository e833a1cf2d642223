"""Bodies that have no account here: which stand, what a letter to one holds, and who may never get one. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from panah.cores.exchange import referral as shapes
from panah.cores.exchange import sealing
from panah.cores.exchange.submission import text_of_key
from panah.foundation.access.models import Officer
from panah.foundation.keys import service as keys
from panah.node.profiling import service as profiling
from panah.node.referrals.models import Envelope, OutsideBody, Referral
from panah.node.referrals.rules import LANES
from panah.node.registration import service as registration

SIGNING_KEY = "signing"
# Neither ever leaves by an envelope: the consulate of the person's state is behind the firewall, and security goes by its own lane only.
NEVER_OUTSIDE = frozenset({"own_consulate", "security_service"})
KINDS = tuple(to for to in LANES if to not in NEVER_OUTSIDE)


def standing() -> QuerySet[OutsideBody]:
    """The entries that are used: confirmed by a second officer, and not ended."""
    return OutsideBody.objects.filter(confirmed_at__isnull=False, ended_at=None).order_by("title", "id")


def standing_of(body: str) -> OutsideBody | None:
    """The entry that stands for a body; None where its keys were never confirmed, or have ended."""
    return standing().filter(code=body).first()


def with_account(bodies: Iterable[str]) -> set[tuple[str, str]]:
    """The bodies that somebody works for here, each with the kinds of referral that they work on."""
    held = (
        Officer.objects.filter(body__in=set(bodies) - {""}, is_active=True, grants__withdrawn_at=None)
        .order_by()
        .values_list("body", "grants__role")
        .distinct()
    )
    return {(body, to) for body, role in held for to, roles in LANES.items() if role in roles}


def title_of(body: str) -> str:
    """What a body is called: as it was entered, where it has no account and is not in the pack."""
    named = registration.body_title(body)
    if named != body:
        return named
    entry = OutsideBody.objects.filter(code=body).order_by("ended_at", "-entered_at").first()
    return entry.title if entry else body


def own_state() -> str:
    """ISO 3166-1 alpha-3 code of the state whose node this is."""
    return settings.PANAH_STATE or registration.node_pack().country


def own_public_key() -> str:
    """With which bodies outside check what this node signs."""
    return text_of_key(keys.signing_public_key())


def is_foreign(entry: OutsideBody | None) -> bool:
    """An authority of another state. It is told nothing without the person's yes, whatever the matrix says of such a body here."""
    return entry is not None and bool(entry.state)


def may_be_origin(entry: OutsideBody | None, record: Mapping[str, Any]) -> bool:
    """The body is an authority of a state from which the person may have come; where no citizenship is known, of any state."""
    if not is_foreign(entry) or entry is None:
        return False
    person = record.get("person", {})
    said = set(person.get("citizenships", ()))
    states = {one for one in said if not one.startswith("XX")}
    ties = states | {person.get("birth_country") or "", person.get("residence_country") or ""} - {"", "unknown"}
    return not ties or not (states or "XXA" in said) or entry.state in ties


def letter(row: Referral, entry: OutsideBody, identifier: UUID, at: datetime) -> shapes.Letter:
    """What is signed and sealed: the packet as the person was told that it goes."""
    items = tuple(
        shapes.Item(data_class=item["data_class"], label=item["label"], value=_text(item["value"]))
        for item in row.packet["items"]
    )
    # That something of a restricted class is kept back would tell that there is something.
    secret = {lane.shared_as for lane in profiling.sight.not_shared((item.data_class for item in items), row.to)}
    withheld = tuple(shapes.Withheld(**one) for one in row.packet["withheld"] if one["data_class"] not in secret)
    return shapes.Letter(
        id=identifier,
        referral=row.pk,
        number=row.number,
        state=own_state(),
        sender=row.from_place,
        sender_key=own_public_key(),
        recipient=row.body,
        recipient_key=entry.seals_for,
        to=row.to,
        urgency=row.urgency,  # type: ignore[arg-type]
        consent=row.consent,  # type: ignore[arg-type]
        agreed=tuple(row.agreed),
        made_at=at,
        answer_by=row.due_at,
        packet=shapes.Packet(referral=row.pk, items=items, withheld=withheld),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def sealed(written: shapes.Letter) -> bytes:
    """The letter as the file that only its body opens."""
    return sealing.seal(written, keys.installation_key(SIGNING_KEY))


def content_of(envelope: Envelope) -> bytes:
    """The file as it was taken. Raises KeyDestroyed where the person was erased."""
    return keys.unseal_for(envelope.referral.file, bytes(envelope.content))


def file_name(envelope: Envelope) -> str:
    """A name that tells nothing of the person, the referral or the body."""
    return f"referral-{envelope.pk}.age"
