"""From a family in two centres, or from a match, to being together: through the pages, with the safeguards asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import Refused, Stopped
from panah.foundation.notices.models import Notice
from panah.node.families import acts, day, people, rules, service, tasks, uniting_acts
from panah.node.families.models import FamilyLink, FollowUp, Member, Request, Reunification
from panah.node.reception import service as reception
from panah.node.reception.models import Stay, Unit
from panah.node.reception.rooms import guest_of, rooms_of
from panah.node.reception.rules import judge
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from panah.node.safeguards.actions import PlaceHold
from tests.unit.node.families.conftest import NEXT, WHEN

KIN = {"relation": "mother", "how": "Her own birth certificate, and what both said apart."}


def post(client, address, act, **said):
    return client.post(address, {"act": act, "action": str(uuid7()), "made": str(uuid7()), **said})


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def union_page(row):
    return reverse("family_union", args=[row.pk])


def link(houses, file, other, **said):
    said = {"verified": ("papers",), **KIN, **said}
    return houses.act(uniting_acts.KeepLink, houses.lake.social, link=uuid7(), file=file, other=other, **said)


def plan(houses, file, *others, **said):
    said = {"where": "centre", "centre": houses.hill.centre.pk, **said}
    made = uuid7()
    houses.act(uniting_acts.Plan, houses.lake.social, reunification=made, file=file, others=others, **said)
    return Reunification.objects.get(pk=made)


def test_a_family_in_two_centres_comes_together_through_the_pages(houses, signed_in):
    group = houses.family(houses.lake)
    mother = houses.person(houses.lake, "Zarina Nazarova", group=group)
    son = houses.person(houses.lake, "Umed Nazarov", "2014-04-02", "male", group=group, sleeps=False)
    with_uncle = {"stay": uuid7(), "file": son, "unit": houses.hill.unit.pk, "will": "agrees", "reason": "By mistake."}
    houses.act(
        reception.Announce, houses.lake.social, announcement=uuid7(), file=son, centre=houses.hill.centre.pk, on=NEXT
    )
    houses.act(reception_move(), houses.hill.social, **with_uncle)
    lake, hill = signed_in(houses.lake.social), signed_in(houses.hill.social)

    apart = text(lake, reverse("families"))
    assert "Families in different centres" in apart
    assert "House on the hill" in apart
    page = reverse("family_person", args=[mother])
    assert page in apart
    assert page in text(signed_in(houses.officer("supervisor", post="ALA")), reverse("file", args=[mother]))
    sent = post(
        lake, page, "plan", others=[str(son)], where="centre", centre=str(houses.lake.centre.pk), day="2026-11-21"
    )
    assert sent.status_code == 302
    union = Reunification.objects.get()
    at = union_page(union)
    assert "Unsaid" not in text(hill, at)  # the officer of the other house works on it too
    early = post(lake, at, "together", on="2026-11-20")
    assert early.status_code == 422
    assert "Not everybody has said yes" in early.content.decode()

    assert post(lake, at, "prepare", file=str(mother), says="yes", in_private="on").status_code == 302
    assert post(hill, at, "prepare", file=str(son), says="yes", in_private="on").status_code == 422
    said = {"in_private": "on", "guardian": "on", "interests": "in_interest"}
    assert post(hill, at, "prepare", file=str(son), says="yes", **said).status_code == 302
    early = post(lake, at, "together", on="2026-11-20")
    assert "Reception there gives it" in early.content.decode()

    assert post(hill, at, "announce", file=str(son), on="2026-11-21").status_code == 302
    reception_page = reverse("reception_person", args=[son])
    assert "with_family" not in text(lake, reception_page)
    moved = {"unit": str(houses.lake.unit.pk), "will": "agrees", "centre_shown": str(houses.lake.centre.pk)}
    assert post(lake, reception_page, "place", **moved).status_code == 302
    assert {stay.unit.centre_id for stay in Stay.objects.filter(ended_at=None)} == {houses.lake.centre.pk}
    assert post(lake, at, "together", on="2026-11-20").status_code == 302
    assert "Families in different centres" not in text(lake, reverse("families"))

    assert post(lake, at, "close", outcome="reunited").status_code == 422
    assert list(FollowUp.objects.values_list("months", "due_on")) == [(1, date(2026, 12, 20)), (3, date(2027, 2, 20))]
    with standing_at(datetime(2027, 2, 21, 6, tzinfo=UTC)):
        assert "overdue" in text(lake, at)
        assert [line.detail for line in day.follow_ups(houses.lake.social, WHEN, 5)] == [
            "After one month",
            "After three months",
        ]
        for months in ("1", "3"):
            assert post(lake, at, "follow_up", months=months, how="well").status_code == 302
        assert post(lake, at, "close", outcome="reunited").status_code == 302
    assert "Reunited" in text(lake, at)
    assert signed_in(houses.officer("social_officer", body="elsewhere", post="NQZ")).get(at).status_code == 404


def reception_move():
    from panah.node.reception.acts import MoveIn

    return MoveIn


def test_a_child_found_by_a_request_sleeps_beside_the_mother_once_the_link_is_verified(houses):
    mother = houses.person(houses.lake, "Zarina Nazarova")
    child = houses.person(houses.hill, "Umed Nazarov", "2016-04-02", "male", sleeps=False)
    request = houses.seeks(houses.lake, mother, "Umed Nazarov", relation="child", year_from=2016)
    (match,) = houses.look(houses.lake, request)
    houses.confirm(houses.lake, match)
    with pytest.raises(Refused, match="agreed match"):
        link(houses, mother, child)
    houses.answer(houses.lake, match, "seeker")
    with pytest.raises(Refused, match="not known to be of this family"):
        plan(houses, mother, child)
    houses.answer(houses.lake, match, "sought", guardian=True, interests="in_interest")
    (room,) = rooms_of(houses.lake.centre)
    assert judge([guest_of(PersonFile.objects.get(pk=child))], room).bars == ("child_among_adults",)
    link(houses, mother, child, relation="child", verified=("papers", "both_words"))
    (room,) = rooms_of(houses.lake.centre)
    judged = judge([guest_of(PersonFile.objects.get(pk=child))], room)
    assert judged.bars == ()
    union = plan(houses, mother, child, request=request.pk, centre=houses.lake.centre.pk)
    assert union.request == Request.objects.get()
    houses.act(
        acts.NoteAttempt,
        houses.lake.social,
        request=request.pk,
        attempt=uuid7(),
        kind="centres",
        what="Asked.",
        next_on=NEXT,
    )
    with pytest.raises(Refused, match="brought together"):
        houses.act(acts.CloseRequest, houses.lake.social, request=request.pk, outcome="reunited")


def test_links_join_whole_families_and_a_fear_keeps_two_apart_within_them(houses):
    one, two = houses.family(houses.lake), houses.family(houses.lake)
    mother = houses.person(houses.lake, "Zarina Nazarova", group=one)
    baby = houses.person(houses.lake, "Amina Nazarova", "2025-01-01", group=one)
    aunt = houses.person(houses.lake, "Gulnora Nazarova", group=two)
    cousin = houses.person(houses.lake, "Sino Nazarov", "2012-01-01", "male", group=two)
    stranger = houses.person(houses.lake, "Other One")
    link(houses, mother, aunt, relation="sister_or_brother")
    found = people.families_by_links([baby, cousin, stranger])
    assert set(found) == {baby, cousin}
    assert len(set(found.values())) == 1
    number = PersonFile.objects.get(pk=mother).number
    houses.fears(houses.lake, aunt, number)
    assert mother not in people.family_of(aunt)
    assert cousin in people.family_of(aunt)


def test_a_plan_that_leaves_family_behind_is_a_split_and_is_stopped_by_a_hold(houses):
    group = houses.family(houses.lake)
    mother = houses.person(houses.lake, "Zarina Nazarova", group=group)
    daughter = houses.person(houses.lake, "Amina Nazarova", "2013-01-01", group=group)
    aunt = houses.person(houses.hill, "Gulnora Nazarova", sleeps=True)
    houses.act(
        reception.Announce, houses.hill.social, announcement=uuid7(), file=aunt, centre=houses.lake.centre.pk, on=NEXT
    )
    link(houses, mother, aunt, relation="sister_or_brother")
    hold = {"safeguard": "keep_family_together", "reason": "She has nobody but her mother."}
    houses.act(PlaceHold, houses.lake.clerk, file=mother, **hold)
    with pytest.raises(Stopped) as stopped:
        plan(houses, mother, aunt)
    assert stopped.value.stop.harm == "family_split"
    houses.act(PlaceHold, houses.hill.clerk, file=aunt, **hold)
    union = plan(houses, mother, aunt, daughter)
    assert Member.objects.filter(reunification=union).count() == 3
    with pytest.raises(Stopped):
        houses.act(uniting_acts.EndLink, houses.lake.social, link=FamilyLink.objects.get().pk, file=mother, why="No.")


def test_genes_are_compared_last_and_with_consent(houses):
    mother, child = houses.person(houses.lake, "Zarina Nazarova"), houses.person(houses.lake, "Umed Nazarov")
    for said in ({"verified": ("dna",), "consent_to_dna": True}, {"verified": ("dna", "papers")}):
        with pytest.raises(Refused, match="last"):
            link(houses, mother, child, **said)
    link(houses, mother, child, verified=("dna", "both_words"), consent_to_dna=True)
    with pytest.raises(Refused, match="already"):
        link(houses, child, mother)


def test_nobody_is_looked_for_whom_the_person_does_not_wish_looked_for(houses):
    girl = houses.person(houses.lake, "Zarina Nazarova", "2011-03-03")
    houses.act(
        acts.KeepWish, houses.lake.social, wish=uuid7(), file=girl, kind="do_not_look", names=("Rustam Nazarov",)
    )
    with pytest.raises(Refused, match="wishes that this one is not looked for"):
        houses.seeks(houses.lake, girl, "Рустам Назаров", relation="father", interests="not_assessed")
    with pytest.raises(Refused, match="best interests"):
        houses.seeks(houses.lake, girl, "Amina Nazarova", relation="mother")
    houses.seeks(houses.lake, girl, "Amina Nazarova", relation="mother", interests="not_assessed")
    stranger = PersonFile.objects.get(pk=houses.person(houses.hill, "Far Away"))
    said = {"kind": "do_not_tell", "other_number": stranger.number}
    with pytest.raises(Refused, match="came with the person"):
        houses.act(acts.KeepWish, houses.lake.social, wish=uuid7(), file=girl, **said)


def test_a_silent_request_warns_the_supervisor_once_and_stands_on_the_board(houses, signed_in):
    request = houses.seeks(houses.lake, houses.person(houses.lake, "Zarina Nazarova"), "Gulnora Nazarova")
    assert tasks.report_silent.func() == 0
    assert [line.url for line in day.steps(houses.lake.social, WHEN, 5)] == [
        reverse("family_request", args=[request.pk])
    ]
    supervisor = houses.officer("supervisor", body="body-lake", post="ALA")
    with standing_at(datetime(2026, 11, 28, 6, tzinfo=UTC)):
        assert tasks.report_silent.func() == 1
        assert tasks.report_silent.func() == 0
        assert set(Notice.objects.filter(code="families.silent").values_list("role", flat=True)) == {"supervisor", ""}
        assert request.number in text(signed_in(supervisor), "/board/silent-tracing/")
        assert "Silent" in text(signed_in(supervisor), reverse("family_request", args=[request.pk]))
        said = {"kind": "telephone", "what": "The old number is dead.", "next_on": date(2026, 12, 5)}
        houses.act(acts.NoteAttempt, houses.lake.social, request=request.pk, attempt=uuid7(), **said)
        assert service.silent(datetime(2026, 11, 28, 6, tzinfo=UTC)).count() == 0


def test_the_installation_compares_every_open_request_once_a_day_and_tells_the_tracing_officer_alone(houses):
    request = houses.seeks(houses.lake, houses.person(houses.lake, "Zarina Nazarova"), "Gulnora Nazarova")
    assert tasks.compare_again.func() == 1
    assert tasks.compare_again.func() == 0
    houses.person(houses.hill, "Гульнора Назарова", "1988-02-11")
    with standing_at(datetime(2026, 11, 21, 7, tzinfo=UTC)):
        assert tasks.compare_again.func() == 1
    (notice,) = Notice.objects.filter(code="families.proposed")
    assert (notice.officer, notice.role, notice.body) == (request.tracer, "", "")


ALONE = {
    "purpose": ["protection"],
    "protection": {"fears_return": "no"},
    "child": {"accompanied_by": "nobody"},
    "family": {"separated_on_route": "yes", "wants_tracing": "yes"},
    "consent": {"understands": "yes", "share_partner": "yes"},
}


def confirmed(houses, file):
    from panah.node.profiling.service import ConfirmProfile, proposal_of

    houses.act(ConfirmProfile, houses.lake.clerk, proposal=proposal_of(file).pk)


def test_a_separated_child_for_whom_nobody_is_sought_in_time_stands_on_the_board(houses, signed_in):
    child = houses.person(houses.lake, "Umed Nazarov", "2014-04-02", "male", record=ALONE, sleeps=False)
    confirmed(houses, child)
    assert service.without_tracing(WHEN) == {}
    late = datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert set(service.without_tracing(late)) == {child}
    with standing_at(late):
        board = text(signed_in(houses.officer("ombudsman")), "/board/children-without-tracing/")
        assert PersonFile.objects.get(pk=child).number in board
    houses.seeks(houses.lake, child, "Zarina Nazarova", relation="mother", interests="not_assessed")
    assert service.without_tracing(late) == {}


def test_a_request_goes_outside_with_consent_as_a_referral_and_never_to_the_origin_where_a_hold_stands(houses):
    file = houses.person(houses.lake, "Zarina Nazarova", record=ALONE)
    confirmed(houses, file)
    request = houses.seeks(houses.lake, file, "Gulnora Nazarova")
    said = {"request": request.pk, "to": "family_tracing", "what": "Her sister.", "next_on": NEXT}

    def ask(**more):
        return houses.act(
            acts.AskOutside, houses.lake.social, attempt=uuid7(), referral=uuid7(), **(said | more)
        )  # fmt: skip

    with pytest.raises(Refused, match="did not agree"):
        ask(state="KAZ")
    houses.act(
        acts.SetSharing, houses.lake.social, request=request.pk, agrees="yes",
        shares={"family_tracing": "yes", "own_consulate": "yes"},
    )  # fmt: skip
    houses.act(
        PlaceHold, houses.lake.clerk, file=file, safeguard="no_sharing_with_origin", reason="She fears the state."
    )
    for origin in ({"state": "AFG"}, {"to": "own_consulate"}):
        with pytest.raises(Stopped) as stopped:
            ask(**origin)
        assert stopped.value.stop.harm == "data_to_origin"
    PersonFile.objects.filter(pk=file).update(citizenships=[])
    with pytest.raises(Stopped):
        ask(state="IRN")  # whose citizen she is nobody knows: that is never read as of another state
    with pytest.raises(Stopped):
        ask(state="")  # where they will look nobody knows
    PersonFile.objects.filter(pk=file).update(citizenships=["AFG"])
    with pytest.raises(Stopped):
        ask()
    ask(state="KAZ")
    assert Referral.objects.get(file=file).to == "family_tracing"
    ask(state="KAZ")
    assert Referral.objects.filter(file=file).count() == 1
    assert set(request.attempts.values_list("kind", flat=True)) == {"outside"}


def test_what_statistics_may_count_names_nobody_and_no_place(houses):
    request = houses.seeks(houses.lake, houses.person(houses.lake, "Zarina Nazarova"), "Gulnora Nazarova")
    (one,) = service.countable(WHEN.replace(day=1), WHEN.replace(day=30))
    assert (one.relation, one.child, one.outcome, one.reunited) == ("sister_or_brother", False, "", False)
    assert not {str(request.file), request.number, request.body, request.place} & {str(v) for v in vars(one).values()}


def test_a_stranger_finds_nothing_and_a_break_glass_opens_nothing_here(houses, signed_in):
    zarina, gulnora, request, match = houses.both()
    from panah.foundation.access.actions import OpenBreakGlass

    stranger = houses.officer("social_officer", "supervisor", body="elsewhere", post="NQX")
    houses.act(OpenBreakGlass, stranger, reason="A child is lost on the road.", hours=1)
    for page in (
        reverse("family_request", args=[request.pk]), reverse("family_match", args=[match.pk]),
        reverse("family_person", args=[zarina]), reverse("family_new", args=[gulnora]),
    ):  # fmt: skip
        assert signed_in(stranger).get(page).status_code == 404
    listed = text(signed_in(stranger), reverse("families"))
    assert request.number not in listed


def test_the_same_day_of_a_shorter_month_is_its_last():
    assert rules.months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert rules.months_after(date(2026, 12, 31), 1) == date(2027, 1, 31)
    assert Unit.objects.count() == 0
