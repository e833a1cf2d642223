"""What comes before the door: count, protect, check the protection, and hand the result to it. Only reads, and takes seconds."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

import msgspec
from uuid6 import uuid7

from panah.cores import disclosure
from panah.cores.disclosure import PublishedTable, Rules, Table, read_tables, to_json
from panah.cores.exchange import moves
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, Refused, perform
from panah.node.registration import service as registration
from panah.node.statistics import elsewhere, flows, rules
from panah.node.statistics.actions import PrepareRelease, SetAside, released, sealed, unsealed
from panah.node.statistics.counting import count
from panah.node.statistics.message import state
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


def prepared(period: rules.Period, others: Sequence[tuple[str, PublishedTable]] = ()) -> Prepared:
    """Count and protect, with regard to what other states (each by its code) have published of the period. Raises Unchanged when
    the counts are those of the last revision, and CannotProtect when the tables
    cannot be published or the proof does not stand up."""
    counted = count(period)
    before = list(released(period.code))
    # The same counts need no second protection, and none may be found: what is out leaves little to withhold.
    if before and unsealed(before[-1]) == _counts_json(counted):
        raise Unchanged(UNCHANGED)
    own = [moves.as_linked(table, state()) for release in before for table in tables_of(release)]
    tables = [moves.as_linked(table, state()) for table in counted]
    linked, earlier = moves.protect_beside(
        tables, RULES, [moves.of_another(table, other) for other, table in others], own
    )
    # The proof is made anew from what would leave, as its receiver does: a fault in protection must show here and not there.
    problems = disclosure.audit(linked.published, linked.proof, earlier, RULES)
    if problems:
        raise disclosure.CannotProtect(
            "The protection does not stand up to its own audit: " + "; ".join(map(str, problems[:3]))
        )
    protected = _told(linked, counted)
    unchanged = bool(before) and _numbers(tables_of(before[-1])) == _numbers(protected.published)
    return Prepared(counted, protected, tuple(release.pk for release in before), unchanged)


def _told(linked: disclosure.Protected, counted: tuple[Table, ...]) -> disclosure.Protected:
    """The protected tables and the reasons in the form of the structure. The proof stays one of their linked form."""
    published, reasons = [], {}
    for table, before in zip(linked.published, counted, strict=True):
        told = moves.as_told(table, before)
        published.append(told)
        for cell, same in zip(table.cells, told.cells, strict=True):
            if (reason := linked.reasons.get((table.name, cell.codes))) is not None:
                protects = moves.place_told(reason.protects, state()) if reason.protects else None
                reasons[told.name, same.codes] = replace(reason, protects=protects)
    return disclosure.Protected(tuple(published), linked.proof, MappingProxyType(reasons))


def prepare(identifier: UUID, carried: Sequence[bytes] | None = None) -> Receipt | None:
    """Prepare a release that was asked for. None when there is nothing to do: it was prepared, set aside, or must be asked anew.
    carried: tables of other states from files, instead of asking the hub for them."""
    asked = Release.objects.filter(pk=identifier, state=Release.State.ASKED).first()
    if asked is None:
        return None
    period, moment = rules.period_of(asked.period), now()
    try:
        found = prepared(period, elsewhere.published(period.code, carried))
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
