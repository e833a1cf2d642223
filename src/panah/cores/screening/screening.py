"""`screen`: one interview record and one pack in, one profile out. Pure and deterministic; no clock, no network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Pack, Unknown
from panah.cores.lawbook.calendars import Calendar, calendar_of
from panah.cores.lawbook.terms import due
from panah.cores.screening.codes import URGENCIES
from panah.cores.screening.engine import (
    CODE_OF_SLOT,
    MOST_ENTRIES,
    SLOTS_OF_KIND,
    URGENCY_SLOTS,
    Engine,
    Findings,
    names_of,
)
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


class Screener:
    """One pack's rules, questions, bodies and targets, ready for many records."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.questions: tuple[Question, ...] = read_questions(pack)
        self.engine = Engine(read_rulebook(pack), [(q.key, q.skip_when) for q in self.questions if q.skip_when])
        self._asked = sum(1 << question.slot for question in self.questions) or -1
        self._calendar: Calendar = calendar_of(pack)
        self._zone = ZoneInfo(pack.timezone)
        self._bodies: dict[tuple[str, date, str | None], str | None] = {}
        self._targets: dict[tuple[str, date], int | str | None] = {}

    def __call__(self, record: InterviewRecord, on: date | None = None) -> Profile:
        moment = record.date or on
        if moment is None:
            raise RecordError(
                [FieldError("date", "nothing", "the day of the interview, in the record or given with --on")], record.id
            )
        day = self.day_of(moment)
        _refuse_birth_after(record, day)
        findings = self.engine.find(record.answers, day)
        referrals, open_consents = self._referrals(findings, record, moment, day)
        missing = (self.engine.missing(findings) | open_consents) & self._asked
        return Profile(
            id=record.id,
            pack=self.pack.code,
            pack_version=self.pack.version,
            on=day.isoformat(),
            profiles=self._lines("profile", findings),
            needs=self._lines("need", findings),
            urgency=_urgency(findings),
            referrals=referrals,
            safeguards=self._lines("safeguard", findings),
            missing=names_of(missing),
            information=tuple([CODE_OF_SLOT[slot] for slot in findings.stands("information")]),
        )

    def day_of(self, moment: date) -> date:
        """The day of the interview as the state's clocks show it."""
        return moment.astimezone(self._zone).date() if isinstance(moment, datetime) else moment

    def urgency_reasons(self, record: InterviewRecord, on: date | None = None) -> tuple[Because, ...]:
        """Why the urgency is what it is; empty for routine."""
        moment = record.date or on
        if moment is None:
            return ()
        findings = self.engine.find(record.answers, self.day_of(moment))
        highest = next((slot for slot in URGENCY_SLOTS if slot in findings.fired), None)
        return () if highest is None else self.engine.because(highest, findings)

    def skipped(self, record: InterviewRecord, on: date | None = None) -> frozenset[str]:
        """The fields that need not be asked, by what is known so far."""
        moment = record.date or on
        findings = self.engine.find(record.answers, self.day_of(moment) if moment else None)
        return frozenset(names_of(self.engine.skipped(findings)))

    def _lines(self, kind: str, findings: Findings) -> tuple[Line, ...]:
        because = self.engine.because
        fired = findings.fired
        return tuple(
            [Line(CODE_OF_SLOT[slot], because(slot, findings)) for slot in SLOTS_OF_KIND[kind] if slot in fired]
        )

    def _referrals(
        self, findings: Findings, record: InterviewRecord, moment: date, day: date
    ) -> tuple[tuple[Referral, ...], int]:
        """The proposed referrals, and the consents (bits) that are still to be asked for them."""
        lines = []
        open_consents = 0
        for slot in findings.stands("referral"):
            to = CODE_OF_SLOT[slot]
            table = self.engine.pathway_tables[slot]
            consent, hours = table.read(findings.values)
            if consent == "needed":
                open_consents |= table.consent_bit & ~findings.answered
            lines.append(
                Referral(
                    to,
                    self._body(to, day, record.place),
                    self._due(to, moment, day, hours),
                    cast(Consent, consent),
                    self.engine.because(slot, findings),
                )
            )
        return tuple(lines), open_consents

    def _body(self, to: str, day: date, place: str | None) -> str | None:
        key = (to, day, place)
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
        target = self._target(to, day)
        if isinstance(target, int):
            hours = target if hours is None else min(hours, target)
        if hours is None:
            return cast(str | None, target)
        begin = moment if isinstance(moment, datetime) else datetime(day.year, day.month, day.day, tzinfo=self._zone)
        return (begin.astimezone(UTC) + timedelta(hours=hours)).astimezone(self._zone).isoformat(timespec="seconds")

    def _target(self, to: str, day: date) -> int | str | None:
        """The pack's target on a day: hours as a number, a term of days as its last moment, None where it has none."""
        key = (to, day)
        if key not in self._targets:
            if len(self._targets) >= MOST_ENTRIES:
                self._targets.clear()
            self._targets[key] = self._read_target(to, day)
        return self._targets[key]

    def _read_target(self, to: str, day: date) -> int | str | None:
        parameter = self.pack.parameters.get(f"referral/{to}")
        if parameter is None:
            return None
        value = parameter.value_on(day)
        if isinstance(value, Unknown):
            return None
        if parameter.unit == "hours":
            return int(value.number)
        ends = due(parameter, dict.fromkeys(parameter.runs_from, day), self._calendar)
        return None if isinstance(ends, Unknown) else ends.at.isoformat(timespec="seconds")


_SCREENERS: dict[tuple[str, str], Screener] = {}


def _urgency(findings: Findings) -> Urgency:
    for slot in URGENCY_SLOTS:
        if slot in findings.fired:
            return cast(Urgency, CODE_OF_SLOT[slot])
    return URGENCIES[-1]


def _refuse_birth_after(record: InterviewRecord, day: date) -> None:
    born = record.answers.get("person.birth_date")
    if isinstance(born, BirthDate) and born.earliest > day:
        rule = f"a date not after the interview, which was on {day.isoformat()}"
        raise RecordError([FieldError("person.birth_date", f'"{born}"', rule)], record.id)
