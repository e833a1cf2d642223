"""Who learns a restricted fact. A person with every one of them, and one whose case went the same way without; every address as every role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client

from panah.foundation.access.actions import IssueToken
from panah.foundation.access.roles import ROLES
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import perform
from panah.node.referrals.models import Referral
from panah.node.referrals.rules import LANES as REFERRED
from tests.architecture.addresses import NODE
from tests.architecture.restricted import SHELTER, Case, Offices, beyond, go_through, markers, open_centre

pytestmark = [pytest.mark.slow, pytest.mark.any_database]

# Pages that are of no person, forms that only make something, and papers, which are looked at as text below.
LEFT_OUT = re.compile(
    r"^(sign-|second-factor|officers/|design|appearance|keys|borders|language|break-glass|statistics|imports)|\.pdf$|openapi|/new/$|\.ics$"
)
LISTS = {
    "custody/": ("?format=csv",),
    "procedures/": ("?format=csv", "?list=late"),
    "detained/": ("?format=csv",),
    "queue/": ("?list=late",),
}

# Who may see a class beyond its lane, and why (docs/decisions/0088).
KNOWN: dict[tuple[str, str], str] = {
    ("auditor", "reads"): "The record of reads says which body read; the auditor opens no file and learns no name.",
    (
        "ngo_partner",
        "queue",
    ): "The recipient of the referral: what was shared with it by the matrix and with consent (0065).",
    ("io_partner", "queue"): "The same.",
    ("health_officer", "queue"): "The same.",
}


def routes() -> list[str]:
    return [route for route in NODE if not LEFT_OUT.search(route)]


def addresses(route: str, case: Case, role: str) -> Iterator[str]:
    """The route with every id of the person's case in it."""
    named = re.findall(r"<(?:\w+:)?(\w+)>", route)
    wanted = {"file": "file_id", "referral": "referral_id", "proceeding": "proceeding_id"}
    if not named:
        for more in ("", *LISTS.get(route, ())):
            yield f"/{route}{more}"
        return
    first = wanted.get(named[0], named[0])
    codes = {
        "code": [
            "holds",
            "attempts",
            "overdue-referrals",
            "late-terms",
            "reception-incidents",
            "reception-families",
            "custody",
        ]
    }
    for each in codes.get(first, []) or case.named(first, role):
        yield "/" + re.sub(r"<[^>]+>", str(each), route, count=1)


def told(
    client: Client, paths: Iterable[str], words: dict[str, tuple[str, ...]], header: dict[str, str]
) -> Counter[tuple[str, str]]:
    """How often the words of each class stand in the answers."""
    found: Counter[tuple[str, str]] = Counter()
    for path in paths:
        answer = client.get(path, **header)
        if answer.status_code == 200:
            text = answer.content.decode(errors="replace").lower()
            found.update(
                {(lane, word): text.count(word) for lane, own in words.items() for word in own if word in text}
            )
    return found


@pytest.fixture
def world(officer: Any) -> Any:
    """Offices, the centre that everybody knows, and the person without restricted facts; three days later, so that terms are over."""
    offices = Offices(officer("registrar", post="ALA"), officer)
    social = officer("social_officer", body="house", post="ALA")
    offices.house = open_centre(social, "Openhouse", "reception_centre") | {"social": social}
    return offices, social


def walkers(officer: Any) -> dict[str, Any]:
    """One for each role, where it has most to see: at the post, or at the body that got a referral of the person."""
    found = {}
    for role in (role.code for role in ROLES if "node" in role.installations):
        to = [to for to, roles in REFERRED.items() if role in roles]
        row = Referral.objects.filter(to__in=to).order_by("sent_at").first()
        body = "house" if role in {"social_officer", "supervisor"} else row.body if row else ""
        post = "ALA" if role in {"border_officer", "registrar", "supervisor", "social_officer"} else ""
        found[role] = officer(
            role, body=body, post=post, username=f"walker-{len(found)}", display_name=f"Walker {len(found)}"
        )
    return found


def token(who: Any) -> dict[str, str]:
    made = new_token()
    perform(
        IssueToken(by=None, happened_at=now(), officer=who.pk, name="walk", token_digest=token_digest(made), days=30)
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {made}"}


def test_nobody_outside_its_lane_learns_a_restricted_fact(world: Any, officer: Any, signed_in: Any) -> None:
    offices, social = world
    plain = go_through(offices, offices.house, social, marked=False)
    browsers = {role: (signed_in(who), token(who)) for role, who in walkers(officer).items()}
    outside = {role: beyond(role) for role in browsers}
    later, before = now() + timedelta(days=3), {}
    with standing_at(later):
        for role, route in product(browsers, (route for route in routes() if "<" not in route)):
            client, header = browsers[role]
            before[role, route] = told(
                client, addresses(route, plain, role), markers(), header if route[:4] == "api/" else {}
            )
    keeper = officer("social_officer", body="shelter", post="ALA")
    marked = go_through(offices, open_centre(keeper, SHELTER, "shelter"), keeper, marked=True)
    words, learnt = markers(), []
    with standing_at(later):
        for role, route in product(browsers, routes()):
            client, header = browsers[role]
            more = header if route[:4] == "api/" else {}
            got = told(client, addresses(route, marked, role), {lane: words[lane] for lane in outside[role]}, more)
            usual = before.get((role, route), Counter())
            if got and "<" in route:
                usual = told(client, addresses(route, plain, role), words, more)
            found = sorted(f"{word!r} ({lane})" for (lane, word) in got - usual)
            if found and not _known(role, route):
                learnt.append(f"{role} at {route}: {', '.join(found)}")
    assert not learnt, "\n" + "\n".join(learnt)


def _known(role: str, route: str) -> bool:
    return any(role == who and route.removeprefix("api/").startswith(where) for who, where in KNOWN)
