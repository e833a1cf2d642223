"""`screen`: one interview record and one pack in, one profile out. Pure and deterministic; no clock, no network."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Absence, Mandate, Pack, Unknown, Value
from panah.cores.lawbook.calendars import Calendar, calendar_of
from panah.cores.lawbook.terms import due
from panah.cores.screening.codes import REFERRALS, URGENCIES
from panah.cores.screening.columns import packed, rows_of
from panah.cores.screening.engine import MOST_ENTRIES, Engine, Found, PlacedPathway
from panah.cores.screening.fields import FIELDS
from panah.cores.screening.profile import Because, Consent, Line, Profile, Referral, Urgency
from panah.cores.screening.questions import Question, read_questions
from panah.cores.screening.record import BirthDate, FieldError, InterviewRecord, RecordError
from panah.cores.screening.rulebook import read_rulebook


def screen(record: InterviewRecord, pack: Pack, on: date | None = None) -> Profile:
    """The proposed profile of the person interviewed, under the pack and its rules.

    The interview's day is the record's own date, else `on` (a date, or a datetime with offset). Raises RecordError
    where neither is given and where the birth date lies after the interview. The same record, pack and day always
    give the same profile.
    """
    return screener(pack)(record, on)


def screener(pack: Pack) -> Screener:
    """The pack's compiled screening, made once for each content of a pack and then reused."""
    key = (pack.code, pack.digest)
    known = _SCREENERS.get(key)
    if known is None:
        if len(_SCREENERS) >= 64:
            _SCREENERS.clear()
        known = _SCREENERS[key] = Screener(pack)
    return known


class Sitting(NamedTuple):
    """One interview: its record, the moment it was held (a day where no hour is known), and the day there."""

    record: InterviewRecord
    moment: date
    day: date


class Screener:
    """One pack's rules, questions, bodies and targets, ready for many records."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.questions: tuple[Question, ...] = read_questions(pack)
        self.book = read_rulebook(pack)
        self._changes_of_rules = self.book.changes()
        skips = [(q.key, q.skip_when) for q in self.questions if q.skip_when]
        days = (date.min, *self._changes_of_rules)
        self._engines = tuple(Engine(self.book.holding_on(day), skips) for day in days)
        self._asked = sum(1 << question.slot for question in self.questions) or (1 << len(FIELDS)) - 1
        self._calendar: Calendar = calendar_of(pack)
        self._zone = ZoneInfo(pack.timezone)
        self._changes = {to: _changes(pack, to) for to in REFERRALS}
        self._known: dict[tuple[date, str | None], dict[tuple[str, int | None], tuple[str | None, str | None]]] = {}
        self._bodies: dict[tuple[str, int, str | None], str | None] = {}
        self._targets: dict[tuple[str, date], int | str | None] = {}
        self._moments: dict[tuple[date, int], str] = {}

    def __call__(self, record: InterviewRecord, on: date | None = None) -> Profile:
        found = self.many([record], on)[0]
        if isinstance(found, RecordError):
            raise found
        return found

    def many(self, records: Sequence[InterviewRecord], on: date | None = None) -> list[Profile | RecordError]:
        """The profile of each record, or why it has none, in the same order. Many at once cost less than one by one."""
        days = [self._day_or_error(record, on) for record in records]
        profiles: dict[int, Profile] = {}
        by_engine: dict[Engine, list[int]] = {}
        for at, day in enumerate(days):
            if isinstance(day, date):
                by_engine.setdefault(self.engine_on(day), []).append(at)
        for engine, places in by_engine.items():
            cases = [
                Sitting(record := records[at], record.date or on or day, day)
                for at in places
                if isinstance(day := days[at], date)
            ]
            profiles |= zip(places, self._profiles(engine, cases), strict=True)
        return [day if isinstance(day, RecordError) else profiles[at] for at, day in enumerate(days)]

    def engine_on(self, day: date | None) -> Engine:
        """The engine of the rules that hold for interviews of a day; of the latest ones where no day is known."""
        return self._engines[-1 if day is None else bisect_right(self._changes_of_rules, day)]

    def _day_or_error(self, record: InterviewRecord, on: date | None) -> date | RecordError:
        moment = record.date or on
        if moment is None:
            rule = "the day of the interview, in the record or given with --on"
            return RecordError([FieldError("date", "nothing", rule)], record.id)
        day = self.day_of(moment)
        return _birth_after(record, day) or day

    def _profiles(self, engine: Engine, cases: Sequence[Sitting]) -> list[Profile]:
        found = engine.find([(case.record.answers, case.day) for case in cases])
        profiles, needs, safeguards = (_lines(found, kind) for kind in ("profile", "need", "safeguard"))
        referrals, open_consents = self._referrals(found, cases)
        missing = [
            (column | open_consents.get(field, 0)) if self._asked >> field & 1 else 0
            for field, column in enumerate(found.sheet.missing)
        ]
        information: list[list[str]] = [[] for _ in cases]
        for code, rows in found.codes("information"):
            for row in rows:
                information[row].append(code)
        code, version = self.pack.code, self.pack.version
        told = zip(
            cases, profiles, needs, _urgencies(found), referrals, safeguards, found.names(missing), information, strict=True
        )  # fmt: skip
        return [
            Profile(
                case.record.id, code, version, case.day.isoformat(), tuple(of), tuple(needing), urgency, tuple(to), tuple(held),
                open_, tuple(leaflets),
            )
            for case, of, needing, urgency, to, held, open_, leaflets in told
        ]  # fmt: skip

    def day_of(self, moment: date) -> date:
        """The day of the interview as the state's clocks show it."""
        return moment.astimezone(self._zone).date() if isinstance(moment, datetime) else moment

    def urgency_reasons(self, record: InterviewRecord, on: date | None = None) -> tuple[Because, ...]:
        """Why the urgency is what it is; empty for routine."""
        moment = record.date or on
        if moment is None:
            return ()
        day = self.day_of(moment)
        found = self.engine_on(day).find([(record.answers, day)])
        return next((reasons[0] for _, _, _, reasons in found.standing("urgency")), ())

    def skipped(self, record: InterviewRecord, on: date | None = None) -> frozenset[str]:
        """The fields that need not be asked, by what is known so far."""
        moment = record.date or on
        day = self.day_of(moment) if moment else None
        found = self.engine_on(day).find([(record.answers, day)])
        return frozenset(found.names(found.sheet.skipped)[0])

    def _referrals(self, found: Found, cases: Sequence[Sitting]) -> tuple[list[list[Referral]], dict[int, int]]:
        """The proposed referrals of each record, and the consents (fields, with their records) still to be asked for them."""
        lines: list[list[Referral]] = [[] for _ in cases]
        open_consents: dict[int, int] = {}
        known = [self._where_and_when(case.moment, case.record.place) for case in cases]
        agreed: dict[str, int] = {}
        for at, to, rows, reasons in found.standing("referral"):
            way = found.engine.pathways[at]
            consents: list[Consent] = ["not_required"] * len(rows)
            if way.consent is not None:
                key = way.consent_key
                if key not in agreed:
                    agreed[key] = packed(case.record.answers.get(key) == "yes" for case in cases)
                free = found.sheet.holds(way.free) if way.free else 0
                needed = found.sheet.true[at] & ~free & ~agreed[key]
                open_consents[way.consent] = (
                    open_consents.get(way.consent, 0) | needed & ~found.sheet.answered[way.consent]
                )
                given = agreed[key] & ~free
                consents = [
                    "needed" if needed >> row & 1 else "given" if given >> row & 1 else "not_required" for row in rows
                ]
            hours = _fewest_hours(way, found)
            for row, consent, because in zip(rows, consents, reasons, strict=True):
                within = hours.get(row)
                there = known[row].get((to, within))
                if there is None:
                    case = cases[row]
                    body = self._body(to, case.day, case.record.place)
                    there = known[row][to, within] = body, self._due(to, case.moment, case.day, within)
                lines[row].append(Referral(to, *there, consent, because))
        return lines, open_consents

    def _where_and_when(
        self, moment: date, place: str | None
    ) -> dict[tuple[str, int | None], tuple[str | None, str | None]]:
        """For referrals from a place at a moment, what is known so far: the competent body's id and the last moment."""
        key = (moment, place)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST_ENTRIES:
                self._known.clear()
            known = self._known[key] = {}
        return known

    def _body(self, to: str, day: date, place: str | None) -> str | None:
        key = (to, bisect_right(self._changes[to], day), place)
        if key not in self._bodies:
            if len(self._bodies) >= MOST_ENTRIES:
                self._bodies.clear()
            body = self.pack.body_for(to, day, place)
            self._bodies[key] = body.id if body else None
        return self._bodies[key]

    def _due(self, to: str, moment: date, day: date, hours: int | None) -> str | None:
        """The end of the target, counted from the interview; from the start of its day where no hour is known.

        So a target is never later than it would be with the hour known. A shorter target of the pathway prevails.
        """
        key = (to, day)
        if key not in self._targets:
            if len(self._targets) >= MOST_ENTRIES:
                self._targets.clear()
            self._targets[key] = self._target(to, day)
        target = self._targets[key]
        if isinstance(target, int):
            return self._after(moment, day, target if hours is None else min(hours, target))
        if hours is None:
            return target
        sooner = self._after(moment, day, hours)
        return sooner if target is None else min(sooner, target, key=datetime.fromisoformat)

    def _after(self, moment: date, day: date, hours: int) -> str:
        key = (moment, hours)
        if key not in self._moments:
            if len(self._moments) >= MOST_ENTRIES:
                self._moments.clear()
            begin = moment
            if not isinstance(begin, datetime):
                begin = datetime(day.year, day.month, day.day, tzinfo=self._zone)
            end = (begin.astimezone(UTC) + timedelta(hours=hours)).astimezone(self._zone)
            self._moments[key] = end.isoformat(timespec="seconds")
        return self._moments[key]

    def _target(self, to: str, day: date) -> int | str | None:
        """The pack's target on a day: hours as a number, a term of days as its last moment, None where it has none."""
        parameter = self.pack.parameters.get(f"referral/{to}")
        value = parameter.value_on(day) if parameter else None
        if parameter is None or not isinstance(value, Value):
            return None
        if parameter.unit == "hours":
            return int(value.number)
        ends = due(parameter, dict.fromkeys(parameter.runs_from, day), self._calendar)
        return None if isinstance(ends, Unknown) else ends.at.isoformat(timespec="seconds")


def _lines(found: Found, kind: str) -> list[list[Line]]:
    """For each record its findings of a kind, each with its reasons."""
    lines: list[list[Line]] = [[] for _ in range(found.sheet.count)]
    for _, code, rows, reasons in found.standing(kind):
        for row, because in zip(rows, reasons, strict=True):
            lines[row].append(Line(code, because))
    return lines


def _urgencies(found: Found) -> list[Urgency]:
    """For each record the highest urgency that stands."""
    urgencies: list[Urgency] = [URGENCIES[-1]] * found.sheet.count
    for code, rows in reversed([*found.codes("urgency")]):
        for row in rows:
            urgencies[row] = cast(Urgency, code)
    return urgencies


def _fewest_hours(way: PlacedPathway, found: Found) -> dict[int, int]:
    """The records in which a referral is in a hurry, each with the fewest hours asked for."""
    fewest: dict[int, int] = {}
    for literal, hours in way.sooner:
        for row in rows_of(found.sheet.holds(literal)):
            fewest[row] = min(hours, fewest.get(row, hours))
    return fewest


def _changes(pack: Pack, to: str) -> list[date]:
    """The days from which another body may be competent for a referral, in order."""
    spans: list[Mandate | Absence] = [mandate for body in pack.bodies for mandate in body.mandates if mandate.to == to]
    spans += [absence for absence in pack.absences if absence.to == to]
    days = {span.start for span in spans if span.start}
    days |= {span.end + timedelta(days=1) for span in spans if span.end}
    return sorted(days)


_SCREENERS: dict[tuple[str, str], Screener] = {}


def _birth_after(record: InterviewRecord, day: date) -> RecordError | None:
    born = record.answers.get("person.birth_date")
    if isinstance(born, BirthDate) and born.earliest > day:
        rule = f"a date not after the interview, which was on {day.isoformat()}"
        return RecordError([FieldError("person.birth_date", f'"{born}"', rule)], record.id)
    return None
