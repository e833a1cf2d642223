"""A second reader's word on a decided profile: part of this room's only writers. It holds nothing up and takes nothing back."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import StringConstraints

from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.profiling.models import Confirmation, SecondReading


class ReadSecond(Action):
    """Say, as another officer than the one who decided, whether the profile reads so to a second pair of eyes."""

    code: ClassVar[str] = "profiling.read_second"
    needs: ClassVar[str] = "profiling.read_second"
    open_fields: ClassVar[frozenset[str]] = frozenset({"confirmation", "agrees"})

    confirmation: UUID
    agrees: bool
    remark: Annotated[str, StringConstraints(max_length=4_000)] = ""

    def subject(self) -> UUID:
        return _decision(self.confirmation).file_id

    def target(self) -> Any:
        return _decision(self.confirmation).file


@handles(ReadSecond)
def read_second(action: ReadSecond, moment: Moment) -> Outcome:
    decision = _decision(action.confirmation)
    if action.by is None or decision.by == action.by:
        raise Refused(_("Another officer reads a profile than the one who decided on it."), code="own_decision")
    if SecondReading.objects.filter(confirmation=decision).exists():
        raise Refused(_("This profile was read by a second officer already."), code="read_already")
    if not action.agrees and not action.remark.strip():
        raise Refused(
            _("Say what reads otherwise to you, so that it can be asked again."), code="no_remark", field="remark"
        )
    SecondReading.objects.create(
        id=action.id,
        confirmation=decision,
        by=action.by,
        at=moment.recorded_at,
        agrees=action.agrees,
        remark=action.remark,
    )
    words: tuple[Word, ...] = ()
    if not action.agrees and decision.by is not None:
        facts = {"number": decision.file.number}
        words = (
            Word(
                "profiling.reads_otherwise",
                officer=decision.by,
                facts=facts,
                link=f"/files/{decision.file_id}/proposal/",
            ),
        )
    return Outcome(facts={"agrees": action.agrees}, notices=words)


def _decision(identifier: UUID) -> Confirmation:
    found = Confirmation.objects.select_related("file").filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such decision.")
    return found
