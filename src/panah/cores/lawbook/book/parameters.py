"""The chapter of terms, ages and limits: each parameter as an entry with its worked cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from panah.cores.lawbook.book.model import FLOOR, UNKNOWN, UNVERIFIED, Chapter, Entry, Line, Section
from panah.cores.lawbook.book.speech import FLOOR_CODE, Speech
from panah.cores.lawbook.checking.cases import deadline_cases
from panah.cores.lawbook.model import DURATIONS, Parameter, Value


def parameters_chapter(speech: Speech) -> Chapter:
    """Each topic (the folder) as a section, the state's own before the floor's of the same topic."""
    topics: dict[str, list[Parameter]] = {}
    for parameter in speech.pack.parameters.values():
        topics.setdefault(parameter.name.partition("/")[0], []).append(parameter)
    cases = _cases(speech)
    sections = tuple(
        Section(
            f"parameters-{topic}",
            _capital(speech.code(topic)),
            tuple(_entry(speech, parameter, cases.get(parameter.name, ())) for parameter in _in_order(topics[topic])),
        )
        for topic in sorted(topics)
    )
    return Chapter("parameters", speech.say("parameters"), speech.say("parameters.intro"), sections)


def _in_order(parameters: Iterable[Parameter]) -> list[Parameter]:
    return sorted(parameters, key=lambda parameter: (parameter.origin == FLOOR_CODE, parameter.name))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _entry(speech: Speech, parameter: Parameter, cases: Iterable[Line]) -> Entry:
    return Entry(
        title=speech.title(parameter.what),
        name=parameter.name,
        provision=tuple(line for value in parameter.values for line in _value(speech, value)),
        reading=tuple(_reading(speech, parameter)),
        cases=tuple(cases),
        file=speech.file(parameter.path),
    )


def _value(speech: Speech, value: Value) -> Iterator[Line]:
    """One dated value with its source: first the days and the value, then where it stands."""
    kind = f" ({speech.say(f'from_is.{value.start_is}')})" if value.start_is != "in_force" else ""
    known = value.state == "value"
    mark = "" if known and value.verified else UNKNOWN if value.state == "unknown" else UNVERIFIED if known else ""
    yield Line(f"{speech.days(value.start, value.end)}{kind}: {speech.value(value)}", mark)
    yield from speech.cited(value.citation, verified=value.verified or not known)
    for other in value.also_reported:
        source = speech.cited(other.citation, verified=True)[0].text
        said = speech.say("value.also", value=speech.amount(other.amount, value.unit), source=source)
        yield Line(f"{said} {speech.note(other.note)}".strip() if other.note else said, UNKNOWN)


def _reading(speech: Speech, parameter: Parameter) -> Iterator[Line]:
    found = parameter.value_on(speech.on)
    if isinstance(found, Value):
        yield Line(_main(speech, parameter, speech.value(found)), "" if found.verified else UNVERIFIED)
    else:
        value = next((value for value in parameter.values if value.holds_on(speech.on)), None)
        why = speech.value(value) if value else speech.days(parameter.values[0].start, None)
        yield Line(speech.say("says.nothing", on=speech.on, why=f"{why}."), UNKNOWN)
    if parameter.unit in DURATIONS:
        yield Line(" ".join(_counting(speech, parameter)))
    elif parameter.version_chosen_by:
        yield Line(speech.say("says.choice", fact=speech.fact(parameter.version_chosen_by)))
    least = speech.least(parameter)
    yield from least
    for text in parameter.unclear:
        yield Line(speech.say("unclear", text=speech.note(text)), UNKNOWN)
    if parameter.origin == FLOOR_CODE and not least:
        yield Line(speech.say("below"), FLOOR)


def _main(speech: Speech, parameter: Parameter, amount: str) -> str:
    if parameter.unit not in DURATIONS:
        return speech.say("says.figure", amount=amount, on=speech.on)
    facts = [speech.fact(fact) for fact in parameter.runs_from]
    start = facts[0] if len(facts) == 1 else speech.say("says.latest", facts="; ".join(facts))
    return speech.say(f"says.{parameter.binds}", amount=amount, start=start)


def _counting(speech: Speech, parameter: Parameter) -> Iterator[str]:
    yield speech.say("says.choice", fact=speech.fact(parameter.version_chosen_by))
    if parameter.counts_first_day:
        yield speech.say("says.first_day")
    if parameter.unit != "hours":
        yield speech.say("says.moves" if parameter.end_on_non_working_day == "next_working_day" else "says.stays")
    if parameter.suspended_by:
        yield speech.say("says.suspended", causes="; ".join(speech.fact(cause) for cause in parameter.suspended_by))
    else:
        yield speech.say("says.not_suspended")
    yield speech.say("missed", what=speech.say(f"missed.{parameter.if_missed}"))


def _cases(speech: Speech) -> dict[str, tuple[Line, ...]]:
    """The worked cases of the pack and of the floor, by parameter."""
    found: dict[str, list[Line]] = {}
    for document in deadline_cases(speech.pack):
        for case in document.body["cases"]:
            found.setdefault(case["parameter"], []).append(Line(case_in_words(speech, case)))
    return {name: tuple(lines) for name, lines in found.items()}


def case_in_words(speech: Speech, case: Mapping[str, Any]) -> str:
    """A worked case as one paragraph: what it shows, what is given, what comes out."""
    given = [
        f"{speech.fact(fact)} – {speech.say('case.never') if day == 'never' else day}"
        for fact, day in case["given"].items()
    ]
    given += [
        speech.say("case.stopped", cause=speech.fact(entry["cause"]), start=entry["from"], end=entry.get("until", "…"))
        for entry in case.get("suspended", ())
    ]
    name = speech.note(case["case"].rstrip("."))
    return speech.say("case", case=name, given="; ".join(given), answer=answer_in_words(speech, case["expect"]))


def answer_in_words(speech: Speech, expect: Mapping[str, str]) -> str:
    parts = []
    if "due" in expect:
        parts.append(speech.say("case.due", due=expect["due"]))
    if "moved_from" in expect:
        parts.append(speech.say("case.moved", day=expect["moved_from"]))
    if "value" in expect:
        parts.append(speech.say("case.value", value=expect["value"]))
    if "unknown" in expect:
        parts.append(speech.say("case.unknown", missing=expect["unknown"]))
    return ", ".join(parts)
