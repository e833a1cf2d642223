"""Progress out of published numbers, signed, and what happens when a newer publication has another number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.door.service import NotAllowed, Refused
from panah.foundation.keys import service as keys
from panah.foundation.notices.service import waiting_for
from panah.hub.commitments import acts, figures, models, rules, tasks
from panah.hub.evidence import service as evidence
from panah.hub.intake import service as intake
from tests.messages import Node, people, protected
from tests.unit.hub.commitments.conftest import Crowd, say

Make = Callable[..., models.Commitment]
FLOW = "ARRIVALS_CITIZENSHIP_PROFILE"


@pytest.fixture
def kaz(db: None) -> Node:
    node = Node("KAZ")
    intake.add_sender("KAZ", node.public_key)
    return node


def cell(citizenship: str, profile: str) -> str:
    from panah.cores.exchange.structure import the_structure

    said = {"CITIZENSHIP": citizenship, "PROFILE": profile}
    return ".".join(said[axis] for axis in the_structure().dataflow(FLOW).axes)


def publish(node: Node, workers: int, afraid: int, period: str = "2026-10") -> None:
    answer = intake.take_in(node.message(protected(people(workers, afraid), period)), "network")
    assert answer.accepted


def measured(row: models.Commitment, by: Officer, **fields: Any) -> models.Measure:
    said = {
        "kind": "table", "indicator": FLOW, "part": cell("CENTRAL_ASIA", "labour_migrant"), "state": "KAZ", "direction": "up",
        "baseline": Decimal(20), "baseline_period": "2026-09", "goal": Decimal(60),
    } | fields  # fmt: skip
    say(acts.SetMeasure, by, commitment=row.pk, measure=uuid7(), **said)
    return row.measures.get(superseded_at=None)


def shown(measure: models.Measure) -> str:
    figure = figures.figure_of(measure)
    assert figure is not None
    row = measure.commitment
    return rules.digest(
        figure.plain()
        | {"commitment": row.code, "indicator": measure.code, "part": measure.part, "state": measure.state}
    )


def test_the_figure_comes_from_the_states_own_table_with_all_that_it_needs(crowd: Crowd, made: Make, kaz: Node):
    publish(kaz, 40, 12)
    measure = measured(made(), crowd.coordinator)
    figure = figures.figure_of(measure)
    assert figure is not None
    assert (figure.value, figure.period, figure.numerator, figure.denominator) == (Decimal(40), "2026-10", "40", "52")
    assert figure.as_of
    assert figure.definition
    assert figure.source
    assert figure.url.endswith("/2026-10/")
    assert figures.progress_of(measure, figure) == Decimal(50)


def test_a_withheld_cell_stays_unknown_and_is_never_signed_as_nothing(crowd: Crowd, made: Make, kaz: Node):
    publish(kaz, 40, 7)
    row = made()
    measure = measured(
        row, crowd.coordinator, part=cell("AFG", "asylum_seeker"), goal=Decimal(1), baseline=None, direction="down"
    )
    figure = figures.figure_of(measure)
    assert figure is not None
    assert figure.value is None
    assert figure.marks
    assert figure.why
    assert figures.progress_of(measure, figure) is None
    with pytest.raises(Refused, match="no number to sign"):
        say(acts.SignFigure, crowd.coordinator, commitment=row.pk, signed=uuid7(), shown=shown(measure))


def test_the_coordinator_signs_exactly_what_is_published(crowd: Crowd, made: Make, kaz: Node):
    publish(kaz, 40, 12)
    row = made()
    measure = measured(row, crowd.coordinator)
    with pytest.raises(NotAllowed):
        say(acts.SignFigure, crowd.focal, commitment=row.pk, signed=uuid7(), shown=shown(measure))
    with pytest.raises(Refused, match="has changed since the page was opened"):
        say(acts.SignFigure, crowd.coordinator, commitment=row.pk, signed=uuid7(), shown="0" * 64)
    act = acts.SignFigure(
        by=crowd.coordinator.pk, happened_at=row.made_at, commitment=row.pk, signed=uuid7(), shown=shown(measure)
    )
    from panah.foundation.door.service import perform

    perform(act)
    kept = models.SignedFigure.objects.get()
    assert kept.said["value"] == "40"
    assert kept.said["denominator"] == "52"
    assert kept.digest == rules.digest(kept.said)
    assert bytes(kept.signature) == keys.sign(f"{kept.digest} {act.id}".encode())


def test_a_newer_publication_moves_the_figure_and_history_keeps_both(crowd: Crowd, made: Make, kaz: Node):
    publish(kaz, 40, 12)
    row = made()
    measure = measured(row, crowd.coordinator)
    say(acts.SignFigure, crowd.coordinator, commitment=row.pk, signed=uuid7(), shown=shown(measure))
    assert tasks.tell_moved.func() == 0
    publish(kaz, 60, 12, "2026-11")
    assert tasks.tell_moved.func() == 1
    assert tasks.tell_moved.func() == 0
    assert "commitments.moved" in [one.code for one in waiting_for(crowd.coordinator)]
    step = row.steps.get(kind="figure_moved")
    assert (step.before["value"], step.after["value"]) == ("40", "60")
    assert models.SignedFigure.objects.get().said["value"] == "40"
    say(acts.SignFigure, crowd.coordinator, commitment=row.pk, signed=uuid7(), shown=shown(measure))
    assert [one.said["value"] for one in models.SignedFigure.objects.all()] == ["60", "40"]
    assert tasks.tell_moved.func() == 0


def test_an_indicator_of_the_evidence_serves_as_well(crowd: Crowd, made: Make, monkeypatch: pytest.MonkeyPatch):
    source = evidence.Source(
        "in",
        "Producer",
        "Title",
        "2025",
        "CC BY",
        "",
        *(date(2026, 1, 2),) * 2,
        obtained_from="there",
        sha256="a" * 64,
    )
    value = evidence.Value(
        "1.02",
        "KAZ",
        "2025",
        Decimal("41.5"),
        "percent",
        "ratio",
        (source,),
        part="destination",
        numerator=83,
        denominator=200,
    )
    monkeypatch.setattr(figures.evidence, "value", lambda *args, **more: value)
    row = made()
    measure = measured(
        row, crowd.coordinator, kind="indicator", indicator="1.02", part="", baseline=None, goal=Decimal(40)
    )
    figure = figures.figure_of(measure)
    assert figure is not None
    assert (figure.value, figure.numerator, figure.denominator, figure.as_of) == (
        Decimal("41.5"),
        "83",
        "200",
        "2026-01-02",
    )
    assert "Persons" in figure.definition
    assert figures.progress_of(measure, figure) == Decimal(100)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "indicator", "indicator": "9.99"}, "no indicator 9.99"),
        ({"indicator": "ARRIVALS"}, "no table ARRIVALS"),
        ({"part": "AFG"}, "one code for each"),
        ({"goal": Decimal(5)}, "other side of the baseline"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(crowd: Crowd, made: Make, fields: dict[str, Any], sentence: str):
    with pytest.raises(Refused, match=sentence):
        measured(made(), crowd.coordinator, **fields)


def test_another_measure_supersedes_the_first_which_stays(crowd: Crowd, made: Make):
    row = made()
    measured(row, crowd.coordinator)
    measured(row, crowd.coordinator, goal=Decimal(80))
    assert row.measures.count() == 2
    assert row.steps.filter(kind="measure_set").last().before["goal"] == "60.0000"


def test_where_nothing_is_published_nothing_is_known(crowd: Crowd, made: Make):
    measure = measured(made(), crowd.coordinator)
    assert figures.figure_of(measure) is None
    assert figures.progress_of(measure, None) is None


def test_the_share_of_commitments_fulfilled_is_itself_an_indicator_and_nothing_due_is_not_nothing_done(
    crowd: Crowd, made: Make
):
    assert evidence.value("8.02", "KAZ") is None
    kept = made(due=date(2020, 1, 1))
    made(due=date(2020, 1, 1))
    made(due=date(2099, 1, 1))
    models.Commitment.objects.filter(pk=kept.pk).update(status="fulfilled")
    found = evidence.value("8.02", "KAZ")
    assert found is not None
    assert (found.value, found.numerator, found.denominator) == (50, 1, 2)
    assert evidence.value("8.02", "KGZ") is None
