"""The chapters of standards, safeguards and screening rules: conditions as sentences, each with its source."""

from __future__ import annotations

from panah.cores.lawbook.book.dealings import nothing
from panah.cores.lawbook.book.model import FLOOR, UNVERIFIED, Chapter, Entry, Line, Section
from panah.cores.lawbook.book.speech import FLOOR_CODE, Speech
from panah.cores.lawbook.dealings import Standard
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.rulebook import Rule, Rulebook, read_rulebook


def rulebook_of(speech: Speech) -> Rulebook:
    return read_rulebook(speech.pack)


def standards_chapter(speech: Speech, book: Rulebook) -> Chapter:
    """Standards by area, then every safeguard with the rules that raise it."""
    areas: dict[str, list[Standard]] = {}
    for standard in speech.pack.standards:
        areas.setdefault(standard.area, []).append(standard)
    sections = [
        Section(
            f"standards-{area}", _capital(speech.code(area)), tuple(_standard(speech, item) for item in areas[area])
        )
        for area in sorted(areas)
    ]
    for code in FINDINGS["safeguard"]:
        rules = [rule for rule in book.rules if (rule.kind, rule.code) == ("safeguard", code)]
        if rules:
            title = speech.say("safeguards", name=speech.label(f"safeguard.{code}"))
            sections.append(Section(f"safeguard-{code}", title, tuple(_rule(speech, rule) for rule in rules)))
    chapter = tuple(sections) or (nothing(speech, "standards"),)
    return Chapter("standards", speech.say("standards"), speech.say("standards.intro"), chapter)


def rules_chapter(speech: Speech, book: Rulebook) -> Chapter:
    sections = []
    for kind in ("profile", "need", "urgency", "referral", "information"):
        entries = tuple(
            _rule(speech, rule)
            for code in FINDINGS[kind]
            for rule in book.rules
            if (rule.kind, rule.code) == (kind, code)
        )
        if entries:
            sections.append(Section(f"rules-{kind}", speech.say(f"kind.{kind}"), entries))
    return Chapter("rules", speech.say("rules"), speech.say("rules.intro"), tuple(sections))


def _standard(speech: Speech, standard: Standard) -> Entry:
    reading = [Line(speech.title(standard.says), FLOOR if standard.origin == FLOOR_CODE else "")]
    if standard.parameters:
        figures = "; ".join(speech.term(name) for name in standard.parameters)
        reading.append(Line(speech.say("standards.figures", figures=figures)))
    if standard.customary:
        reading.append(Line(speech.say("standards.customary")))
    if standard.guards:
        reading.append(Line(speech.say("standards.guards", guards=", ".join(standard.guards))))
    if standard.note:
        reading.append(Line(speech.say("note", text=speech.note(standard.note))))
    cited = speech.all_cited(standard.citations, standard.verified)
    return Entry("", standard.id, cited, tuple(reading), file=speech.file(standard.path))


def _rule(speech: Speech, rule: Rule) -> Entry:
    """A rule as one sentence: what it gives, and when."""
    condition = rule.condition.says(lambda code: _word(speech, code))
    said = speech.say("rule", gives=speech.label(f"{rule.kind}.{rule.code}"), condition=condition.rstrip("."))
    reading = [Line(said, FLOOR if rule.origin == FLOOR_CODE else "")]
    if rule.start or rule.end:
        first, last = (day.isoformat() if day else "…" for day in (rule.start, rule.end))
        reading.append(Line(speech.say("rule_days", first=first, last=last)))
    if rule.note:
        reading.append(Line(speech.say("note", text=speech.note(rule.note))))
    cited = speech.all_cited(rule.citations, rule.verified) or (Line(speech.say("none"), UNVERIFIED),)
    return Entry("", rule.id, cited, tuple(reading), file=speech.file(rule.path))


def _word(speech: Speech, code: str) -> str:
    """Words for the parts of a condition; an answer's label, or the code where it has none."""
    if not code.startswith("value."):
        return speech.label(code)
    key, _, value = code.removeprefix("value.").rpartition(".")
    found = speech.words.answer(key, value, speech.language)
    return found.text if found else value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
