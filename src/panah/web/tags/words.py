"""Filters that write a value as the reader of the page writes it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from panah.web import reading

register = template.Library()


def active_language() -> str:
    return get_language() or "en"


@register.filter
def day(value: date | datetime | None, shape: str = "long") -> SafeString | str:
    """A day in the reader's calendar, with the Gregorian one beside it where they differ. `shape` is `long` or `short`.

    An aware datetime is taken to the current time zone first. None gives an empty text.
    """
    if value is None:
        return ""
    tag = active_language()
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    gregorian = reading.gregorian_day(on, tag, short=shape == "short")
    own = reading.own_calendar_day(on, tag)
    if own is None:
        return format_html('<time datetime="{}">{}</time>', on.isoformat(), gregorian)
    return format_html(
        '<time datetime="{}">{} <span class="gregorian">({})</span></time>',
        on.isoformat(),
        own,
        format_html("<bdi>{}</bdi>", gregorian),
    )


@register.filter
def moment(value: datetime | None, shape: str = "long") -> SafeString | str:
    """Day and time of an aware datetime in the current time zone, with the zone's offset."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = reading.time_of_day(local, active_language())
    return format_html(
        '{} <time datetime="{}" class="nowrap"><bdi>{}</bdi></time>', day(local.date(), shape), local.isoformat(), clock
    )


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """A number with the reader's grouping and digits. None gives an empty text."""
    return "" if value is None else reading.number(value, active_language())


@register.filter
def name(value: str, language: str = "") -> SafeString:
    """A person's or place's name, kept whole whatever direction its letters run; `language` is its tag where known."""
    if language:
        return format_html('<bdi class="name" lang="{}">{}</bdi>', language, value)
    return format_html('<bdi class="name">{}</bdi>', value)


@register.filter
def code(value: Any) -> SafeString:
    """A number of a document, an id or any other code: left to right, figures of equal width."""
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', value)


@register.filter
def language_name(tag: str) -> SafeString:
    """A language by its own name, in its own direction."""
    return format_html('<bdi lang="{}">{}</bdi>', tag, reading.language_name(tag))


@register.filter
def direction_of(tag: str) -> str:
    """`rtl` or `ltr`."""
    return reading.direction(tag)


@register.filter
def country_name(alpha3: str) -> str:
    """The name of a state in the reader's language."""
    return reading.country_name(alpha3, active_language())


@register.simple_tag
def said(text: str, language: str) -> SafeString:
    """A text in a language other than the page's, marked with its language and direction."""
    return format_html('<span lang="{}" dir="{}">{}</span>', language, reading.direction(language), text)
