"""Papers of a proceeding: a decision, a certificate of registration, an invitation to a hearing, in two languages side by side.

Headings, dates and remedies stand in both; what an officer wrote stands once, in the language in which it was written, and the
paper says so. What is not known about a remedy is said to be not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from panah.cores.lawbook import Pack, Unknown
from panah.cores.lawbook.dealings import Paper, Stage
from panah.cores.screening.wording import wording
from panah.foundation.languages import of_tag
from panah.node.procedures import rules, terms
from panah.node.procedures.models import Decision, Hearing, Proceeding, Term
from panah.node.profiling import service as profiling
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import reading
from panah.web.paper import fonts
from panah.web.paper.square import square

_WAY_BACK: Final = "en"
_APPLICANTS: Final = frozenset({"asylum_seekers"})


@dataclass(frozen=True)
class Said:
    """A text with its language; `checked` is whether a speaker of it has agreed to the text."""

    text: str
    tag: str
    checked: bool = True

    @property
    def direction(self) -> str:
        return reading.direction(self.tag)


@dataclass(frozen=True)
class Row:
    """A heading in each language, and under it either lines in each language or `own`: words that stand once."""

    headings: tuple[Said, ...]
    lines: tuple[tuple[Said, ...], ...] = ()
    own: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on one paper."""

    tags: tuple[str, ...]
    titles: tuple[Said, ...]
    number: str
    rows: tuple[Row, ...]
    code: str
    square: str
    signs: tuple[tuple[Said, ...], ...]
    under: tuple[Said, ...] = ()
    drafts: tuple[Said, ...] = field(default=())


def languages(officer: str, person: str) -> tuple[str, ...]:
    """The officer's language and the person's, each once; English where there are no texts for one."""
    spoken = of_tag(person)
    wanted = (officer if officer in ("en", "ru") else _WAY_BACK, spoken.tag if spoken else _WAY_BACK)
    return tuple(dict.fromkeys(wanted))


def of_decision(row: Proceeding, decision: Decision, tags: tuple[str, ...]) -> Sheet:
    """A signed decision. Its reasons stand in the language in which they were written."""
    say = _Says(tags)
    stage = terms.shape_of(row).stage(decision.step.stage)
    rows = [
        *_about(say, row, decision.signed_at or decision.drafted_at),
        Row(say("sheet.outcome"), (say.outcome(decision.outcome),)),
        Row(say("sheet.facts"), (say("sheet.written_in"),), own=decision.facts_found),
        Row(say("sheet.law"), own="\n".join(filter(None, (decision.law_applied, _cited(stage))))),
        Row(say("sheet.why"), own=decision.assessment),
        Row(say("sheet.remedy"), tuple(_remedy(say, stage, decision))),
    ]
    return say.sheet("sheet.decision", row, rows, ("sheet.signed", "sheet.received"))


def of_hearing(row: Proceeding, hearing: Hearing, tags: tuple[str, ...]) -> Sheet:
    """An invitation: when and where, with what is to be brought, and that the interpreter costs nothing."""
    say = _Says(tags)
    rows = [
        *_about(say, row, None),
        Row(say("sheet.when"), (say.moment(hearing.at),)),
        Row(say("sheet.where"), own=hearing.room),
        Row((), (say("sheet.bring"), say("leaflet.your_rights.language"), say("leaflet.your_rights.help"))),
    ]
    return say.sheet("sheet.summons", row, rows, ("sheet.signed",))


def of_registration(row: Proceeding, paper: Paper, tags: tuple[str, ...]) -> Sheet:
    """A certificate that the application is registered, by the name that the law of the pack gives it."""
    say = _Says(tags)
    lines = [say("sheet.open")]
    valid = Term.objects.filter(step__proceeding=row, parameter=paper.validity).exclude(due_at=None).last()
    if valid is not None and valid.due_at is not None:
        lines.append(say.until("sheet.valid", valid.due_at))
    if any(hold.code == "no_removal" for hold in safeguards.standing(row.file)):
        lines.append(say("receipt.stay"))
    lines += [say("leaflet.your_rights.help"), say("leaflet.your_rights.language")]
    titled = tuple(dict.fromkeys(_in(paper.title, tag) for tag in tags))
    rows = [Row(titled), *_about(say, row, row.opened_at), Row((), tuple(lines))]
    return say.sheet("sheet.certificate", row, rows, ("sheet.signed",))


def certificates(row: Proceeding) -> tuple[Paper, ...]:
    """The papers of an applicant that the stages gone through bring with them, while the procedure is open."""
    if row.ended_at is not None:
        return ()
    shape, pack = terms.shape_of(row), registration.node_pack()
    reached = list(row.steps.all())
    decided = any(step.ended_at and rules.is_decision(shape.stage(step.stage)) for step in reached)
    found: dict[str, Paper] = {}
    for step in reached:
        for code in shape.stage(step.stage).papers:
            paper = pack.paper(code, terms.local_day(row.opened_at))
            if isinstance(paper, Unknown):
                continue
            applicant = not _APPLICANTS.isdisjoint(paper.holders)
            if applicant or (
                row.procedure == "statelessness" and not decided and not rules.is_decision(shape.stage(step.stage))
            ):
                found[code] = paper
    return tuple(found.values())


def as_html(sheet: Sheet) -> str:
    """The paper as one HTML page, with no address in it but those of the fonts."""
    return render_to_string("procedures/sheet.html", {"sheet": sheet, **fonts.context("ltr")})


def as_pdf(sheet: Sheet) -> bytes:
    """The paper as PDF/UA, A4."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    return printed(as_html(sheet), fonts.BY_ADDRESS)


class _Says:
    """Texts in the languages of one paper; it remembers whether any of them was not checked by a speaker."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self.tags = tags
        self._pack: Pack = registration.node_pack()
        self._words = wording(self._pack)
        self._unchecked: set[str] = set()

    def __call__(self, identifier: str, **filled: str) -> tuple[Said, ...]:
        return tuple(self.one(identifier, tag, **filled) for tag in self.tags)

    def one(self, identifier: str, tag: str, **filled: str) -> Said:
        """The text in that language, else in English and marked so, else its id."""
        for each in dict.fromkeys((tag, _WAY_BACK)):
            found = self._words.text(identifier, each)
            if found is not None:
                checked = found.reviewed or each in self._pack.languages_checked
                if not checked:
                    self._unchecked.add(each)
                return Said(found.text.format(**filled) if filled else found.text, each, checked)
        return Said(f"[{identifier}]", _WAY_BACK, checked=False)

    def outcome(self, code: str) -> tuple[Said, ...]:
        """What was decided: in the language where it has words in it, else in the officer's."""
        said = []
        for tag in self.tags:
            name = next((n for n in (f"sheet.outcome.{code}", f"outcome.{code}") if self._words.text(n, tag)), "")
            said.append(self.one(name, tag) if name else self.one(f"outcome.{code}", self.tags[0]))
        return tuple(said)

    def day(self, moment: datetime) -> tuple[Said, ...]:
        return tuple(Said(self._day(moment, tag), tag) for tag in self.tags)

    def moment(self, moment: datetime) -> tuple[Said, ...]:
        local = moment.astimezone(ZoneInfo(self._pack.timezone))
        return tuple(Said(f"{self._day(moment, tag)}, {reading.time_of_day(local, tag)}", tag) for tag in self.tags)

    def until(self, identifier: str, moment: datetime) -> tuple[Said, ...]:
        return tuple(self.one(identifier, tag, when=self._day(moment, tag)) for tag in self.tags)

    def _day(self, moment: datetime, tag: str) -> str:
        on = moment.astimezone(ZoneInfo(self._pack.timezone)).date()
        own, gregorian = reading.own_calendar_day(on, tag), reading.gregorian_day(on, tag)
        return f"{own} ({gregorian})" if own else gregorian

    def sheet(self, title: str, row: Proceeding, rows: list[Row], signs: tuple[str, ...]) -> Sheet:
        code = profiling.code_of_file(row.file)
        titles, under = self(title), self("receipt.code")
        lines = tuple(self(sign) for sign in signs)
        unchecked = [tag for tag in self.tags if tag in self._unchecked]
        drafts = tuple(self.one("receipt.unchecked", tag) for tag in (unchecked and self.tags))
        return Sheet(self.tags, titles, row.number, tuple(rows), code, square(code), lines, under, drafts)


def _about(say: _Says, row: Proceeding, at: datetime | None) -> list[Row]:
    """The person, the authority and the day, as every paper names them."""
    pack = registration.node_pack()
    body = next((one for one in pack.bodies if one.id == row.body.partition("/")[0]), None)
    area = pack.place(row.body.partition("/")[2])
    named = tuple(
        Said(", ".join(_in(each.title, tag).text for each in (body, area) if each), _in(body.title, tag).tag)
        for tag in say.tags
        if body
    )
    rows = [
        Row(say("sheet.name"), own=registration.display_name(registration.file_by_id(row.file))),
        Row(say("sheet.body"), (named,) if named else (), own="" if named else row.body),
    ]
    return [*rows, Row(say("receipt.date"), (say.day(at),))] if at else rows


def _remedy(say: _Says, stage: Stage, decision: Decision) -> list[tuple[Said, ...]]:
    """To whom the person can complain, until when or what is missing to know it, and legal help."""
    known = [to for to in (stage.remedy.to if stage.remedy else ()) if to != "unknown"]
    lines = [say("sheet.remedy_to"), *(say(f"sheet.to.{to}") for to in known)] if known else [say("sheet.to.unknown")]
    told = decision.notified_at is not None and decision.notified_how != "not_found"
    for term in decision.step.terms.filter(remedy=True):
        unknown = "sheet.until_unknown" if told else "sheet.until_told"
        said = say.until("sheet.until", term.due_at) if term.due_at is not None else say(unknown)
        lines.append(_named(said, term.parameter))
    if not decision.step.terms.filter(remedy=True).exists():
        lines.append(say("sheet.until_unknown"))
    return [*dict.fromkeys(lines), say("leaflet.your_rights.help")]


def _named(line: tuple[Said, ...], name: str) -> tuple[Said, ...]:
    """Before a term what the pack calls it, where it has a name in that language."""
    parameter = registration.node_pack().parameters.get(name)
    names = parameter.what if parameter else {}
    return tuple(replace(one, text=f"{names[one.tag]}: {one.text}") if one.tag in names else one for one in line)


def _cited(stage: Stage) -> str:
    return safeguards.source_text(stage.citations) if stage.citations else ""


def _in(names: Mapping[str, str], tag: str) -> Said:
    """A name of the pack in that language, else in the state's, else in English."""
    order = (tag, *registration.node_pack().languages, _WAY_BACK)
    spoken = next((each for each in order if each in names), _WAY_BACK)
    return Said(names.get(spoken, ""), spoken)
