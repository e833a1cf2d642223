"""What comes before the door: count, protect, check the protection, and hand the result to it. Only reads, and takes seconds."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import msgspec
from uuid6 import uuid7

from panah.cores import disclosure
from panah.cores.disclosure import PublishedTable, Rules, Table, read_tables, to_json
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, Refused, perform
from panah.node.registration import service as registration
from panah.node.statistics import flows, rules
from panah.node.statistics.actions import PrepareRelease, SetAside, released, sealed, unsealed
from panah.node.statistics.counting import count
from panah.node.statistics.models import Release

RULES = Rules()
"""Ten persons, everywhere (domain reference 8.3, 6): profiles name refugees, victims and stateless persons in every table."""

UNCHANGED = "Nothing changed since the last revision of this period. There is nothing to publish."


class Unchanged(ValueError):
    """Readers hold these numbers already."""


@dataclass(frozen=True)
class Prepared:
    """Tables of a period, before and after protection. `earlier` are the revisions that readers hold already; `unchanged` says
    that the last of them tells the same numbers.
    """

    counted: tuple[Table, ...]
    protected: disclosure.Protected
    earlier: tuple[UUID, ...]
    unchanged: bool


def prepared(period: rules.Period) -> Prepared:
    """Count and protect. Raises Unchanged when the counts are those of the last revision, and CannotProtect when the tables
    cannot be published or the proof does not stand up."""
    counted = count(period)
    before = list(released(period.code))
    # The same counts need no second protection, and none may be found: what is out leaves little to withhold.
    if before and unsealed(before[-1]) == _counts_json(counted):
        raise Unchanged(UNCHANGED)
    earlier = [table for release in before for table in tables_of(release)]
    protected = disclosure.protect(counted, RULES, earlier)
    # The proof is made anew from what would leave, as its receiver does: a fault in protection must show here and not there.
    problems = disclosure.audit(protected.published, protected.proof, earlier, RULES)
    if problems:
        raise disclosure.CannotProtect(
            "The protection does not stand up to its own audit: " + "; ".join(map(str, problems[:3]))
        )
    unchanged = bool(before) and _numbers(tables_of(before[-1])) == _numbers(protected.published)
    return Prepared(counted, protected, tuple(release.pk for release in before), unchanged)


def prepare(identifier: UUID) -> Receipt | None:
    """Prepare a release that was asked for. None when there is nothing to do: it was prepared, set aside, or must be asked anew."""
    asked = Release.objects.filter(pk=identifier, state=Release.State.ASKED).first()
    if asked is None:
        return None
    period, moment = rules.period_of(asked.period), now()
    try:
        found = prepared(period)
    except ValueError as error:
        # Unchanged, CannotProtect, or counts that contradict each other: nothing may leave, and whoever asked is told why.
        return _set_aside(identifier, str(error))
    if found.unchanged:
        return _set_aside(identifier, UNCHANGED)
    try:
        return perform(
            PrepareRelease(
                by=None,
                happened_at=moment,
                release=identifier,
                definitions=flows.definitions(),
                provisional=period.last >= rules.local_day(moment, registration.node_pack().timezone),
                earlier=found.earlier,
                counts=base64.b64encode(sealed(_counts_json(found.counted), identifier)),
                tables=to_json(found.protected.published).decode(),
                reasons=_reasons(found.protected),
                proof=to_json(found.protected.proof).decode(),
                tables_digest=found.protected.proof.digest,
            )
        )
    except Refused as refusal:
        return None if refusal.code == "wrong_state" else _set_aside(identifier, str(refusal))


def tables_of(release: Release) -> tuple[PublishedTable, ...]:
    """The protected tables of a release."""
    return read_tables(bytes(release.tables))


def _numbers(tables: Iterable[PublishedTable]) -> dict[tuple[str, ...], int | None]:
    """What readers see. A number that stays withheld is the same to them, whatever the reason is called now."""
    return {(table.name, *cell.codes): cell.count for table in tables for cell in table.cells}


def _set_aside(identifier: UUID, reason: str) -> Receipt:
    return perform(SetAside(id=uuid7(), by=None, happened_at=now(), release=identifier, reason=reason[:2000]))


def _reasons(protected: disclosure.Protected) -> tuple[tuple[str, tuple[str, ...], str, str | None], ...]:
    return tuple((table, codes, reason.kind, reason.protects) for (table, codes), reason in protected.reasons.items())


def _counts_json(tables: tuple[Table, ...]) -> bytes:
    return msgspec.json.encode(
        [
            {"name": t.name, "period": t.period, "cells": [[list(cell), n] for cell, n in t.counts.items()]}
            for t in tables
        ]
    )
