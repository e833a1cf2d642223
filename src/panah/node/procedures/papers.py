"""Papers of a proceeding: a decision, a certificate of registration, an invitation to a hearing, in two languages side by side.

Headings, dates and remedies stand in both; what an officer wrote stands once, in the language in which it was written, and the
paper says so. What is not known about a remedy is said to be not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.dealings import Paper, Stage
from panah.node.procedures import rules, terms
from panah.node.procedures.models import Decision, Hearing, Proceeding, Term
from panah.node.profiling import service as profiling
from panah.node.profiling.service import sheets
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import reading

_WAY_BACK: Final = "en"
_APPLICANTS: Final = frozenset({"asylum_seekers"})


as_html, as_pdf, languages = sheets.as_html, sheets.as_pdf, sheets.languages


def of_decision(row: Proceeding, decision: Decision, tags: tuple[str, ...]) -> sheets.Sheet:
    """A signed decision. Its reasons stand in the language in which they were written."""
    say = sheets.Says(tags)
    stage = terms.shape_of(row).stage(decision.step.stage)
    parts = [
        *_about(say, row, decision.signed_at or decision.drafted_at),
        sheets.Part(say("sheet.outcome"), (_outcome(say, decision.outcome),)),
        sheets.Part(say("sheet.facts"), (say("sheet.written_in"),)),
        sheets.Part((), own=decision.facts_found, long=True),
        sheets.Part(say("sheet.law"), own="\n".join(filter(None, (decision.law_applied, _cited(stage)))), long=True),
        sheets.Part(say("sheet.why"), own=decision.assessment, long=True),
        sheets.Part(say("sheet.remedy"), tuple(_remedy(say, stage, decision))),
    ]
    return _sheet(say, "sheet.decision", row, parts, sheets.SIGNED_BY_BOTH)


def of_hearing(row: Proceeding, hearing: Hearing, tags: tuple[str, ...]) -> sheets.Sheet:
    """An invitation: when and where, with what is to be brought, and that the interpreter costs nothing."""
    say = sheets.Says(tags)
    parts = [
        *_about(say, row, None),
        sheets.Part(say("sheet.when"), (_moment(say, hearing.at),)),
        sheets.Part(say("sheet.where"), own=hearing.room),
        sheets.Part((), (say("sheet.bring"), say("leaflet.your_rights.language"), say("leaflet.your_rights.help"))),
    ]
    return _sheet(say, "sheet.summons", row, parts)


def of_registration(row: Proceeding, paper: Paper, tags: tuple[str, ...]) -> sheets.Sheet:
    """A certificate that the application is registered, by the name that the law of the pack gives it."""
    say = sheets.Says(tags)
    lines = [say("sheet.open")]
    valid = Term.objects.filter(step__proceeding=row, parameter=paper.validity).exclude(due_at=None).last()
    if valid is not None and valid.due_at is not None:
        lines.append(say.by_day("sheet.valid", terms.local_day(valid.due_at)))
    if any(hold.code == "no_removal" for hold in safeguards.standing(row.file)):
        lines.append(say("receipt.stay"))
    lines += [say("leaflet.your_rights.help"), say("leaflet.your_rights.language")]
    titled = tuple(dict.fromkeys(_in(paper.title, tag) for tag in tags))
    parts = [sheets.Part(titled), *_about(say, row, row.opened_at), sheets.Part((), tuple(lines))]
    return _sheet(say, "sheet.certificate", row, parts)


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


def _outcome(say: sheets.Says, code: str) -> sheets.Pair:
    """What was decided: in the language where it has words in it, else in the officer's."""
    said = []
    for tag in say.tags:
        names = (f"sheet.outcome.{code}", f"outcome.{code}")
        name = next((one for one in names if profiling.in_language(one, tag)), "")
        said.append(say.one(name, tag) if name else say.one(f"outcome.{code}", say.tags[0]))
    return tuple(said)


def _moment(say: sheets.Says, moment: datetime) -> sheets.Pair:
    local = moment.astimezone(ZoneInfo(registration.node_pack().timezone))
    return tuple(
        sheets.Said(f"{say.day_in(local.date(), tag)}, {reading.time_of_day(local, tag)}", tag, checked=True)
        for tag in say.tags
    )


def _sheet(
    say: sheets.Says, title: str, row: Proceeding, parts: list[sheets.Part], signs: Sequence[str] = ("sheet.signed",)
) -> sheets.Sheet:
    return say.sheet(title, row.number, row.file, parts, signs=signs, under="receipt.code")


def _about(say: sheets.Says, row: Proceeding, at: datetime | None) -> list[sheets.Part]:
    """The person, the authority and the day, as every paper names them."""
    pack = registration.node_pack()
    body = next((one for one in pack.bodies if one.id == row.body.partition("/")[0]), None)
    area = pack.place(row.body.partition("/")[2])
    named = tuple(
        sheets.Said(
            ", ".join(_in(each.title, tag).text for each in (body, area) if each),
            _in(body.title, tag).tag,
            checked=True,
        )
        for tag in say.tags
        if body
    )
    parts = [
        sheets.Part(say("sheet.name"), own=registration.display_name(registration.file_by_id(row.file))),
        sheets.Part(say("sheet.body"), (named,) if named else (), own="" if named else row.body),
    ]
    return [*parts, sheets.Part(say("receipt.date"), (say.day(terms.local_day(at)),))] if at else parts


def _remedy(say: sheets.Says, stage: Stage, decision: Decision) -> list[sheets.Pair]:
    """To whom the person can complain, until when or what is missing to know it, and legal help."""
    known = [to for to in (stage.remedy.to if stage.remedy else ()) if to != "unknown"]
    lines = [say("sheet.remedy_to"), *(say(f"sheet.to.{to}") for to in known)] if known else [say("sheet.to.unknown")]
    told = decision.notified_at is not None and decision.notified_how != "not_found"
    for term in decision.step.terms.filter(remedy=True):
        unknown = "sheet.until_unknown" if told else "sheet.until_told"
        said = say.until(terms.local_day(term.due_at)) if term.due_at is not None else say(unknown)
        lines.append(_named(said, term.parameter))
    if not decision.step.terms.filter(remedy=True).exists():
        lines.append(say("sheet.until_unknown"))
    return [*dict.fromkeys(lines), say("leaflet.your_rights.help")]


def _named(line: sheets.Pair, name: str) -> sheets.Pair:
    """Before a term what the pack calls it, where it has a name in that language."""
    parameter = registration.node_pack().parameters.get(name)
    names = parameter.what if parameter else {}
    return tuple(replace(one, text=f"{names[one.tag]}: {one.text}") if one.tag in names else one for one in line)


def _cited(stage: Stage) -> str:
    return safeguards.source_text(stage.citations) if stage.citations else ""


def _in(names: Mapping[str, str], tag: str) -> sheets.Said:
    """A name of the pack in that language, else in the state's, else in English."""
    order = (tag, *registration.node_pack().languages, _WAY_BACK)
    spoken = next((each for each in order if each in names), _WAY_BACK)
    return sheets.Said(names.get(spoken, ""), spoken, checked=True)
