"""What every page is told: the reader's language and direction, the theme, the menu, who is signed in, and by which
rules we work.

The names of the post and the version of the rules belong to the rooms; one of them gives them with `facts_from`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from panah.foundation.access.roles import ROLES
from panah.foundation.languages import Language, interface_languages, of_tag
from panah.web import navigation
from panah.web.theme import theme_of


@dataclass(frozen=True)
class Facts:
    """What a room says of the installation to one reader: name of the post and body, version of the rules, whether a
    lawyer agreed.

    `reviewed` is None where there are no rules of law (the hub), and then nothing is said.
    """

    post: str = ""
    body: str = ""
    rules: str = ""
    reviewed: bool | None = None


_providers: list[Callable[[HttpRequest], Facts]] = []


def facts_from(provider: Callable[[HttpRequest], Facts]) -> None:
    """Name the function that gives the Facts. One an installation; called in the `ready` of a room."""
    if provider not in _providers:
        _providers[:] = [provider]


class Shell:
    """What the frame around a page shows to one reader. Worked out only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def language(self) -> Language:
        return of_tag(get_language() or settings.LANGUAGE_CODE) or interface_languages()[0]

    @property
    def languages(self) -> tuple[Language, ...]:
        return interface_languages()

    @property
    def installation(self) -> str:
        return str(settings.PANAH_ROLE)

    @property
    def theme(self) -> str:
        return theme_of(self._request)

    @cached_property
    def navigation(self) -> tuple[navigation.Shown, ...]:
        return navigation.shown(self._request)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The titles of the reader's roles, in the order in which the roles are listed."""
        held: frozenset[str] = getattr(getattr(self._request, "user", None), "roles", frozenset())
        return tuple(str(role.title) for role in ROLES if role.code in held)

    @cached_property
    def facts(self) -> Facts:
        return _providers[0](self._request) if _providers else Facts()


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`."""
    return {"shell": Shell(request)}
