"""One question a page; unknown and refused are answers, and never a no."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from uuid6 import uuid7

from panah.cores.lawbook import load_pack
from panah.cores.screening import read_record
from panah.cores.screening.interview import EVERYONE, next_question
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.node.profiling import shown
from panah.node.profiling.actions import Answer, record_of
from panah.node.profiling.asking import AnswerForm, shown_answer
from panah.node.profiling.models import Interview


def ask(client: Any, file: Any) -> Any:
    answer = client.get(reverse("interview", args=[file.pk]))
    assert answer.status_code == 200, answer.status_code
    return answer


def send(client: Any, file: Any, page: Any, **said: Any) -> Any:
    form = page.context["form"]
    sent = {"id": str(form["id"].value()), "key": form["key"].value(), **said}
    return client.post(reverse("interview", args=[file.pk]), sent)


def kept(interview: Interview) -> Interview:
    return Interview.objects.get(pk=interview.pk)


def still_asked(interview: Interview) -> list[str]:
    """The questions that are still to come, when each is left without an answer."""
    found = kept(interview)
    record = read_record(record_of(found.file, found.record, found.started_at))
    passed = {key for key, left in found.asked if left}
    keys: list[str] = []
    while (question := next_question(record, load_pack("kaz"), record.date, EVERYONE, frozenset(passed))) is not None:
        keys.append(question.key)
        passed.add(question.key)
    return keys


def test_an_answer_is_kept_in_the_form_of_the_contract(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="yes")
    act(aida, Answer, interview=interview.pk, key="protection.status_elsewhere.country", value="IRN")
    act(aida, Answer, interview=interview.pk, key="purpose", value=["protection", "family"])
    assert kept(interview).record == {
        "protection": {"fears_return": "yes", "status_elsewhere": {"country": "IRN"}},
        "purpose": ["protection", "family"],
    }


@pytest.mark.parametrize("left", ["unknown", "refused"])
def test_unknown_and_refused_are_kept_and_not_asked_again(
    act: Any, aida: Any, zahra: Any, begin: Any, left: str
) -> None:
    interview = begin(zahra)
    for key in ("protection.fears_return", "purpose", "person.birth_country"):
        act(aida, Answer, interview=interview.pk, key=key, value=left)
    found = kept(interview)
    assert found.record == {"protection": {"fears_return": left}}
    assert found.asked == [["protection.fears_return", left], ["purpose", left], ["person.birth_country", left]]
    assert {"protection.fears_return", "purpose", "person.birth_country"}.isdisjoint(still_asked(found))


def test_an_answer_can_be_changed_while_the_interview_lasts(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="no")
    act(aida, Answer, interview=interview.pk, key="purpose", value=["work"])
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="yes")
    act(aida, Answer, interview=interview.pk, key="purpose", value="refused")
    assert kept(interview).record == {"protection": {"fears_return": "yes"}}
    assert [key for key, _ in kept(interview).asked] == ["protection.fears_return", "purpose"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("protection.fears_return", "perhaps"),
        ("person.birth_country", "ATLANTIS"),
        ("travel.companions", -1),
        ("purpose", ["gold"]),
    ],
)
def test_what_the_contract_does_not_allow_is_refused_with_field_and_reason(
    act: Any, aida: Any, zahra: Any, begin: Any, key: str, value: Any
) -> None:
    interview = begin(zahra)
    with pytest.raises(Refused) as error:
        act(aida, Answer, interview=interview.pk, key=key, value=value)
    assert error.value.field.startswith(f"record.{key}")
    assert kept(interview).record == {}


def test_a_question_that_does_not_exist_is_refused(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    with pytest.raises(Refused):
        act(aida, Answer, interview=begin(zahra).pk, key="person.shoe_size", value="42")


def test_the_same_answer_sent_twice_is_one_answer(aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    said = {"by": aida.pk, "place": "ALA", "happened_at": now(), "interview": interview.pk}
    action = Answer(**said, key="protection.fears_return", value="yes")
    assert perform(action) == perform(action)
    assert kept(interview).asked == [["protection.fears_return", ""]]


def test_a_stranger_and_a_consular_officer_answer_nothing(
    act: Any, bolat: Any, consul: Any, zahra: Any, begin: Any
) -> None:
    interview = begin(zahra)
    for other in (bolat, consul):
        with pytest.raises(NotAllowed):
            act(other, Answer, interview=interview.pk, key="protection.fears_return", value="no")
    with pytest.raises(NotFound):
        act(bolat, Answer, interview=uuid7(), key="protection.fears_return", value="no")


def test_the_journal_holds_no_answer_in_the_open(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="exploitation.forced_sex", value="yes")
    (line,) = [line for line in journal.lines_of(zahra.pk) if line.code == "profiling.answer"]
    assert "forced_sex" not in line.facts
    assert b"forced_sex" in (journal.sealed_content(line) or b"")


def test_each_page_asks_one_question_in_the_persons_language_with_four_equal_answers(
    signed_in: Any, act: Any, aida: Any, zahra: Any, begin: Any
) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="needs.no_common_language", value="no")
    page = ask(signed_in(aida), zahra)
    text = page.content.decode()
    assert page.context["page"].key == "consent.understands"
    assert 'class="question-person" lang="fa" dir="rtl"' in text
    assert [text.count(f'value="{answer}" required') for answer in ("yes", "no", "unknown", "refused")] == [1, 1, 1, 1]
    assert "بلی" in text or "بله" in text
    assert "more questions" in text
    assert "<script>" not in text
    assert 'style="' not in text


def test_what_the_officer_sees_is_not_asked_of_the_person(signed_in: Any, aida: Any, zahra: Any, begin: Any) -> None:
    begin(zahra)
    page = ask(signed_in(aida), zahra)
    assert page.context["page"].asked_of == "officer"
    assert "You see this or know it; it is not asked." in page.content.decode()
    assert "question-person" not in page.content.decode()


def test_what_registration_knows_is_not_asked_again(zahra: Any, begin: Any) -> None:
    asked = still_asked(begin(zahra))
    assert {"person.birth_date", "person.sex", "person.citizenships", "person.languages"}.isdisjoint(asked)
    assert "protection.fears_return" in asked


def test_what_registration_does_not_know_is_asked_and_never_read_as_none(arrive: Any, begin: Any) -> None:
    asked = still_asked(begin(arrive("Nobody knows")))
    assert {"person.birth_date", "person.sex", "person.citizenships"} <= set(asked)


def test_a_child_is_asked_in_a_childs_words(act: Any, aida: Any, arrive: Any, begin: Any) -> None:
    boy = arrive("Али", language="tg", sex="male", birth={"date": "2014"})
    adult = arrive("Комил", language="tg", sex="male", birth={"date": "1984"})
    key = "protection.fears_return"
    said = [shown.question_page(begin(file), key).question.text for file in (boy, adult)]
    assert said[0] != said[1]


READ = [
    ("person.sex", {"value": "male"}, "male"),
    ("person.birth_date", {"value": "1990-05", "calendar": "gregorian"}, "1990-05"),
    ("person.birth_date", {"value": "03.05.1990", "calendar": "gregorian"}, "1990-05-03"),
    ("travel.companions", {"value": "0"}, 0),
    ("person.citizenships", {"value_1": "UZB", "value_2": "TJK", "value_3": "UZB"}, ["UZB", "TJK"]),
    ("person.citizenships", {"none": "on"}, []),
    ("person.birth_country", {"value": "XXA"}, "XXA"),
    ("person.languages", {"value": "tg"}, ["tg"]),
    ("entry.route", {"value_1": "AFG", "value_2": "UZB"}, ["AFG", "UZB"]),
    (
        "documents",
        {"type_1": "passport", "issuer_1": "UZB", "status_1": "lost"},
        [{"type": "passport", "issuer": "UZB", "status": "lost"}],
    ),
    ("documents", {"none": "on"}, []),
    ("purpose", {"value": ["work", "protection"]}, ["work", "protection"]),
    ("protection.fear_grounds", {"none": "on"}, []),
    ("labour.recruitment_cost_usd", {"value": "450.5"}, 450.5),
    ("labour.occupation", {"value": "7112"}, "7112"),
    ("protection.fears_return", {"value": "refused"}, "refused"),
    ("purpose", {"left": "refused"}, "refused"),
    ("person.birth_date", {"left": "unknown", "value": "nonsense"}, "unknown"),
]


@pytest.mark.parametrize(("key", "sent", "value"), READ)
def test_every_kind_of_answer_is_read_and_shown_again(
    act: Any, aida: Any, arrive: Any, begin: Any, key: str, sent: dict[str, Any], value: Any
) -> None:
    interview = begin(arrive("Без бумаг", language="ru"))
    posted = QueryDict(mutable=True)
    for name, given in {"id": str(uuid7()), "key": key, "calendar": "gregorian", **sent}.items():
        posted.setlist(name, given if isinstance(given, list) else [given])
    form = AnswerForm(key, posted)
    assert form.is_valid(), form.errors
    assert form.answer() == value
    act(aida, Answer, interview=interview.pk, key=key, value=form.answer())
    page = shown.question_page(kept(interview), key)
    assert page is not None
    assert page.given == value
    assert shown_answer(key, page.given)


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("protection.fears_return", {}),
        ("protection.fears_return", {"value": "perhaps"}),
        ("purpose", {}),
        ("person.citizenships", {}),
        ("person.citizenships", {"value_1": "ATL"}),
        ("person.birth_date", {"value": "31.31.1990"}),
        ("person.birth_date", {"value": "1369", "calendar": "solar_hijri"}),
        ("travel.companions", {"value": "-1"}),
        ("documents", {}),
    ],
)
def test_what_is_no_answer_is_sent_back(key: str, sent: dict[str, Any]) -> None:
    posted = QueryDict(mutable=True)
    posted.update({"id": str(uuid7()), "key": key, "calendar": "gregorian", **sent})
    assert not AnswerForm(key, posted).is_valid()


def test_the_last_page_reads_the_answers_back(signed_in: Any, act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="yes")
    asked = [*kept(interview).asked, *([key, "unknown"] for key in still_asked(interview))]
    Interview.objects.update(asked=asked)
    text = ask(signed_in(aida), zahra).content.decode()
    assert "All was asked" in text
    assert "Are you afraid to go back?" in text
    assert "Does not know" in text


def test_an_empty_page_is_not_an_answer(signed_in: Any, act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    client = signed_in(aida)
    page = ask(client, zahra)
    assert send(client, zahra, page).status_code == 422
    assert send(client, zahra, page, value="perhaps").status_code == 422
    assert kept(interview).asked == []


def test_the_page_sent_twice_is_one_answer(signed_in: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    client = signed_in(aida)
    page = ask(client, zahra)
    for _ in range(2):
        assert send(client, zahra, page, value="no").status_code == 302
    assert len(kept(interview).asked) == 1
    assert len([line for line in journal.lines_of(zahra.pk) if line.code == "profiling.answer"]) == 1


def test_back_shows_the_question_before_with_its_answer(signed_in: Any, aida: Any, zahra: Any, begin: Any) -> None:
    begin(zahra)
    client = signed_in(aida)
    first = ask(client, zahra)
    send(client, zahra, first, value="refused")
    second = ask(client, zahra)
    assert second.context["page"].has_before
    back = send(client, zahra, second, back="1")
    assert back.context["page"].key == first.context["page"].key
    assert back.context["page"].given == "refused"
    assert not back.context["page"].has_before


def test_a_question_of_another_page_is_not_taken(signed_in: Any, aida: Any, zahra: Any, begin: Any) -> None:
    interview = begin(zahra)
    client = signed_in(aida)
    sent = {"id": str(uuid7()), "key": "person.shoe_size", "value": "yes"}
    assert client.post(reverse("interview", args=[zahra.pk]), sent).status_code == 404
    assert kept(interview).record == {}


def test_a_yes_to_an_emergency_says_get_help_first(signed_in: Any, aida: Any, zahra: Any, begin: Any) -> None:
    begin(zahra)
    client = signed_in(aida)
    for _ in range(4):
        page = ask(client, zahra)
        key = page.context["page"].key
        answer = send(client, zahra, page, value="yes" if key == "health.emergency" else "no")
        if key == "health.emergency":
            break
    assert answer.status_code == 302
    assert "Get help now" in ask(client, zahra).content.decode()


def test_a_language_without_texts_says_so(signed_in: Any, act: Any, aida: Any, arrive: Any, begin: Any) -> None:
    file = arrive("ئالىم", language="ug")
    interview = begin(file, language="ug")
    act(aida, Answer, interview=interview.pk, key="needs.no_common_language", value="no")
    act(aida, Answer, interview=interview.pk, key="person.languages", value="unknown")
    assert "Use the interpreter" in ask(signed_in(aida), file).content.decode()
