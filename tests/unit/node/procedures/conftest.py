"""A person whose referral was accepted, and the officers of the body that leads the procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Action, perform
from panah.node.procedures.acts import DraftDecision, EndStage, NotifyDecision, OpenProceeding, SignDecision
from panah.node.procedures.models import Proceeding, Term
from panah.node.referrals import service as referrals
from panah.node.referrals.actions import AcceptReferral
from panah.node.registration.models import PersonFile
from panah.node.safeguards.models import Hold
from tests.unit.node.referrals.conftest import CLAIM, WHEN, case  # noqa: F401 - a fixture

BODY, FORCE = "xx-agency", "kaz-migration-service-committee"


@dataclass
class Run:
    """A proceeding, its officer, the officer who signs, and the acts on it."""

    row: Proceeding
    worker: Officer
    second: Officer
    file: UUID
    at: datetime

    @contextmanager
    def on(self, moment: datetime) -> Iterator[None]:
        """The same proceeding at another moment."""
        before, self.at = self.at, moment
        with standing_at(moment):
            yield
        self.at = before

    def act(self, action: type[Action], /, by: Officer | None = None, **said: Any) -> Any:
        who = by or self.worker
        receipt = perform(action(by=who.pk, happened_at=self.at, proceeding=self.row.pk, **said))
        self.row.refresh_from_db()
        return receipt

    def end(self, outcome: str, following: str = "") -> None:
        self.act(EndStage, outcome=outcome, following=following)

    def draft(self, outcome: str) -> UUID:
        said = {"facts_found": "She told of threats.", "law_applied": "Article 11.", "assessment": "It is credible."}
        receipt = self.act(DraftDecision, decision=uuid7(), outcome=outcome, **said)
        return UUID(receipt.result["decision"])

    def decide(self, outcome: str, following: str = "") -> UUID:
        decision = self.draft(outcome)
        self.act(SignDecision, by=self.second, decision=decision, following=following)
        return decision

    def tell(self, decision: UUID) -> None:
        self.act(NotifyDecision, decision=decision, how="in_person", language="fa", proof="Signed for.")

    def term(self, parameter: str) -> Term:
        return Term.objects.filter(step__proceeding=self.row, parameter=parameter).latest("pk")


@pytest.fixture
def opened(case: Any, officer: Callable[..., Officer]) -> Any:  # noqa: F811
    """Open a procedure for a person whose referral to `to` was accepted, on 20 November 2026 at 11:00 in Almaty."""

    def make(
        procedure: str = "asylum",
        to: str = "asylum_authority",
        role: str = "asylum_officer",
        *,
        stage: str = "",
        record: dict[str, Any] = CLAIM,
        begin: bool = True,
    ) -> Run:
        person = case(record)
        referral = person.send(to)
        worker = person.receiver(referral, role)
        second = person.receiver(referral, role)
        perform(AcceptReferral(by=worker.pk, happened_at=WHEN, referral=referral.pk))
        run = Run(Proceeding(pk=uuid7()), worker, second, person.file, WHEN)
        if begin:
            action = OpenProceeding(
                by=worker.pk, happened_at=WHEN, proceeding=run.row.pk, file=person.file, procedure=procedure, stage=stage,
                referral=referral.pk,
            )  # fmt: skip
            perform(action)
            run.row = Proceeding.objects.get(pk=run.row.pk)
        return run

    return make


@pytest.fixture
def examplia(opened, officer, settings):
    """A person in Examplia, whose law was read: at the decision of a procedure, with no hold standing."""

    def make(procedure: str = "asylum", role: str = "asylum_officer", way: tuple[str, ...] = ()):
        run = opened(begin=False)
        settings.PANAH_PACK = "xx"
        referral = next(iter(referrals.of_file(run.file)))
        type(referral).objects.filter(pk=referral.pk).update(body=BODY)
        PersonFile.objects.filter(pk=run.file).update(age_estimate=30)
        run.worker, run.second = officer(role, body=BODY), officer(role, body=BODY)
        lifted(run)
        said = {"by": run.worker.pk, "happened_at": WHEN, "proceeding": run.row.pk, "file": run.file}
        perform(OpenProceeding(**said, procedure=procedure))
        run.row = Proceeding.objects.get(pk=run.row.pk)
        for outcome in way or ("forwarded", "registered", "heard"):
            run.end(outcome)
        return run

    return make


def lifted(run) -> None:
    Hold.objects.filter(subject=run.file, lifted_at=None).update(lifted_at=WHEN)


@pytest.fixture
def force(opened, officer):
    """Open a procedure of force for a person on whom no hold stands any more."""

    def make(procedure: str):
        run = opened(begin=False)
        referral = next(iter(referrals.of_file(run.file)))
        type(referral).objects.filter(pk=referral.pk).update(to="migration_authority", body=FORCE)
        run.worker, run.second = officer("migration_officer", body=FORCE), officer("migration_officer", body=FORCE)
        lifted(run)
        action = OpenProceeding(
            by=run.worker.pk, happened_at=WHEN, proceeding=run.row.pk, file=run.file, procedure=procedure
        )
        perform(action)
        run.row = Proceeding.objects.get(pk=run.row.pk)
        return run

    return make
