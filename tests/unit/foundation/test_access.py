"""Accounts, break-glass, and the pages about them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.access import service
from panah.foundation.access.actions import (
    AddOfficer,
    ChangeOfficer,
    CloseBreakGlass,
    CloseOfficer,
    GrantRole,
    IssueToken,
    OpenBreakGlass,
    ReviewBreakGlass,
    SetPassword,
    WithdrawRole,
    hashed,
)
from panah.foundation.access.backend import OfficerBackend
from panah.foundation.access.models import BreakGlass, Officer
from panah.foundation.access.roles import INCOMPATIBLE, RECEIVING, ROLE_CODES, ROLES
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Refused, perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.foundation.keys import service as keys
from tests.conftest import PASSWORD

WHEN = datetime(2026, 11, 21, 8, tzinfo=UTC)
REASON = "A child is missing and the file may say where."


def open_for(person: Officer, hours: int = 3) -> BreakGlass:
    receipt = perform(OpenBreakGlass(by=person.pk, happened_at=WHEN, reason=REASON, hours=hours))
    return BreakGlass.objects.get(pk=receipt.result["session"])


class File:
    """Something with a door, for predicates."""

    closed_at = None


def test_a_session_ends_by_itself_after_its_hours(officer):
    aida = officer("supervisor")
    with standing_at(WHEN):
        open_for(aida, hours=2)
        assert service.in_break_glass(aida, File())
    with standing_at(WHEN + timedelta(hours=2)):
        assert not service.in_break_glass(aida, File())


def test_a_session_never_opens_a_closed_file(officer):
    aida = officer("supervisor")
    with standing_at(WHEN):
        open_for(aida)
        closed = File()
        closed.closed_at = WHEN
        assert not service.in_break_glass(aida, closed)


def test_a_closed_session_opens_nothing(officer):
    aida = officer("supervisor")
    with standing_at(WHEN):
        open_for(aida)
        perform(CloseBreakGlass(by=aida.pk, happened_at=WHEN))
        assert not service.in_break_glass(aida, File())


def test_a_session_longer_than_three_hours_cannot_be_asked_for(officer):
    with pytest.raises(ValueError, match="less than or equal to 3"):
        OpenBreakGlass(by=officer("supervisor").pk, happened_at=WHEN, reason=REASON, hours=4)


def test_a_session_is_reviewed_by_somebody_else_after_it_ended(officer):
    aida, ombudsman = officer("supervisor", "ombudsman"), officer("ombudsman")
    with standing_at(WHEN):
        session = open_for(aida, hours=1)
    review = {"happened_at": WHEN, "session": session.pk, "justified": True, "remark": "The child was found."}
    with standing_at(WHEN + timedelta(minutes=5)), pytest.raises(Refused, match="still open"):
        perform(ReviewBreakGlass(by=ombudsman.pk, **review))
    with standing_at(WHEN + timedelta(hours=2)):
        with pytest.raises(Refused, match="of their own"):
            perform(ReviewBreakGlass(by=aida.pk, **review))
        perform(ReviewBreakGlass(by=ombudsman.pk, **review))
    assert BreakGlass.objects.get().review == "justified: The child was found."


def test_an_undeclared_permission_is_a_mistake_and_not_a_no(officer):
    with pytest.raises(LookupError, match="declared by no room"):
        service.may(officer("supervisor"), "registration.fly")


def test_nobody_is_a_superuser(officer):
    everyone = officer(*sorted(ROLE_CODES))
    assert not hasattr(everyone, "is_superuser")
    for permission in service.permission_names():
        service.may(Officer(), permission)
    assert not any(service.may(officer(), permission) for permission in service.permission_names())


def test_role_codes_are_unique():
    assert len(ROLE_CODES) == len(ROLES)


def test_an_unknown_role_and_a_taken_name_are_refused(db):
    new = {"by": None, "happened_at": WHEN, "display_name": "Dana", "password_hash": hashed("a" * 12)}
    with pytest.raises(Refused, match="no role 'king'"):
        perform(AddOfficer(officer=uuid7(), username="dana", roles=("king",), **new))
    perform(AddOfficer(officer=uuid7(), username="dana", **new))
    with pytest.raises(Refused, match="taken"):
        perform(AddOfficer(officer=uuid7(), username="dana", **new))


def test_signing_in_needs_the_password_and_an_open_account(officer):
    aida = officer("supervisor", username="aida")
    backend = OfficerBackend()
    assert backend.authenticate(None, "Aida ", "correct horse battery") == aida
    assert backend.authenticate(None, "aida", "wrong") is None
    assert backend.authenticate(None, "nobody", "correct horse battery") is None
    Officer.objects.filter(pk=aida.pk).update(is_active=False)
    assert backend.authenticate(None, "aida", "correct horse battery") is None
    assert backend.get_user(aida.pk) is None


def test_the_page_opens_and_closes_a_session(officer, signed_in):
    aida = officer("supervisor")
    browser = signed_in(aida)
    page = browser.post("/break-glass/", {"reason": "too short", "hours": "1"})
    assert page.status_code == 200
    assert not BreakGlass.objects.exists()
    browser.post("/break-glass/", {"reason": REASON, "hours": "1"})
    assert BreakGlass.objects.get().officer == aida
    browser.post("/break-glass/", {"close": "1"})
    assert BreakGlass.objects.get().closed_at is not None


def test_a_stranger_finds_no_break_glass(officer, signed_in, client):
    assert signed_in(officer("border_officer")).get("/break-glass/").status_code == 404
    assert signed_in(officer("supervisor")).get("/break-glass/review/").status_code == 404
    assert client.get("/break-glass/").status_code == 302


def test_the_reviewer_sees_reasons_and_records_a_review(officer, signed_in):
    with standing_at(WHEN):
        session = open_for(officer("supervisor"), hours=1)
    browser = signed_in(officer("ombudsman"))
    assert REASON in browser.get("/break-glass/review/").content.decode()
    browser.post("/break-glass/review/", {"session": str(session.pk), "justified": "no", "remark": "No need is shown."})
    assert BreakGlass.objects.get().review == "not justified: No need is shown."


def test_what_is_sent_after_the_session_is_over_is_told_not_recorded(db, client):
    page = client.post("/break-glass/", {"reason": "x"}, follow=True)
    assert page.redirect_chain == [("/sign-in/?next=/break-glass/", 302)]
    assert "What you sent last was not recorded." in page.content.decode()
    assert "not recorded" not in client.get("/break-glass/", follow=True).content.decode()


def test_a_part_of_a_page_gets_no_sign_in_form(db, client):
    assert client.get("/break-glass/", headers={"HX-Request": "true"}).status_code == 401


BESIDE = sorted((line.role, other) for line in INCOMPATIBLE for other in line.others)


@pytest.mark.parametrize(("role", "other"), BESIDE)
def test_incompatible_roles_are_refused_in_either_order_and_at_once(role, other, officer):
    admin = officer("administrator")
    common = {"by": admin.pk, "happened_at": WHEN}
    for first, second in ((role, other), (other, role)):
        person = officer(first)
        with pytest.raises(Refused, match="does not go together"):
            perform(GrantRole(**common, officer=person.pk, role=second))
        assert Officer.objects.get(pk=person.pk).roles == {first}
    account = {"officer": uuid7(), "username": "both.roles", "display_name": "Both", "password_hash": "x"}
    with pytest.raises(Refused, match="does not go together"):
        perform(AddOfficer(**common, **account, roles=(role, other)))


def test_every_role_that_reads_files_is_incompatible_with_administering_accounts():
    beside = {line.role: line.others for line in INCOMPATIBLE}
    reading = {"border_officer", "registrar", "supervisor", "ombudsman", *RECEIVING}
    for role in reading:
        assert role in beside["administrator"] or "administrator" in beside.get(role, ()), role


def test_only_a_consular_officer_serves_another_state(officer):
    admin = officer("administrator")
    account = {"officer": uuid7(), "username": "two.masters", "display_name": "Two", "password_hash": "x"}
    with pytest.raises(Refused, match="consular officer"):
        perform(AddOfficer(by=admin.pk, happened_at=WHEN, **account, roles=("registrar",), serves_state="AFG"))


def test_nobody_changes_their_own_roles_or_account(officer):
    admin = officer("administrator")
    own = {"by": admin.pk, "happened_at": WHEN, "officer": admin.pk}
    for act in (
        GrantRole(**own, role="statistician"),
        WithdrawRole(**own, role="administrator"),
        ChangeOfficer(**own, display_name="Other", post="ALA"),
        CloseOfficer(**own, reason="Leaves the service."),
        SetPassword(**own, password_hash="x"),
    ):
        with pytest.raises(Refused):
            perform(act)
    admin = Officer.objects.get(pk=admin.pk)
    assert (admin.roles, admin.post, admin.is_active) == ({"administrator"}, "", True)


def test_a_closed_account_signs_in_no_more_and_its_tokens_fall(officer, signed_in):
    admin, person = officer("administrator"), officer("supervisor")
    token = service.new_token()
    perform(
        IssueToken(
            by=admin.pk,
            happened_at=now(),
            officer=person.pk,
            name="device",
            token_digest=service.token_digest(token),
            days=9,
        )
    )
    browser = signed_in(person)
    assert browser.get("/notices/").status_code == 200
    assert service.officer_of_token(token) == person
    perform(CloseOfficer(by=admin.pk, happened_at=now(), officer=person.pk, reason="Left the service."))
    assert browser.get("/notices/").status_code == 302
    assert service.officer_of_token(token) is None
    assert OfficerBackend().authenticate(None, person.username, PASSWORD) is None


def test_the_journal_holds_the_reason_of_a_break_glass_session_sealed(officer):
    named = "Zarnigorbegim is missing and the file may say where."
    person = officer("supervisor")
    session = perform(OpenBreakGlass(by=person.pk, happened_at=WHEN, reason=named, hours=1)).action
    line = Entry.objects.get(code="access.open_break_glass")
    assert "Zarnigorbegim" not in line.facts
    assert named.encode() in (journal.sealed_content(line) or b"")
    assert BreakGlass.objects.get(pk=session).reason == named
    keys.destroy(session)
    with pytest.raises(keys.KeyDestroyed):
        journal.sealed_content(line)
    assert journal.verify().holds
