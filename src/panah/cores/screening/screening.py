"""`screen`: one interview record and one pack in, one profile out. Pure and deterministic; no clock, no network."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Absence, Mandate, Pack, Unknown, Value
from panah.cores.lawbook.calendars import Calendar, calendar_of
from panah.cores.lawbook.terms import due
from panah.cores.screening.codes import REFERRALS, URGENCIES
from panah.cores.screening.engine import MOST_ENTRIES, Engine, names_of
from panah.cores.screening.fields import FIELDS
from panah.cores.screening.profile import Because, Consent, Line, Profile, Referral, Urgency
from panah.cores.screening.questions import Question, read_questions
from panah.cores.screening.record import BirthDate, FieldError, InterviewRecord, RecordError
from panah.cores.screening.rulebook import read_rulebook
from panah.cores.screening.state import State


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
        by_engine: dict[Engine, list[tuple[int, InterviewRecord, date]]] = {}
        for at, (record, day) in enumerate(zip(records, days, strict=True)):
            if isinstance(day, date):
                by_engine.setdefault(self.engine_on(day), []).append((at, record, day))
        for engine, cases in by_engine.items():
            states = engine.find([(record.answers, day) for _, record, day in cases])
            for (at, record, day), state in zip(cases, states, strict=True):
                profiles[at] = self._profile(engine, record, record.date or on or day, day, state)
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

    def _profile(self, engine: Engine, record: InterviewRecord, moment: date, day: date, state: State) -> Profile:
        code_of = engine.code_of
        referrals, open_consents = self._referrals(engine, state, record, moment, day)
        missing = (state.missing | open_consents) & self._asked
        return Profile(
            id=record.id,
            pack=self.pack.code,
            pack_version=self.pack.version,
            on=day.isoformat(),
            profiles=_lines(engine, "profile", state),
            needs=_lines(engine, "need", state),
            urgency=_urgency(engine, state),
            referrals=referrals,
            safeguards=_lines(engine, "safeguard", state),
            missing=names_of(missing),
            information=tuple([code_of[bit] for bit in engine.standing("information", state)]),
        )

    def day_of(self, moment: date) -> date:
        """The day of the interview as the state's clocks show it."""
        return moment.astimezone(self._zone).date() if isinstance(moment, datetime) else moment

    def urgency_reasons(self, record: InterviewRecord, on: date | None = None) -> tuple[Because, ...]:
        """Why the urgency is what it is; empty for routine."""
        moment = record.date or on
        if moment is None:
            return ()
        day = self.day_of(moment)
        engine = self.engine_on(day)
        (state,) = engine.find([(record.answers, day)])
        highest = next((bit for bit in engine.urgencies if bit & state.true), None)
        return () if highest is None else engine.because(highest, state)

    def skipped(self, record: InterviewRecord, on: date | None = None) -> frozenset[str]:
        """The fields that need not be asked, by what is known so far."""
        moment = record.date or on
        day = self.day_of(moment) if moment else None
        (state,) = self.engine_on(day).find([(record.answers, day)])
        return frozenset(names_of(state.skipped))

    def _referrals(
        self, engine: Engine, state: State, record: InterviewRecord, moment: date, day: date
    ) -> tuple[tuple[Referral, ...], int]:
        """The proposed referrals, and the consents (bits) that are still to be asked for them."""
        lines = []
        open_consents = 0
        known = self._where_and_when(moment, record.place)
        for bit in engine.standing("referral", state):
            to = engine.code_of[bit]
            pathway = engine.pathways[bit]
            consent: Consent = "not_required"
            if not pathway.is_free(state):
                consent = "given" if record.answers.get(pathway.consent_key) == "yes" else "needed"
            if consent == "needed":
                open_consents |= pathway.consent & ~state.answered
            hours = pathway.hours(state) if pathway.sooner else None
            there = known.get((to, hours))
            if there is None:
                there = known[to, hours] = self._body(to, day, record.place), self._due(to, moment, day, hours)
            lines.append(Referral(to, *there, consent, engine.because(bit, state)))
        return tuple(lines), open_consents

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


def _lines(engine: Engine, kind: str, state: State) -> tuple[Line, ...]:
    return tuple([engine.line(bit, state) for bit in engine.standing(kind, state)])


def _urgency(engine: Engine, state: State) -> Urgency:
    for bit in engine.urgencies:
        if bit & state.true:
            return cast(Urgency, engine.code_of[bit])
    return URGENCIES[-1]


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
