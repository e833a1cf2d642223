"""The record on paper for the person, in the officer's language and theirs: their insured time, their permits, and whom to ask what.

Headings, days and rights stand in both; names of states, employers and funds stand once, as they were written.
"""

from __future__ import annotations

from datetime import date

from panah.foundation.languages import of_tag
from panah.node.labour.models import WorkRecord
from panah.node.labour.totals import Estimate, estimate
from panah.node.profiling.service import sheets
from panah.node.registration import service as registration
from panah.web.reading import country_name

as_html, as_pdf, languages = sheets.as_html, sheets.as_pdf, sheets.languages


def of_record(record: WorkRecord, tags: tuple[str, ...], today: date) -> sheets.Sheet:
    """The record as it stands today; lines that were struck out are not on it."""
    say, part = sheets.Says(tags), sheets.Part
    name = registration.display_name(registration.file_by_id(record.file))
    found = estimate(record, today)
    parts = [
        part(say("sheet.name"), own=name),
        part(say("sheet.body"), own=registration.body_title(record.body)),
        part(say("receipt.date"), (say.day(today),)),
        part(say("sheet.work.periods")),
    ]
    for row in record.periods.filter(struck_at=None):
        line = tuple(sheets.Said(_days(say, row.first, row.last, tag), tag, checked=True) for tag in tags)
        parts.append(part((), (line,), own="\n".join(filter(None, (_states(row.state, tags), row.employer, row.fund)))))
    parts.append(part(say("sheet.work.sum"), tuple(_sums(say, found, tags))))
    held = record.permits.filter(struck_at=None)
    if held:
        parts.append(part(say("sheet.work.permits")))
    for permit in held:
        until = say("sheet.work.permit_end_unknown") if permit.last is None else say.by_day("sheet.valid", permit.last)
        parts.append(part((), (until,), own="\n".join(filter(None, (_states(permit.state, tags), permit.number)))))
    asked = record.enquiries.filter(answered_on=None)
    if asked:
        parts.append(part(say("sheet.work.ask")))
    parts += [part((), (), own=f"{_states(one.state, tags)}: {one.fund}\n{one.what}") for one in asked]
    rights = ("sheet.work.free", "sheet.work.wrong", "sheet.plan.danger", "leaflet.your_rights.language")
    parts.append(part((), tuple(say(one) for one in rights)))
    return say.sheet("sheet.work", record.number, record.file, tuple(parts))


def _states(code: str, tags: tuple[str, ...]) -> str:
    return " · ".join(dict.fromkeys(country_name(code, tag) for tag in tags if of_tag(tag)))


def _days(say: sheets.Says, first: date, last: date | None, tag: str) -> str:
    return f"{say.day_in(first, tag)} – {say.day_in(last, tag) if last else '…'}"


def _sums(say: sheets.Says, found: Estimate, tags: tuple[str, ...]) -> list[sheets.Pair]:
    """What each state's own days are; together only where the agreement adds them. What nobody knows is said so."""
    lines = []
    for one in found.sums:
        if one.told:
            lines.append(
                tuple(
                    sheets.Said(f"{country_name(one.state, tag)}: {text.text}", text.tag, text.checked)
                    for tag, text in zip(tags, say("sheet.work.days", days=one.told), strict=True)
                )
            )
    home = next((one.together for one in found.sums if one.state == found.home), None)
    if home is not None and home.basis == "together":
        lines.append(say("sheet.work.together", days=home.days))
    elif found.answer == "not_added":
        lines.append(say("sheet.work.not_added"))
    elif found.answer == "unknown":
        lines.append(say("sheet.work.unknown"))
    if found.least is None:
        lines.append(say("sheet.work.least_unknown"))
    lines.append(say("sheet.work.estimate"))
    return lines
