"""A file's story: the journal's lines about it as sentences in the reader's language. Other rooms add theirs with `tells`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.web.parts import Event

Sentence = Callable[[Mapping[str, Any]], str]

_sentences: dict[str, Sentence | None] = {}


def tells(sentences: Mapping[str, Sentence | None]) -> None:
    """A room says how the lines of its codes read in a file's story; each is called with the line's facts, in the reader's language.
    None leaves lines out that are too fine for a story, such as each answer of an interview; the journal has them."""
    _sentences.update(sentences)


def story(file_id: UUID, *, reads: bool = False) -> tuple[Event, ...]:
    """What happened to a file, oldest first. With `reads` also who read it."""
    lines = [line for line in journal.lines_of(file_id) if (reads or line.action is not None) and _is_told(line.code)]
    who = dict(Officer.objects.filter(pk__in={line.by for line in lines if line.by}).values_list("pk", "display_name"))
    return tuple(
        Event(at=line.happened_at, what=sentence(line), who=who.get(line.by, "") if line.by else _("the system"))
        for line in lines
    )


def _is_told(code: str) -> bool:
    return code not in _sentences or _sentences[code] is not None


def sentence(line: Entry) -> str:
    """The line as a sentence; its code when no room claims it."""
    make = _sentences.get(line.code)
    return make(json.loads(line.facts)) if make else line.code
