"""Two authorities, each with a reason: domain reference 3.8, G1."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from pydantic import ValidationError
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.action import Harm
from panah.foundation.door.service import NotAllowed, NotFound, Refused, Stopped, perform
from panah.foundation.notices.models import Notice
from panah.node.safeguards.actions import AskCoerciveAct, LiftHold
from panah.node.safeguards.guard import stop_for
from panah.node.safeguards.models import Hold, Lift

REASON = "The court decided on 3 May, and the appeal was withdrawn freely."


def lift(by: Any, hold: Hold, **more: Any) -> LiftHold:
    return LiftHold(by=by.pk, place=by.post, happened_at=now(), hold=hold.id, **{"reason": REASON, **more})


@pytest.fixture
def aliya(officer: Any) -> Any:
    """Competent: the asylum body."""
    return officer("asylum_officer", post="ALA", body="asylum-body")


@pytest.fixture
def sultan(officer: Any) -> Any:
    """The second reader: supervisor of the border service."""
    return officer("supervisor", post="ALA", body="border-service")


def test_the_first_lift_alone_changes_nothing(aliya: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    assert perform(lift(aliya, hold)).result["fell"] is False
    assert Hold.objects.get().lifted_at is None
    assert stop_for(screened, Harm.REMOVAL) is not None


def test_two_officers_of_two_bodies_fell_the_hold(aliya: Any, sultan: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    perform(lift(sultan, hold))
    assert perform(lift(aliya, hold)).result["fell"] is True
    assert Hold.objects.get().lifted_at is not None
    assert stop_for(screened, Harm.REMOVAL) is None
    codes = Notice.objects.order_by("made_at", "role").values_list("code", "role")
    assert set(codes) == {
        (code, role)
        for code in ("safeguards.lift_waits", "safeguards.hold_fell")
        for role in ("supervisor", "ombudsman")
    }


def test_the_same_lift_sent_twice_is_one_lift(aliya: Any, screened: UUID, place: Any) -> None:
    action = lift(aliya, place(screened, "no_removal"))
    assert perform(action) == perform(action)
    assert Lift.objects.count() == 1
    assert Hold.objects.get().lifted_at is None


def refused(action: LiftHold) -> str:
    with pytest.raises(Refused) as error:
        perform(action)
    return error.value.code


def test_the_same_officer_cannot_give_both_words(aliya: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    perform(lift(aliya, hold))
    assert refused(lift(aliya, hold)) == "same_officer"
    assert Hold.objects.get().lifted_at is None


def test_two_officers_of_one_body_are_one_authority(officer: Any, aliya: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    perform(lift(aliya, hold))
    assert refused(lift(officer("supervisor", post="ALA", body="asylum-body"), hold)) == "same_body"
    assert Hold.objects.get().lifted_at is None


def test_two_supervisors_are_not_enough(officer: Any, sultan: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    perform(lift(sultan, hold))
    assert refused(lift(officer("supervisor", post="ALA", body="police"), hold)) == "not_competent"


def test_an_officer_without_a_body_speaks_for_no_authority(officer: Any, screened: UUID, place: Any) -> None:
    assert refused(lift(officer("asylum_officer", post="ALA"), place(screened, "no_removal"))) == "no_body"


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("no_sharing_with_origin", ()),
        ("no_detention", ("child",)),
        ("no_removal", ("torture",)),
        ("no_removal", ("death_penalty",)),
    ],
)
def test_an_absolute_hold_is_lifted_by_no_role(
    officer: Any, screened: UUID, place: Any, code: str, mark: tuple[str, ...]
) -> None:
    hold = place(screened, code, *mark)
    for role in ("asylum_officer", "child_officer", "nrm_officer", "statelessness_officer", "supervisor"):
        assert refused(lift(officer(role, post="ALA", body=f"body-of-{role}"), hold)) == "absolute"
    assert not Lift.objects.exists()


def test_who_asked_for_the_stopped_act_has_no_say(sultan: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    with pytest.raises(Stopped):
        perform(
            AskCoerciveAct(
                by=sultan.pk,
                place="ALA",
                happened_at=now(),
                file=screened,
                act="removal",
                legal_ground="Law on migration, art. 1",
                reason="No right to stay was found by the court.",
            )
        )
    assert refused(lift(sultan, hold)) == "tried_the_act"


def test_a_new_reason_makes_an_earlier_word_count_no_more(aliya: Any, sultan: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal", rule="floor.fear")
    perform(lift(aliya, hold))
    place(screened, "no_removal", rule="floor.new_facts")
    assert perform(lift(sultan, hold)).result["fell"] is False
    assert perform(lift(aliya, hold)).result["fell"] is True


def test_the_same_reason_again_leaves_an_earlier_word_as_it_is(
    aliya: Any, sultan: Any, screened: UUID, place: Any
) -> None:
    hold = place(screened, "no_removal", rule="floor.fear")
    perform(lift(aliya, hold))
    place(screened, "no_removal", rule="floor.fear")
    assert perform(lift(sultan, hold)).result["fell"] is True


def test_a_fallen_hold_cannot_fall_again_and_can_be_placed_anew(
    aliya: Any, sultan: Any, screened: UUID, place: Any
) -> None:
    hold = place(screened, "no_removal")
    perform(lift(aliya, hold))
    perform(lift(sultan, hold))
    assert refused(lift(aliya, hold)) == "not_standing"
    assert place(screened, "no_removal").id != hold.id
    assert stop_for(screened, Harm.REMOVAL) is not None


def test_a_reason_of_nineteen_characters_is_too_short(aliya: Any, screened: UUID, place: Any) -> None:
    with pytest.raises(ValidationError):
        lift(aliya, place(screened, "no_removal"), reason="x" * 19)


@pytest.mark.parametrize(
    "role",
    ["border_officer", "registrar", "ngo_partner", "io_partner", "security_liaison", "ombudsman", "administrator"],
)
def test_other_roles_have_no_say(officer: Any, screened: UUID, place: Any, role: str) -> None:
    hold = place(screened, "no_removal")
    with pytest.raises(NotAllowed):
        perform(lift(officer(role, post="ALA", body="a-body"), hold))


def test_a_role_that_is_competent_for_other_holds_finds_no_such_hold(officer: Any, screened: UUID, place: Any) -> None:
    with pytest.raises(NotFound):
        perform(lift(officer("child_officer", post="ALA", body="guardians"), place(screened, "reflection_period")))


def test_a_competent_officer_who_does_not_work_on_the_case_has_no_say(officer: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    with pytest.raises(NotAllowed):
        perform(lift(officer("asylum_officer", post="TAS", body="asylum-body"), hold))


def test_an_officer_to_whom_the_case_was_referred_has_a_say(officer: Any, screened: UUID, place: Any) -> None:
    from panah.node.safeguards import service

    service.worked_on_by(lambda who, subject: who.body == "asylum-body" and subject == screened)
    hold = place(screened, "no_removal")
    assert perform(lift(officer("asylum_officer", post="TAS", body="asylum-body"), hold)).result["fell"] is False


def test_a_consular_officer_has_no_say_whatever_else_they_hold(officer: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    for roles, state in ((("consular_officer", "asylum_officer"), "AFG"), (("supervisor",), "AFG")):
        with pytest.raises(NotAllowed):
            perform(lift(officer(*roles, post="ALA", body="consulate", serves_state=state), hold))


def test_a_hold_that_is_not_there_is_not_found(aliya: Any, screened: UUID) -> None:
    with pytest.raises(NotFound):
        perform(LiftHold(by=aliya.pk, place="ALA", happened_at=now(), hold=uuid7(), reason=REASON))


def test_the_page_lifts_with_two_readers(signed_in: Any, aliya: Any, sultan: Any, screened: UUID, place: Any) -> None:
    address = reverse("hold", args=[place(screened, "no_removal").id])
    for reader in (aliya, sultan):
        client = signed_in(reader)
        page = client.get(address)
        assert "only when an officer of another body says so too" in page.content.decode()
        client.post(address, {"id": str(page.context["form"]["id"].value()), "reason": REASON})
    assert Hold.objects.get().lifted_at is not None
    after = signed_in(sultan).get(address)
    assert after.context["form"] is None
    assert REASON in after.content.decode()


def test_the_page_of_an_absolute_hold_offers_no_form(signed_in: Any, sultan: Any, screened: UUID, place: Any) -> None:
    address = reverse("hold", args=[place(screened, "no_sharing_with_origin").id])
    page = signed_in(sultan).get(address)
    assert page.context["form"] is None
    assert "nobody; this hold is absolute" in page.content.decode()
    assert signed_in(sultan).post(address, {"id": str(uuid7()), "reason": REASON}).status_code == 404


def test_the_page_is_not_there_for_strangers(officer: Any, signed_in: Any, screened: UUID, place: Any) -> None:
    address = reverse("hold", args=[place(screened, "no_removal").id])
    for role, fields in (
        ("border_officer", {"post": "TAS"}),
        ("statistician", {"post": "ALA"}),
        ("consular_officer", {"post": "ALA", "serves_state": "AFG"}),
    ):
        assert signed_in(officer(role, **fields)).get(address).status_code == 404
    assert signed_in(officer("border_officer", post="ALA")).get(reverse("hold", args=[uuid7()])).status_code == 404


def test_the_ombudsman_reads_and_lifts_nothing(officer: Any, signed_in: Any, screened: UUID, place: Any) -> None:
    address = reverse("hold", args=[place(screened, "no_removal").id])
    client = signed_in(officer("ombudsman"))
    assert client.get(address).context["form"] is None
    assert client.post(address, {"id": str(uuid7()), "reason": REASON}).status_code == 404
