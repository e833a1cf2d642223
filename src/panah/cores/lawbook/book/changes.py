"""What changed between two editions of one pack: exact days, before and after, and whom it affects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from panah.cores.lawbook.book.model import Chapter, Line, Section, Table
from panah.cores.lawbook.book.speech import Speech
from panah.cores.lawbook.dealings import Channel, Paper, Procedure
from panah.cores.lawbook.model import Pack, Parameter
from panah.cores.screening.questions import Question, read_questions
from panah.cores.screening.rulebook import read_rulebook


@dataclass(frozen=True)
class Change:
    """One difference. `days` are those to which it applies; `before` and `after` are empty for what is new or gone."""

    what: str
    days: str
    before: str
    after: str
    whom: str
    path: str = ""


def changes_chapter(speech: Speech, before: Pack | None, changelog: str) -> Chapter:
    """The comparison with an earlier edition where one is given, else the pack's own record of changes."""
    if before is not None:
        title = speech.say("changes.since", version=before.version, digest=before.digest[:12])
        found = changes(speech, before)
        head = tuple(speech.say(f"changes.{key}") for key in ("what", "days", "before", "after", "whom"))
        rows = tuple((Line(c.what), Line(c.days), Line(c.before), Line(c.after), Line(c.whom)) for c in found)
        block = Table(head, rows, (24, 14, 20, 20, 22)) if rows else Line(speech.say("changes.none"))
        sections = (Section("changes-since", title, (block,)),)
    else:
        lines = tuple(Line(speech.note(text)) for text in newest(changelog))
        sections = (Section("changes-log", speech.say("changes.log"), lines or (Line(speech.say("changes.none")),)),)
    return Chapter("changes", speech.say("changes"), speech.say("changes.intro"), sections)


def newest(changelog: str) -> Iterator[str]:
    """The paragraphs under the first heading of a CHANGELOG.md, without marks of Markdown; the heading comes first."""
    parts = re.split(r"^## +", changelog, flags=re.M)
    if len(parts) < 2:
        return
    heading, _, body = parts[1].partition("\n")
    yield heading.strip()
    for item in re.split(r"^- +|\n\s*\n", body, flags=re.M):
        text = " ".join(item.replace("**", "").replace("`", "").split())
        if text:
            yield text


def changes(speech: Speech, before: Pack) -> tuple[Change, ...]:
    """Everything that differs in parameters, days off, competence, procedures, papers, ways of work, standards, rules, questions, places,
    treaties and sources."""
    return (
        *_parameters(speech, before),
        *_days_off(speech, before),
        *_bodies(speech, before),
        *_dealings(speech, before),
        *_rules(speech, before),
        *_questions(speech, before),
        *_places(speech, before),
        *_treaties(speech, before),
        *_sources(speech, before),
    )


def _parameters(speech: Speech, before: Pack) -> Iterator[Change]:
    for name in sorted(speech.pack.parameters.keys() | before.parameters.keys()):
        new, old = speech.pack.parameters.get(name), before.parameters.get(name)
        shown = new or old
        if shown is None:
            continue
        whom = _of_parameter(speech, shown)
        for start, end in _spans(new, old):
            then, now = _on(speech, old, start), _on(speech, new, start)
            if then != now:
                yield Change(speech.title(shown.what), speech.days(start, end), then, now, whom, shown.path)
        if new and old and _counting(new) != _counting(old):
            then, now = (_counting_words(speech, parameter) for parameter in (old, new))
            yield Change(speech.title(new.what), speech.days(new.values[0].start, None), then, now, whom, new.path)


def _spans(new: Parameter | None, old: Parameter | None) -> Iterator[tuple[date, date | None]]:
    """Stretches of time in which neither side changes its value."""
    values = [value for parameter in (new, old) if parameter for value in parameter.values]
    starts = {value.start for value in values}
    starts |= {date.fromordinal(value.end.toordinal() + 1) for value in values if value.end and value.end < date.max}
    ordered = sorted(starts)
    for number, start in enumerate(ordered):
        last = number + 1 == len(ordered)
        yield start, None if last else date.fromordinal(ordered[number + 1].toordinal() - 1)


def _on(speech: Speech, parameter: Parameter | None, on: date) -> str:
    value = next((value for value in parameter.values if value.holds_on(on)), None) if parameter else None
    if value is None:
        return "–"
    doubt = f" ({speech.say('mark.unverified')})" if value.state == "value" and not value.verified else ""
    return speech.value(value) + doubt


def _counting(parameter: Parameter) -> tuple[object, ...]:
    return (
        parameter.runs_from,
        parameter.version_chosen_by,
        parameter.counts_first_day,
        parameter.end_on_non_working_day,
        parameter.suspended_by,
        parameter.binds,
        parameter.if_missed,
    )


def _counting_words(speech: Speech, parameter: Parameter) -> str:
    facts = "; ".join(speech.fact(fact) for fact in parameter.runs_from)
    causes = "; ".join(speech.fact(cause) for cause in parameter.suspended_by)
    stops = speech.say("says.suspended", causes=causes) if causes else speech.say("says.not_suspended")
    return f"{facts}. {stops} {speech.say('missed', what=speech.say(f'missed.{parameter.if_missed}'))}"


def _of_parameter(speech: Speech, parameter: Parameter) -> str:
    if parameter.version_chosen_by:
        return speech.say("changes.whom_fact", fact=speech.fact(parameter.version_chosen_by))
    return speech.say("changes.whom_screened")


def _bodies(speech: Speech, before: Pack) -> Iterator[Change]:
    """Mandates that began, ended or changed their dates."""
    new, old = _mandates(speech, speech.pack), _mandates(speech, before)
    for key in sorted(new.keys() | old.keys()):
        if new.get(key) != old.get(key):
            to, name = key
            whom = speech.say("changes.whom_referral", to=speech.label(f"referral.{to}"))
            then, now = old.get(key, "–"), new.get(key, "–")
            yield Change(f"{speech.label(f'referral.{to}')}: {name}", now if now != "–" else then, then, now, whom)


def _mandates(speech: Speech, pack: Pack) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for body in pack.bodies:
        for mandate in body.mandates:
            key = (mandate.to, speech.title(body.title))
            days = speech.days(mandate.start, mandate.end) or speech.say("value.open", start=pack.covers_from)
            found[key] = f"{found[key]}; {days}" if key in found else days
    return found


def _dealings(speech: Speech, before: Pack) -> Iterator[Change]:
    """Procedures, papers, ways of work and standards that are new, gone or written otherwise."""
    procedure, holders = speech.say("changes.whom_procedure"), speech.say("changes.whom_holders")
    everybody = speech.say("changes.whom_screened")
    kinds: tuple[tuple[str, Callable[[Pack], Iterator[tuple[str, tuple[str, str, object]]]]], ...] = (
        (procedure, lambda pack: (_shape(speech, item.code, item) for item in pack.procedures)),
        (holders, lambda pack: (_shape(speech, item.code, item) for item in pack.papers)),
        (everybody, lambda pack: (_shape(speech, item.id, item) for item in pack.channels)),
        (everybody, lambda pack: ((f"{x.origin} {x.id}", (speech.title(x.says), "", x)) for x in pack.standards)),
    )
    for whom, items in kinds:
        yield from _compared(speech, dict(items(speech.pack)), dict(items(before)), whom)


def _shape(speech: Speech, code: str, item: Procedure | Paper | Channel) -> tuple[str, tuple[str, str, object]]:
    """What one dated thing is known by, and its title, days and content."""
    return f"{code} {item.start}", (speech.title(item.title), speech.days(item.start, item.end), item)


def _rules(speech: Speech, before: Pack) -> Iterator[Change]:
    def listed(pack: Pack) -> dict[str, tuple[str, str, object]]:
        return {
            rule.id: (f"{rule.id}: {speech.label(f'{rule.kind}.{rule.code}')}", "", rule.condition.body)
            for rule in read_rulebook(pack).rules
        }

    yield from _compared(speech, listed(speech.pack), listed(before), speech.say("changes.whom_screened"))


def _places(speech: Speech, before: Pack) -> Iterator[Change]:
    def listed(pack: Pack) -> dict[str, tuple[str, str, object]]:
        return {
            place.code: (f"{place.code}: {speech.title(place.title)}", place.status_as_of, place)
            for place in pack.places
        }

    yield from _compared(speech, listed(speech.pack), listed(before), speech.say("changes.whom_screened"))


def _days_off(speech: Speech, before: Pack) -> Iterator[Change]:
    """Days given by hand that are now off, or at work, otherwise than before; and where the other days come from."""
    new, old, whom = speech.pack, before, speech.say("changes.whom_ends")
    for day in sorted(_by_hand(new) | _by_hand(old)):
        then, now = _off(speech, old, day), _off(speech, new, day)
        if then != now:
            yield Change(speech.say("changes.day_off"), speech.days(day, day), then, now, whom)
    then, now = _rest(old), _rest(new)
    if then != now:
        yield Change(speech.say("changes.calendar"), speech.days(new.covers_from, None), then, now, whom)


def _by_hand(pack: Pack) -> set[date]:
    return {*pack.holidays.closed, *pack.holidays.open}


def _off(speech: Speech, pack: Pack, day: date) -> str:
    """What the pack says by hand of a day; a dash where it leaves the day to the week and the library."""
    if day in pack.holidays.open:
        return speech.say("changes.at_work")
    return pack.holidays.closed[day] or speech.say("changes.off") if day in pack.holidays.closed else "–"


def _rest(pack: Pack) -> str:
    """Time zone, weekend and the library of holidays with its years, as one line."""
    source = pack.holidays
    years = f"{source.first_year}–{source.last_year}" if source.library else "–"
    by_hand = ", ".join(map(str, sorted(source.years))) or "–"
    return f"{pack.timezone}; {pack.weekend}; {source.library or '–'} {years}; {by_hand}"


def _questions(speech: Speech, before: Pack) -> Iterator[Change]:
    """Questions of the interview that are new, gone, or asked otherwise."""

    def listed(pack: Pack) -> dict[str, tuple[str, str, object]]:
        return {
            asked.code: (f"{asked.code}: {speech.note(asked.text)}", "", _as_written(asked))
            for asked in read_questions(pack)
        }

    yield from _compared(speech, listed(speech.pack), listed(before), speech.say("changes.whom_screened"))


def _as_written(asked: Question) -> object:
    """A question without what reading it made."""
    body = asked.skip_when.body if asked.skip_when else None
    return replace(asked, skip_when=None), body


def _treaties(speech: Speech, before: Pack) -> Iterator[Change]:
    """Instruments by which the state is bound or not, with day, source and whether it was verified."""

    def listed(pack: Pack) -> dict[str, tuple[str, str, object]]:
        found: dict[str, tuple[str, str, object]] = {}
        turns: Counter[str] = Counter()
        for row in (row for document in pack.documents("treaties") for row in document.body["treaties"]):
            code = row["instrument"]
            turns[code] += 1  # an instrument may have several rows
            found[f"{code} {turns[code]}"] = (_instrument(speech, pack, code), "", row)
        return found

    yield from _compared(speech, listed(speech.pack), listed(before), speech.say("changes.whom_screened"))


def _instrument(speech: Speech, pack: Pack, code: str) -> str:
    source = pack.sources.get(code)
    return speech.title(source.title) if source else code


def _sources(speech: Speech, before: Pack) -> Iterator[Change]:
    """Acts, treaties and pages that the pack cites; a title, a day or a mark of verification that differs is a change."""

    def listed(pack: Pack) -> dict[str, tuple[str, str, object]]:
        return {
            source.id: (f"{source.id}: {speech.title(source.title)}", source.dated, source)
            for source in pack.sources.values()
        }

    yield from _compared(speech, listed(speech.pack), listed(before), speech.say("changes.whom_readers"))


def _compared(
    speech: Speech,
    new: Mapping[str, tuple[str, str, object]],
    old: Mapping[str, tuple[str, str, object]],
    whom: str,
) -> Iterator[Change]:
    """By key: title, days and content of each side."""
    for key in sorted(new.keys() | old.keys()):
        now, then = new.get(key), old.get(key)
        if now == then:
            continue
        word = "added" if then is None else "removed" if now is None else "changed"
        title, days, _ = now or then or ("", "", None)
        days = days or speech.say("value.open", start=speech.pack.version)
        yield Change(title, days, "–" if then is None else "", speech.say(f"changes.{word}"), whom)
