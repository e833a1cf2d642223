"""How the book speaks: amounts with their units, dates, sources, and names of codes, in the language of the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from panah.cores.lawbook.book.codes import CODES, ENGLISH
from panah.cores.lawbook.book.model import FLOOR, NOT_REVIEWED, REVIEWED, UNVERIFIED, Line
from panah.cores.lawbook.book.words import LANGUAGES, UNITS, WORDS
from panah.cores.lawbook.checking.shape import SCHEMAS
from panah.cores.lawbook.model import Document, Pack, Parameter, Value
from panah.cores.lawbook.text import parse_mapping
from panah.cores.lawbook.values import Citation
from panah.cores.screening.rulebook import source_text
from panah.cores.screening.wording import Wording, wording

FLOOR_CODE: Final = "_floor"


class Speech:
    """One pack in one language, on one day."""

    def __init__(self, pack: Pack, language: str, on: date) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"The book is written in {' and '.join(LANGUAGES)}, not in '{language}'.")
        self.pack, self.language, self.on = pack, language, on
        self.words: Wording = wording(pack)
        self.documents: dict[str, Document] = {
            document.path: document for kind in pack.all_documents for document in pack.documents(kind)
        }
        name = f"{SCHEMAS}/facts.yaml"
        listed = parse_mapping((pack.root / name).read_bytes(), name)
        self.facts: dict[str, Mapping[str, str]] = {
            entry["code"]: entry["title"] for key in ("facts", "causes") for entry in listed[key]
        }

    def say(self, key: str, **given: Any) -> str:
        """A sentence or word of the book's own."""
        return WORDS[key][LANGUAGES.index(self.language)].format(**given)

    def title(self, texts: Mapping[str, str]) -> str:
        """A text of the pack in the book's language, or a sign that it is missing; never another language silently."""
        return texts.get(self.language) or f"[{self.language}: ?]"

    def note(self, text: str) -> str:
        """A text that packs have in English only, marked so in another language."""
        return f"[en] {text}" if self.language != "en" and any(map(str.isalpha, text)) else text

    def fact(self, code: str) -> str:
        return self.title(self.facts[code]) if code in self.facts else code

    def code(self, code: str) -> str:
        """A word of a closed list of the schemas, like a holder or a kind of permit."""
        if self.language == "ru" and code in CODES:
            return CODES[code]
        if self.language == "en" and code in ENGLISH:
            return ENGLISH[code]
        return self.note(code.replace("_", " ").replace("-", " ")) if code.islower() else code

    def outcome(self, code: str) -> str:
        """How a stage ended, in the words of the translation tables where they have it."""
        found = self.words.text(f"outcome.{code}", self.language)
        return found.text if found else self.code(code)

    def label(self, id_: str) -> str:
        """A text of the translation tables, or a sign that it is missing."""
        found = self.words.text(id_, self.language)
        return found.text if found else f"[{id_}: {self.language}]"

    def actor(self, name: str) -> str:
        """Who acts: a matter with its competent body of the day, a body, or one of the few words."""
        if self.words.text(f"referral.{name}", self.language):
            body = self.pack.body_for(name, self.on)
            return (
                f"{self.label(f'referral.{name}')} ({self.title(body.title)})"
                if body
                else self.label(f"referral.{name}")
            )
        body = next((body for body in self.pack.bodies if body.id == name), None)
        return self.title(body.title) if body else self.code(name)

    def amount(self, amount: str, unit: str) -> str:
        if unit == "yes_no":
            return {"yes": ("yes", "да"), "no": ("no", "нет")}.get(amount, (amount, amount))[
                LANGUAGES.index(self.language)
            ]
        if unit not in UNITS:
            return amount
        english, russian = UNITS[unit]
        if self.language == "en":
            return f"{amount} {english[0] if amount == '1' else english[1]}"
        return f"{amount} {russian[_form(amount)]}"

    def value(self, value: Value) -> str:
        if value.state == "value":
            return self.amount(value.amount, value.unit)
        why = f": {self.note(value.why.rstrip('.'))}" if value.why else ""
        return self.say(f"value.{value.state}") + why

    def days(self, start: date | None, end: date | None) -> str:
        if end is not None:
            return self.say("value.until", start=start or "…", end=end)
        return self.say("value.open", start=start) if start else ""

    def term(self, name: str) -> str:
        """A parameter with its value of the day."""
        parameter = self.pack.parameters.get(name)
        if parameter is None:
            return name
        found = parameter.value_on(self.on)
        value = self.value(found) if isinstance(found, Value) else self.say("mark.unknown")
        doubt = f", {self.say('mark.unverified')}" if isinstance(found, Value) and not found.verified else ""
        return f"{self.title(parameter.what)} – {value}{doubt}"

    def cited(self, citation: Citation | None, verified: bool) -> tuple[Line, ...]:
        """A citation in words with the confidence of its source."""
        if citation is None or not citation.source:
            return (Line(self.say("none"), UNVERIFIED),)
        source = self.pack.sources.get(citation.source)
        if source is None:
            return (Line(citation.source, UNVERIFIED),)
        parts = [source_text(citation, source, self.language)]
        parts += [part for part in (source.number and f"№ {source.number}", source.dated) if part]
        parts.append(self.say("confidence", level=self.code(source.confidence)))
        lines = [Line("; ".join(parts), "" if verified else UNVERIFIED)]
        return (*lines, Line(self.note(citation.note))) if citation.note else tuple(lines)

    def all_cited(self, citations: Iterable[Citation], verified: bool) -> tuple[Line, ...]:
        return tuple(line for citation in citations for line in self.cited(citation, verified))

    def file(self, path: str) -> Line:
        """The file with whether lawyers agreed to it as it stands."""
        document = self.documents.get(path)
        mark = REVIEWED if document is not None and document.reviewed else NOT_REVIEWED
        return Line(path, mark)

    def least(self, parameter: Parameter) -> tuple[Line, ...]:
        """What the floor asks, for a parameter that stands over one of it or is one."""
        below = self.pack.floor.get(parameter.name)
        found = below.value_on(self.on) if below else None
        if below is None or not below.floor or not isinstance(found, Value):
            return ()
        return (Line(self.say(f"floor.{below.floor}", amount=self.value(found)), FLOOR),)


def _form(amount: str) -> int:
    """Which of the three Russian forms goes with a number; a fraction takes the second."""
    if not amount.isdigit():
        return 1
    last, tens = int(amount[-1]), int(amount) % 100
    if last == 1 and tens != 11:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= tens <= 14 else 2


def sentence(text: str) -> str:
    """With a capital and one full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""
