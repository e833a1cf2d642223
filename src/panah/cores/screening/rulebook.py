"""A pack's screening rules, read and compiled: definitions, rules, pathways, indicators, each with its source.

The floor's files and the pack's lie beside each other: a pack may add rules, and there is no key by which it could
take one away. A repeated id, a rule that gives what does not exist and a circle among findings are PackErrors.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from panah.cores.lawbook import Citation, Document, Pack, PackError, Source
from panah.cores.lawbook.conditions import Condition, Fact, Language, compile_condition
from panah.cores.screening.codes import FINDINGS, SUB_CODES
from panah.cores.screening.derived import DERIVED
from panah.cores.screening.fields import FIELDS
from panah.cores.screening.trafficking import DIMENSIONS, Indicator

FLOOR: Final = "_floor"
RULE_FOLDERS: Final = ("rules", "safeguards", "pathways")
CONSENT_FIELDS: Final = (
    "consent.share_unhcr",
    "consent.share_iom",
    "consent.share_partner",
    "consent.contact_consulate",
)

_KIND_OF_FIELD: Final = {
    "yes_no": "value",
    "choice": "value",
    "country": "value",
    "text": "value",
    "birth_date": "value",
    "choices": "list",
    "countries": "list",
    "languages": "list",
    "documents": "list",
    "whole": "number",
    "number": "number",
}

FACTS: Final[Mapping[str, Fact]] = MappingProxyType(
    {
        **{field.key: Fact(field.key, _KIND_OF_FIELD[field.kind], field.allowed) for field in FIELDS},
        **{derived.name: Fact(derived.name, derived.kind) for derived in DERIVED},
        **{f"trafficking.{name}": Fact(f"trafficking.{name}", "truth") for name in DIMENSIONS},
    }
)
"""Every fact that a screening condition may name: fields of the record, derived facts, trafficking dimensions."""


@dataclass(frozen=True)
class Rule:
    """One rule: the condition, what it gives (kind and code), and where it stands.

    `source` is the text given out with every finding, made from `citations`. `verified` is False where a source was
    cited from memory or the rule is a design of ours.
    """

    id: str
    kind: str
    code: str
    condition: Condition
    citations: tuple[Citation, ...]
    source: str
    verified: bool
    origin: str
    path: str
    note: str = ""
    start: date | None = None
    end: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether the rule holds for an interview of that day; both ends count, and one that is absent is open."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    @property
    def gives(self) -> tuple[str, ...]:
        """The codes of its kind that stand when the rule fires: for a need's sub-code also the main code."""
        main, _, sub = self.code.partition("-")
        return (main, self.code) if self.kind == "need" and sub and main in SUB_CODES else (self.code,)


@dataclass(frozen=True)
class Sooner:
    """Where a referral must go out within so many hours, whatever its general target."""

    condition: Condition
    hours: int


@dataclass(frozen=True)
class Pathway:
    """What a referral needs: the consent field that must say yes (empty: none), and when no consent is needed."""

    to: str
    consent: str = ""
    not_required_when: Condition | None = None
    sooner: tuple[Sooner, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """All rules of one pack over the floor, in order of their ids. Immutable; made by `read_rulebook`."""

    code: str
    version: str
    digest: str
    country: str
    rules: tuple[Rule, ...]
    pathways: Mapping[str, Pathway]
    indicators: tuple[Indicator, ...]
    definitions: Mapping[str, Any]

    def changes(self) -> tuple[date, ...]:
        """The days from which other rules hold than the day before, in order."""
        starts = {rule.start for rule in self.rules if rule.start}
        return tuple(sorted(starts | {rule.end + timedelta(days=1) for rule in self.rules if rule.end}))

    def holding_on(self, on: date) -> Rulebook:
        """The rulebook with only the rules that hold for interviews of that day."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.holds_on(on)))

    def rule(self, id_: str) -> Rule:
        """The rule with that id; KeyError when there is none."""
        at = bisect_left(self.rules, id_, key=lambda rule: rule.id)
        if at == len(self.rules) or self.rules[at].id != id_:
            raise KeyError(id_)
        return self.rules[at]


def read_rulebook(pack: Pack) -> Rulebook:
    """The compiled rules of a pack. Raises PackError that names file and rule for anything that cannot be meant."""
    documents = [document for folder in RULE_FOLDERS for document in pack.documents(folder)]
    language = Language(FACTS, FINDINGS, MappingProxyType(_definitions(documents)))
    rules: dict[str, Rule] = {}
    for document in documents:
        for rule in _rules(document, language, pack):
            if rule.id in rules:
                first = rules[rule.id].path
                raise PackError(f"{document.path}: the rule '{rule.id}' stands already in {first}; give it its own id.")
            rules[rule.id] = rule
    return Rulebook(
        code=pack.code,
        version=pack.version,
        digest=pack.digest,
        country=pack.country,
        rules=tuple(rules[id_] for id_ in sorted(rules)),
        pathways=MappingProxyType(_pathways(pack.documents("pathways"), language)),
        indicators=tuple(_indicators(documents, language)),
        definitions=language.definitions,
    )


def _definitions(documents: Iterable[Document]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for document in documents:
        for name, body in document.body.get("definitions", {}).items():
            if name in found:
                raise PackError(
                    f"{document.path}: '{name}' is defined twice; a definition cannot be changed by a pack."
                )
            found[name] = body["means"]
    return found


def _rules(document: Document, language: Language, pack: Pack) -> Iterator[Rule]:
    implied = _implied(document)
    for entry in document.body.get("rules", ()):
        id_ = entry["id"]
        where = f"{document.path}, rule '{id_}'"
        kind, code = implied or _given(entry, where)
        if code not in FINDINGS.get(kind, ()):
            allowed = ", ".join(FINDINGS.get(kind, FINDINGS))
            raise PackError(f"{where}: gives {kind} '{code}', which does not exist; allowed are {allowed}.")
        body: Any = entry["when"]
        if "except_when" in entry:
            body = MappingProxyType({"when": body, "except_when": entry["except_when"]})
        citations = tuple(_citation(given) for given in entry["citations"])
        yield Rule(
            id=id_,
            kind=kind,
            code=code,
            condition=compile_condition(body, language, where),
            citations=citations,
            source="; ".join(_source_text(citation, pack, where) for citation in citations),
            verified=entry.get("verified") == "yes",
            origin=document.origin,
            path=document.path,
            note=entry.get("note", ""),
            **_dates(entry, document, where),
        )


def _dates(entry: Mapping[str, Any], document: Document, where: str) -> dict[str, date]:
    """First and last day of a rule. The floor's hold at all times, so that no day is without them."""
    given = {name: entry[key] for key, name in (("from", "start"), ("until", "end")) if key in entry}
    if given and document.origin == FLOOR:
        raise PackError(f"{where}: a rule of the floor has no dates, since it holds at all times. Leave them out.")
    try:
        found = {name: date.fromisoformat(text) for name, text in given.items()}
    except ValueError:
        raise PackError(f"{where}: the days of the rule are not dates; write YYYY-MM-DD, in quotes.") from None
    if len(found) == 2 and found["end"] < found["start"]:
        raise PackError(f"{where}: the rule ends on {found['end']}, before its first day, {found['start']}.")
    return found


def _implied(document: Document) -> tuple[str, str] | None:
    """A file of a safeguard or of a pathway says once what all its rules give."""
    if document.kind == "safeguards":
        return "safeguard", document.body["safeguard"]
    if document.kind == "pathways":
        return "referral", document.body["to"]
    return None


def _given(entry: Mapping[str, Any], where: str) -> tuple[str, str]:
    gives = entry.get("gives")
    if not isinstance(gives, Mapping) or len(gives) != 1:
        raise PackError(f"{where}: 'gives' takes one kind with one code, as in `profile: smuggled`.")
    kind, code = next(iter(gives.items()))
    return kind, code


def _citation(given: Mapping[str, Any]) -> Citation:
    return Citation(
        given["source"], given.get("article", ""), given.get("paragraph", ""), given.get("note", "")
    )  # fmt: skip


def _source_text(citation: Citation, pack: Pack, where: str) -> str:
    source = pack.sources.get(citation.source)
    if source is None:
        raise PackError(f"{where}: the source '{citation.source}' is not described in sources/ of the pack or floor.")
    return source_text(citation, source, "en")


def source_text(citation: Citation, source: Source, language: str) -> str:
    """A citation with the title of its source in a language, in English where it has none."""
    words = ("ст.", "п.") if language == "ru" else ("art.", "para.")
    parts = [source.title.get(language) or source.title["en"]]
    if citation.article:
        parts.append(f"{words[0]} {citation.article}" if source.kind in ("act", "treaty") else citation.article)
    if citation.paragraph:
        parts.append(f"{words[1]} {citation.paragraph}")
    return ", ".join(parts)


def _pathways(documents: Iterable[Document], language: Language) -> dict[str, Pathway]:
    found: dict[str, Pathway] = {}
    for document in documents:
        to = document.body["to"]
        consent = document.body.get("consent")
        if consent is not None and document.origin != FLOOR:
            raise PackError(f"{document.path}: what consent a referral needs is said by the floor; a pack adds rules.")
        where = f"{document.path}, consent"
        below = found.get(to, Pathway(to))
        if consent is not None:
            field = consent.get("field", "")
            if field and field not in CONSENT_FIELDS:
                raise PackError(f"{where}: '{field}' is not a consent; allowed are {', '.join(CONSENT_FIELDS)}.")
            free = consent.get("not_required_when")
            below = Pathway(to, field, compile_condition(free, language, where) if free else None, below.sooner)
        sooner = tuple(
            Sooner(compile_condition(entry["when"], language, f"{document.path}, sooner"), int(entry["hours"]))
            for entry in document.body.get("sooner", ())
        )
        found[to] = Pathway(to, below.consent, below.not_required_when, below.sooner + sooner)
    missing = [to for to in FINDINGS["referral"] if to not in found]
    if missing:
        raise PackError(f"_floor/pathways: no file says what a referral to {', '.join(missing)} needs.")
    return found


def _indicators(documents: Iterable[Document], language: Language) -> Iterator[Indicator]:
    for document in documents:
        for entry in document.body.get("indicators", ()):
            where = f"{document.path}, indicator '{entry['id']}'"
            if entry["dimension"] not in DIMENSIONS:
                allowed = ", ".join(DIMENSIONS)
                raise PackError(f"{where}: there is no dimension '{entry['dimension']}'; allowed are {allowed}.")
            when = entry.get("when")
            yield Indicator(
                id=entry["id"],
                dimension=entry["dimension"],
                adult=entry["adult"],
                child=entry["child"],
                when=compile_condition(when, language, where) if when else None,
            )
