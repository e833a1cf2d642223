"""Answers that are made once and given again until what is published changes: by their tag unsent, or as they were kept.

Everything that changes on the hub goes through the door, so the head of the journal tells whether anything did; only then is a dataset put
together anew, and its content tells whether it is another one. Kept in the memory of this process, packed.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from panah.cores import exchange
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.structure import contracts_root
from panah.foundation.clock import now
from panah.foundation.journal import service as journal
from panah.hub.exchange import figures, limits

MOST_KEPT = 32 * 1024 * 1024
_OF_A_ROW = 500  # bytes that an answer costs beside its content
_SETTLED = timedelta(seconds=2)
NOTHING = b""
"""Kept in place of an answer where there is nothing to answer."""

Token = tuple[bytes, date]


@dataclass(frozen=True)
class Standing:
    """What a dataflow holds now. `since` is when it was first seen so: never before it changed."""

    dataset: Dataset | None
    digest: str
    since: datetime


_standing: dict[str, tuple[Token, Standing]] = {}
_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def of_dataset(
    request: HttpRequest, flow: str, asked: tuple[object, ...], media: str, make: Callable[[Standing], bytes | None]
) -> HttpResponse:
    """What `make` writes of a dataflow as it stands, for a query that is named by `asked`; 404 where that is None."""
    try:
        standing = _known(flow)
        if standing is None:
            with limits.new_work(request):
                standing = _known(flow) or _put_together(flow)
        return _answer(request, (flow, standing.digest, *asked), media, lambda: make(standing), standing.since)
    except (limits.TooMuch, limits.Busy) as error:
        return _not_now(error)


def of_the_program(
    request: HttpRequest, about: tuple[object, ...], media: str, make: Callable[[], bytes]
) -> HttpResponse:
    """What `make` writes, which changes with the program and with what it is `about` alone."""
    try:
        return _answer(request, about, media, make, None)
    except (limits.TooMuch, limits.Busy) as error:
        return _not_now(error)


def head() -> str:
    """What changes whenever anything on the hub does."""
    return _token()[0].hex()


def refused(status: int, sentence: str) -> HttpResponse:
    """An answer that gives nothing, and why not."""
    content = json.dumps({"errors": [{"code": status, "title": sentence}]}, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8")


def forget() -> None:
    """Forget all; for tests."""
    with _lock:
        _standing.clear()
        _kept.clear()


def _token() -> Token:
    # The day too: what a room supplies may hang on it.
    return journal.head()[1], now().date()


def _known(flow: str) -> Standing | None:
    found = _standing.get(flow)
    return found[1] if found is not None and found[0] == _token() else None


def _put_together(flow: str) -> Standing:
    # Asked before the dataset is read: what changes in between is then seen by the next who asks.
    token, before = _token(), _standing.get(flow)
    dataset = figures.dataset(flow)
    digest = sha256(repr(dataset).encode()).hexdigest()
    same = before is not None and before[1].digest == digest
    standing = before[1] if before is not None and same else Standing(dataset, digest, now())
    _standing[flow] = (token, standing)
    return standing


def _answer(
    request: HttpRequest,
    about: tuple[object, ...],
    media: str,
    make: Callable[[], bytes | None],
    since: datetime | None,
) -> HttpResponse:
    name = sha256(repr((_program(), media, *about)).encode()).hexdigest()[:32]
    # Weak: two processes may write the same observations with another hour in the header of the message.
    tag = f'W/"{name}"'
    # Not told of what changed just now: a change in the same second would look like none.
    told = since if since is not None and now() - since >= _SETTLED else None
    unsent = get_conditional_response(request, etag=tag, last_modified=None if told is None else int(told.timestamp()))
    if isinstance(unsent, HttpResponseNotModified):
        return _labelled(unsent, tag, told)
    packed = _given_again(name)
    if packed is None:
        with limits.new_work(request):
            packed = _given_again(name)
            if packed is None:
                packed = _keep(name, make())
    if packed == NOTHING:
        return refused(404, "There are no observations of that kind.")
    takes_packed = _takes_packed(request.headers.get("Accept-Encoding", ""))
    answer = HttpResponse(packed if takes_packed else gzip.decompress(packed), content_type=media)
    if takes_packed:
        answer.headers["Content-Encoding"] = "gzip"
    return _labelled(answer, tag, told)


def _takes_packed(accepted: str) -> bool:
    said = [part.replace(" ", "").lower().partition(";q=") for part in accepted.split(",")]
    return any(name == "gzip" and (not weight or bool(weight.strip("0."))) for name, _, weight in said)


def _labelled(answer: HttpResponse, tag: str, told: datetime | None) -> HttpResponse:
    answer.headers["ETag"] = tag
    if told is not None:
        answer.headers["Last-Modified"] = http_date(told.timestamp())
    # To be kept by whoever likes, and asked for again before each use: what is withdrawn must not live on in caches.
    answer.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(answer, ("Accept", "Accept-Encoding", "Accept-Language"))
    return answer


def _given_again(name: str) -> bytes | None:
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
        return _kept.get(name)


def _keep(name: str, content: bytes | None) -> bytes:
    packed = NOTHING if content is None else gzip.compress(content, compresslevel=6, mtime=0)
    with _lock:
        _kept[name] = packed
        size = sum(_OF_A_ROW + len(one) for one in _kept.values())
        while size > MOST_KEPT and len(_kept) > 1:
            size -= _OF_A_ROW + len(_kept.popitem(last=False)[1])
    return packed


def _not_now(error: limits.TooMuch | limits.Busy) -> HttpResponse:
    if isinstance(error, limits.Busy):
        answer = refused(503, "Other answers are being made just now. Ask again in 5 seconds.")
        answer.headers["Retry-After"] = "5"
        return answer
    wait = math.ceil(error.wait.total_seconds())
    answer = refused(
        429,
        f"This address asked for more new answers than are made for one address in a minute: {settings.PANAH_EXCHANGE_WORK} seconds of "
        f"computing. Ask again in {wait} seconds. An answer that you hold already costs nothing: send its ETag in If-None-Match.",
    )
    answer.headers["Retry-After"] = str(wait)
    return answer


@cache
def _program() -> str:
    """What writes: another version of it may write the same observations otherwise."""
    digest = sha256(version("pysdmx").encode())
    own, contracts = (Path(exchange.__file__).parent, Path(__file__).parent), contracts_root()
    code = [file for folder in own for file in folder.glob("*.py")]
    for file in sorted((*code, *contracts.rglob("*.csv"), *contracts.rglob("*.yaml"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


__all__ = ["Standing", "forget", "head", "of_dataset", "of_the_program", "refused"]
