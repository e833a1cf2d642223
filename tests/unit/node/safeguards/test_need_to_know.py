"""Why a hold stands is for its lane; that it stands and what it forbids is for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from panah.foundation.clock import now
from panah.foundation.door.service import Harm, Refused, Stop, perform
from panah.node.safeguards import service, words
from panah.node.safeguards.actions import LiftHold, PlaceHold
from panah.node.safeguards.board import Row, as_seen_by
from panah.node.safeguards.models import Hold
from panah.node.safeguards.need_to_know import classes

SAID = "Zhurmalak told me in tears."


@pytest.fixture
def written(officer: Any, screened: UUID) -> Hold:
    """A hold that an officer at the post placed with their own words."""
    writer = officer("registrar", post="ALA")
    said = {"file": screened, "safeguard": "no_removal", "reason": SAID}
    perform(PlaceHold(by=writer.pk, place="ALA", happened_at=now(), **said))
    return Hold.objects.get(subject=screened)


def lift(who: Any, hold: Hold) -> Any:
    reason = "She says that the danger is over."
    return perform(LiftHold(by=who.pk, place=who.post, happened_at=now(), hold=hold.pk, reason=reason))


def test_a_hold_that_tells_by_its_name_says_what_it_forbids_and_not_why(
    officer: Any, signed_in: Any, screened: UUID, place: Any
) -> None:
    hold = place(screened, "reflection_period")
    shown = {}
    for role in ("border_officer", "nrm_officer"):
        page = signed_in(officer(role, post="ALA")).get(reverse("hold", args=[hold.pk])).content.decode()
        assert "removal from the country" in page
        shown[role] = page
    assert "Reflection period" in shown["nrm_officer"]
    for word in ("Reflection", "trafficking"):
        assert word.lower() not in shown["border_officer"].lower()


def test_the_stop_page_and_notices_never_name_it(screened: UUID, place: Any) -> None:
    hold = place(screened, "reflection_period")
    stop = Stop(Harm.REMOVAL, screened, ({"code": hold.code, "hold": str(hold.pk), "absolute": False},))
    (shown,) = words.stop_shown(stop).holds
    assert "Reflection" not in f"{shown.label}{shown.why}{shown.lifted_by}{shown.source}"
    assert service.open_code("reflection_period") == "restricted"
    assert service.open_code("no_removal") == "no_removal"


def test_what_an_officer_wrote_is_for_who_wrote_it_and_for_those_who_decide(
    officer: Any, signed_in: Any, written: Hold
) -> None:
    address = reverse("hold", args=[written.pk])
    reads = {
        role: SAID in signed_in(officer(role, post="ALA")).get(address).content.decode()
        for role in ("border_officer", "labour_officer", "supervisor", "asylum_officer", "ombudsman")
    }
    assert {role for role, sees in reads.items() if sees} == {"asylum_officer", "ombudsman"}


def test_a_supervisor_gives_the_second_word_with_all_reasons_open_and_never_the_first(
    officer: Any, signed_in: Any, written: Hold
) -> None:
    supervisor, asylum = officer("supervisor", body="ministry"), officer("asylum_officer", post="ALA", body="asylum")
    with pytest.raises(Refused) as refusal:
        lift(supervisor, written)
    assert refusal.value.code == "reasons_closed"
    lift(asylum, written)
    assert SAID in signed_in(supervisor).get(reverse("hold", args=[written.pk])).content.decode()
    assert lift(supervisor, written).result["fell"]


def test_a_line_of_a_class_is_restricted_to_others_and_open_to_its_body(officer: Any, db: None) -> None:
    rows = [
        Row("Anti-trafficking unit", None, who="The unit", detail="late", lane="trafficking", body="unit"),
        Row("A", None),
    ]
    (other, plain), (own, _plain) = (as_seen_by(officer("supervisor", body=body), rows) for body in ("post", "unit"))
    assert (other.who, other.detail) == ("", "")
    assert "Anti" not in str(other.what)
    assert own == rows[0]
    assert plain == rows[1]


def test_where_nobody_named_the_classes_everything_restricted_is_closed(
    officer: Any, monkeypatch: Any, db: None
) -> None:
    from panah.node.safeguards import need_to_know

    monkeypatch.setattr(need_to_know, "_named", [])
    assert classes().of_hold("no_removal") in classes().closed_to(officer("nrm_officer"), None)
