"""The tables of the pages on treaties, from what the service says. With `for_file` a cell is plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from panah.hub.treaties import doubts, models, words
from panah.hub.treaties.service import REGION, Standing, Tally
from panah.hub.treaties.tables import MEMORY, PARTY, UNKNOWN, Instrument, Source, Status
from panah.web.parts import Column, Link, Table

Standings = Mapping[tuple[str, str], Standing]


def in_set(instruments: Mapping[str, Instrument], which: str) -> dict[str, Instrument]:
    """The instruments of one of words.SETS, in the order of the record. Of the agenda: what its first point names."""
    chosen = {
        "declaration": lambda one: one.is_named_by_declaration,
        "agenda": lambda one: "E1a" in one.named,
        "tracked": lambda one: one.is_tracked,
    }[which]
    return {code: one for code, one in instruments.items() if chosen(one)}


def said(standing: Standing | None) -> list[str]:
    """Where a state stands, in short lines: the first is the answer, the others say how far it is to be trusted."""
    if standing is None:
        return [str(words.VALUES[UNKNOWN])]
    answer, year = str(words.VALUES[standing.value]), standing.since[:4]
    lines = [f"{answer}, {year}" if year else answer]
    if standing.value == UNKNOWN:
        remembered = next((row for row in standing.from_memory), None)
        if remembered:
            lines.append(_("from memory: %(said)s") % {"said": remembered_as(remembered)})
        return lines
    if standing.stale:
        # What is old is said of its own year, and not as what holds now.
        lines = [_("%(answer)s in %(year)s") % {"answer": answer, "year": standing.as_of[:4]}]
        lines += [_("since %(year)s") % {"year": year}] if year else []
        lines.append(_("check again"))
    if not standing.verified:
        lines.append(_("not verified"))
    if standing.disputed:
        lines.append(_("sources differ"))
    otherwise = next((row for row in standing.from_memory if row.value != standing.value), None)
    if otherwise:
        lines.append(_("from memory: %(said)s") % {"said": remembered_as(otherwise)})
    if any(row.act == "reservation" for row in standing.beside):
        lines.append(_("with reservation"))
    if any(row.act == "declaration" for row in standing.beside):
        lines.append(_("with declaration"))
    return lines


def remembered_as(row: Status) -> str:
    value = str(words.VALUES[row.value]).lower()
    return f"{value}, {row.date}" if row.date else value


def cell(lines: Sequence[str], *, for_file: bool) -> Any:
    if for_file:
        return "; ".join(lines)
    if len(lines) == 1:
        return lines[0]
    return format_html('{}<br><span class="soft">{}</span>', lines[0], ", ".join(lines[1:]))


def matrix(instruments: Mapping[str, Instrument], found: Standings, *, for_file: bool) -> Table:
    """Instruments down, states across, in words."""
    columns = [Column(_("Instrument"), heading=True)]
    columns += [Column(_("Year")), Column(_("Named in"))] if for_file else []
    for state in REGION:
        name = words.state(state)
        link = format_html('<a href="{}">{}</a>', reverse("treaties_of_state", args=[state]), name)
        columns.append(Column(name if for_file else link))
    rows = []
    for code, one in instruments.items():
        named = ", ".join(place_of(place) for place in one.named)
        row: list[Any] = [words.title(one), one.year, named] if for_file else [_heading(code, one, named)]
        for state in REGION:
            if one.kind == "declaration":
                row.append(_("no treaty"))
            else:
                row.append(cell(said(found.get((state, code))), for_file=for_file))
        rows.append(row)
    return Table(_("Who is bound by what"), columns, rows, _nothing())


def _heading(code: str, one: Instrument, named: str) -> Any:
    title = words.title(one, "short")
    return format_html(
        '<a href="{}" title="{}">{}, {}</a><br><span class="soft">{}</span>',
        reverse("treaty", args=[code]),
        words.title(one),
        title,
        one.year,
        named,
    )


def whole(text: str, *, for_file: bool = False) -> Any:
    """A day that no line breaks."""
    return text if for_file or not text else format_html('<bdi class="nowrap">{}</bdi>', text)


def place_of(code: str) -> str:
    """Where an instrument is named, in words."""
    known = {
        "A¶4": _("Declaration, 4"),
        "A¶5": _("Declaration, 5"),
        "A¶5fn": _("Declaration, 5 (note)"),
        "E1a": _("Agenda, 1"),
    }
    return known.get(code, code)


def of_state(
    state: str,
    instruments: Mapping[str, Instrument],
    found: Standings,
    sources: Mapping[str, Source],
    *,
    for_file: bool,
) -> Table:
    """All instruments of one state, with the day, the source and the marks."""
    rows = []
    for code, one in instruments.items():
        if one.kind == "declaration":
            continue
        standing = found.get((state, code))
        name = words.title(one)
        rows.append(
            (
                name if for_file else Link(name, reverse("treaty", args=[code])),
                words.THEMES[one.theme],
                *_standing_cells(standing, sources, for_file=for_file),
            )
        )
    columns = [Column(_("Instrument"), heading=True), Column(_("Theme")), *_standing_columns(for_file)]
    return Table(_("Treaties"), columns, rows, _nothing())


def of_instrument(code: str, found: Standings, sources: Mapping[str, Source], *, for_file: bool) -> Table:
    """All states towards one instrument."""
    rows = [
        (
            words.state(state) if for_file else Link(words.state(state), reverse("treaties_of_state", args=[state])),
            *_standing_cells(found.get((state, code)), sources, for_file=for_file),
        )
        for state in REGION
    ]
    return Table(_("States"), [Column(_("State"), heading=True), *_standing_columns(for_file)], rows, _nothing())


def _standing_columns(for_file: bool) -> list[Column]:
    return [
        Column(_("Where it stands")),
        Column(_("Act of the state")),
        Column(_("Day of the act")),
        *((Column(_("In force")),) if for_file else ()),
        Column(_("As of")),
        Column(_("Source")),
    ]


def _standing_cells(standing: Standing | None, sources: Mapping[str, Source], *, for_file: bool) -> tuple[Any, ...]:
    lines = said(standing)
    if standing is None or standing.leading is None or standing.value == UNKNOWN:
        return (cell(lines, for_file=for_file), *[""] * (5 if for_file else 4))
    leading = standing.leading
    return (
        cell(lines, for_file=for_file),
        words.ACTS[standing.act] if standing.value == PARTY else "",
        whole(standing.since, for_file=for_file),
        *((leading.in_force,) if for_file else ()),
        whole(standing.as_of, for_file=for_file),
        source(sources[leading.source], for_file=for_file),
    )


def source(one: Source, *, for_file: bool = False) -> Any:
    name = words.title(one)
    if for_file or not one.address.startswith(("https://", "http://")):
        return f"{name} {one.address}".strip() if for_file else name
    return format_html('<a href="{}" rel="noreferrer external">{}</a>', one.address, name)


def statements(
    rows: Iterable[Status], instruments: Mapping[str, str], sources: Mapping[str, Source], *, by: str
) -> Table:
    """Everything that sources say, in order of time: of one state (`by` is `instrument`) or one instrument (`by` is `state`)."""
    first = Column(_("Instrument") if by == "instrument" else _("State"), heading=True)
    columns = [
        first,
        Column(_("Act of the state")),
        Column(_("Day")),
        Column(_("Says")),
        Column(_("As of")),
        Column(_("Source")),
        Column(_("Verified")),
        Column(_("Remark")),
    ]
    found = [
        (
            instruments.get(row.instrument, row.instrument) if by == "instrument" else words.state(row.state),
            words.ACTS[row.act] if row.act or row.value == PARTY else "",
            whole(row.date),
            words.VALUES[row.value],
            whole(row.as_of),
            source(sources[row.source]),
            verified(row, sources),
            words.note(row),
        )
        for row in sorted(rows, key=lambda row: (row.date or row.as_of, row.as_of))
    ]
    return Table(_("What each source says"), columns, found, _nothing())


def verified(row: Status, sources: Mapping[str, Source]) -> str:
    if sources[row.source].confidence == MEMORY:
        return _("no, from memory")
    return _("yes") if row.verified == "yes" else _("no")


def beside(found: Iterable[Standing], names: Mapping[str, str], sources: Mapping[str, Source]) -> Table:
    """Reservations, declarations and acts of incorporation, in our own words."""
    rows = [
        (
            words.state(row.state),
            names.get(row.instrument, row.instrument),
            words.ACTS[row.act],
            row.date,
            words.note(row),
            source(sources[row.source]),
            verified(row, sources),
        )
        for standing in found
        for row in standing.beside
    ]
    return Table(
        _("Reservations, declarations and acts of incorporation"),
        [
            Column(_("State"), heading=True),
            Column(_("Instrument")),
            Column(_("Act of the state")),
            Column(_("Day")),
            Column(_("In our own words")),
            Column(_("Source")),
            Column(_("Verified")),
        ],
        rows,
        _("None is known of. That none was found does not say that there is none."),
    )


def reports(rows: Iterable[models.ReportedAct], names: Mapping[str, str]) -> Table:
    """What states report and nobody has checked yet, beside what sources say."""
    return Table(
        _("Reported by the state"),
        [
            Column(_("State"), heading=True),
            Column(_("Instrument")),
            Column(_("Act of the state")),
            Column(_("Day")),
            Column(_("Paper")),
            Column(_("Reported")),
            Column(_("What became of it")),
        ],
        [
            (
                words.state(row.state),
                names.get(row.instrument, row.instrument),
                words.ACTS[row.act],
                row.date,
                cited(row.paper, row.link),
                row.reported_at,
                models.Check(row.check_state).label,
            )
            for row in rows
        ],
        _("The state has reported nothing yet."),
    )


def cited(title: str, address: str) -> Any:
    """The title of a paper, as a link where its address is one of the web."""
    if address.startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="noreferrer external">{}</a>', address, title)
    return title


def doubted(found: Iterable[doubts.Doubt], names: Mapping[str, str]) -> Table:
    """Where the hub and a state's pack say different things."""
    return Table(
        _("Where the hub and the pack differ"),
        [
            Column(_("State"), heading=True),
            Column(_("Instrument")),
            Column(_("The hub says")),
            Column(_("The pack says")),
            Column(_("Pack")),
            Column(_("What differs")),
        ],
        [
            (
                words.state(one.state),
                names.get(one.instrument, one.instrument),
                _of_hub(one),
                _of_pack(one),
                one.pack,
                doubts.DIFFERENCES[one.what],
            )
            for one in found
        ],
        _("The hub and the packs agree."),
    )


def _of_hub(one: doubts.Doubt) -> str:
    return " ".join(part for part in (str(words.VALUES[one.hub_value]), one.hub_date) if part)


def _of_pack(one: doubts.Doubt) -> str:
    return " ".join(part for part in (str(words.PACK_ACTIONS[one.pack_action]), one.pack_date) if part)


def rests_on(rows: Iterable[models.PackCitation], caption: str) -> Table:
    """Which rules of the packs rest on a treaty or an act, by article."""
    found = sorted(rows, key=lambda row: (_article_order(row.article), row.pack, row.kind, row.where))
    return Table(
        caption,
        [
            Column(_("Article"), heading=True),
            Column(_("Pack")),
            Column(_("Kind")),
            Column(_("What rests on it")),
            Column(_("Code")),
        ],
        [
            (
                row.article or _("whole"),
                _("all states") if row.pack == "_floor" else words.state(row.pack.upper()),
                words.PARTS.get(row.kind, row.kind),
                words.title(row, "says") or row.where,
                format_html('<bdi class="code" dir="ltr">{}</bdi>', row.where),
            )
            for row in found
        ],
        _("No rule of the packs rests on it yet."),
    )


def _article_order(article: str) -> tuple[int, str]:
    digits = "".join(sign for sign in article.split(",")[0] if sign.isdigit())
    return (int(digits) if digits else 0, article)


def tallied(tally: Tally) -> list[tuple[str, Any]]:
    """The count of a state in words, with what is not known beside it."""
    return [
        (_("Known to be ratified"), _("at least %(n)s of %(all)s") % {"n": tally.ratified, "all": tally.tracked}),
        (_("of these to be checked again"), str(tally.stale)),
        (_("Known not to be ratified"), str(tally.not_ratified)),
        (_("Not known"), str(tally.unknown)),
    ]


def _nothing() -> str:
    return _("Nothing is loaded yet. Whoever runs this hub loads the record with: panah record load")
