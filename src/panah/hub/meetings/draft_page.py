"""What the pages of a text show to a reader, and the forms on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.forms import Form
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.foundation.languages import BY_TAG
from panah.hub.meetings import forms, shown
from panah.hub.meetings import statement as values
from panah.hub.meetings.models import Meeting, Paragraph, Proposal, Remark, Stand
from panah.hub.meetings.rules import Piece
from panah.hub.meetings.seats import View
from panah.hub.meetings.words import PROPOSALS, STANDS, How, Standing, Wish
from panah.web.parts import Event


def tongues() -> tuple[tuple[str, str], ...]:
    """The languages of a text with their names, the reader's first."""
    found = (("en", BY_TAG["en"].name), ("ru", BY_TAG["ru"].name))
    return found[::-1] if (get_language() or "").startswith("ru") else found


@dataclass(frozen=True)
class Said:
    """A text in one language; empty where it is missing. `pieces` is the same marked up, where it is a change."""

    tag: str
    language: str
    text: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Row:
    """A paragraph in the clean text."""

    row: Paragraph
    said: tuple[Said, ...]
    standing: str
    tone: str
    open_proposals: int
    reserves: str
    supports: int
    silent: bool
    lagging: str


@dataclass(frozen=True)
class Discussed:
    """A proposal with what was said of it."""

    row: Proposal
    who: str
    wish: str
    standing: str
    said: tuple[Said, ...]
    remarks: tuple[tuple[Remark, str], ...]
    supports: str
    reserves: tuple[tuple[Stand, str], ...]
    own_stand: Stand | None
    forms: dict[str, Form]


def said_of(row: Any) -> tuple[Said, ...]:
    return tuple(Said(tag, language, str(getattr(row, f"text_{tag}"))) for tag, language in tongues())


def places(row: Meeting) -> list[tuple[str, str]]:
    """After which paragraph a new one can stand."""
    standing = Paragraph.objects.filter(meeting=row).exclude(standing="dropped")
    return [
        ("", _("at the end")),
        *((str(one.pk), _("Paragraph %(number)s") % {"number": one.number}) for one in standing),
    ]


def whole(view: View) -> dict[str, Any]:
    """The clean text."""
    names = shown.Names()
    rows = list(
        Paragraph.objects.select_related("meeting")
        .filter(meeting=view.meeting)
        .prefetch_related("versions", "proposals", "stands", "silences__silence")
    )
    first = Proposal.objects.filter(meeting=view.meeting, paragraph=None).prefetch_related("remarks", "stands")
    return {
        "paragraphs": [_row(one, names) for one in rows if one.standing != "dropped"],
        "dropped": [one for one in rows if one.standing == "dropped"],
        "insertions": [_discussed(view, one, None, names, {}) for one in first if one.standing == "open"],
        "open": view.meeting.statement_at is None and view.meeting.state != "cancelled",
    }


def _row(row: Paragraph, names: shown.Names) -> Row:
    stands = [one for one in row.stands.all() if one.ended_at is None and one.version == row.version]
    lines = [line for line in row.silences.all() if line.silence.ended_at is None and line.broken_at is None]
    return Row(
        row=row,
        said=said_of(row),
        standing=str(Standing(row.standing).label),
        tone="accent" if row.standing == "agreed" else "plain",
        open_proposals=sum(one.standing == "open" for one in row.proposals.all()),
        reserves=names.listed([one.participant for one in stands if one.kind == "reserve"]),
        supports=sum(one.kind == "support" for one in stands),
        silent=bool(lines),
        lagging=lagging(row),
    )


def lagging(row: Paragraph) -> str:
    """The name of the language whose text was not changed when the other one was changed last; empty when both were, or one is missing.
    Wants the versions fetched with it."""
    if not (row.text_en and row.text_ru):
        return ""
    changed = {"en": 1, "ru": 1}
    versions = list(row.versions.all())
    for before, after in pairwise(versions):
        for tag in changed:
            if getattr(before, f"text_{tag}") != getattr(after, f"text_{tag}"):
                changed[tag] = after.number
    if changed["en"] == changed["ru"]:
        return ""
    return BY_TAG[min(changed, key=lambda tag: changed[tag])].name


def forms_of_whole(view: View) -> dict[str, Form]:
    if view.meeting.statement_at is not None or view.meeting.state == "cancelled":
        return {}
    made: dict[str, Form] = {}
    if view.leads:
        made["add"] = forms.ParagraphForm(choices={"after": places(view.meeting)})
    if view.takes_part:
        made["insert"] = forms.FirstParagraphForm()
    return made


def one(view: View, row: Paragraph, wrong: dict[str, Form]) -> dict[str, Any]:
    """One paragraph with everything that was said of it."""
    names = shown.Names()
    row = (
        Paragraph.objects.select_related("meeting")
        .prefetch_related("versions", "turns", "stands", "remarks", "silences__silence")
        .get(pk=row.pk)
    )
    proposals = row.proposals.prefetch_related("remarks", "stands")
    discussed = [_discussed(view, one, row, names, wrong) for one in proposals]
    standing = [one for one in row.stands.all() if one.ended_at is None and one.version == row.version]
    own = next((one for one in standing if one.participant == view.reader.participant), None)
    silence = next((one for one in row.silences.all() if one.silence.ended_at is None and one.broken_at is None), None)
    return {
        "paragraph": row,
        "said": _marked_texts(row),
        "standing": Standing(row.standing).label,
        "lagging": lagging(row),
        "how": How(row.agreed_how).label if row.agreed_how else "",
        "supports": names.listed([one.participant for one in standing if one.kind == "support"]),
        "reserves": [(one, names.of(one.participant)) for one in standing if one.kind == "reserve"],
        "own_stand": own,
        "silence": silence.silence if silence else None,
        "proposals": [one for one in discussed if one.row.standing == "open"],
        "settled": [one for one in discussed if one.row.standing != "open"],
        "remarks": [(remark, names.of(remark.participant)) for remark in row.remarks.all()],
        "history": _history(row, discussed, names),
        "names": names,
        "forms": _forms(view, row) | {key: form for key, form in wrong.items() if "-" not in key},
    }


def _marked_texts(row: Paragraph) -> tuple[Said, ...]:
    return tuple(
        Said(tag, language, str(getattr(row, f"text_{tag}")), values.history_of(row, tag)[0])
        for tag, language in tongues()
    )


def _forms(view: View, row: Paragraph) -> dict[str, Form]:
    """What this reader may do with the paragraph as it stands."""
    if view.meeting.statement_at is not None or view.meeting.state == "cancelled":
        return {}
    texts = {"text_en": row.text_en, "text_ru": row.text_ru, "on_version": row.version}
    made: dict[str, Form] = {}
    if view.takes_part or view.leads:
        made["remark"] = forms.RemarkForm()
    if view.takes_part and row.standing == "draft":
        made["propose"] = forms.ProposeForm(initial=texts)
        made["stand"] = forms.StandForm(initial=texts)
    if view.leads and row.standing == "draft":
        made["agree"] = forms.AgreeForm(initial=texts)
        made["revise"] = forms.ReviseForm(initial=texts)
        made["drop"] = forms.ReasonForm()
    if view.leads and row.standing != "draft":
        made["reopen"] = forms.ReasonForm()
    return made


def _discussed(
    view: View, row: Proposal, paragraph: Paragraph | None, names: shown.Names, wrong: dict[str, Form]
) -> Discussed:
    stands = [one for one in row.stands.all() if one.ended_at is None]
    own = next((one for one in stands if one.participant == view.reader.participant), None)
    return Discussed(
        row=row,
        who=names.of(row.participant),
        wish=str(Wish(row.wish).label),
        standing=str(PROPOSALS[row.standing]),
        said=tuple(
            Said(
                tag,
                language,
                str(getattr(row, f"text_{tag}")),
                values.proposed_pieces(row, str(getattr(paragraph, f"text_{tag}")) if paragraph else "", tag),
            )
            for tag, language in tongues()
        ),
        remarks=tuple((remark, names.of(remark.participant)) for remark in row.remarks.all()),
        supports=names.listed([one.participant for one in stands if one.kind == "support"]),
        reserves=tuple((one, names.of(one.participant)) for one in stands if one.kind == "reserve"),
        own_stand=own,
        forms=_forms_of_proposal(view, row, paragraph, wrong),
    )


def _forms_of_proposal(
    view: View, row: Proposal, paragraph: Paragraph | None, wrong: dict[str, Form]
) -> dict[str, Form]:
    closed = view.meeting.statement_at is not None or view.meeting.state == "cancelled"
    if row.standing != "open" or closed:
        return {}
    made: dict[str, Form] = {}
    own = view.takes_part and row.participant == view.reader.participant
    if view.takes_part or view.leads:
        made["remark"] = forms.RemarkForm()
    if view.takes_part and not own:
        made["stand"] = forms.StandForm(initial={"on_version": row.base})
    if own:
        made["withdraw"] = forms.Nothing()
    if view.leads:
        texts = {"text_en": row.text_en, "text_ru": row.text_ru, "on_version": paragraph.version if paragraph else 0}
        if row.wish == "reword" and paragraph is not None:
            texts["text_en"] = row.text_en or paragraph.text_en
            texts["text_ru"] = row.text_ru or paragraph.text_ru
        made["merge"] = forms.MergeForm(initial=texts)
        made["decline"] = forms.ReasonForm()
    return {act: wrong.get(f"{act}-{row.pk}", form) for act, form in made.items()}


def _history(row: Paragraph, proposals: Iterable[Discussed], names: shown.Names) -> list[Event]:
    """Everything that happened to a paragraph, the last first."""
    found: list[Event] = []
    for version in row.versions.all():
        what = _("Version %(number)s") % {"number": version.number}
        found.append(Event(version.made_at, what, names.of(version.participant), detail=version.reason))
    turns = {"agreed": _("Agreed"), "reopened": _("Opened again"), "dropped": _("Left out")}
    for turn in row.turns.all():
        how = str(How(turn.how).label) if turn.how else turn.reason
        found.append(Event(turn.at, turns[turn.kind], names.of("") if turn.by else "", detail=how))
    for stand in row.stands.all():
        detail = _("on version %(number)s") % {"number": stand.version}
        told = f"{detail}. {stand.reason}" if stand.reason else detail
        found.append(Event(stand.taken_at, STANDS[stand.kind], names.of(stand.participant), detail=told))
        if stand.ended_at:
            taken_back = _("Took back: %(what)s") % {"what": STANDS[stand.kind]}
            found.append(Event(stand.ended_at, taken_back, names.of(stand.participant)))
    for line in row.silences.all():
        until = _("until %(moment)s (UTC)") % {"moment": f"{line.silence.until:%Y-%m-%d %H:%M}"}
        found.append(Event(line.silence.opened_at, _("Silence procedure"), names.of(""), detail=until))
        if line.broken_at:
            found.append(Event(line.broken_at, _("Silence broken"), names.of(line.broken_for)))
        elif line.silence.stopped_because and line.silence.ended_at:
            found.append(
                Event(line.silence.ended_at, _("Silence stopped"), names.of(""), detail=line.silence.stopped_because)
            )
    for one in proposals:
        proposed = _("Proposal: %(wish)s") % {"wish": one.wish}
        found.append(Event(one.row.made_at, proposed, one.who, detail=one.row.reason))
        if one.row.ended_at:
            who = one.who if one.row.standing == "withdrawn" else names.of("")
            found.append(Event(one.row.ended_at, one.standing, who, detail=one.row.why))
    for remark in row.remarks.all():
        found.append(Event(remark.made_at, _("Comment"), names.of(remark.participant), detail=remark.words))
    return sorted(found, key=lambda event: event.at, reverse=True)
