"""How long something took, reckoned by the database: reading two moments of each of many thousand rows takes longer than all else."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Func


class SecondsBetween(Func):
    """`SecondsBetween(later, earlier)`: seconds, to the millisecond, as a float."""

    arity = 2
    template = "EXTRACT(EPOCH FROM (%(expressions)s))::double precision"
    arg_joiner = " - "
    output_field = Field[Any, Any]()
    """No field of numbers: each looks at every value once more, and what the database gives is a number already."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        (later, of_later), (earlier, of_earlier) = (compiler.compile(one) for one in self.source_expressions)
        # Each to whole milliseconds first: a day of the Julian count as one number keeps no more.
        sql = " - ".join(f"CAST(round(julianday({one}) * 86400000) AS INTEGER)" for one in (later, earlier))
        return f"({sql}) / 1000.0", [*of_later, *of_earlier]
