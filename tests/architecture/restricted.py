"""Two people whose cases go the same way, one of them with every restricted fact; and the words by which a page would tell such a fact."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Action, Stopped, perform
from panah.node.custody.acts import Apprehend, SayFitness
from panah.node.custody.permissions import WATCHING
from panah.node.custody.words import COMPLAINTS
from panah.node.labour.acts import OpenRecord
from panah.node.procedures import acts as proceeding
from panah.node.procedures.models import Proceeding
from panah.node.profiling.service import ConfirmProfile, RecordInterview, confirmed, proposal_of, sight
from panah.node.profiling.texts import own
from panah.node.reception import acts as reception
from panah.node.referrals.models import Referral
from panah.node.referrals.rules import LANES as REFERRED
from panah.node.referrals.service import AcceptReferral, SendReferral, body_code
from panah.node.registration.service import NameSaid, OpenGroup, RegisterPerson, body_title, node_pack
from panah.node.safeguards.actions import AskCoerciveAct, PlaceHold
from panah.node.safeguards.service import standing

PLAIN: dict[str, Any] = {
    "purpose": ["work"],
    "protection": {"fears_return": "yes", "fear_grounds": ["religion"], "asked_asylum": "yes"},
    "labour": {"wages_unpaid": "yes"},
    "needs": {"no_shelter": "yes"},
    "consent": {"understands": "yes", "share_unhcr": "yes", "share_partner": "yes", "share_iom": "yes"},
}
MARKED: dict[str, Any] = PLAIN | {
    "needs": {"no_shelter": "yes", "torture_survivor": "yes", "sexual_violence_survivor": "yes"},
    "health": {"mental_distress": "yes", "suicide_risk": "yes"},
    "security": {"alert_match": "yes", "alert_confirmed": "unknown"},
    "exploitation": {
        "deceived_about_work": "yes", "recruitment_fee_abusive": "yes", "excessive_hours": "yes", "no_or_little_pay": "yes",
        "documents_withheld": "yes", "confined": "yes",
    },
}  # fmt: skip
WORDS_OF_HOLD, WORDS_OF_INCIDENT, SHELTER = "Zhurmalak told me in tears.", "Kalbitsa was found.", "Sigirdama"
"""What officers wrote about the marked person, and the shelter where she stays: words that stand nowhere else."""
HEALTH_HELD = "health_of_the_held"
"""The class of what somebody in custody said of their health before a journey: for those who watch over custody."""

# Which procedure each lane opens from which referral; the same for both people but for trafficking.
OPENS = {"asylum_authority": "asylum", "labour_inspection": "labour_permit", "anti_trafficking_unit": "trafficking"}


@dataclass
class Case:
    """One person of the two, with the ids that addresses name."""

    file: UUID
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    sent: dict[UUID, str] = field(default_factory=dict)

    def named(self, name: str, role: str) -> list[UUID]:
        """The ids of that name which the role could open: of referrals only those of its own lanes; others find none of them (attacks)."""
        found = self.ids.get(name, [])
        return [one for one in found if role in REFERRED[self.sent[one]]] if name == "referral_id" else found


@dataclass
class Offices:
    """Those who did the work: what they know of it they may see, so none of them walks."""

    aida: Officer
    make: Callable[..., Officer]
    house: dict[str, UUID] = field(default_factory=dict)

    def receives(self, to: str, body: str) -> Officer:
        return self.make(REFERRED[to][0], body=body)


def does(who: Officer, act: type[Action], /, **said: Any) -> Any:
    return perform(act(by=who.pk, place=who.post, happened_at=now(), **said))


def open_centre(who: Officer, code: str, kind: str) -> dict[str, UUID]:
    ids = {"centre": uuid7(), "unit": uuid7()}
    does(who, reception.OpenCentre, centre=ids["centre"], centre_code=code.upper(), title=code, kind=kind)
    does(who, reception.AddUnit, centre=ids["centre"], unit=ids["unit"], label="1", places=40)
    return ids


def go_through(offices: Offices, centre: dict[str, UUID], social: Officer, *, marked: bool) -> Case:
    """Registered, interviewed, referred, accepted, procedures opened, a place to sleep, a hold with an officer's words, an act that was stopped."""
    aida, file, group, sister = offices.aida, uuid7(), uuid7(), uuid7()
    does(aida, OpenGroup, group=group, kind="family")
    for one, name in ((file, "Invented Person"), (sister, "Invented Sister")):
        does(
            aida,
            RegisterPerson,
            file=one,
            names=(NameSaid(text=name),),
            sex="female",
            citizenships=("AFG",),
            group=group,
        )
        does(aida, RecordInterview, file=one, record=MARKED if marked and one == file else PLAIN)
        does(aida, ConfirmProfile, proposal=proposal_of(one).pk)  # type: ignore[union-attr]
    case = Case(file)
    lines = confirmed(file).recipients  # type: ignore[union-attr]
    assert not marked or {"anti_trafficking_unit", "security_service", "victim_assistance"} <= set(lines)
    for to in sorted(lines, key=lambda to: to == "security_service"):
        referral = uuid7()
        does(aida, SendReferral, file=file, to=to, referral=referral, consent_given=True)
        _answer(offices, case, Referral.objects.get(pk=referral))
    writer = offices.make("nrm_officer" if marked else "asylum_officer", body=_body(case, "asylum_authority", marked))
    does(
        writer,
        PlaceHold,
        file=file,
        safeguard="no_detention",
        reason=WORDS_OF_HOLD if marked else "She is ill today, she says.",
    )
    tries = offices.make("border_officer", post="ALA")
    with contextlib.suppress(Stopped):
        said = {"legal_ground": "Law, art. 1", "reason": "She came without a paper of any kind."}
        does(tries, AskCoerciveAct, file=file, act="removal", **said)
    taken = uuid7()
    said = {"unit": "Patrol", "where": "Bridge", "ground": "No paper.", "means": "unknown", "injuries": "unknown"}
    does(tries, Apprehend, custody=taken, file=file, fear="yes", **said)
    if marked:
        said = dict.fromkeys(COMPLAINTS, "yes")
        does(tries, SayFitness, custody=taken, asking=uuid7(), seen_by="nobody", **said)
    case.ids["custody_id"] = [taken]
    for who, to_unit, one in ((social, centre, file), (offices.house["social"], offices.house, sister)):  # type: ignore[misc]
        does(
            who, reception.MoveIn, unit=to_unit["unit"], stay=uuid7(), file=one, will="agrees", reason="Chosen by her."
        )  # type: ignore[arg-type,index]
    reporter = offices.make("social_officer", body="house", post="ALA")
    does(
        reporter, reception.ReportIncident, centre=offices.house["centre"], incident=uuid7(), file=file,
        kind="sexual_violence" if marked else "theft", what=WORDS_OF_INCIDENT if marked else "A bag.",
    )  # fmt: skip
    case.ids |= {
        "hold_id": [hold.pk for hold in standing(file)],
        "centre_id": [centre["centre"], offices.house["centre"]],
    }
    case.ids |= {"proceeding_id": list(Proceeding.objects.filter(file=file).values_list("pk", flat=True))}
    case.ids |= {"referral_id": list(Referral.objects.filter(file=file).values_list("pk", flat=True))}
    case.sent = dict(Referral.objects.filter(file=file).values_list("pk", "to"))
    case.ids |= {"unit_id": [centre["unit"], offices.house["unit"]], "file_id": [file, sister]}
    return case


def _body(case: Case, to: str, marked: bool) -> str:
    return Referral.objects.get(file=case.file, to="anti_trafficking_unit" if marked else to).body


def _answer(offices: Offices, case: Case, referral: Referral) -> None:
    if referral.to not in OPENS:
        return
    who, made = offices.receives(referral.to, referral.body), uuid7()
    does(who, AcceptReferral, referral=referral.pk)
    if referral.to == "labour_inspection":
        case.ids["record_id"] = [uuid7()]
        opened = {"record": case.ids["record_id"][0], "file": case.file, "language": "fa", "consent": "person"}
        does(who, OpenRecord, **opened)
    said = {"proceeding": made, "file": case.file, "procedure": OPENS[referral.to], "referral": referral.pk}
    does(who, proceeding.OpenProceeding, **said)
    does(
        who,
        proceeding.SetHearing,
        proceeding=made,
        hearing=uuid7(),
        at=now() + timedelta(days=9),
        room="4",
        language="fa",
    )


def beyond(role: str) -> frozenset[str]:
    """The classes of restricted facts that a role does not serve: those of the interview, and what somebody held said of their health."""
    closed = {lane.code for lane in sight.closed_to([role])}
    return frozenset(closed if role in WATCHING else closed | {HEALTH_HELD})


def markers() -> dict[str, tuple[str, ...]]:
    """The words that tell a fact of each class, in the language of the pages (English) and as codes, in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for lane in sight.LANES:
        words = {own(f"profile.{code}") for code in lane.profiles} | {own(f"referral.{to}") for to in lane.referrals}
        words |= {own(f"need.{code}") for code in lane.needs if own(f"need.{code}") != f"need.{code}"}
        words |= {own(f"safeguard.{code}") for code in lane.safeguards}
        words |= {*lane.profiles, *lane.referrals, *lane.safeguards}
        bodies = (node_pack().body_for(to, now().date(), "ALA") for to in lane.referrals)
        words |= {body_title(body_code(body)) for body in bodies if body}
        found[lane.code] = tuple(sorted(word.lower() for word in words))
    found["violence_and_mind"] += (
        "sexual violence",
        "sexual_violence",
        "torture",
        "mental",
        "suicide",
        WORDS_OF_INCIDENT.lower(),
    )
    found["trafficking"] += ("trafficking", WORDS_OF_HOLD.lower(), SHELTER.lower())
    # The labels stand only where the answers do; the forms ask in other words, and alike for both people.
    found[HEALTH_HELD] = (*(str(word).lower() for word in COMPLAINTS.values()), "cannot_travel", "pregnant")
    return found
