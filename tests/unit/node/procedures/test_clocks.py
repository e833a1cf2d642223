"""The room's clocks, as written in clocks.yaml: real proceedings under the law of their day, with the pauses and facts of the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.db import transaction
from uuid6 import uuid7

from panah.cores.lawbook import load_pack
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Moment, perform
from panah.node.procedures import actions, terms
from panah.node.procedures.acts import PauseClocks, ResumeClocks
from panah.node.procedures.models import Proceeding, Term
from panah.node.procedures.permissions import WORKED_ON_BY
from panah.node.procedures.tasks import warn_of_terms
from panah.node.registration import service as registration
from panah.node.registration.service import NameSaid, RegisterPerson

CASES = yaml.safe_load((Path(__file__).parent / "clocks.yaml").read_text())["cases"]


@pytest.fixture
def proceeding(db, officer, monkeypatch, settings):
    """Begin the case's stage for a person, on its day, in its state, with its facts; returns the row and the officer."""

    def make(case):
        aida = officer("registrar", post="ALA")
        file = uuid7()
        perform(
            RegisterPerson(by=aida.pk, place="ALA", happened_at=_start(case), file=file, names=(NameSaid(text="Z"),))
        )
        settings.PANAH_PACK = case.get("pack", "xx")
        pack = load_pack(settings.PANAH_PACK)
        pack = replace(
            pack,
            weekend=frozenset(case.get("weekend", pack.weekend)),
            timezone=case.get("zone", pack.timezone),
        )
        monkeypatch.setattr(registration, "node_pack", lambda: pack)
        worker = officer(WORKED_ON_BY[case["procedure"]][0], body="an-office")
        row = Proceeding.objects.create(
            id=uuid7(), number="C-1", file=file, procedure=case["procedure"], body="an-office", shape_on=_day(case["opened"]),
            pack=pack.code, pack_version=pack.version, pack_digest=pack.digest, stage=case["stage"], opened_at=_start(case),
        )  # fmt: skip
        with transaction.atomic():
            for code, at in case["facts"].items():
                moment = _moment(at, pack.timezone)
                actions.keep_fact(row, code, moment, moment, worker.pk, to_the_day=len(at) == len("2026-01-01"))
            actions.begin(row, terms.shape_of(row).stage(case["stage"]), _start(case), Moment(_start(case), worker))
        return row, worker, pack

    return make


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def _start(case) -> datetime:
    return _moment(case["opened"] + " 09:00", "Asia/Tashkent")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_clock_runs_as_the_case_says(case, proceeding):
    with standing_at(_start(case)):
        row, worker, pack = proceeding(case)
        said = {"by": worker.pk, "happened_at": _start(case), "proceeding": row.pk}
        for cause, start, end in case.get("pauses", ()):
            perform(PauseClocks(**said, cause=cause, start=_day(start)))
            if end:
                perform(ResumeClocks(**said, cause=cause, end=_day(end)))
    for parameter, due in case.get("due", {}).items():
        term = Term.objects.get(step__proceeding=row, parameter=parameter)
        assert term.due_at is not None, term.unknown
        local = term.due_at.astimezone(ZoneInfo(pack.timezone))
        assert (f"{local:%Y-%m-%d %H:%M}" if len(due) > len("2026-01-01") else f"{local:%Y-%m-%d}") == due
    for parameter, word in case.get("unknown", {}).items():
        term = Term.objects.get(step__proceeding=row, parameter=parameter)
        assert term.due_at is None
        assert not term.verified
        assert word in term.unknown
    if "beside" in case:
        found = {
            term.parameter: (term.verified, bool(term.due_at)) for term in Term.objects.filter(step__proceeding=row)
        }
        assert set(case["beside"]) <= set(found)
        assert found[case["beside"][1]] == (False, True), "the target of the floor runs, and is not verified law"
    for at, level in case.get("warned", {}).items():
        with standing_at(_moment(at, pack.timezone)):
            warn_of_terms.func()
        assert Term.objects.get(step__proceeding=row, parameter=next(iter(case["due"]))).warned == level, at
