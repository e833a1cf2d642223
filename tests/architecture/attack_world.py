"""What an attacker finds: a person whose case has come far, with something of hers in every room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from panah.cores.exchange import sealing
from panah.cores.exchange.referral import Answer
from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.node.complaints import acts as complaints
from panah.node.custody import acts as custody
from panah.node.families import acts as tracing
from panah.node.families import uniting_acts as uniting
from panah.node.families.models import Match
from panah.node.labour.models import WorkRecord
from panah.node.procedures import acts as proceeding
from panah.node.procedures.models import Evidence, Term
from panah.node.profiling.actions import GiveInformation, StartInterview
from panah.node.profiling.service import ConfirmProfile, RecordInterview, proposal_of
from panah.node.reception import acts as reception
from panah.node.reception import house_acts as house
from panah.node.referrals import acts as referring
from panah.node.referrals.models import Referral
from panah.node.referrals.service import SendReferral
from panah.node.registration.service import NameSaid, RegisterPerson
from panah.node.safeguards.actions import AskCoerciveAct, PlaceHold
from panah.node.solutions import acts as solutions
from tests.architecture.attack_meeting import make_meeting
from tests.architecture.attack_promise import make_promise

NAME = "Zarnigorbegim"
CLAIM = {"protection": {"fears_return": "yes", "fear_grounds": ["religion"]}, "consent": {"understands": "yes"}}
KEYS = sealing.new_identity()


@dataclass(frozen=True)
class World:
    """Ids of what stands there. `file` is of a claimant whose referral was accepted and whose procedure is open; she stays in a centre."""

    body: str
    file: UUID
    referral: UUID
    outside_referral: UUID
    entry: UUID
    envelope: UUID
    interview: UUID
    proposal: UUID
    hold: UUID
    coercive_act: UUID
    proceeding: UUID
    decision: UUID
    hearing: UUID
    term: int
    centre: UUID
    unit: UUID
    block: UUID
    stay: UUID
    incident: UUID
    fear: UUID
    ask: UUID
    tracing: UUID
    match: UUID
    wish: UUID
    link: UUID
    union: UUID
    kin: UUID
    plan: UUID
    work: UUID
    account: UUID
    complaint: UUID
    custody: UUID


def make_world(officer: Callable[..., Officer]) -> World:
    """A claimant at Almaty airport, as far as the rooms go, through the real actions."""
    ids: dict[str, Any] = {name: uuid7() for name in World.__annotations__}
    aida = officer("registrar", post="ALA")
    by_aida = {"by": aida.pk, "place": "ALA", "happened_at": now()}
    file = ids["file"]
    perform(RegisterPerson(**by_aida, file=file, names=(NameSaid(text=NAME),), citizenships=("AFG",)))
    perform(RecordInterview(**by_aida, file=file, record=CLAIM))
    ids["proposal"] = proposal_of(file).pk  # type: ignore[union-attr]
    perform(ConfirmProfile(**by_aida, proposal=ids["proposal"]))
    perform(SendReferral(**by_aida, file=file, to="asylum_authority", referral=ids["referral"]))
    perform(
        GiveInformation(**by_aida, file=file, leaflets=("your_rights", "your_data"), language="fa", understood=True)
    )
    perform(StartInterview(**by_aida, file=file, interview=ids["interview"], setting="PRIVATE"))
    _refer_outside(ids, by_aida, officer)
    said = {"reason": "She said that she is afraid of the police of her town.", "safeguard": "interview_alone"}
    ids["hold"] = UUID(perform(PlaceHold(**by_aida, file=file, **said)).result["hold"])
    aida_with_force = officer("border_officer", post="ALA", body="border")
    asked = AskCoerciveAct(
        by=aida_with_force.pk, place="ALA", happened_at=now(), file=file, act="transfer", legal_ground="Law on migration, art. 1",
        reason="To the house at the lake, with her consent.",
    )  # fmt: skip
    perform(asked)
    ids["coercive_act"] = asked.id
    ids["body"] = Referral.objects.get(pk=ids["referral"]).body
    ids["account"] = officer("labour_officer", body="elsewhere").pk
    _open_the_procedure(ids, officer("asylum_officer", body=ids["body"]))
    social = officer("social_officer", body=ids["body"], post="ALA")
    _receive(ids, social, by_aida | {"happened_at": now()})
    _trace(ids, social, aida)
    _take(ids, officer)
    said = {"number": "AAAA-BBBB", "code_digest": "0" * 64, "kind": "delay", "text": NAME}
    perform(complaints.Lodge(by=None, happened_at=now(), complaint=ids["complaint"], via="web", **said))
    make_meeting(officer)
    make_promise(officer)
    return World(**ids)


def _refer_outside(ids: dict[str, Any], by_aida: dict[str, Any], officer: Callable[..., Officer]) -> None:
    """Her referral to a UNHCR office without an account, whose envelope was taken."""
    keys, supervisor = KEYS.public, officer("supervisor")
    by = {"by": supervisor.pk, "happened_at": now(), "entry": ids["entry"]}
    said = {"body": "unhcr-office", "title": "The office", "kinds": ("unhcr",), "call": "+7 000 000"}
    perform(referring.EnterOutsideBody(**by, **said, seals_for=keys.seals_for, signs_with=keys.signs_with))
    heard = by | {"by": officer("administrator").pk, "heard": keys.fingerprint}
    perform(referring.ConfirmOutsideBody(**heard))
    agreed = {"to": "unhcr", "consent_given": True, "agreed": ("identity_core",)}
    perform(SendReferral(**by_aida, file=ids["file"], referral=ids["outside_referral"], **agreed))
    perform(referring.TakeEnvelope(**by_aida, referral=ids["outside_referral"], envelope=ids["envelope"]))


def signed_answer(world: World) -> dict[str, Any]:
    """An answer of the office to the envelope, as it would have signed it."""
    said = Answer(
        id=uuid7(), letter=world.envelope, referral=world.outside_referral, digest="0" * 64, recipient="unhcr-office", said="accepted",
        made_at=now(),
    )  # fmt: skip
    return {"content": sealing.sign_answer(said, KEYS).decode()}


def _open_the_procedure(ids: dict[str, Any], asylum: Officer) -> None:
    from panah.node.referrals.service import AcceptReferral

    by = {"by": asylum.pk, "happened_at": now()}
    perform(AcceptReferral(**by, referral=ids["referral"]))
    perform(
        proceeding.OpenProceeding(
            **by, proceeding=ids["proceeding"], file=ids["file"], procedure="asylum", referral=ids["referral"]
        )
    )
    ids["term"] = Term.objects.values_list("pk", flat=True).first() or 0
    on = by | {"proceeding": ids["proceeding"]}
    at = now() + timedelta(days=3)
    said = {"toward": "local_integration", "aims": "To stay and work.", "language": "fa", "consent": "person"}
    perform(solutions.OpenPlan(**by, plan=ids["plan"], file=ids["file"], began_on=date(2026, 11, 20), **said))
    # Her body is no labour office and could not open one by itself; what stands there is attacked all the same.
    WorkRecord.objects.create(
        id=ids["work"],
        number="W1",
        file=ids["file"],
        body=ids["body"],
        language="fa",
        consent="person",
        opened_at=now(),
    )
    perform(proceeding.SetHearing(**on, hearing=ids["hearing"], at=at, room="Room 4", language="fa"))
    assert not Evidence.objects.exists()


def _receive(ids: dict[str, Any], social: Officer, by_aida: dict[str, Any]) -> None:
    by = {"by": social.pk, "place": "ALA", "happened_at": now()}
    perform(reception.OpenCentre(**by, centre=ids["centre"], centre_code="LAKE", title="House at the lake"))
    perform(reception.AddUnit(**by, centre=ids["centre"], unit=ids["unit"], label="1", places=4))
    perform(house.AskPlace(**by_aida, ask=ids["ask"], file=ids["file"], centre=ids["centre"]))
    perform(
        reception.MoveIn(
            **by, unit=ids["unit"], stay=ids["stay"], file=ids["file"], will="agrees", reason="She chose it."
        )
    )
    perform(reception.BlockPlaces(**by, unit=ids["unit"], block=ids["block"], places=1, why="repair"))
    perform(
        reception.ReportIncident(
            **by, centre=ids["centre"], incident=ids["incident"], kind="theft", what="A bag.", file=ids["file"]
        )
    )


TAKEN = {
    "unit": "Patrol 4", "where": "At the bridge", "ground": "Without papers.", "means": "unknown", "injuries": "unknown", "fear": "yes",
}  # fmt: skip


def _take(ids: dict[str, Any], officer: Callable[..., Officer]) -> None:
    """She is in the hands of the body, and on the way to the post."""
    police = officer("migration_officer", body=ids["body"])
    by = {"by": police.pk, "happened_at": now(), "custody": ids["custody"]}
    perform(custody.Apprehend(**by, **TAKEN))
    guard = officer("border_officer", post="ALA", body=ids["body"])
    perform(custody.Join(by=guard.pk, place="ALA", happened_at=now(), custody=ids["custody"], file=ids["file"]))
    fit = {"ill": "no", "hurt": "no", "pregnant": "no", "cannot_travel": "no", "seen_by": "nurse", "result": "fit"}
    perform(custody.SayFitness(**by, asking=uuid7(), seen_at=now(), **fit))
    perform(custody.HandOn(**by, transfer=uuid7(), to_post="ALA", to_where="Hall 2", purpose="competent_body"))


def _trace(ids: dict[str, Any], social: Officer, aida: Officer) -> None:
    """She seeks her sister, who has come too: proposed, linked, and on the way together with her."""
    by = {"by": social.pk, "place": "ALA", "happened_at": now()}
    sister = {"file": ids["kin"], "names": (NameSaid(text="Shahnoza Invented"),), "citizenships": ("AFG",)}
    perform(RegisterPerson(by=aida.pk, place="ALA", happened_at=now(), **sister))
    sought = {
        "relation": "sister_or_brother",
        "names": ("Shahnoza Invented",),
        "agrees": "yes",
        "next_on": date(2099, 1, 1),
    }
    perform(tracing.OpenRequest(**by, request=ids["tracing"], file=ids["file"], **sought))
    perform(tracing.Look(**by, request=ids["tracing"]))
    ids["match"] = Match.objects.get(request=ids["tracing"]).pk
    elsewhere = {"kind": "do_not_tell", "names": ("Somebody Elsewhere",)}
    perform(tracing.KeepWish(**by, wish=ids["wish"], file=ids["file"], **elsewhere))
    known = {"relation": "sister_or_brother", "verified": ("papers",), "how": "Her passport."}
    perform(uniting.KeepLink(**by, link=ids["link"], file=ids["file"], other=ids["kin"], **known))
    perform(uniting.Plan(**by, reunification=ids["union"], file=ids["file"], others=(ids["kin"],), where="home"))
