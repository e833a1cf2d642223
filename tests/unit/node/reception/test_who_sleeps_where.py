"""Pure rules: who may sleep beside whom, and what is proposed."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from uuid6 import uuid7

from panah.node.reception import rules
from panah.node.reception.rules import Guest, Room, judge, needs, propose, splits

FAMILY = UUID(int=7)


def guest(sex: str = "male", **more: object) -> Guest:
    return Guest(uuid7(), sex, **more)  # type: ignore[arg-type]


def room(*guests: Guest, **more: object) -> Room:
    said = {"block": "A", "name": "1", "free": 4, **more}
    return Room(uuid7(), UUID(int=1), guests=guests, **said)  # type: ignore[arg-type]


def test_a_child_alone_is_never_put_among_strange_adults_and_no_strange_adult_beside_a_child_alone():
    child, stranger = guest(child=True), guest()
    assert "child_among_adults" in judge([child], room(stranger)).bars
    assert "child_among_adults" in judge([stranger], room(child)).bars
    assert judge([child], room(guest(child=True))).possible


def test_a_child_with_a_parent_may_sleep_where_other_families_sleep():
    parent, child = guest("female", family=FAMILY), guest(child=True, family=FAMILY)
    assert judge([parent, child], room(guest("female"))).possible


def test_a_parent_who_is_feared_does_not_count_as_the_child_s_own_adult():
    parent = guest(family=FAMILY)
    child = guest(child=True, family=FAMILY, feared=frozenset({parent.file}))
    assert {"child_among_adults", "feared"} <= set(judge([child], room(parent)).bars)


def test_who_are_afraid_of_each_other_never_share_a_unit_whoever_said_so():
    one = guest()
    other = guest(feared=frozenset({one.file}))
    assert "feared" in judge([one], room(other)).bars
    assert "feared" in judge([other], room(one)).bars


def test_a_woman_alone_is_rather_put_among_women_than_among_men():
    woman = guest("female")
    men, women = room(guest(), name="1"), room(guest("female"), name="2", meant_for="women")
    judged = propose([woman], [men, women])
    assert judged[0].room is women
    assert "woman_among_men" in judged[1].against


def test_no_strange_man_comes_into_a_women_s_unit_but_the_husband_may():
    wife, husband = guest("female", family=FAMILY), guest(family=FAMILY)
    unit = room(guest("female"), meant_for="women")
    assert "women_only" in judge([husband], unit).bars
    assert judge([wife, husband], unit).possible


def test_a_family_is_proposed_a_unit_that_holds_all_of_it():
    family = [guest(family=FAMILY), guest("female", family=FAMILY), guest(child=True, family=FAMILY)]
    small, large = room(name="1", free=2), room(name="2", free=5)
    judged = propose(family, [small, large])
    assert judged[0].room is large
    assert judged[1].bars == ("full",)


def test_who_comes_later_is_proposed_the_unit_where_the_family_sleeps_though_another_is_emptier():
    mother = guest("female", family=FAMILY)
    theirs, empty = room(mother, name="9", free=1), room(name="1", free=9)
    assert propose([guest(child=True, family=FAMILY)], [empty, theirs], [theirs])[0].room is theirs


def test_who_is_to_sleep_apart_is_proposed_an_empty_unit_and_nobody_is_put_beside_them():
    ill = guest(apart=True)
    assert propose([ill], [room(guest(), name="1"), room(name="2")])[0].room.name == "2"
    assert "contagion" in judge([guest()], room(ill)).against


def test_a_place_without_steps_is_proposed_to_who_needs_one():
    judged = propose([guest(step_free=True)], [room(name="1"), room(name="2", accessible=True)])
    assert judged[0].room.name == "2"
    assert "step_free" in judged[0].for_it


def test_going_where_the_family_is_parts_nobody_and_leaving_it_does():
    mother, sister, away = room(name="1"), room(block="B", name="2"), room(block="C", name="3")
    assert not splits(mother, away, [mother, sister])
    assert splits(away, mother, [mother, sister])
    assert splits(away, None, [mother])
    assert splits(None, mother, [mother])
    assert not splits(away, mother, [])


def test_next_door_in_one_block_is_together():
    one, door = room(block="A", name="1"), room(block="A", name="2")
    assert not splits(door, one, [one])
    assert splits(Room(uuid7(), UUID(int=1), "", "x"), None, [Room(uuid7(), UUID(int=1), "", "y")])


people = some.builds(
    Guest,
    some.uuids(),
    some.sampled_from(["male", "female", "other", "unknown"]),
    some.booleans(),
    some.sampled_from([None, FAMILY, UUID(int=8)]),
    some.booleans(),
    some.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    some.lists(people, min_size=1, max_size=4),
    some.lists(
        some.tuples(some.lists(people, max_size=4), some.integers(0, 5), some.sampled_from(rules.MEANT_FOR)), max_size=5
    ),
)
def test_whatever_is_possible_never_puts_a_child_alone_among_strange_adults_nor_too_many_into_a_unit(party, units):
    rooms = [room(*guests, free=free, meant_for=kind) for guests, free, kind in units]
    for option in propose(party, rooms):
        if not option.possible:
            continue
        assert option.room.free >= len(party)
        everybody = [*party, *option.room.guests]
        for child in (one for one in everybody if one.child):
            adults = [one for one in everybody if not one.child]
            assert not adults or any(child.family and child.family == one.family for one in adults)


@given(some.integers(0, 10_000))
def test_needs_grow_with_people_and_what_nobody_counted_is_not_known(number):
    figures = {"reception/water_litres": Decimal(15), "reception/persons_per_toilet": Decimal(20)}
    water, toilets = needs(number, figures, {"reception/persons_per_toilet": Decimal(2)})
    assert water.needed == 15 * number
    assert water.gap is None
    assert toilets.needed == -(-number // 20)
    assert toilets.gap == max(0, toilets.needed - 2)
