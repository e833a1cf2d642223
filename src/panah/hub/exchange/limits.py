"""How much new work one address may ask for, and how much is done at once, in the memory of this process alone.

An address is kept as a hash under a key that the process draws at its start and never tells, and forgotten once what it asked for has
drained away; no table and no log has it.
"""

from __future__ import annotations

import hmac
import ipaddress
import math
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from time import thread_time

from django.conf import settings
from django.http import HttpRequest

from panah.foundation.clock import now

MOST_ADDRESSES = 50_000
IN_TURN_WITHIN = 10.0
"""Seconds that a request waits for its turn while other answers are made."""
LET_IN_WITHIN = 0.5
"""Seconds that it waits where all threads but one, which pages need, are at it already."""

_MINUTE = 60.0
_secret = secrets.token_bytes(32)
_levels: OrderedDict[bytes, tuple[float, datetime]] = OrderedDict()
_lock, _turn = Lock(), Lock()
_let_in = BoundedSemaphore(max(1, settings.PANAH_THREADS - 1))


class TooMuch(Exception):
    """The address has used up what it may ask for; `wait` is for how long."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"Wait {math.ceil(wait.total_seconds())} seconds.")


class Busy(Exception):
    """Other answers are being made, and none of the turns came free in time."""


@contextmanager
def new_work(request: HttpRequest) -> Iterator[None]:
    """Do something that costs: one at a time, on the account of who asks. Raises TooMuch and Busy before anything is done."""
    who = _hashed(address_of(request))
    if not _let_in.acquire(timeout=LET_IN_WITHIN):
        raise Busy
    try:
        if not _turn.acquire(timeout=IN_TURN_WITHIN):
            raise Busy
        try:
            _require_room(who)
            began = thread_time()
            try:
                yield
            finally:
                _charge(who, thread_time() - began)
        finally:
            _turn.release()
    finally:
        _let_in.release()


def address_of(request: HttpRequest) -> str:
    """The address that asks: that of the connection, or, behind as many proxies as the installation says, the one that the outermost
    of them wrote down. What the asker writes itself is never believed. Of IPv6 the network of 64 bits, which one asker has for itself.
    """
    found = request.META.get("REMOTE_ADDR", "")
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if 0 < settings.PANAH_PROXIES <= len(said):
        found = said[-settings.PANAH_PROXIES]
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, 64), strict=False))
        return str(address.ipv4_mapped)
    return str(address)


def forget() -> None:
    """Forget all; for tests."""
    with _lock:
        _levels.clear()


def _hashed(address: str) -> bytes:
    return hmac.digest(_secret, address.encode(), sha256)[:16]


def _standing(who: bytes, moment: datetime) -> float:
    """Seconds of work that stand against an address. They drain at the pace of what it may ask for in a minute."""
    level, seen = _levels.get(who, (0.0, moment))
    return max(0.0, level - max(0.0, (moment - seen).total_seconds()) * settings.PANAH_EXCHANGE_WORK / _MINUTE)


def _require_room(who: bytes) -> None:
    with _lock:
        over = _standing(who, now()) - settings.PANAH_EXCHANGE_WORK
    if over >= 0:
        raise TooMuch(timedelta(seconds=1 + over * _MINUTE / settings.PANAH_EXCHANGE_WORK))


def _charge(who: bytes, seconds: float) -> None:
    moment = now()
    with _lock:
        _levels[who] = (_standing(who, moment) + seconds, moment)
        _levels.move_to_end(who)
        # The first is the one that asked longest ago: those that drained are forgotten, and of too many the oldest.
        while _levels and (_standing(next(iter(_levels)), moment) == 0.0 or len(_levels) > MOST_ADDRESSES):
            _levels.popitem(last=False)
