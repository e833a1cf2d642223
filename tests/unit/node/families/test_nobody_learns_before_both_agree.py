"""Until both sides said yes, nobody but the tracing officer learns where somebody is, or that somebody was found at all."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.access.actions import IssueToken
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.node.families import acts, people, service
from panah.node.families.day import found
from panah.node.families.models import Answer, Decision, Match, Request, Wish
from panah.node.registration.models import PersonFile
from panah.node.registration.timeline import story


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def plain(page):
    """A page without the ids and times that every opening makes anew."""
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,27}", "ID", page)
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=|CSRFToken": )"[^"]*"', "", page)


def request_page(request):
    return reverse("family_request", args=[request.pk])


def family_page(file):
    return reverse("family_person", args=[file])


def test_somebody_is_proposed_across_scripts_with_reasons_and_without_whereabouts(houses, signed_in):
    zarina = houses.person(houses.lake, "Zarina Nazarova")
    houses.person(houses.hill, "Gulnora Nazarova", "1988-02-11")
    houses.person(houses.hill, "Bakhtiyor Saidov", "1960-01-01", "male")
    request = houses.seeks(houses.lake, zarina, "Гульнора Назарова", "گلنارا نظرووا", year_from=1987, year_to=1989)
    (match,) = houses.look(houses.lake, request)
    client = signed_in(houses.lake.social)
    listed = text(client, request_page(request))
    assert "Proposal 1" in listed
    compared = text(client, reverse("family_match", args=[match.pk]))
    assert "Gulnora Nazarova" in compared
    assert "same name, spelled otherwise" in compared
    for told in ("House on the hill", "NQZ", "Nazarbayev", PersonFile.objects.get(pk=match.file).number):
        assert told not in compared
        assert told not in listed
    asking = reverse("family_asking", args=[match.pk])
    assert client.get(asking).status_code == 404
    houses.confirm(houses.lake, match)
    assert "House on the hill" in text(client, asking)
    assert "House on the hill" not in text(client, reverse("family_match", args=[match.pk]))
    number = PersonFile.objects.get(pk=zarina).number
    by_number = [
        link.url
        for word, file in ((number, zarina), (request.number, None))
        for link in found(houses.lake.social, word, file)
    ]
    assert by_number == [family_page(zarina), request_page(request)]
    assert found(houses.hill.social, number, zarina) == found(houses.hill.social, request.number, None) == []


def test_people_who_seek_each_other_find_each_other_though_one_name_is_kept_wrongly(houses):
    zarina = houses.person(houses.lake, "Zarina Nazarova")
    other = houses.person(houses.hill, "Xyzzy Qwert", "1988-02-11")
    houses.seeks(houses.hill, other, "Zarina Nazarova", year_from=1990, year_to=1990)
    request = houses.seeks(houses.lake, zarina, "Gulnora Nazarova")
    (match,) = houses.look(houses.lake, request)
    assert match.file == other
    assert match.reasons[0]["code"] == "seeks_back"


def test_the_pages_of_all_others_are_the_same_as_if_nobody_was_found(houses, signed_in, officer):
    zarina = houses.person(houses.lake, "Zarina Nazarova")
    gulnora = houses.person(houses.hill, "Gulnora Nazarova", "1988-02-11")
    request = houses.seeks(houses.lake, zarina, "Gulnora Nazarova", year_from=1988)
    body = houses.lake.social.body
    watchers = [
        officer("social_officer", body=body, post="ALA"),
        officer("child_officer", body=body),
        officer("supervisor", body=body, post="ALA"),
        officer("ombudsman"),
    ]
    pages = {who: [request_page(request), family_page(zarina), reverse("families")] for who in watchers}
    pages |= {houses.hill.social: [family_page(gulnora), reverse("families")]}

    def seen():
        return {
            (who.pk, page): plain(answer.content.decode())
            for who, own in pages.items()
            for page in own
            if (answer := signed_in(who).get(page)).status_code == 200
        }

    before, notices = seen(), Notice.objects.count()
    assert len(before) == 13  # the child officer reads the request, and not the person
    (match,) = houses.look(houses.lake, request)
    houses.confirm(houses.lake, match)
    houses.answer(houses.lake, match, "sought", "yes")
    assert seen() == before
    for who in watchers:
        assert signed_in(who).get(reverse("family_match", args=[match.pk])).status_code == 404
        assert signed_in(who).get(reverse("family_asking", args=[match.pk])).status_code == 404
    told = [one.code for one in Notice.objects.all()[notices:]]
    assert told == []
    stories = [story(who, PersonFile.objects.get(pk=f), reads=True) for who in watchers for f in (zarina, gulnora)]
    sentences = {str(line.event.what) for lines in stories for line in lines if line.room == "families"}
    assert sentences == {"Family tracing was asked for."}
    houses.answer(houses.lake, match, "seeker", "yes")
    after = seen()
    assert "I wait by the well." in after[watchers[0].pk, request_page(request)]
    assert "House on the hill" in after[watchers[0].pk, family_page(zarina)]
    assert "House at the lake" in after[houses.hill.social.pk, family_page(gulnora)]
    assert [one.code for one in Notice.objects.order_by("-made_at")[:1]] == ["families.agreed"]


def test_what_a_side_does_not_let_be_told_is_not_told_after_both_agreed_either(houses, signed_in, officer):
    zarina, gulnora, _request, match = houses.both()
    houses.answer(houses.lake, match, "sought", may_tell=("message",))
    houses.answer(houses.lake, match, "seeker", may_tell=())
    page = text(signed_in(officer("social_officer", body="body-lake", post="ALA")), family_page(zarina))
    assert "I wait by the well." in page
    assert "House on the hill" not in page
    assert PersonFile.objects.get(pk=gulnora).number not in page
    other = text(signed_in(houses.hill.social), family_page(gulnora))
    assert "Zarina Nazarova" in other
    assert "House at the lake" not in other
    assert "I wait by the well." not in other


@pytest.mark.parametrize("by", ["wish of a name", "wish of everybody", "fear", "reflection", "does not agree"])
def test_who_does_not_wish_to_be_found_looks_the_same_as_not_found(by, houses, signed_in):
    """To the tracing officer too, whatever the role: the request of a man whose wife hides is that of a man whose wife never came."""
    husband = houses.person(houses.lake, "Rustam Nazarov", "1980-01-01", "male")
    request = houses.seeks(houses.lake, husband, "Gulnora Nazarova", relation="spouse", year_from=1988)
    client = signed_in(houses.lake.social)
    houses.look(houses.lake, request)
    nobody = plain(text(client, request_page(request)))
    wife = houses.person(houses.hill, "Gulnora Nazarova", "1988-02-11")
    if by == "fear":
        at_lake = houses.person(houses.lake, "Somebody Else")
        assert at_lake
        from panah.node.reception.models import (
            Fear,  # the husband is not in the house on the hill, so its page refuses his number
        )

        Fear.objects.create(id=uuid7(), file=wife, other=husband, at=now())
    elif by == "does not agree":
        houses.seeks(houses.hill, wife, "Amina Nazarova", relation="mother", agrees="no")
    elif by == "reflection":
        from panah.node.safeguards.actions import PlaceHold

        houses.act(
            PlaceHold,
            houses.hill.clerk,
            file=wife,
            safeguard="reflection_period",
            reason="She was sold by her own family.",
        )
    else:
        meant = {"names": ("Рустам Назаров",)} if by == "wish of a name" else {"everybody": True}
        houses.act(acts.KeepWish, houses.hill.social, wish=uuid7(), file=wife, kind="do_not_tell", **meant)
    assert houses.look(houses.lake, request) == []
    assert plain(text(client, request_page(request))) == nobody


def test_a_wish_kept_later_takes_away_a_proposal_and_what_was_told_already(houses, signed_in, officer):
    zarina, gulnora, request, match = houses.both()
    houses.answer(houses.lake, match, "sought")
    houses.answer(houses.lake, match, "seeker")
    other = signed_in(officer("social_officer", body="body-lake", post="ALA"))
    assert "I wait by the well." in text(other, family_page(zarina))
    houses.act(
        acts.KeepWish, houses.hill.social, wish=uuid7(), file=gulnora, kind="do_not_tell", names=("Zarina Nazarova",)
    )
    assert "I wait by the well." not in text(other, family_page(zarina))
    assert "Proposal" not in text(signed_in(houses.lake.social), request_page(request))
    assert signed_in(houses.lake.social).get(reverse("family_match", args=[match.pk])).status_code == 404
    with pytest.raises(NotFound):
        houses.answer(houses.lake, match, "sought")
    wish = Wish.objects.get()
    houses.act(acts.EndWish, houses.hill.social, wish=wish.pk, file=gulnora, **taken_back(gulnora))
    assert people.is_agreed(Match.objects.get(pk=match.pk))


def taken_back(file, **other):
    own = PersonFile.objects.get(pk=file).language or "tg"
    said = {
        "in_private": True,
        "informed": True,
        "language": own,
        "interpreter": "An interpreter of the court",
        "words": "It is over.",
    }
    return said | other


@pytest.fixture
def wish(houses):
    _zarina, gulnora, _request, _match = houses.both()
    houses.act(acts.KeepWish, houses.hill.social, wish=uuid7(), file=gulnora, kind="do_not_tell", everybody=True)
    PersonFile.objects.filter(pk=gulnora).update(language="tg")
    return Wish.objects.get()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"in_private": False}, "private"),
        ({"informed": False}, "what follows"),
        ({"language": "ru"}, "language of the person"),
    ],
)
def test_a_wish_is_taken_back_alone_knowingly_and_in_the_persons_language(houses, wish, other, why):
    with pytest.raises(Refused, match=why):
        houses.act(acts.EndWish, houses.hill.social, wish=wish.pk, file=wish.file, **taken_back(wish.file, **other))
    assert people.wishes_of(wish.file) == [wish]


def test_without_an_interpreter_one_officers_word_ends_no_wish(houses, wish, officer):
    alone = taken_back(wish.file, interpreter="")
    first = houses.hill.social
    houses.act(acts.EndWish, first, wish=wish.pk, file=wish.file, **alone)
    assert people.wishes_of(wish.file) == [wish]
    with pytest.raises(Refused, match="second officer"):
        houses.act(acts.EndWish, first, wish=wish.pk, file=wish.file, **alone)
    second = officer("social_officer", body=first.body, post=first.post)
    houses.act(acts.EndWish, second, wish=wish.pk, file=wish.file, **alone)
    assert people.wishes_of(wish.file) == []


def test_a_named_interpreter_stands_for_what_was_said(houses, wish):
    houses.act(acts.EndWish, houses.hill.social, wish=wish.pk, file=wish.file, **taken_back(wish.file))
    assert people.wishes_of(wish.file) == []
    assert b"interpreter of the court" not in bytes(Wish.objects.get().ending), "it is sealed"


def test_a_no_takes_back_a_yes_and_a_decision_is_reversible_and_both_stay(houses):
    _zarina, _gulnora, _request, match = houses.both()
    houses.answer(houses.lake, match, "sought")
    houses.answer(houses.lake, match, "seeker")
    assert people.is_agreed(Match.objects.get(pk=match.pk))
    houses.answer(houses.lake, match, "sought", "no")
    assert not people.is_agreed(Match.objects.get(pk=match.pk))
    houses.answer(houses.lake, match, "sought", "yes")
    houses.act(acts.DecideMatch, houses.lake.social, match=match.pk, standing="rejected", reason="Another street.")
    assert not people.is_agreed(Match.objects.get(pk=match.pk))
    assert (Answer.objects.count(), Decision.objects.count(), Match.objects.count()) == (4, 2, 1)
    assert houses.look(houses.lake, match.request) == [match]


def test_a_yes_counts_only_when_asked_alone_and_for_a_child_with_guardian_and_best_interests(houses):
    mother = houses.person(houses.lake, "Zarina Nazarova")
    child = houses.person(houses.hill, "Umed Nazarov", "2016-04-02", "male", sleeps=False)
    request = houses.seeks(houses.lake, mother, "Umed Nazarov", relation="child", year_from=2016)
    (match,) = houses.look(houses.lake, request)
    with pytest.raises(Refused, match="confirmed"):
        houses.answer(houses.lake, match, "sought")
    houses.confirm(houses.lake, match)
    with pytest.raises(Refused, match="alone"):
        houses.answer(houses.lake, match, "seeker", in_private=False)
    for said in ({}, {"guardian": True}, {"interests": "in_interest"}, {"guardian": True, "interests": "not_assessed"}):
        with pytest.raises(Refused, match="best interests"):
            houses.answer(houses.lake, match, "sought", **said)
    houses.answer(houses.lake, match, "sought", guardian=True, interests="in_interest")
    assert Answer.objects.get().side == "sought"
    assert child == match.file


def test_no_role_takes_the_place_of_the_tracing_officer_until_it_is_handed_over(houses, officer):
    _zarina, _gulnora, request, match = houses.both()
    colleague = officer("social_officer", body="body-lake", post="ALA", username="colleague")
    supervisor = officer("supervisor", body="body-lake", post="ALA")
    as_other = replace(houses.lake, social=colleague)
    for who in (as_other, replace(houses.lake, social=supervisor)):
        with pytest.raises(NotAllowed):
            houses.answer(who, match, "sought")
    with pytest.raises(Refused, match="user name"):
        houses.act(acts.HandOver, supervisor, request=request.pk, to=supervisor.username, why="She is ill.")
    houses.act(acts.HandOver, supervisor, request=request.pk, to="colleague", why="She is ill.")
    assert houses.answer(as_other, match, "sought")
    assert service.proposals_of(houses.lake.social, Request.objects.get(pk=request.pk)) == []


def test_that_somebody_said_no_is_read_by_others_as_not_found(houses, signed_in, officer):
    zarina, _gulnora, request, match = houses.both()
    houses.answer(houses.lake, match, "sought", "no")
    colleague = officer("social_officer", body="body-lake", post="ALA")
    with pytest.raises(Refused, match="tried"):
        houses.act(acts.CloseRequest, houses.lake.social, request=request.pk, outcome="declined_by_one")
    said = {"kind": "centres", "what": "Four centres were asked.", "next_on": request.next_on}
    houses.act(acts.NoteAttempt, houses.lake.social, request=request.pk, attempt=uuid7(), **said)
    with pytest.raises(NotFound):
        houses.act(acts.CloseRequest, colleague, request=request.pk, outcome="declined_by_one")
    houses.act(
        acts.CloseRequest, houses.lake.social, request=request.pk, outcome="declined_by_one", remark="She fears."
    )
    assert "One of them does not wish it" in text(signed_in(houses.lake.social), request_page(request))
    page = text(signed_in(colleague), request_page(request))
    assert "Not found" in page
    assert "She fears." not in page
    sheet = signed_in(colleague).get(reverse("families"), {"state": "closed", "format": "csv"}).content.decode()
    assert "Not found" in sheet
    assert "does not wish" not in text(signed_in(colleague), family_page(zarina)) + sheet


def test_the_interface_answers_others_as_if_nobody_was_found(houses, client, officer):
    zarina = houses.person(houses.lake, "Zarina Nazarova")
    houses.person(houses.hill, "Gulnora Nazarova", "1988-02-11")

    def key(who):
        token = new_token()
        perform(
            IssueToken(
                by=officer("administrator").pk, happened_at=now(), officer=who.pk, name="test", token_digest=token_digest(token), days=1
            )
        )  # fmt: skip
        return {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    mine, others = key(houses.lake.social), key(officer("social_officer", body="body-lake", post="ALA"))

    def send(path, keys, **said):
        said |= {"action": str(uuid7()), "happened_at": "2026-11-20T11:00:00+05:00"}
        return client.post(f"/api/{path}", json.dumps(said), content_type="application/json", **keys)

    tracing = str(uuid7())
    said = {"request": tracing, "file": str(zarina), "relation": "sister_or_brother", "names": ["Gulnora Nazarova"]}
    assert send("families/requests", mine, **said, agrees="yes", next_on="2026-11-27").status_code == 200
    at = f"families/requests/{tracing}"
    before = client.get(f"/api/{at}", **others).json()
    assert send(f"{at}/comparison", mine).status_code == 200
    (proposed,) = client.get(f"/api/{at}/proposals", **mine).json()["proposals"]
    assert set(proposed) == {"match", "likeness", "reasons", "standing"}
    decision = f"families/matches/{proposed['match']}/decision"
    assert send(decision, others, standing="confirmed", reason="No.").status_code == 404
    assert send(decision, mine, standing="confirmed", reason="The street.").status_code == 200
    assert client.get(f"/api/{at}", **others).json() == before
    assert client.get(f"/api/{at}/proposals", **others).status_code == 404
    assert client.get("/api/families/requests", **others).json()["requests"] == [before]
    wish = {"wish": str(uuid7()), "kind": "do_not_look", "names": ["Rustam"]}
    assert send(f"persons/{zarina}/wishes", mine, **wish).status_code == 200


def test_nothing_of_a_match_or_a_name_stands_open_in_the_journal_or_the_tables(houses):
    _zarina, gulnora, _request, match = houses.both()
    houses.answer(houses.lake, match, "sought")
    houses.answer(houses.lake, match, "seeker")
    houses.act(acts.KeepWish, houses.hill.social, wish=uuid7(), file=gulnora, kind="do_not_look", names=("Rustam N",))
    lines = " ".join(entry.facts for entry in Entry.objects.filter(code__startswith="families."))
    for hidden in ("Nazar", "Назар", "Rustam", str(match.pk), str(match.pk.hex), str(gulnora), "confirmed", "well"):
        assert hidden not in lines
    for row in (
        *Request.objects.values(),
        *Wish.objects.values(),
        *Answer.objects.values(),
        *Decision.objects.values(),
    ):
        assert not any(word in repr(row) for word in ("Nazar", "Назар", "Rustam", "well", "street"))
