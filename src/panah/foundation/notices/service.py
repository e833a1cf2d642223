"""Notices: shown in the application and mailed by a job. They carry codes and links, never a name or a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.notices.models import Notice

__all__ = ["Word", "link_for", "links_open_to", "queue", "sentence", "sentences", "waiting_for"]


@dataclass(frozen=True)
class Word:
    """What an action asks to be told, and to whom: a body, the holders of a role, or one officer."""

    code: str
    body: str = ""
    role: str = ""
    officer: UUID | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""


_sentences: dict[str, Callable[[Mapping[str, str]], str]] = {}


def sentences(texts: Mapping[str, Callable[[Mapping[str, str]], str]]) -> None:
    """A room registers how its notice codes read; called in the reader's language."""
    _sentences.update(texts)


def sentence(notice: Notice) -> str:
    """The notice as a sentence in the active language; its code when no room claims it."""
    make = _sentences.get(notice.code)
    return make(notice.facts) if make else notice.code


Opens = Callable[[Officer, Mapping[str, str]], bool]
_opens: dict[str, Opens] = {}


def links_open_to(rule: Mapping[str, Opens]) -> None:
    """A room says of notice codes, from reader and facts, to whom their link leads anywhere; others read the sentence alone."""
    _opens.update(rule)


def link_for(officer: Officer, notice: Notice) -> str:
    """The link of a notice for this reader; empty where it would lead to nothing."""
    opens = _opens.get(notice.code)
    return "" if opens and not opens(officer, notice.facts) else notice.link


def queue(words: tuple[Word, ...]) -> None:
    """Keep the notices and queue their mail, inside the caller's transaction."""
    from panah.foundation.notices.tasks import mail_notice

    for word in words:
        notice = Notice.objects.create(
            id=uuid7(),
            code=word.code,
            body=word.body,
            role=word.role,
            officer=word.officer,
            facts=dict(word.facts),
            link=word.link,
            made_at=now(),
        )
        mail_notice.enqueue(str(notice.id))


def recipients(notice: Notice) -> QuerySet[Officer]:
    """Active officers whom the notice is for."""
    people = Officer.objects.filter(is_active=True)
    if notice.officer:
        return people.filter(pk=notice.officer)
    if notice.role:
        people = people.filter(grants__role=notice.role, grants__withdrawn_at=None)
    if notice.body:
        people = people.filter(body=notice.body)
    return people.distinct() if notice.role or notice.body else people.none()


def waiting_for(officer: Officer) -> QuerySet[Notice]:
    """The notices that an officer may see, newest first."""
    mine = Q(officer=officer.pk)
    if officer.body:
        mine |= Q(body=officer.body, role="")
        mine |= Q(body=officer.body, role__in=officer.roles)
    mine |= Q(body="", role__in=officer.roles)
    return Notice.objects.filter(mine).order_by("-made_at")
