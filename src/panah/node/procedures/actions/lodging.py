"""A remedy that is lodged after the procedure had ended opens it again."""

from __future__ import annotations

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.node.procedures import actions, service, terms
from panah.node.procedures.actions import remedies
from panah.node.procedures.models import Proceeding
from panah.node.procedures.remedy_acts import LodgeRemedy


@handles(LodgeRemedy)
def lodge_remedy(action: LodgeRemedy, moment: Moment) -> Outcome:
    row = action.row
    allowed = service.remedies_open(row)
    if action.stage not in allowed:
        known = ", ".join(allowed) or "none"
        raise Refused(
            f"No remedy '{action.stage}' opens {row.number} again. In an open procedure the remedy is the stage that follows. What can be lodged: {known}.",
            code="no_remedy",
            field="stage",
        )
    if Proceeding.objects.filter(file=row.file, procedure=row.procedure, ended_at=None).exists():
        raise Refused(
            "Another procedure of this kind is open for the person. Lodge the remedy there.", code="open_already"
        )
    shape = terms.shape_of(row)
    stage = shape.stage(action.stage)
    Proceeding.objects.filter(pk=row.pk).update(stage=stage.id, ended_at=None, outcome="")
    row.refresh_from_db()
    actions.keep_fact(row, "appeal_filed", action.happened_at, moment.recorded_at, action.by)
    actions.begin(row, stage, action.happened_at, moment)
    remedies.appeal_begins(row, shape, stage, moment)
    return Outcome(facts=actions.facts_of_act(row) | {"stage": stage.id})
