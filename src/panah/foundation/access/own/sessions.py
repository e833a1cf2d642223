"""The sessions that are open under an account: since when and on which kind of device. The keys themselves are shown to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from panah.foundation.access.models import Officer
from panah.foundation.clock import now

FRESH = timedelta(minutes=10)
_MARK = "access.signed_in"
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


@dataclass(frozen=True)
class Open:
    key: str
    since: datetime | None
    device: str


def sessions_of(officer: Officer, at: datetime) -> list[Open]:
    """The officer's sessions that still open something, newest first: not run out, and begun with the password of now."""
    found = []
    for row in Session.objects.filter(expire_date__gt=at).iterator():
        said = row.get_decoded()
        if said.get(SESSION_KEY) != str(officer.pk) or said.get(HASH_SESSION_KEY) != officer.get_session_auth_hash():
            continue
        mark: dict[str, str] = said.get(_MARK, {})
        since = datetime.fromisoformat(mark["since"]) if "since" in mark else None
        found.append(Open(row.session_key, since, mark.get("device", "")))
    return sorted(found, key=lambda one: (one.since is not None, one.since, one.key), reverse=True)


def fresh(session: Mapping[str, Any], at: datetime) -> bool:
    """Whether the session began, with password and second factor, a moment ago."""
    since = session.get(_MARK, {}).get("since")
    return since is not None and at - datetime.fromisoformat(since) <= FRESH


def handle_of(key: str) -> str:
    """By what a page names a session: a hash that opens nothing."""
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:32]


def device_of(words: str) -> str:
    """Browser and system in two words; no version and nothing else that a browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in words), "")
    system = next((name for name in _SYSTEMS if name in words), "")
    return " · ".join(filter(None, (browser, system)))


def _mark(sender: Any, request: HttpRequest | None, user: Any, **_: Any) -> None:
    if request is not None and isinstance(user, Officer):
        device = device_of(request.headers.get("User-Agent", ""))
        request.session[_MARK] = {"since": now().isoformat(), "device": device}


user_logged_in.connect(_mark, dispatch_uid="access.signed_in")
