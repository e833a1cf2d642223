"""Every restricted code, against every role, on every page that tells of a person. A code that no lane serves fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from panah.cores.screening.codes import NEEDS, TRAFFICKING_NEED, is_restricted
from panah.foundation.access.actions import IssueToken
from panah.foundation.access.roles import ROLES
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.notices.models import Notice
from panah.node.profiling import sight
from panah.node.profiling.models import Proposal
from panah.node.profiling.service import RecordInterview, proposal_of
from panah.node.profiling.texts import title
from tests.people import AFRAID, arrives

RESTRICTED = [code for code in NEEDS if is_restricted(code) or code == TRAFFICKING_NEED]
PROFILES = ["trafficking_presumed", "trafficking_indicated", "security_check", "exclusion_check"]
KEYS = ["needs.torture_survivor", "exploitation.violence", "security.armed_group_member"]
ROLE_CODES = [role.code for role in ROLES if "node" in role.installations]
PAGES = (
    "/files/{file}/",
    "/files/{file}/proposal/",
    "/files/{file}/referrals/",
    "/search/",
    "/board/",
    "/board/holds/",
    "/queue/",
    "/notices/",
    "/arrivals/",
    "/procedures/",
)


def line(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "because": [{"rule": "none", "answers": ["protection.fears_return"], "source": "x"}], **more}


@pytest.fixture
def person(officer: Any) -> Any:
    """Somebody at Almaty airport about whom everything restricted was found; decided on by the officer who asked."""
    asked = officer("border_officer", post="ALA", display_name="Who asked")
    file = arrives(asked, now(), AFRAID, citizenship="AFG")
    found = proposal_of(file)
    profile = dict(found.profile)
    profile["needs"] = [*profile["needs"], *(line(code) for code in RESTRICTED)]
    profile["profiles"] = [*profile["profiles"], *(line(code) for code in PROFILES)]
    secret = [{"rule": "none", "answers": [key], "source": "x"} for key in KEYS]
    profile["safeguards"] = [{**one, "because": [*one["because"], *secret]} for one in profile["safeguards"]]
    Proposal.objects.filter(pk=found.pk).update(profile=profile)
    return file, asked


def served_by(kind: str, code: str) -> frozenset[str]:
    return frozenset(role for lane in sight.LANES if sight.hides([lane], kind, code) for role in lane.roles)


def test_every_restricted_code_has_a_lane_and_no_other_code_has_one():
    for code in NEEDS:
        assert bool(served_by("need", code)) == (is_restricted(code) or code == TRAFFICKING_NEED), code


@pytest.mark.parametrize("role", ROLE_CODES)
def test_no_page_shows_a_restricted_code_to_a_role_outside_its_lane(role, person, officer, signed_in):
    file, _asked = person
    somebody = officer(role, post="ALA", body="b")
    browser = signed_in(somebody)
    pages = {path: browser.get(path.format(file=file)).content.decode() for path in PAGES}
    for kind, codes in (("need", RESTRICTED), ("profile", PROFILES)):
        for code in codes:
            if role in served_by(kind, code):
                continue
            for path, text in pages.items():
                assert f">{title(kind, code)}" not in text, (role, code, path)


@pytest.mark.parametrize("role", ["border_officer", "registrar", "supervisor", "ombudsman"])
def test_rest_gives_no_restricted_code_outside_its_lane(role, person, officer):
    file, _asked = person
    somebody = officer(role, post="ALA")
    token = new_token()
    digest = token_digest(token)
    perform(IssueToken(by=None, happened_at=now(), officer=somebody.pk, name="program", token_digest=digest, days=1))
    answer = Client().get(f"/api/persons/{file}/proposal", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 200
    profile = answer.json()["profile"]
    given = {each["code"] for each in profile["needs"] + profile["profiles"]}
    for kind, codes in (("need", RESTRICTED), ("profile", PROFILES)):
        for code in codes:
            assert (code in given) == (role in served_by(kind, code)), code
    if role != "ombudsman":
        profile.pop("missing")  # what was not asked yet tells nothing of the person
        assert not any(key in json.dumps(profile) for key in KEYS)


def test_who_asked_sees_what_was_found_and_a_colleague_is_told_that_lines_are_kept_back(person, officer, signed_in):
    file, asked = person
    path = f"/files/{file}/proposal/"
    assert title("need", "TR-WV") in signed_in(asked).get(path).content.decode()
    colleague = signed_in(officer("border_officer", post="ALA")).get(path).content.decode()
    assert title("need", "TR-WV") not in colleague
    assert f"{len(RESTRICTED) + len(PROFILES)} lines are restricted" in colleague


def test_who_has_to_decide_sees_all_until_it_is_decided(officer, signed_in):
    asked = officer("border_officer", post="ALA")
    file = arrives(asked, now(), None, citizenship="AFG")
    perform(RecordInterview(by=asked.pk, place="ALA", happened_at=now(), file=file, record=AFRAID))
    found = proposal_of(file)
    profile = {**found.profile, "needs": [line(code) for code in RESTRICTED]}
    Proposal.objects.filter(pk=found.pk).update(profile=profile)
    decides = signed_in(officer("supervisor", post="ALA"))
    assert title("need", "SV-VA") in decides.get(f"/files/{file}/proposal/").content.decode()


def test_a_recipient_is_told_no_reason_from_what_was_not_shared():
    because = [{"rule": "r", "answers": [key]} for key in (*KEYS, "labour.unpaid")]
    told = sight.open_reasons(sight.not_shared(["identity_core", "skills_and_work"], "labour_authority"), because)
    assert [reason["answers"] for reason in told] == [["labour.unpaid"]]
    security = sight.open_reasons(sight.not_shared(["identity_core"], "security_service"), because)
    assert [reason["answers"] for reason in security] == [["security.armed_group_member"], ["labour.unpaid"]]


def test_notices_carry_no_restricted_code(person):
    words = json.dumps([[notice.code, notice.facts] for notice in Notice.objects.all()])
    assert not any(f'"{code}"' in words for code in (*RESTRICTED, *PROFILES))
