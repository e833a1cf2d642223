"""How long things took, counted by the database: reading two moments of each of many thousand rows takes longer than all else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Field, Func


@dataclass
class Spans:
    """How many things took how many whole minutes."""

    of_minutes: Counter[int] = field(default_factory=Counter)

    def __len__(self) -> int:
        """How many things there are."""
        return self.of_minutes.total()

    def median(self) -> timedelta | None:
        """The middle one, or half way between the two middle ones; None of nothing. Less than a minute below that of the exact spans."""
        if not len(self):
            return None
        return timedelta(minutes=(self._at((len(self) - 1) // 2) + self._at(len(self) // 2)) / 2)

    def _at(self, place: int) -> int:
        for minutes, many in sorted(self.of_minutes.items()):
            place -= many
            if place < 0:
                return minutes
        raise IndexError("There are fewer spans than that.")


class MinutesBetween(Func):
    """`MinutesBetween(later, earlier)`: the whole minutes between two moments, as an integer; what is left over is dropped."""

    arity = 2
    template = "TRUNC(EXTRACT(EPOCH FROM (%(expressions)s)) / 60)::integer"
    arg_joiner = " - "
    output_field = Field[Any, Any]()
    """No field of numbers: each looks at every value once more, and what the database gives is a number already."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        (later, of_later), (earlier, of_earlier) = (compiler.compile(one) for one in self.source_expressions)
        # Each to whole milliseconds first: a day of the Julian count as one number keeps no more.
        sql = " - ".join(f"CAST(round(julianday({one}) * 86400000) AS INTEGER)" for one in (later, earlier))
        return f"({sql}) / 60000", [*of_later, *of_earlier]
