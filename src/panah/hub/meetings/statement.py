"""The statement of the chair, and the draft marked up, as values. How they look on paper is in paper.py, as DOCX in word_files.py.

Only agreed paragraphs stand in a statement. A paragraph that lacks the language is shown as missing there; nothing is translated by machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from panah.hub.meetings import rules, service, shown
from panah.hub.meetings.models import Attendance, Delegation, Meeting, Paragraph, Proposal
from panah.hub.meetings.rules import Author, Piece, Wording
from panah.hub.meetings.words import GROUPS, PROPOSALS, Capacity, Wish

TONGUES: Final = ("en", "ru")


@dataclass(frozen=True)
class Numbered:
    """A paragraph of a statement; `text` is empty when the language is missing."""

    number: int
    ref: str
    text: str


@dataclass(frozen=True)
class Group:
    """Participants of one capacity."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """Everything that stands in a statement, in one language."""

    language: str
    title: str
    meeting: str
    where_when: str
    chair: str
    mark: str
    groups: tuple[Group, ...]
    paragraphs: tuple[Numbered, ...]
    missing: str
    waiting: str
    sections: tuple[service.Section, ...]
    foot: str


def statement(row: Meeting, language: str) -> Statement:
    """The statement from the agreed paragraphs, in `en` or `ru`."""
    with translation.override(language):
        names = shown.Names(language)
        standing = list(Paragraph.objects.select_related("meeting").filter(meeting=row).exclude(standing="dropped"))
        agreed = [one for one in standing if one.standing == "agreed"]
        waiting = len(standing) - len(agreed)
        place = ", ".join(filter(None, (shown.where(row, language), shown.when(row, language))))
        return Statement(
            language=language,
            title=_("Statement of the Chair of the Almaty Process"),
            meeting=_title(row, language),
            where_when=place or _("Place and date are not known"),
            chair=_("Chair: %(name)s") % {"name": names.of(row.chair)} if row.chair else "",
            mark="" if row.statement_at else _("Draft. Not yet made public."),
            groups=tuple(_groups(row, names)),
            paragraphs=tuple(Numbered(at, one.ref, _text(one, language)) for at, one in enumerate(agreed, 1)),
            missing=_("There is no text in English for this paragraph yet.")
            if language == "en"
            else _("There is no text in Russian for this paragraph yet."),
            waiting=_("Paragraphs that are not agreed yet and do not stand here: %(count)s.") % {"count": waiting}
            if waiting
            else "",
            sections=service.statement_sections(row.code, language),
            foot=_("Each paragraph is cited by the id beside it, which does not change."),
        )


def _title(row: Meeting, language: str) -> str:
    return (
        row.title_ru
        if language == "ru" and row.title_ru
        else row.title_en
        if language == "en" and row.title_en
        else shown.title_of(row, language)
    )


def _text(row: Paragraph, language: str) -> str:
    return row.text_ru if language == "ru" else row.text_en


def _groups(row: Meeting, names: shown.Names) -> Iterable[Group]:
    """Who took part, by capacity: of the delegations those that said they come."""
    if row.from_record:
        rows = [(one.capacity, one.participant) for one in Attendance.objects.filter(meeting=row)]
    else:
        coming = Delegation.objects.filter(meeting=row, withdrawn_at=None, answer="comes")
        rows = [(one.capacity, one.participant) for one in coming]
    for capacity in Capacity:
        found = sorted(names.of(code) for kind, code in rows if kind == capacity.value)
        if found:
            yield Group(str(GROUPS[capacity.value]), tuple(found))


@dataclass(frozen=True)
class MarkedProposal:
    """A proposal against the text that stands: by whom, what became of it, and why it was made."""

    who: str
    standing: str
    wish: str
    reason: str
    pieces: tuple[Piece, ...]
    empty: bool
    row: Proposal


@dataclass(frozen=True)
class MarkedParagraph:
    """A paragraph with all that was changed since its first wording, and the open proposals on it."""

    number: int
    standing: str
    pieces: tuple[Piece, ...]
    inserted: Author | None
    proposals: tuple[MarkedProposal, ...]
    row: Paragraph

    @property
    def empty(self) -> bool:
        """There is no text in this language."""
        return not any(piece.taken_out is None for piece in self.pieces)


@dataclass(frozen=True)
class Marked:
    """A draft marked up, in one language. `insertions` are proposals for new paragraphs that stand before the first one."""

    language: str
    title: str
    meeting: str
    mark: str
    names: dict[str, str]
    paragraphs: tuple[MarkedParagraph, ...]
    insertions: tuple[MarkedProposal, ...]


def marked(row: Meeting, language: str, reader: str = "") -> Marked:
    """The draft of a meeting marked up against the first wordings, with who changed what, and the open proposals. The words around the text
    are in the reader's language, that of the text when none is said."""
    with translation.override(reader or language):
        names = shown.Names(reader or language)
        rows = list(
            Paragraph.objects.select_related("meeting")
            .filter(meeting=row)
            .prefetch_related("versions", "turns")
            .order_by("place", "number")
        )
        proposals = list(Proposal.objects.filter(meeting=row, standing="open").select_related("paragraph"))
        by_paragraph: dict[object, list[Proposal]] = {}
        for one in proposals:
            by_paragraph.setdefault(one.paragraph_id, []).append(one)
        return Marked(
            language=language,
            title=_("Draft with the changes marked"),
            meeting=_title(row, language),
            mark=_("Changes since the first wording of each paragraph, word by word, and the proposals that are open."),
            names={code: names.of(code) for code in _codes(rows, proposals)},
            paragraphs=tuple(_marked(one, by_paragraph.get(one.pk, ()), names, language) for one in rows),
            insertions=tuple(_proposed(one, "", names, language) for one in by_paragraph.get(None, ())),
        )


def _codes(rows: Iterable[Paragraph], proposals: Iterable[Proposal]) -> list[str]:
    found = {version.participant for row in rows for version in row.versions.all()} | {""}
    return sorted(found | {one.participant for one in proposals})


def _marked(row: Paragraph, proposals: Iterable[Proposal], names: shown.Names, language: str) -> MarkedParagraph:
    pieces, inserted = history_of(row, language)
    standing = "" if row.standing == "dropped" else _text(row, language)
    return MarkedParagraph(
        number=row.number,
        standing=row.standing,
        pieces=pieces,
        inserted=inserted,
        proposals=tuple(_proposed(one, standing, names, language) for one in proposals),
        row=row,
    )


def history_of(row: Paragraph, language: str) -> tuple[tuple[Piece, ...], Author | None]:
    """All changes of a paragraph in one language, and who put the whole of it in when a state proposed it. Wants versions and turns
    fetched with it."""
    versions = list(row.versions.all())
    wordings = [Wording(_of(one, language), Author(one.participant, one.made_at)) for one in versions]
    inserted = None
    if versions and versions[0].participant:
        inserted = wordings[0].author
        wordings.insert(0, Wording("", inserted))
    if row.standing == "dropped":
        turn = next((one for one in reversed(list(row.turns.all())) if one.kind == "dropped"), None)
        at = turn.at if turn else versions[-1].made_at
        wordings.append(Wording("", Author("", at)))
    return rules.tracked(wordings), inserted


def _of(row: object, language: str) -> str:
    return str(getattr(row, f"text_{language}"))


def proposed_pieces(row: Proposal, standing: str, language: str) -> tuple[Piece, ...]:
    """A proposal marked up against the text that stands now."""
    author = Author(row.participant, row.made_at)
    if row.wish == Wish.INSERT:
        return rules.marked("", _of(row, language), author)
    new = "" if row.wish == Wish.DELETE else _of(row, language)
    # A proposal that says nothing in this language leaves it as it is.
    return rules.marked(standing, new if new or row.wish == Wish.DELETE else standing, author)


def _proposed(row: Proposal, standing: str, names: shown.Names, language: str) -> MarkedProposal:
    return MarkedProposal(
        who=names.of(row.participant),
        standing=str(PROPOSALS[row.standing]),
        wish=str(Wish(row.wish).label),
        reason=row.reason,
        pieces=proposed_pieces(row, standing, language),
        empty=row.wish != Wish.DELETE and not _of(row, language),
        row=row,
    )
