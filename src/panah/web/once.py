"""What several rooms ask in one request, asked once.

Only while something is read: a request that may change something (not GET, not HEAD) and everything outside of requests ask each time, so that
nobody acts on an answer from before a change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


class while_reading:  # noqa: N801 - Django names middleware as functions are named
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = _answers.set({} if request.method in ("GET", "HEAD") else None)
        try:
            return self.get_response(request)
        finally:
            _answers.reset(mark)


def once(about: Hashable, ask: Callable[[], T]) -> T:
    """The answer of `ask`; in a request that only reads, it is kept under `about` until the request ends."""
    known = _answers.get()
    if known is None:
        return ask()
    if about not in known:
        known[about] = ask()
    return cast(T, known[about])
