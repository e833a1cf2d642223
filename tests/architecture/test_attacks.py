"""Every act against every role without the right to it, through the door, by web and by REST: nothing changes and nothing leaks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import OpenBreakGlass
from panah.foundation.access.models import Grant, Officer, Token
from panah.foundation.access.roles import ROLES
from panah.foundation.access.service import may, new_token, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import Action, DoorError, NotAllowed, NotFound, action_types, perform
from panah.foundation.journal.models import Entry
from panah.node.procedures.rules import ALTERNATIVES
from tests.architecture.addresses import ANYBODY, NODE, SIGNED_IN
from tests.architecture.attack_promise import OTHERS, OURS, seated
from tests.architecture.attack_world import CLAIM, NAME, World, make_world
from tests.architecture.attacks import MAKERS, OF_ONESELF, RIGHTS, Attacker, made
from tests.architecture.test_addresses import address
from tests.conftest import make_officer

KINDS = [kind for kind in action_types() if kind.__module__.startswith("panah.")]
BY_PLACE = ("registrar", "supervisor", "asylum_officer", "social_officer")
BREAKING = ("supervisor", "asylum_officer", "child_officer", "social_officer")


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, list[Attacker]]]:
    """One world and one crowd for all tests of this file; what a test changes falls with it, and all of it at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world(make_officer)
        yield world, crowd(world)
        transaction.set_rollback(True)


@pytest.fixture
def world(standing: tuple[World, list[Attacker]], db: None) -> World:
    return standing[0]


@pytest.fixture
def attackers(standing: tuple[World, list[Attacker]], db: None) -> list[Attacker]:
    return standing[1]


def crowd(world: World) -> list[Attacker]:
    """Each role at the world's own post and body, at others, with a closed account, in another state's service, in break-glass elsewhere,
    and seated for the participant of the world and for another one."""

    def one(role: str, name: str, *, at_home: bool, **more: Any) -> Officer:
        where = {"post": "ALA", "body": world.body} if at_home else {"post": "KRG", "body": "another-body"}
        person = Officer.objects.create(
            id=uuid7(), username=f"{name}-{role}".replace("_", "-"), display_name=name, **where, **more
        )
        Grant.objects.create(officer=person, role=role, granted_at=now())
        return person

    found = []
    for role in (role.code for role in ROLES):
        found += [
            Attacker(one(role, "home", at_home=True), role, True),
            Attacker(one(role, "away", at_home=False), role, False),
        ]
    for role in (*BY_PLACE, "administrator", "border_officer"):
        found += [
            Attacker(one(role, "closed", at_home=True, is_active=False), role, True, shut=True),
            Attacker(one(role, "foreign", at_home=True, serves_state="AFG"), role, True, shut=True),
        ]
    for role in BREAKING:
        person = one(role, "breaking", at_home=False)
        perform(OpenBreakGlass(by=person.pk, happened_at=now(), reason="A child is lost on the road.", hours=1))
        found.append(Attacker(person, role, False, breaks_glass=True))
    for code in (OURS, OTHERS):
        person = seated(one("national_coordinator", code.lower(), at_home=True), code)
        found.append(Attacker(person, "national_coordinator", True, seat=code))
    return [*found, Attacker(make_officer(post="ALA", body=world.body), "none", True)]


def tables() -> dict[str, str]:
    """A checksum of every table but those of the journal, and of the sessions and tokens that signing in itself touches."""
    apart = {"journal_entry", "journal_head", "journal_checkpoint", "django_session"}
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - apart
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own models
            rows = sorted(repr([bytes(c) if isinstance(c, memoryview) else c for c in row]) for row in cursor)
            found[name] = f"{len(rows)} {hashlib.sha256(''.join(rows).encode()).hexdigest()}"
    return found


def changed(before: dict[str, str], *, but: Iterable[str] = ()) -> list[str]:
    return [name for name, sum_ in tables().items() if before[name] != sum_ and name not in set(but)]


def test_every_act_has_an_example_and_its_permission_a_line() -> None:
    assert sorted({kind.code for kind in KINDS} - set(MAKERS)) == [], (
        "Give it a maker in tests/architecture/acts_of_node.py or acts_of_hub.py."
    )
    needed = {kind.needs for kind in KINDS} - OF_ONESELF
    assert sorted(needed - set(RIGHTS)) == [], (
        "Say in RIGHTS of acts_of_node.py or acts_of_hub.py, tests/architecture, who holds it."
    )


@pytest.mark.any_database
def test_the_right_to_each_act_is_held_as_the_table_says(world: World, attackers: list[Attacker]) -> None:
    """In both directions: a right that is too wide fails, and so does an example that would be refused to everybody."""
    wrong = []
    for kind in KINDS:
        if kind.needs in OF_ONESELF:
            continue
        for one in attackers:
            action = made(kind, world, one.who)
            found = may(one.who, kind.needs, action.target())
            own_place = kind.code.split(".")[0] == "imports" or kind.code in {
                "registration.register",
                "registration.open_group",
            }
            if found != one.may(kind) and not (own_place and not one.at_home):
                wrong.append(f"{kind.code} is {'' if found else 'not '}for {one}")
    assert not wrong, "\n".join(wrong)


def outcome(action: Action) -> str:
    try:
        with transaction.atomic():
            perform(action)
    except DoorError as error:
        return type(error).__name__
    return "performed"


def test_no_act_passes_the_door_without_the_right(world: World, attackers: list[Attacker]) -> None:
    before, wrong, room = tables(), [], ""
    for kind in [*KINDS, None]:
        if kind is None or kind.code.split(".")[0] != room:
            wrong += [f"an act of {room} changed {name}" for name in changed(before)]
        if kind is None:
            break
        room = kind.code.split(".")[0]
        if kind.needs in OF_ONESELF:
            continue
        first = Entry.objects.count()
        tried = 0
        for one in attackers:
            if not one.tries(kind):
                continue
            # Who sits elsewhere says that they do it at the world's post; the act itself names the world's objects.
            action = made(kind, world, one.who).model_copy(update={"place": "ALA"})
            with pytest.raises((NotAllowed, NotFound)):
                perform(action)
            tried += 1
        kept = Entry.objects.order_by("seq")[first:]
        wrong += [f"{kind.code}: the refusals are not all kept"] * (len(kept) != tried)
        wrong += [
            f"{kind.code}: the refusal says more than what was tried"
            for line in kept
            if (line.code, json.loads(line.facts), line.subject, line.sealed)
            != ("door.refused", {"tried": kind.code}, None, None)
        ]
    assert wrong == []


def test_nobody_performs_an_act_by_leaving_out_who_does_it(world: World, officer: Any) -> None:
    before = tables()
    anybody = officer()
    before = tables()
    for kind in KINDS:
        if not kind.by_installation:
            with pytest.raises(NotAllowed):
                perform(made(kind, world, anybody).model_copy(update={"by": None}))
        with pytest.raises(NotAllowed):
            perform(made(kind, world, anybody).model_copy(update={"by": uuid7()}))
    assert changed(before) == []


def posted(world: World) -> list[dict[str, Any]]:
    """Forms filled in as the pages that offer them would, all at once: one for every word by which a page knows which form was sent."""
    fields: dict[str, Any] = {}
    for maker in MAKERS.values():
        fields |= {
            name: str(value) for name, value in maker(world).items() if not isinstance(value, (tuple, dict, bytes))
        }
    fields |= {"consent": "yes", "answer": "accept", "outcome": "withdrawn"}
    words = ("", "end_stage", "hearing", "evidence", "sign", "draft", "move_in", "move_out", "incident", "keep_apart")
    flags = ({}, {"finish": "1"}, {"stop": "1"}, {"ended": "1"})
    return [fields | {"act": word} for word in words] + [fields | flag for flag in flags if flag]


WATCHING = ("ombudsman", "consular_officer")


def knocks(one: Attacker) -> bool:
    """Who tries the pages: every role at home, and those whose right hangs on a place from all sides. The door is tried by all."""
    home = one.at_home and not one.shut and not one.seat
    return home or one.role in BY_PLACE


@pytest.mark.any_database
def test_no_page_takes_a_form_from_who_may_not_open_it(
    world: World, attackers: list[Attacker], signed_in: Any, settings: Any
) -> None:
    known = {
        "file_id": world.file, "referral_id": world.referral, "hold_id": world.hold, "proceeding_id": world.proceeding,
        "hearing_id": world.hearing, "decision_id": world.decision, "centre_id": world.centre, "unit_id": world.unit,
        "code": "holds", "paper": "asylum_certificate",
    }  # fmt: skip
    browsers = [(one, signed_in(one.who)) for one in attackers if knocks(one)]
    before, forms, wrong = tables(), posted(world), []
    for number, (route, allowed) in enumerate(sorted(NODE.items())):
        if allowed in {ANYBODY, SIGNED_IN} or route.startswith(("design/", "break-glass/")):
            continue
        path = address(route, known)
        for one, browser in browsers:
            if not one.at_home and "<" not in route:
                continue  # where no object is named nothing hangs on the place
            watches = one.role in WATCHING
            # Whom the table of addresses gives nothing there knocks before looking.
            looks = one.who.is_active and not watches and one.role in allowed
            if looks and browser.get(path).status_code != 404:
                continue  # theirs: what they may do there is tested in its room
            form = forms[number % len(forms)] | {"id": str(uuid7()), "action": str(uuid7())}
            fine = {404, 405} if one.who.is_active else {302, 404, 405}
            with transaction.atomic():
                answer = browser.post(path, form)
                refused = answer.status_code in fine and NAME not in answer.content.decode(errors="replace")
                transaction.set_rollback(not refused and not watches)
            if watches and answer.status_code < 500:
                continue  # they may read there; the tables below say that they changed nothing
            if not refused and (not one.who.is_active or browser.get(path).status_code == 404):
                wrong.append(f"{route} answers {answer.status_code} to {one}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, but=ALARMS) == []


# What a try of somebody who serves another state leaves behind: the alarm, as an act of the watch with its receipt.
ALARMS = ("notices_notice", "door_receipt", "django_tasks_database_dbtaskresult")
SENT: dict[str, dict[str, Any]] = {
    "persons/{file}/interviews": {"record": CLAIM},
    "persons/{file}/confirmation": {"proposal": "{proposal}"},
    "persons/{file}/referrals": {"referral": "{new}", "to": "own_consulate", "consent_given": True},
    "queue/{referral}/answer": {"answer": "done", "outcome": "rejected_final"},
    "referrals/{outside}/envelope": {"envelope": "{new}"},
    "outside-bodies/{entry}/end": {"why": "wrong_hands"},
    "persons/{file}/second-reading": {"agrees": True},
    "appointments/{hearing}/answer": {"answer": "available"},
    "procedures/{proceeding}/lead": {"lead": "{new}"},
    "procedures/{proceeding}/hearings/{hearing}/interpreter": {"interpreter": "An intruder"},
    "procedures/{proceeding}/legal-aid": {"aid": "{new}", "language": "fa"},
    "procedures/{proceeding}/legal-aid/given": {
        "aid": "{new}", "organisation": "Own office", "kind": "ngo", "on": "2026-11-20",
    },
    "procedures/{proceeding}/legal-aid/declined": {
        "aid": "{new}", "said": "No.", "language": "fa", "informed": True, "freely": True,
    },
    "procedures/{proceeding}/waivers": {
        "waiver": "{new}", "decision": "{new}", "in_person": True, "said": "I give it up.", "counsel": "Offered.",
        "counsel_at": "2026-11-20T10:00:00+05:00", "lawyer_present": True, "language": "fa", "understood": True,
    },
    "procedures/{proceeding}/bans": {"ban": "{new}", "state": "RUS", "ground": "None.", "length": "unknown"},
    "procedures/{proceeding}/asked-again": {"asked": "{new}", "language": "fa"}
    | dict.fromkeys(("fear", "health", "pressure", "children", "family"), "no"),
    "procedures/{proceeding}/detention": {
        "legal_ground": "Article 1.", "assessment": "None.", "where": "Cell 1", "alternatives": dict.fromkeys(ALTERNATIVES, "No."),
    },
    "procedures/{proceeding}/detention/reviews": {"result": "kept", "reason": "Once more."},
    "holds/{hold}/lifting": {"reason": "Nobody who has no right may say this sentence."},
    "solutions/{plan}/counselling": {
        "counselling": "{new}", "by_whom": "iom", "language": "fa", "origin": "All is well.", "origin_as_of": "2026-11-01",
    },
    "solutions/{plan}/agreement": {"agreement": "{new}", "said": "Yes.", "language": "fa"},
    "solutions/{plan}/departure": {"on": "2026-11-20", "asked_again": "still_wants"},
}  # fmt: skip
REST_RIGHT = {
    "persons/{file}/interviews": "profiling.interview",
    "persons/{file}/confirmation": "profiling.confirm",
    "persons/{file}/referrals": "referrals.send",
    "queue/{referral}/answer": "referrals.work",
    "queue/{referral}": "referrals.work",
    "referrals/{outside}/envelope": "referrals.send",
    "outside-bodies/{entry}/end": "referrals.keep_keys",
    "persons/{file}/second-reading": "profiling.read_second",
    "appointments/{hearing}/answer": "procedures.interpret",
    "procedures/{proceeding}/lead": "procedures.assign",
    **dict.fromkeys(
        (path for path in SENT if path.startswith("procedures/") and not path.endswith("lead")), "procedures.work"
    ),
    "holds/{hold}/lifting": "safeguards.lift_hold",
    **dict.fromkeys((path for path in SENT if path.startswith("solutions/")), "solutions.work"),
}


@pytest.mark.any_database
def test_no_program_passes_rest_without_the_right_of_its_officer(world: World, attackers: list[Attacker]) -> None:
    tokens = {}
    for one in attackers:
        tokens[str(one)] = new_token()
        # Past the door, which gives a closed account none: so that one that was left over opens nothing either.
        digest = bytes.fromhex(token_digest(tokens[str(one)]))
        at = {"issued_at": now(), "until": now() + timedelta(days=1)}
        Token.objects.create(id=uuid7(), officer=one.who, name="program", digest=digest, **at)
    before, wrong = tables(), []
    names = {"file": world.file, "referral": world.referral, "proposal": world.proposal, "new": uuid7()}
    names |= {"outside": world.outside_referral, "entry": world.entry, "proceeding": world.proceeding}
    names |= {"hearing": world.hearing, "hold": world.hold, "plan": world.plan}
    for path, needs in REST_RIGHT.items():
        for one in attackers:
            if not knocks(one) or (not one.shut and RIGHTS[needs].holds(one.role, one.at_home)):
                continue
            header = {"HTTP_AUTHORIZATION": f"Bearer {tokens[str(one)]}"}
            where = f"/api/{path.format(**names)}"
            if path in SENT:
                said = {
                    key: value.format(**names) if isinstance(value, str) else value for key, value in SENT[path].items()
                }
                body = json.dumps({"action": str(uuid7()), "happened_at": now().isoformat()} | said)
                answer = Client().post(where, body, content_type="application/json", **header)
            else:
                answer = Client().get(where, **header)
            right = {404} if one.who.is_active else {401}
            if answer.status_code not in right or NAME in answer.content.decode():
                wrong.append(f"{path} answers {answer.status_code} to {one}")
    assert wrong == []
    assert changed(before, but=ALARMS) == []
