"""What pages show of commitments: tables and sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.hub.commitments import figures, rules, words
from panah.hub.commitments.models import Commitment, Measure, Report, SignedFigure, Step
from panah.hub.commitments.service import address, own_action, status_of
from panah.hub.meetings import service as meetings
from panah.hub.participants import service as participants
from panah.hub.record import service as record
from panah.web import counts
from panah.web.parts import Column, Link, Table
from panah.web.tags.words import said

NOT_KNOWN_YET = "–"


def names() -> dict[str, str]:
    """The names of all participants by code, in the reader's language."""
    return {one.code: one.title() for one in participants.participants()}


def owner(row: Commitment, known: Mapping[str, str]) -> str:
    """Who leads it: a participant, or whom the document names; with those who joined."""
    if not row.participant:
        return (row.owner_ru if _russian() else row.owner_en) or _("Participating states")
    lead = known.get(row.participant, row.participant)
    joined = ", ".join(known.get(one, one) for one in row.joined)
    return _("%(lead)s (lead), jointly with %(others)s") % {"lead": lead, "others": joined} if joined else lead


def themes() -> dict[str, str]:
    """The titles of the themes by code."""
    return {point.code: point.title for one in record.frameworks() if one.code == "themes" for point in one.points}


def listed(rows: Sequence[Commitment], today: date, caption: str = "") -> Table:
    """Commitments, one a row."""
    known, titles = names(), themes()
    return Table(
        caption=caption or _("Commitments"),
        columns=[
            Column(_("Commitment"), heading=True),
            Column(_("Action")),
            Column(_("Owner")),
            Column(_("Theme")),
            Column(_("Rests on")),
            Column(_("Due")),
            Column(_("Status")),
        ],
        rows=[
            (
                Link(row.code, address(row.code)),
                own_action(row),
                owner(row, known),
                titles.get(row.theme, row.theme),
                source(row),
                row.due or _("not known"),
                standing(row, today),
            )
            for row in rows
        ],
        empty=_("No commitment fits these choices."),
    )


def standing(row: Commitment, today: date) -> str:
    """Status in words, with what is late; drafts and withdrawn ones say so first."""
    if row.standing != Commitment.Standing.MADE:
        return str(Commitment.Standing(row.standing).label)
    late = str(words.LATE[rules.lateness(row.due, row.status, row.standing, today)])
    return f"{status_of(row)}. {late}" if late else status_of(row)


def source(row: Commitment) -> Any:
    """On what it rests, with a link where the hub has a page of it."""
    if row.kind == Commitment.Source.PARAGRAPH:
        return Link(row.source, reverse("record_paragraph", args=[row.source]))
    return row.source or str(Commitment.Source(row.kind).label)


def foundation(row: Commitment) -> Any:
    """The same for the page of one commitment: a conclusion that everybody may read has its link too."""
    found = meetings.conclusion(row.source) if row.kind == Commitment.Source.CONCLUSION else None
    return Link(row.source, found.url) if found is not None and found.public else source(row)


def measure_title(measure: Measure) -> str:
    """What is counted, of which state."""
    if measure.kind == Measure.Kind.INDICATOR:
        title = figures.indicator_choices().get(measure.code, measure.code)
        return f"{measure.code} {title}, {names().get(measure.state, measure.state)}"
    return f"{counts.flow_name(measure.code)}: {figures.cell_name(measure.code, measure.part, measure.state)}, {names().get(measure.state, measure.state)}"


def last_signed(measure: Measure | None = None) -> dict[Any, SignedFigure]:
    """The newest signature of each measure, or of one."""
    rows = SignedFigure.objects.order_by("signed_at")
    return {one.measure_id: one for one in (rows.filter(measure=measure) if measure else rows)}


def figure_facts(measure: Measure, figure: figures.Figure | None) -> list[tuple[str, object]]:
    """The number with everything that it must never be shown without."""
    unknown = words.unknown()
    facts: list[tuple[str, object]] = [(_("What is counted"), measure_title(measure))]
    if figure is None:
        return [*facts, (_("Published now"), _("nothing is published; the number is not known"))]
    value = unknown if figure.value is None else f"{figure.value.normalize():f}"
    facts += [
        (_("Published now"), f"{value} {figure.unit}" if figure.value is not None else f"{unknown}. {figure.why}"),
        (_("Period"), figure.period or unknown),
        (_("As of"), figure.as_of or unknown),
        (_("Numerator"), figure.numerator or unknown),
        (_("Denominator"), figure.denominator or unknown),
        (_("Definition"), figure.definition),
        (_("Source"), Link(figure.source, figure.url) if figure.url else said(figure.source, "en")),
        (_("Protection and other marks"), ", ".join(figure.marks) or _("none")),
        (_("Baseline"), _number(measure.baseline, measure.baseline_period)),
        (_("Goal"), _number(measure.goal, "")),
        (_("Direction"), _("more is progress") if measure.direction == "up" else _("less is progress")),
    ]
    percent = figures.progress_of(measure, figure)
    facts.append((_("Of the way from baseline to goal"), f"{percent} %" if percent is not None else unknown))
    return facts


def _number(value: Any, period: str) -> str:
    if value is None:
        return words.unknown()
    return f"{value.normalize():f}" + (f" ({period})" if period else "")


def signatures(rows: Sequence[SignedFigure]) -> Table:
    """Every figure that was signed, the newest first."""
    return Table(
        caption=_("Figures that the national coordinator signed"),
        columns=[
            Column(_("Signed"), heading=True),
            Column(_("Value"), numeric=True),
            Column(_("Period")),
            Column(_("Denominator"), numeric=True),
            Column(_("Source")),
            Column(_("Digest")),
        ],
        rows=[
            (
                one.signed_at,
                one.said.get("value"),
                one.said.get("period"),
                one.said.get("denominator") or words.unknown(),
                one.said.get("source"),
                format_html('<bdi dir="ltr">{}</bdi>', one.digest[:16]),
            )
            for one in rows
        ],
        empty=_("No figure was signed yet."),
    )


def history(rows: Iterable[Step], known: Mapping[str, str]) -> Table:
    """Every step, the first at the top."""
    return Table(
        caption=_("History"),
        columns=[
            Column(_("When"), heading=True),
            Column(_("What")),
            Column(_("For whom")),
            Column(_("Changed")),
            Column(_("Why")),
        ],
        rows=[
            (
                one.at,
                words.named_step(one.kind),
                known.get(one.participant, one.participant) or _("the installation"),
                _changes(one),
                one.reason,
            )
            for one in rows
        ],
        empty=_("Nothing has happened yet."),
    )


def _changes(step: Step) -> str:
    parts = []
    for name in words.FIELDS:
        if name in step.after and step.before.get(name) != step.after[name] and step.kind not in ("loaded", "drafted"):
            before, after = (_coded(name, side.get(name)) for side in (step.before, step.after))
            parts.append(
                f"{words.FIELDS[name]}: {before} → {after}" if name in step.before else f"{words.FIELDS[name]}: {after}"
            )
    return "; ".join(parts)


def _coded(name: str, value: Any) -> str:
    if value in (None, "", []):
        return words.unknown() if name in ("due", "value", "status") else "–"
    if name == "status":
        return str(Commitment.Status(value).label)
    if name == "standing":
        return str(Commitment.Standing(value).label)
    return ", ".join(value) if isinstance(value, list) else str(value)


def report_text(report: Report) -> tuple[str, str]:
    """The words of a report and the language that they are in: the reader's, or the other where that one is missing."""
    first, second = (
        (("ru", report.text_ru), ("en", report.text_en))
        if _russian()
        else (("en", report.text_en), ("ru", report.text_ru))
    )
    return (first[1], first[0]) if first[1] else (second[1], second[0])


def report_shown(report: Report) -> dict[str, Any]:
    """A report as the page shows it."""
    text, language = report_text(report)
    return {
        "row": report,
        "status": Commitment.Status(report.status).label,
        "text": said(text, language),
        "evidence": [_evidence(one) for one in report.evidence],
    }


def _evidence(one: Mapping[str, str]) -> SafeString:
    kind = words.EVIDENCE.get(one["kind"], one["kind"])
    text = (
        format_html('<a href="{}" rel="noopener noreferrer">{}</a>', one["url"], one["text"])
        if one["url"]
        else format_html("{}", one["text"])
    )
    digest = format_html(' <bdi dir="ltr" class="code">{}</bdi>', one["digest"][:16]) if one["digest"] else ""
    return format_html("{}: {}{}", kind, text, digest)


def related(row: Commitment) -> list[tuple[str, object]]:
    """Joint, matching and resting commitments as facts."""
    known = names()
    facts: list[tuple[str, object]] = []
    if row.partners:
        joined, asked = _("%(name)s (joined)"), _("%(name)s (asked, no answer yet)")
        told = [(joined if one in row.joined else asked) % {"name": known.get(one, one)} for one in row.partners]
        facts.append((_("Partners"), ", ".join(told)))
    if row.rests_on is not None:
        facts.append(
            (_("Carries out"), Link(f"{row.rests_on.code}: {own_action(row.rests_on)}", address(row.rests_on.code)))
        )
    if row.matches is not None:
        facts.append((_("Matches"), Link(f"{row.matches.code}: {own_action(row.matches)}", address(row.matches.code))))
    others = Commitment.objects.filter(Q(matches=row) | Q(rests_on=row), standing=Commitment.Standing.MADE).order_by(
        "code"
    )
    if others:
        links = format_html_join(", ", '<a href="{}">{}</a>', ((address(one.code), one.code) for one in others))
        facts.append((_("Matched or carried out by"), links))
    return facts


def points(framework: str, codes: Sequence[str]) -> Any:
    """Points with links to their pages."""
    found = [
        point for one in record.frameworks() if one.code == framework for point in one.points if point.code in codes
    ]
    return format_html_join(", ", '<a href="{}">{}. {}</a>', ((one.url, one.code, one.title) for one in found)) or _(
        "none named"
    )


def _russian() -> bool:
    return (get_language() or "en").startswith("ru")
