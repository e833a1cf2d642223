"""The measure of a commitment, and signing the number that is published."""

from __future__ import annotations

from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.keys import service as keys
from panah.hub.commitments import acts, rules
from panah.hub.commitments import figures as published
from panah.hub.commitments.actions.steps import acting, coordinators, keep, locked
from panah.hub.commitments.models import Measure, SignedFigure


@handles(acts.SetMeasure)
def set_measure(action: acts.SetMeasure, moment: Moment) -> Outcome:
    row = locked(action.commitment, "made", "draft")
    _refuse_unknown(action)
    if rules.contradicts(action.baseline, action.goal, action.direction):
        raise Refused(
            "The goal lies on the other side of the baseline than the direction says. Change the goal or the direction.",
            code="goal_against_direction",
            field="goal",
        )
    earlier = row.measures.filter(superseded_at=None).first()
    row.measures.filter(superseded_at=None).update(superseded_at=moment.recorded_at)
    measure = Measure.objects.create(
        id=action.measure,
        commitment=row,
        kind=action.kind,
        state=action.state,
        code=action.indicator,
        part=action.part,
        days=action.days,
        direction=action.direction,
        baseline=action.baseline,
        baseline_period=action.baseline_period,
        goal=action.goal,
        set_by=acting(moment),
        set_at=moment.recorded_at,
    )
    keep(row, "measure_set", moment, _said(earlier), _said(measure))
    return Outcome(facts={"code": row.code})


def _said(measure: Measure | None) -> dict[str, str]:
    if measure is None:
        return {}
    names = ("kind", "state", "code", "part", "direction", "baseline", "baseline_period", "goal")
    return {name: str(value) for name in names if (value := getattr(measure, name)) not in (None, "")}


def _refuse_unknown(action: acts.SetMeasure) -> None:
    if action.kind == "indicator":
        known = sorted(published.indicator_choices())
        if action.indicator not in known:
            raise Refused(
                f"There is no indicator {action.indicator}. Allowed are {known[0]} to {known[-1]}."
                if known
                else "There are no indicators.",
                code="unknown_indicator",
                field="indicator",
            )
        return
    flows = published.tables()
    flow = flows.get(action.indicator)
    if flow is None:
        raise Refused(
            f"There is no table {action.indicator}. Allowed are {', '.join(sorted(flows))}.",
            code="unknown_table",
            field="indicator",
        )
    if action.part.count(".") != len(flow.axes) - 1:
        raise Refused(
            f"The cell {action.part!r} does not name one code for each of {'.'.join(flow.axes)}. Write them joined by dots, as the table's own "
            "page and files have them.",
            code="unknown_cell",
            field="part",
        )


@handles(acts.SignFigure)
def sign_figure(action: acts.SignFigure, moment: Moment) -> Outcome:
    row = locked(action.commitment, "made")
    measure = row.measures.filter(superseded_at=None).first()
    if measure is None:
        raise NotFound("This commitment has no measure.")
    figure = published.figure_of(measure)
    if figure is None or figure.value is None:
        raise Refused(
            "There is no number to sign: it is withheld, or nobody has published it. What is not known is not signed as 0.",
            code="no_number",
        )
    said = published.to_sign(measure, figure)
    digest = rules.digest(said)
    if digest != action.shown:
        raise Refused(
            "What is published has changed since the page was opened. Read it again before you sign.",
            code="figure_changed",
        )
    SignedFigure.objects.create(
        id=action.signed,
        measure=measure,
        said=said,
        digest=digest,
        signature=keys.sign(f"{digest} {action.id}".encode()),
        signed_by=acting(moment),
        signed_at=moment.recorded_at,
    )
    keep(row, "figure_signed", moment, {}, said)
    return Outcome(facts={"code": row.code, "digest": digest})


@handles(acts.TellMoved)
def tell_moved(action: acts.TellMoved, moment: Moment) -> Outcome:
    signed = SignedFigure.objects.select_related("measure__commitment").filter(pk=action.signed).first()
    if signed is None:
        raise NotFound("There is no such signed figure.")
    if signed.moved_told_at is not None:
        return Outcome(result={"told": False})
    SignedFigure.objects.filter(pk=signed.pk).update(moved_told_at=moment.recorded_at)
    row = signed.measure.commitment
    figure = published.figure_of(signed.measure)
    now = figure.plain() if figure else {}
    keep(
        row,
        "figure_moved",
        moment,
        {"value": signed.said["value"], "period": signed.said["period"]},
        {name: now.get(name) for name in ("value", "period")},
    )
    return Outcome(
        result={"told": True}, facts={"code": row.code}, notices=coordinators(row, "commitments.moved", moment)
    )
