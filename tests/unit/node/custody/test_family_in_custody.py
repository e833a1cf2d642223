"""A family in the hands of one body: handed over together, or parted only past no hold and with the reason."""

from __future__ import annotations

import pytest
from uuid6 import uuid7

from panah.foundation.door.service import Refused, Stopped
from panah.node.custody import acts, unity
from panah.node.custody.models import Transfer
from panah.node.profiling.service import RecordInterview
from panah.node.reception.models import Fear
from panah.node.registration.service import NameSaid, OpenGroup, RegisterPerson
from panah.node.safeguards.actions import PlaceHold
from panah.node.safeguards.models import Attempt
from panah.node.safeguards.rules import FAMILY
from tests.unit.node.custody.conftest import POLICE
from tests.unit.node.custody.test_custody import CALM
from tests.unit.node.custody.test_custody_pages import send, text


def family(field_, count: int = 2, kind: str = "family"):
    """So many who came together, each in custody, asked and seen by a nurse."""
    group = uuid7()
    field_.act(OpenGroup, group=group, kind=kind)
    found = []
    for _each in range(count):
        file = uuid7()
        names = (NameSaid(text="Invented Person"),)
        field_.act(RegisterPerson, file=file, names=names, citizenships=("AFG",), group=group)
        row = field_.take(file, fear="no")
        field_.nurse(row)
        found.append(row)
    return found


def along(*rows):
    return tuple({"custody": row.pk, "transfer": uuid7()} for row in rows)


def interviewed(field_, rows) -> None:
    for row in rows:
        field_.act(RecordInterview, file=row.file, record=CALM)


def hold(field_, row) -> None:
    said = {"file": row.file, "safeguard": FAMILY, "reason": "She has nobody but her mother here."}
    field_.act(PlaceHold, **said)


def test_before_the_interview_nobody_is_handed_over_without_the_family_held_beside_them(field_):
    mother, child = family(field_)
    with pytest.raises(Stopped):
        field_.hand_on(mother, purpose="registration", apart_why="There is one seat.")
    assert Attempt.objects.filter(subject=mother.file, harm="family_split").count() == 1
    field_.hand_on(mother, companions=along(child))
    assert Transfer.objects.count() == 2
    assert set(Transfer.objects.values_list("to_body", "fitness")) == {(POLICE, "fit")}
    assert unity.held_here(mother) == []


def test_a_hold_of_the_family_lets_them_go_together_and_not_apart(field_):
    mother, child = family(field_)
    interviewed(field_, (mother, child))
    hold(field_, mother)
    with pytest.raises(Stopped):
        field_.hand_on(mother, apart_why="There is one seat.")
    with pytest.raises(Refused, match="who would stay behind"):
        field_.hand_on(child, apart_why="There is one seat.")
    tried = [(one.subject, one.harm) for one in Attempt.objects.order_by("recorded_at", "pk")]
    assert tried == [(mother.file, "family_split"), (mother.file, "family_split")], (
        "both attempts are on record, under whom the hold is of"
    )
    field_.hand_on(child, companions=along(mother))


def test_a_family_without_a_hold_is_parted_only_with_the_reason_in_writing(field_):
    one, other = family(field_)
    interviewed(field_, (one, other))
    with pytest.raises(Refused, match="would stay behind") as refused:
        field_.hand_on(one)
    assert refused.value.field == "apart_why"
    field_.hand_on(one, apart_why="The court asked for her alone; she is back tonight.")
    assert Transfer.objects.get().apart_why
    field_.hand_on(other)  # who follows to the same body parts nobody


def test_each_of_the_family_is_asked_whether_they_can_travel_or_nobody_goes(field_):
    mother, child = family(field_)
    field_.asked(child, ill="yes", happened_at=field_.at)
    field_.nurse(child, "unfit")
    with pytest.raises(Refused) as refused:
        field_.hand_on(mother, companions=along(child))
    assert (refused.value.code, refused.value.field) == ("not_fit", "companions")
    assert str(refused.value).startswith(child.number)
    assert not Transfer.objects.exists()


def test_strangers_are_not_handed_over_as_family(field_):
    mother, child = family(field_)
    stranger = field_.take(field_.person(), fear="no")
    field_.nurse(stranger)
    for wrong in (along(child, stranger), along(child, mother), (*along(child), *along(child))):
        with pytest.raises(Refused, match="members of one family"):
            field_.hand_on(mother, companions=wrong)
    travelling, _other = family(field_, kind="travelling")
    assert unity.held_here(travelling) == []


def test_whom_the_person_fears_is_nobody_to_go_along_with(field_):
    one, feared = family(field_)
    Fear.objects.create(id=uuid7(), file=one.file, other=feared.file, at=field_.at)
    assert unity.held_here(one) == []
    field_.hand_on(one, purpose="child_protection")


def test_family_elsewhere_leaves_the_word_to_the_hold(field_):
    mother, child = family(field_)
    field_.act(acts.End, custody=child.pk, how="reception", where="House for children")
    interviewed(field_, (mother,))
    hold(field_, mother)
    with pytest.raises(Stopped):
        field_.hand_on(mother)


def test_nobody_is_detained_away_from_family_whom_a_hold_keeps_together(field_):
    mother, child = family(field_)
    interviewed(field_, (mother, child))
    hold(field_, child)
    with pytest.raises(Refused, match="keeps them together"):
        field_.act(acts.End, custody=mother.pk, how="detention")


def test_the_page_proposes_to_hand_the_family_over_together(field_, signed_in):
    mother, child = family(field_)
    guard, page = signed_in(field_.guard), f"/custody/{mother.pk}/"
    assert f'value="{child.pk}"' in text(guard, page)
    onward = {"to": f"body:{POLICE}", "to_where": "District office", "purpose": "competent_body"}
    assert send(guard, page, "hand_on", **onward).status_code == 409
    assert send(guard, page, "hand_on", **onward, companions=[str(child.pk)]).status_code == 302
    assert Transfer.objects.count() == 2
