"""Which question comes next. Pure: the record so far and the pack in, a question or nothing out.

A question is left out when its field is answered (unknown and refused are answers here: nobody is asked twice
without cause), when it was passed over, or when its skip condition is true of what was said so far. What is not yet
known skips nothing. A field that takes no `unknown`, such as a country, is passed over when the person has no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from panah.cores.lawbook import Pack
from panah.cores.screening.questions import Question
from panah.cores.screening.record import InterviewRecord
from panah.cores.screening.screening import Screener, screener

PERSON: Final = frozenset({"person"})
EVERYONE: Final = frozenset({"person", "officer", "register"})


def next_question(
    record: InterviewRecord,
    pack: Pack,
    on: date | None = None,
    of: frozenset[str] = PERSON,
    passed: frozenset[str] = frozenset(),
) -> Question | None:
    """The next question to ask, None when there is none left.

    `passed` has the fields that were asked about without an answer. `of` says whose questions are wanted (`person`,
    `officer`, `register`). `on` is the interview's day where the record has none; without any day the age is not
    known, and no question is skipped because of it.
    """
    return next(_open(record, screener(pack), on, of, passed), None)


def remaining(
    record: InterviewRecord,
    pack: Pack,
    on: date | None = None,
    of: frozenset[str] = PERSON,
    passed: frozenset[str] = frozenset(),
) -> int:
    """How many questions are left by what is known so far. An answer may add some or spare some."""
    return sum(1 for _ in _open(record, screener(pack), on, of, passed))


def _open(
    record: InterviewRecord, screening: Screener, on: date | None, of: frozenset[str], passed: frozenset[str]
) -> Iterator[Question]:
    done = screening.skipped(record, on) | passed
    for question in screening.questions:
        if question.asked_of in of and question.key not in record.answers and question.key not in done:
            yield question
