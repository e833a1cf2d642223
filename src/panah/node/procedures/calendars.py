"""Hearings as calendar files (RFC 5545). A calendar lies open on many screens: it carries a number and a room, no name and no story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from panah.node.procedures.models import Hearing, Proceeding

LONGEST_LINE = 75


def of_hearing(row: Proceeding, hearing: Hearing, made_at: datetime) -> bytes:
    """The calendar file of one hearing, with CRLF line ends and lines folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Panah//node//EN",
        "BEGIN:VEVENT",
        f"UID:{hearing.pk}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(hearing.at)}",
        f"DTEND:{_utc(hearing.at + timedelta(minutes=hearing.minutes))}",
        f"SUMMARY:{_escaped(_('Hearing') + ' ' + row.number)}",
        f"LOCATION:{_escaped(hearing.room)}",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for found, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(found, written)
    return text


def _folded(line: str) -> str:
    """Lines of at most 75 octets; what is longer goes on in the next, after a space."""
    parts: list[str] = []
    part = ""
    for character in line:
        if len((part + character).encode()) > LONGEST_LINE - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part]) + "\r\n"
