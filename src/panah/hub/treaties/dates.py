"""Dates that a source gives as a year, a month or a day, compared without inventing the rest."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

SHAPE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def is_partial(text: str) -> bool:
    """Whether the text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and such a day exists."""
    if not SHAPE.fullmatch(text):
        return False
    try:
        first(text)
    except ValueError:
        return False
    return True


def first(text: str) -> date:
    """The earliest day that the text can mean."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last(text: str) -> date:
    """The latest day that the text can mean."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def agree(one: str, other: str) -> bool:
    """Whether both can mean the same day: 2003 and 2003-10-30 do, 2003 and 2004 do not. Nothing agrees with everything."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _parts(text: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in text.split("-")]
    year, month, day = [*numbers, 0, 0][:3]
    return year, month, day
