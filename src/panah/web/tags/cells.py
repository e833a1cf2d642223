"""How a value looks in a cell of a table or beside a label."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from panah.web.parts import Badge, Link
from panah.web.tags.marks import as_html
from panah.web.tags.words import day, moment, number


def shown(value: Any) -> SafeString | str:
    """Dates, moments and numbers as the reader reads them; Links and Badges as such; anything else as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value, "short")
    if isinstance(value, date):
        return day(value, "short")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.text)
    if isinstance(value, Badge):
        return as_html(value)
    return conditional_escape(value)
