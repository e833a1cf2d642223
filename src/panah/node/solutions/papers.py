"""A plan on paper for the person, in the officer's language and theirs side by side.

Headings, days and rights stand in both; what the person or an officer said stands once, as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.template.loader import render_to_string

from panah.foundation.languages import of_tag
from panah.node.profiling import service as profiling
from panah.node.registration import service as registration
from panah.node.solutions import rules, words
from panah.node.solutions.models import Plan
from panah.web import reading
from panah.web.paper import fonts
from panah.web.paper.square import square

_WAY_BACK: Final = "en"


@dataclass(frozen=True)
class Said:
    """A text with its language; `checked` is whether a speaker of it has agreed to the text."""

    text: str
    tag: str
    checked: bool = True

    @property
    def direction(self) -> str:
        return reading.direction(self.tag)


@dataclass(frozen=True)
class Part:
    """A heading in each language, and under it lines in each language and words that stand once."""

    headings: tuple[Said, ...]
    lines: tuple[tuple[Said, ...], ...] = ()
    own: str = ""


@dataclass(frozen=True)
class Sheet:
    tags: tuple[str, ...]
    titles: tuple[Said, ...]
    number: str
    parts: tuple[Part, ...]
    code: str
    square: str
    signs: tuple[tuple[Said, ...], ...]
    drafts: tuple[Said, ...] = field(default=())


def languages(officer: str, person: str) -> tuple[str, ...]:
    """The officer's language and the person's, each once; English where there are no texts for one."""
    spoken = of_tag(person)
    pair = (officer if officer in ("en", "ru") else _WAY_BACK, spoken.tag if spoken else _WAY_BACK)
    return tuple(dict.fromkeys(pair))


def of_plan(plan: Plan, areas: Sequence[str], tags: tuple[str, ...]) -> Sheet:
    """The plan with its open steps in these areas, and the days on which the person is asked."""
    say = _Says(tags)
    name = registration.display_name(registration.file_by_id(plan.file))
    parts = [
        Part(say("sheet.name"), own=name),
        Part(say("sheet.body"), own=registration.body_title(plan.body)),
        Part(say("receipt.date"), (say.day(registration.local_day(plan.opened_at)),)),
        Part(say("sheet.plan.aims"), own=plan.aims),
        Part(say("sheet.plan.steps")),
    ]
    steps = plan.steps.filter(ended_at=None, area__in=areas).exclude(what="").order_by("due_on", "at", "id")
    parts += [Part((), (say.until(step.due_on),), own=f"{step.what}\n{words.who(step.who)}") for step in steps]
    asked = plan.follow_ups.filter(done_at=None).order_by("first_due_at")
    if asked:
        days = (row.first_due_at for row in asked)
        parts.append(Part(say("sheet.plan.asked"), tuple(say.day(_local(day)) for day in days)))
    rights = ["sheet.plan.free", "sheet.plan.danger", "leaflet.your_rights.language"]
    if not plan.own_national:
        rights.append("leaflet.your_rights.help")
    if plan.toward == rules.RETURN and plan.began_on is None:
        rights.insert(1, "sheet.plan.mind")
    parts.append(Part((), tuple(say(one) for one in rights)))
    code = profiling.code_of_file(plan.file)
    signs = (say("sheet.signed"), say("sheet.received"))
    return Sheet(tags, say("sheet.plan"), plan.number, tuple(parts), code, square(code), signs, say.drafts())


def _local(moment: datetime) -> date:
    return registration.local_day(moment)


def as_html(sheet: Sheet) -> str:
    """The paper as one HTML page, with no address in it but those of the fonts."""
    return render_to_string("solutions/sheet.html", {"sheet": sheet, **fonts.context("ltr")})


def as_pdf(sheet: Sheet) -> bytes:
    """The paper as PDF/UA, A4."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    return printed(as_html(sheet), fonts.BY_ADDRESS)


class _Says:
    """Texts of the pack in the languages of one paper; it remembers which no speaker has checked."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self.tags = tags
        self._unchecked: set[str] = set()

    def __call__(self, identifier: str, **filled: str) -> tuple[Said, ...]:
        return tuple(self._one(identifier, tag, filled) for tag in self.tags)

    def _one(self, identifier: str, tag: str, filled: dict[str, str]) -> Said:
        for each in dict.fromkeys((tag, _WAY_BACK)):
            found = profiling.in_language(identifier, each)
            if found is not None:
                if not found.checked:
                    self._unchecked.add(found.tag)
                return Said(found.text.format(**filled) if filled else found.text, found.tag, found.checked)
        return Said(f"[{identifier}]", _WAY_BACK, checked=False)

    def day(self, on: date) -> tuple[Said, ...]:
        return tuple(Said(self._day(on, tag), tag) for tag in self.tags)

    def until(self, on: date) -> tuple[Said, ...]:
        return tuple(self._one("sheet.until", tag, {"when": self._day(on, tag)}) for tag in self.tags)

    def _day(self, on: date, tag: str) -> str:
        own, gregorian = reading.own_calendar_day(on, tag), reading.gregorian_day(on, tag)
        return f"{own} ({gregorian})" if own else gregorian

    def drafts(self) -> tuple[Said, ...]:
        """What a paper says of itself where nobody has checked one of its languages."""
        return self("receipt.unchecked") if self._unchecked else ()
