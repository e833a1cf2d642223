"""Loading what was agreed: the only writer of this room."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from panah.foundation.door.service import Moment, Outcome, handles
from panah.hub.loadings.service import LoadSheets, note, refuse_wrong
from panah.hub.record import models, reading


class LoadRecord(LoadSheets):
    """Show the documents and requirements in a folder, in place of those shown before.

    `folder_digest` is what `reading.digest` says of the folder; one that was changed in between is refused. What is shown already changes nothing.
    """

    code: ClassVar[str] = "record.load"
    needs: ClassVar[str] = "record.load"


@handles(LoadRecord)
def load_record(action: LoadRecord, moment: Moment) -> Outcome:
    home = Path(action.folder)
    found = reading.digest(home)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    said = reading.content(home)
    refuse_wrong(said.problems)
    _replace(said)
    return note(action, found, moment, paragraphs=len(said.paragraphs), requirements=len(said.requirements))


def _replace(said: reading.Content) -> None:
    # The order in which rows point at each other.
    for kind in (
        models.Event,
        models.Point,
        models.Framework,
        models.Paragraph,
        models.Paper,
        models.Requirement,
        models.Term,
    ):
        kind.objects.all().delete()
    models.Paper.objects.bulk_create(map(_paper, said.papers))
    models.Paragraph.objects.bulk_create(_paragraph(place, one) for place, one in enumerate(said.paragraphs))
    models.Requirement.objects.bulk_create(map(_requirement, said.requirements))
    models.Framework.objects.bulk_create(_framework(place, one) for place, one in enumerate(said.frameworks))
    models.Point.objects.bulk_create(
        models.Point(
            framework_id=one.code,
            code=point.code,
            place=place,
            title_en=point.en,
            title_ru=point.ru,
            modules=list(point.modules),
        )
        for one in said.frameworks
        for place, point in enumerate(one.points)
    )
    models.Event.objects.bulk_create(_event(place, one) for place, one in enumerate(said.events))
    models.Term.objects.bulk_create(
        [
            *(models.Term(kind=one.kind, code=one.code, title_en=one.en, title_ru=one.ru) for one in said.words),
            *(
                models.Term(
                    kind="reference", code=one.reference, title_en=one.title, title_ru=one.title, where=one.where
                )
                for one in said.listing
            ),
        ]
    )


def _paper(one: reading.Paper) -> models.Paper:
    return models.Paper(
        code=one.code,
        kind=one.kind,
        title_en=one.title.en,
        title_ru=one.title.ru,
        body_en=one.body.en,
        body_ru=one.body.ru,
        place_en=one.place.en,
        place_ru=one.place.ru,
        said_on=one.date,
        source=one.source.text,
        source_digest=one.source.digest,
        source_date=one.source.as_of,
        verified=one.verified == "yes",
        note_en=one.note.en if one.note else "",
        note_ru=one.note.ru if one.note else "",
    )


def _paragraph(place: int, one: reading.Paragraph) -> models.Paragraph:
    return models.Paragraph(
        code=one.id,
        paper_id=one.id[0],
        place=place,
        text_en=one.en,
        text_ru=one.ru,
        commitments=list(one.commitments),
        ten_points=[str(point) for point in one.ten_points],
        agenda=[str(point) for point in one.agenda],
        indicators=list(one.indicators),
        rooms=list(one.rooms),
        lacks_en=one.lacks.en if one.lacks else "",
        lacks_ru=one.lacks.ru if one.lacks else "",
        reason_en=one.reason.en if one.reason else "",
        reason_ru=one.reason.ru if one.reason else "",
    )


def _requirement(one: reading.Requirement) -> models.Requirement:
    return models.Requirement(
        code=one.id,
        paragraphs=one.paragraphs.split(),
        asks_en=one.asks_en,
        asks_ru=one.asks_ru,
        actors=one.actors.split(),
        modules=one.modules.split(),
        met_by=one.met_by.split(),
        status=one.status,
        lacks_en=one.lacks_en,
        lacks_ru=one.lacks_ru,
        source=one.source,
        source_date=one.source_date,
        verified=one.verified == "yes",
    )


def _framework(place: int, one: reading.Framework) -> models.Framework:
    return models.Framework(
        code=one.code,
        place=place,
        title_en=one.title.en,
        title_ru=one.title.ru,
        about_en=one.about.en,
        about_ru=one.about.ru,
        source=one.source.text,
        source_date=one.source.as_of,
        verified=one.source.verified == "yes",
    )


def _event(place: int, one: reading.Event) -> models.Event:
    return models.Event(
        place=place,
        said_on=one.date,
        until=one.until,
        text_en=one.en,
        text_ru=one.ru,
        source=one.source,
        verified=one.verified == "yes",
        paper_id=one.document or None,
    )
