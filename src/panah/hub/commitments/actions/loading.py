"""The commitments that the documents make, out of the record."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.hub.commitments import acts, reading
from panah.hub.commitments.actions.steps import change, keep, plain
from panah.hub.commitments.models import Commitment
from panah.hub.loadings.service import note, refuse_wrong
from panah.hub.record import service as record


@handles(acts.LoadCommitments)
def load_commitments(action: acts.LoadCommitments, moment: Moment) -> Outcome:
    home = Path(action.folder)
    found = reading.digest(home)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    said = reading.rows(home)
    refuse_wrong(said.problems)
    paragraphs = {one.code: one for one in record.paragraphs()}
    lost = sorted({row.paragraph for row in said} - set(paragraphs))
    if lost:
        raise Refused(
            f"The record has no paragraphs {', '.join(lost)}. Load the documents first: panah record load.",
            code="no_paragraphs",
        )
    changed = sum(_take(row, paragraphs[row.paragraph], moment) for row in said)
    changed += _withdraw_gone({row.code for row in said}, moment)
    return note(action, found, moment, commitments=len(said.rows), changed=changed)


def _take(row: reading.Row, paragraph: record.Paragraph, moment: Moment) -> bool:
    """Make the commitment, or change what the record says otherwise now. What was reported since stays."""
    said: dict[str, Any] = {
        "source": row.paragraph,
        "participant": row.owner,
        "owner_en": row.owner_note_en,
        "owner_ru": row.owner_note_ru,
        "action_en": row.action_en,
        "action_ru": row.action_ru,
        "theme": row.theme,
        "ten_points": list(paragraph.ten_points),
        "agenda": list(paragraph.agenda),
        "due": date.fromisoformat(row.due) if len(row.due) == 10 else None,
        "source_text": f"{row.source}, {row.source_date}",
        "standing": Commitment.Standing.MADE.value,
    }
    known = Commitment.objects.filter(code=row.code).first()
    if known is None:
        made = Commitment.objects.create(
            id=uuid5(NAMESPACE_URL, f"panah:commitment:{row.code}"),
            code=row.code,
            kind=Commitment.Source.PARAGRAPH,
            seed=True,
            made_at=moment.recorded_at,
            **said,
        )
        keep(made, "loaded", moment, {}, {name: plain(value) for name, value in said.items()})
        return True
    other = {name: value for name, value in said.items() if getattr(known, name) != value}
    if other:
        change(known, "record_changed", moment, **other)
    return bool(other)


def _withdraw_gone(codes: set[str], moment: Moment) -> int:
    gone = Commitment.objects.filter(seed=True).exclude(code__in=codes).exclude(standing=Commitment.Standing.WITHDRAWN)
    for row in gone:
        change(
            row,
            "withdrawn",
            moment,
            "The record does not have it any more.",
            standing=Commitment.Standing.WITHDRAWN.value,
        )
    return len(gone)
