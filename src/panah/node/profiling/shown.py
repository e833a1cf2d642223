"""What the pages of this room show, made from interviews and proposals: questions, answers, lines with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from panah.cores.screening import InterviewRecord, read_record, screener
from panah.cores.screening.codes import NEEDS, is_restricted
from panah.cores.screening.explain import rule_in_words
from panah.cores.screening.fields import YES_NO
from panah.cores.screening.interview import EVERYONE, next_question, remaining
from panah.cores.screening.questions import Question
from panah.foundation.access.models import Officer
from panah.node.profiling import rules, sight, texts, words
from panah.node.profiling.actions import record_of
from panah.node.profiling.asking import shown_answer
from panah.node.profiling.models import Confirmation, Information, Interview, Proposal
from panah.node.profiling.pack_rules import rulebook
from panah.node.profiling.texts import Said, ids, in_language, own, read, title
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import parts
from panah.web.parts import Text


@dataclass(frozen=True)
class QuestionPage:
    """One question: the field's key, its wordings, what was answered before, about how many follow, and who answers it
    (`person` is asked; `officer` sees it; `register` is looked up)."""

    key: str
    question: parts.Question
    given: Any
    left: int
    asked_of: str
    has_before: bool


@dataclass(frozen=True)
class Line:
    """One line of a proposal in words, with its reasons."""

    code: str
    title: Text
    reasons: Sequence[parts.Reason]
    rules: Sequence[str]
    detail: Text = ""
    due: datetime | None = None
    consent: Text = ""


@dataclass(frozen=True)
class Change:
    title: Text
    added: bool
    reason: str


@dataclass(frozen=True)
class Decided:
    """What an officer decided: the profiles that stand, what was changed and why, and who when."""

    profiles: Sequence[Text]
    changes: Sequence[Change]
    by: str
    at: datetime
    safeguards: Sequence[Text]
    referrals: Sequence[Text]


@dataclass(frozen=True)
class ProposalPage:
    urgency: str
    hurry: Sequence[parts.Reason]
    profiles: Sequence[Line]
    needs: Sequence[Line]
    referrals: Sequence[Line]
    safeguards: Sequence[Line]
    missing: Sequence[str]
    leaflets: Sequence[tuple[str, Text]]
    decided: Decided | None
    kept_back: int = 0


@dataclass(frozen=True)
class ReadOut:
    """A leaflet to be read to the person: its title, and its lines in the person's language beside the officer's."""

    title: Text
    lines: Sequence[tuple[Said, str]]
    draft: Said


def question_page(interview: Interview, key: str | None = None) -> QuestionPage | None:
    """The page of one question: of `key` when it is asked for, else of the next one; None when there is none left."""
    pack = registration.node_pack()
    record = read_record(record_of(interview.file, interview.record, interview.started_at))
    passed = frozenset(asked for asked, open_answer in interview.asked if open_answer)
    question = _question(key) if key else next_question(record, pack, record.date, EVERYONE, passed)
    if question is None:
        return None
    asked = [one for one, _ in interview.asked]
    return QuestionPage(
        key=question.key,
        question=_worded(question, interview.language, child=_is_child(record)),
        given=_given(interview, question.key),
        left=remaining(record, pack, record.date, EVERYONE, passed | {question.key}),
        asked_of=question.asked_of,
        has_before=bool(asked) and asked[0] != question.key,
    )


def _given(interview: Interview, key: str) -> Any:
    """What was answered: the value of the record (0 and an empty list are answers), else `unknown` or `refused`, else None."""
    found = rules.answer_at(interview.record, key)
    return dict(interview.asked).get(key) or None if found is None else found


def before(interview: Interview, key: str) -> str | None:
    """The question that was asked before this one; None when this was the first."""
    asked = [one for one, _ in interview.asked]
    earlier = asked[: asked.index(key)] if key in asked else asked
    return earlier[-1] if earlier else None


def keys_of_questions() -> frozenset[str]:
    return frozenset(question.key for question in screener(registration.node_pack()).questions)


def answers_given(interview: Interview) -> list[tuple[str, str]]:
    """Questions and answers so far, in the order of asking, in the reader's words."""
    return [(own(f"q.{key}"), shown_answer(key, _given(interview, key))) for key, _ in interview.asked]


def to_read_out(leaflets: Iterable[str], tag: str) -> list[ReadOut]:
    """The texts of leaflets for reading to the person."""
    return [
        ReadOut(
            title("information", leaflet),
            [(read(each, tag), own(each)) for each in ids(f"leaflet.{leaflet}.")],
            read("paper.draft", tag),
        )
        for leaflet in leaflets
    ]


def proposal_page(proposal: Proposal, decision: Confirmation | None, closed: Sequence[sight.Lane] = ()) -> ProposalPage:
    """A proposal in words, and beside it the decision when there is one; without what lies in the closed lanes."""
    (profile, kept_back), reasons = sight.cut(proposal.profile, closed), _Reasons(proposal.record)
    urgent = screener(registration.node_pack()).urgency_reasons(read_record(proposal.record))
    hurry = {"because": [{"rule": each.rule, "answers": each.answers, "source": each.source} for each in urgent]}
    return ProposalPage(
        urgency=proposal.urgency,
        hurry=reasons.of({"because": sight.open_reasons(closed, hurry["because"])}),
        profiles=[_line("profile", each, reasons) for each in profile["profiles"]],
        needs=[_line("need", each, reasons) for each in profile["needs"]],
        referrals=[_referral(each, reasons) for each in profile["referrals"]],
        safeguards=[_line("safeguard", each, reasons) for each in profile["safeguards"]],
        missing=[own(f"q.{key}") for key in profile["missing"]],
        leaflets=[(code, title("information", code)) for code in profile["information"]],
        decided=_decided(decision, closed) if decision else None,
        kept_back=kept_back,
    )


@dataclass(frozen=True)
class Told:
    """A leaflet that was given."""

    title: Text
    language: str
    given_at: datetime
    understood: bool


@dataclass(frozen=True)
class Earlier:
    """An earlier proposal in one line."""

    made_at: datetime
    titles: str


RESTRICTED = frozenset(code for code in NEEDS if is_restricted(code))
"""Needs that only those who serve them see (domain reference 3.2, access class); marked so on the page."""


def told(file_id: UUID, closed: Sequence[sight.Lane] = ()) -> list[Told]:
    """What the person was told, oldest first; without leaflets that tell a class which is closed to the reader."""
    hidden = [leaflet for lane in closed for leaflet in lane.leaflets]
    given = Information.objects.filter(file=file_id).exclude(leaflet__in=hidden).order_by("given_at", "id")
    return [Told(title("information", one.leaflet), one.language, one.given_at, one.understood) for one in given]


def earlier(proposal: Proposal, closed: Sequence[sight.Lane] = ()) -> list[Earlier]:
    """The proposals before this one, newest first; without what lies in the closed lanes."""
    others = Proposal.objects.filter(file=proposal.file_id).exclude(pk=proposal.pk).order_by("-made_at")
    return [
        Earlier(
            one.made_at,
            ", ".join(title("profile", line["code"]) for line in sight.cut(one.profile, closed)[0]["profiles"]),
        )
        for one in others
    ]


def describe_reason(reason: Mapping[str, Any]) -> parts.Reason:
    """A reason of the screening without the answers of the person, for pages of other rooms."""
    return describe_reasons([reason])[0]


def describe_reasons(
    because: Iterable[Mapping[str, Any]], record: Mapping[str, Any] | None = None
) -> list[parts.Reason]:
    """Reasons of the screening for pages of other rooms: with the person's answers where the record is given, else without."""
    words = _Reasons(record)
    return [words.word(reason) for reason in because]


class _Reasons:
    """Reasons in the reader's words: what was answered, or what the rule asks for, and its source."""

    def __init__(self, record: Mapping[str, Any] | None) -> None:
        self._record = record
        self._pack = registration.node_pack()
        self._rules = {rule.id: rule for rule in rulebook(self._pack).rules}

    def of(self, line: Mapping[str, Any]) -> list[parts.Reason]:
        return [self.word(reason) for reason in line["because"]]

    def word(self, reason: Mapping[str, Any]) -> parts.Reason:
        rule = self._rules.get(reason["rule"])
        sentence = _sentence("; ".join(map(self._answered, reason["answers"]))) or self.rule(reason) or reason["rule"]
        if rule is None:
            return parts.Reason(sentence, source=str(reason.get("source", "")))
        return parts.Reason(sentence, source=safeguards.source_text(rule.citations), verified=rule.verified)

    def rule(self, reason: Mapping[str, Any]) -> str:
        """The rule as a sentence; empty when the pack has it no more."""
        if reason["rule"] not in self._rules:
            return ""
        return _sentence(rule_in_words(reason["rule"], self._pack, get_language() or "en"))

    def _answered(self, key: str) -> str:
        fact = own(f"fact.{key}")
        return f"{fact}: {shown_answer(key, rules.answer_at(self._record, key))}" if self._record is not None else fact


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _line(kind: str, line: Mapping[str, Any], reasons: _Reasons) -> Line:
    return Line(
        line["code"], title(kind, line["code"]), reasons.of(line), [reasons.rule(each) for each in line["because"]]
    )


def _referral(line: Mapping[str, Any], reasons: _Reasons) -> Line:
    pack, tag = registration.node_pack(), get_language() or "en"
    body = next((body for body in pack.bodies if body.id == line["body"]), None)
    name = (body.title.get(tag) or body.title.get("en", body.id)) if body else ""
    return Line(
        line["to"],
        title("referral", line["to"]),
        reasons.of(line),
        [reasons.rule(each) for each in line["because"]],
        name,
        datetime.fromisoformat(line["due"]) if line["due"] else None,
        words.CONSENTS[line["consent"]],
    )


def _decided(decision: Confirmation, closed: Sequence[sight.Lane]) -> Decided:
    officer = Officer.objects.filter(pk=decision.by).first() if decision.by else None
    return Decided(
        profiles=[title("profile", code) for code in decision.profiles if not sight.hides(closed, "profile", code)],
        changes=[
            Change(title("profile", each["code"]), each["change"] == "added", each["reason"])
            for each in decision.changes
            if not sight.hides(closed, "profile", each["code"])
        ],
        by=officer.display_name if officer else "",
        at=decision.at,
        safeguards=[
            safeguards.title_of(each["code"])
            for each in decision.added_lines.get("safeguards", ())
            if not sight.hides(closed, "safeguard", each["code"])
        ],
        referrals=[
            title("referral", each["to"])
            for each in decision.added_lines.get("referrals", ())
            if not sight.hides(closed, "referral", each["to"])
        ],
    )


def _question(key: str) -> Question | None:
    return next((question for question in screener(registration.node_pack()).questions if question.key == key), None)


def _is_child(record: InterviewRecord) -> bool:
    """Whether what is known so far makes the person a child, or somebody treated as one."""
    return "treat_as_child" in screener(registration.node_pack())(record).codes("safeguards")


def _worded(question: Question, tag: str, *, child: bool) -> parts.Question:
    identifier = question.child_text if child else question.text
    if question.asked_of != "person":
        return parts.Question(text=own(identifier))
    said = in_language(identifier, tag) or in_language(question.text, tag)
    answers = {code: found.text for code in YES_NO if (found := in_language(f"a.yes_no.{code}", tag))}
    return parts.Question(
        text=own(identifier),
        person_text=said.text if said else "",
        person_language=said.tag if said else tag,
        checked=said.checked if said else True,
        draft=texts.drafts(said.tag)[0].text if said else "",
        person_answers=answers,
    )
