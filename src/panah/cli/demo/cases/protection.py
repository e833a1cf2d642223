"""A claim that was refused and appealed against, a claim whose decision waits to be signed, and somebody who is held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from panah.cli.demo.acting import own_id
from panah.cli.demo.cases.desk import Desk, Person, Story

_CLAIM: dict[str, Any] = {
    "entry": {"mode": "border_point", "from": "UZB"},
    "purpose": ["protection"],
    "protection": {"left_because": ["persecution"], "fears_return": "yes", "fear_grounds": ["political_opinion"], "asked_asylum": "yes"},
    "consent": {"understands": "yes", "share_unhcr": "yes", "share_partner": "yes", "contact_consulate": "no"},
}  # fmt: skip
_STAYED_ON: dict[str, Any] = {
    "entry": {"mode": "in_country", "stay_expired": "yes"},
    "person": {"age_disputed": "no"},
    "purpose": ["visit"],
    "protection": {"fears_return": "no", "asked_asylum": "no"},
    "exploitation": {"free_to_leave": "yes"},
    "consent": {"understands": "yes"},
}
_GROUND = "Law on migration, article 60."
LALEH = Person("laleh", ("لاله کریمی", "Laleh Karimi"), "female", "1991-03-02", "AFG", "fa", _CLAIM, came_from="UZB")
FARID = Person("farid", ("Farid Anwari",), "male", "1986", "AFG", "fa", _CLAIM, came_from="KGZ")
IMRAN = Person("imran", ("Imran Latif",), "male", "1979-10-30", "PAK", "ur", _STAYED_ON, mode="in_country")


def _examined(desk: Desk, person: Person, begins: int) -> Story:
    """From the border to the end of the examination, with an interview on the way. Begins so many days before the demo."""
    from panah.node.procedures.acts import AddEvidence, RecordHearing, SetHearing

    yield desk.day(begins)
    desk.arrives(person)
    referral = desk.refers(person, "asylum_authority")
    yield desk.day(begins - 1)
    desk.accepts("asylum", person, referral)
    claim = desk.opens("asylum", person, referral, "asylum")
    _ends(desk, claim, "forwarded")
    yield desk.day(begins - 2)
    for outcome in ("registered", "issued", "taken"):
        _ends(desk, claim, outcome)
    hearing = own_id("case-hearing", person.key)
    desk.act(
        SetHearing, "asylum", f"{person.key}/hearing", proceeding=claim, hearing=hearing, at=desk.day(begins - 8, -2),
        room="Room 4, second floor", language="fa", interpreter="Interpreter 12", same_sex="yes",
    )  # fmt: skip
    yield desk.day(begins - 8)
    desk.act(
        RecordHearing, "asylum", f"{person.key}/heard", proceeding=claim, hearing=hearing, held_at=desk.day(begins - 8, -2),
        record="Told why it is not possible to go back, and was read back every page.",
    )  # fmt: skip
    desk.act(
        AddEvidence, "asylum", f"{person.key}/evidence", proceeding=claim, kind="document", grade="B",
        what="Letter of a former employer; the stamp was compared.",
    )  # fmt: skip
    yield desk.day(begins - 12)
    _ends(desk, claim, "examined")


def appealed(desk: Desk) -> Story:
    """Refused after a month, told, and appealed against: removal is held off."""
    from panah.node.procedures.acts import NotifyDecision, RecordFact, SignDecision

    yield from _examined(desk, LALEH, 46)
    claim = own_id("case-proceeding", LALEH.key, "asylum")
    yield desk.day(20)
    decision = _drafts(desk, LALEH, claim, "refused", "Her words are believed; the danger is not found to last.")
    yield desk.day(19)
    said = {"proceeding": claim, "decision": decision}
    desk.act(SignDecision, "asylum-second", f"{LALEH.key}/sign", **said, following="complaint")
    yield desk.day(18)
    told = {"how": "in_person", "language": "fa", "proof": "Signed for, with interpreter 12."}
    desk.act(NotifyDecision, "asylum", f"{LALEH.key}/tell", **said, **told)
    yield desk.day(6)
    desk.act(
        RecordFact, "asylum", f"{LALEH.key}/appeal", proceeding=claim, fact="appeal_filed", at=desk.day(6), to_the_day=True
    )  # fmt: skip


def waits_for_a_signature(desk: Desk) -> Story:
    """A decision that another officer has to read."""
    yield from _examined(desk, FARID, 33)
    claim = own_id("case-proceeding", FARID.key, "asylum")
    yield desk.day(1)
    _drafts(desk, FARID, claim, "refugee", "He is believed, and the danger lasts.")


def held(desk: Desk) -> Story:
    """Held after every alternative was weighed, by an order of court; the first review is due within hours."""
    from panah.node.procedures import rules
    from panah.node.procedures.acts import NotifyDecision, SignDecision
    from panah.node.procedures.force_acts import OrderDetention

    yield desk.present - timedelta(hours=60)
    desk.arrives(IMRAN)
    referral = desk.refers(IMRAN, "migration_authority")
    yield desk.present - timedelta(hours=38)
    desk.accepts("migration", IMRAN, referral)
    case = desk.opens("migration", IMRAN, referral, "detention")
    desk.act(
        OrderDetention, "migration", f"{IMRAN.key}/grounds", proceeding=case, legal_ground=_GROUND,
        assessment="He left the place that was given to him twice, and says that he will again.",
        alternatives=dict.fromkeys(rules.ALTERNATIVES, "Tried in September, and not kept to."), where="Special institution 1 (invented)",
    )  # fmt: skip
    _ends(desk, case, "court-asked", by="migration")
    yield desk.present - timedelta(hours=37)
    order = _drafts(desk, IMRAN, case, "kept", "The court ordered it for three days.", by="migration", law=_GROUND)
    said = {"proceeding": case, "decision": order, "following": "kept"}
    desk.act(SignDecision, "migration-chief", f"{IMRAN.key}/sign", **said)
    told = {"how": "in_person", "language": "ur", "proof": "Signed for, with interpreter 7."}
    desk.act(NotifyDecision, "migration", f"{IMRAN.key}/tell", proceeding=case, decision=order, **told)


def _ends(desk: Desk, proceeding: UUID, outcome: str, by: str = "asylum") -> None:
    from panah.node.procedures.acts import EndStage

    desk.act(EndStage, by, f"{proceeding}/end/{outcome}", proceeding=proceeding, outcome=outcome)


def _drafts(
    desk: Desk,
    person: Person,
    proceeding: UUID,
    outcome: str,
    why: str,
    by: str = "asylum",
    law: str = "Law on refugees, article 11.",
) -> UUID:
    from panah.node.procedures.acts import DraftDecision

    decision = own_id("case-decision", person.key)
    desk.act(
        DraftDecision, by, f"{person.key}/draft", proceeding=proceeding, decision=decision, outcome=outcome,
        facts_found="What was told and shown is set out in the record.", law_applied=law, assessment=why,
    )  # fmt: skip
    return decision
