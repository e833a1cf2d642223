"""From parsed files to values of the model, one function a kind of file.

A file that breaks its schema is reported by `check`; here only what cannot be read at all raises PackError.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from panah.cores.lawbook.errors import PackError
from panah.cores.lawbook.model import (
    DURATIONS,
    Absence,
    Body,
    Document,
    HolidaySource,
    Mandate,
    OpenQuestion,
    Parameter,
    Place,
    Reported,
    Source,
    Stamp,
    Value,
)
from panah.cores.lawbook.text import frozen
from panah.cores.lawbook.values import Citation

NO_CITATION = Citation("")


def day(text: Any, where: str) -> date:
    """A date written YYYY-MM-DD; PackError names the file otherwise."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise PackError(f"{where}: found the date '{text}'; a date is written YYYY-MM-DD, in quotes.") from None


def whole(text: Any, where: str) -> int:
    """A whole number; PackError names the file otherwise."""
    try:
        return int(text)
    except (TypeError, ValueError):
        raise PackError(f"{where}: found '{text}' where a whole number is needed.") from None


def day_or_none(text: Any, where: str) -> date | None:
    return day(text, where) if text else None


def citation(given: Mapping[str, Any] | None) -> Citation:
    if not given:
        return NO_CITATION
    return Citation(
        source=given.get("source", ""),
        article=given.get("article", ""),
        paragraph=given.get("paragraph", ""),
        note=given.get("note", ""),
    )


def sources(documents: Iterable[Document]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for document in documents:
        for entry in document.body.get("sources", ()):
            id_ = entry.get("id", "")
            if id_ in found:
                raise PackError(f"{document.path}: the source '{id_}' is described twice; keep one description.")
            found[id_] = Source(
                id=id_,
                kind=entry.get("kind", ""),
                title=entry.get("title", {}),
                number=entry.get("number", ""),
                dated=entry.get("dated", ""),
                address=entry.get("address", ""),
                read_on=entry.get("read_on", ""),
                confidence=entry.get("confidence", ""),
                verified=entry.get("verified") == "yes",
                note=entry.get("note", ""),
            )
    return found


def parameter(document: Document, stamp: Stamp, end_rule: str) -> Parameter:
    """One parameter file; its name is its path below `parameters/` without the ending."""
    body = document.body
    unit = body.get("unit", "")
    runs_from = body.get("runs_from", ())
    name = PurePosixPath(*PurePosixPath(document.path).parts[2:]).with_suffix("").as_posix()
    starts = (runs_from,) if isinstance(runs_from, str) else tuple(runs_from)
    moves = end_rule if unit in DURATIONS and unit != "hours" else "stays"
    return Parameter(
        name=name,
        origin=document.origin,
        path=document.path,
        what=body.get("what", {}),
        unit=unit,
        values=_values(body.get("values", ()), unit, document.path),
        runs_from=starts,
        version_chosen_by=body.get("version_chosen_by", ""),
        counts_first_day=body.get("counts_first_day") == "yes",
        end_on_non_working_day=body.get("end_on_non_working_day", moves),
        suspended_by=tuple(body.get("suspended_by", ())),
        binds=body.get("binds", "authority"),
        floor=body.get("floor", ""),
        if_missed=body.get("if_missed", {}).get("do", ""),
        unclear=tuple(body.get("unclear", ())),
        stamp=stamp,
    )


def _values(given: Iterable[Mapping[str, Any]], unit: str, where: str) -> tuple[Value, ...]:
    entries = sorted(((day(entry.get("from"), where), entry) for entry in given), key=lambda pair: pair[0])
    found = []
    for index, (start, entry) in enumerate(entries):
        written_end = day_or_none(entry.get("until"), where)
        following = entries[index + 1][0] if index + 1 < len(entries) else None
        end = written_end or (following - timedelta(days=1) if following else None)
        state = next((key for key in ("not_in_force", "unknown") if key in entry), "value")
        found.append(
            Value(
                start=start,
                end=end,
                state=state,
                amount=entry.get("value", ""),
                unit=unit,
                citation=citation(entry.get("citation")),
                verified=entry.get("verified") == "yes",
                start_is=entry.get("from_is", "in_force"),
                why=entry.get(state, "") if state != "value" else "",
                also_reported=tuple(
                    Reported(other.get("value", ""), citation(other.get("citation")), other.get("note", ""))
                    for other in entry.get("also_reported", ())
                ),
            )
        )
    return tuple(found)


def bodies(documents: Iterable[Document]) -> tuple[tuple[Body, ...], tuple[Absence, ...]]:
    found: list[Body] = []
    absent: list[Absence] = []
    for document in documents:
        found.extend(_body(entry, document) for entry in document.body.get("bodies", ()))
        absent.extend(
            Absence(
                to=to,
                start=day_or_none(entry.get("from"), document.path),
                end=day_or_none(entry.get("until"), document.path),
                why=entry.get("why", ""),
                path=document.path,
            )
            for entry in document.body.get("absent", ())
            for to in entry.get("to", ())
        )
    return tuple(found), tuple(absent)


def _body(entry: Mapping[str, Any], document: Document) -> Body:
    return Body(
        id=entry.get("id", ""),
        title=entry.get("title", {}),
        kind=entry.get("kind", ""),
        mandates=tuple(
            Mandate(
                to=to,
                start=day_or_none(mandate.get("from"), document.path),
                end=day_or_none(mandate.get("until"), document.path),
                citation=citation(mandate["citation"]) if "citation" in mandate else None,
                verified=mandate.get("verified") == "yes",
                note=mandate.get("note", ""),
            )
            for mandate in entry.get("mandates", ())
            for to in mandate.get("to", ())
        ),
        one_per=entry.get("one_per", "state"),
        areas=tuple(entry.get("areas", ())),
        named=entry.get("named", "yes") == "yes",
        channel=entry.get("channel", ""),
        note=entry.get("note", ""),
        path=document.path,
        origin=document.origin,
    )


def places(documents: Iterable[Document]) -> tuple[Place, ...]:
    return tuple(_place(entry, document.path) for document in documents for entry in document.body.get("places", ()))


def _place(entry: Mapping[str, Any], where: str) -> Place:
    return Place(
        code=entry.get("code", ""),
        kind=entry.get("kind", ""),
        title=entry.get("title", {}),
        mode=entry.get("mode", ""),
        province=entry.get("province", ""),
        pair=entry.get("pair", ""),
        neighbour=entry.get("neighbour", ""),
        counterpart=entry.get("counterpart", {}),
        latitude=_degrees(entry.get("latitude"), where),
        longitude=_degrees(entry.get("longitude"), where),
        accuracy=entry.get("accuracy", ""),
        confidence=entry.get("confidence", ""),
        status=entry.get("status", ""),
        status_as_of=entry.get("status_as_of", ""),
        source=entry.get("source", ""),
        note=entry.get("note", ""),
        path=where,
        named=entry.get("named") != "no",
    )


def _degrees(text: Any, where: str) -> float | None:
    if text is None:
        return None
    try:
        return float(text)
    except (TypeError, ValueError):
        raise PackError(
            f"{where}: found the coordinate '{text}'; a coordinate is written in decimal degrees."
        ) from None


def holidays(manifest: Mapping[str, Any], where: str, documents: Iterable[Document]) -> HolidaySource:
    """The library that the manifest trusts, with the days and years that the pack's own files give."""
    given = manifest.get("holidays", {})
    closed: dict[date, str] = {}
    opened: dict[date, str] = {}
    years: set[int] = set()
    for document in documents:
        years.update(whole(year, document.path) for year in document.body.get("complete_years", ()))
        for key, days in (("closed", closed), ("open", opened)):
            for entry in document.body.get(key, ()):
                days[day(entry.get("on"), document.path)] = entry.get("title", {}).get("en", "")
    return HolidaySource(
        library=given.get("library", ""),
        first_year=whole(given.get("first_year", "0"), where),
        last_year=whole(given.get("last_year", "-1"), where),
        years=frozenset(years),
        closed=MappingProxyType(closed),
        open=MappingProxyType(opened),
    )


def open_questions(code: str, manifest: Mapping[str, Any], parameters: Iterable[Parameter]) -> Iterable[OpenQuestion]:
    """The list in pack.yaml, then what single parameters leave unclear, do not know or find reported twice."""
    for entry in manifest.get("open_questions", ()):
        yield OpenQuestion(frozen(entry.get("question", {})), entry.get("about", f"{code}/pack.yaml"))
    for given in parameters:
        for text in given.unclear:
            yield OpenQuestion(MappingProxyType({"en": text}), given.path)
        for value in given.values:
            if value.state == "unknown":
                yield OpenQuestion(
                    MappingProxyType({"en": f"{given.what.get('en', given.name)}: {value.why}"}), given.path
                )
            for other in value.also_reported:
                text = (
                    f"{given.what.get('en', given.name)}, from {value.start}: {value.citation} gives "
                    f"{value.amount or 'nothing'}, {other.citation} gives {other.amount} ({given.unit}). "
                    f"Which is law? {other.note}"
                )
                yield OpenQuestion(MappingProxyType({"en": text.strip()}), given.path)


def unnamed_bodies(code: str, bodies: Iterable[Body], absences: Iterable[Absence]) -> Iterable[OpenQuestion]:
    """One question for each referral code for which the pack gives neither a body of its own nor an absence."""
    listed = tuple(bodies)
    settled = {mandate.to for body in listed if body.origin == code for mandate in body.mandates}
    settled |= {absence.to for absence in absences}
    for body in listed:
        if not body.named and not {mandate.to for mandate in body.mandates} <= settled:
            title = body.title
            yield OpenQuestion(
                MappingProxyType(
                    {
                        "en": f"Which body is competent: {title.get('en', body.id)}? The state enters its name.",
                        "ru": f"Какой орган компетентен: {title.get('ru', body.id)}? Название вносит государство.",
                    }
                ),
                f"{code}/bodies",
            )
