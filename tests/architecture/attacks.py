"""What an attacker has to hand: an example of every act, and who holds which right over the world (`attack_world.py`).

`MAKERS` has one line for every action of the installation; a new action without its line fails the test. `RIGHTS` says for every permission
which roles hold it over the world's objects: `here` for officers of its own post and body, `anywhere` for those of every other one too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import serves_other_state
from panah.foundation.clock import now
from panah.foundation.door.service import Action
from panah.node.profiling.models import Confirmation
from panah.node.registration.service import NameSaid
from tests.architecture import attack_meeting
from tests.architecture.acts_of_hub import HUB_ACTS
from tests.architecture.attack_world import TAKEN, World, signed_answer

OWN = frozenset(RECEIVING) - {"consular_officer"}
POST = frozenset({"border_officer", "registrar"})
# Who works on her plan at its body works on her file.
PLANNING = (
    "asylum_officer", "child_officer", "io_partner", "labour_officer", "ngo_partner", "social_officer", "statelessness_officer",
)  # fmt: skip
TRACING = ("child_officer", "social_officer", "asylum_officer", "ngo_partner", "io_partner")

Maker = Callable[[World], dict[str, Any]]
SENTENCE = "Nobody who has no right may say this sentence."


def _with(*names: str, **more: Any) -> Maker:
    """Ids of the world by their names; everything else as it is given."""
    return lambda world: {name: getattr(world, name) for name in names} | more


def _new(*fields: str, **more: Any) -> Maker:
    """Fresh ids for what the act would make, and nothing of the world."""
    return lambda world: {name: uuid7() for name in fields} | more


def _both(first: Maker, second: Maker) -> Maker:
    return lambda world: first(world) | second(world)


def _tracing(**more: Any) -> Maker:
    return lambda world: {"request": world.tracing} | more


def _union(**more: Any) -> Maker:
    return lambda world: {"reunification": world.union} | more


def _work(**more: Any) -> Maker:
    return lambda world: {"record": world.work} | more


_PASSKEY = {"name": "key", "host": "localhost", "state": {}, "answer": {}}
_HEARING = {"at": "2026-12-01T10:00:00+05:00", "room": "4", "language": "fa"}
_WAIVER: dict[str, Any] = {
    "in_person": True, "said": "I give it up.", "counsel": "Offered.", "counsel_at": "2026-11-20T10:00:00+05:00",
    "lawyer_present": False, "language": "fa", "understood": True,
}  # fmt: skip
_REASONS = {"facts_found": "She told.", "law_applied": "Article 11.", "assessment": "It is credible."}
_ANSWERS = dict.fromkeys(("fear", "health", "pressure", "children", "family"), "no")

MAKERS: Mapping[str, Maker] = {
    **attack_meeting.MAKERS,
    "access.add_officer": _new("officer", username="intruder", display_name="I", password_hash="!", roles=("supervisor",)),
    "access.change_officer": lambda world: {"officer": world.account, "display_name": "I", "post": "ALA"},
    "access.change_own_password": _new(old="guessed", password_hash="!"),
    "access.close_break_glass": _new(),
    "access.close_officer": lambda world: {"officer": world.account, "reason": SENTENCE},
    "access.end_own_sessions": _new(handles=("0" * 32,)),
    "access.grant_role": lambda world: {"officer": world.account, "role": "registrar"},
    "access.issue_token": lambda world: {"officer": world.account, "name": "token", "token_digest": "0" * 64, "days": 1},
    "access.make_way_back": lambda world: {"officer": world.account, "link_digest": "0" * 64},
    "access.open_break_glass": _new(reason=SENTENCE, hours=1),
    "access.reopen_officer": lambda world: {"officer": world.account, "reason": SENTENCE},
    "access.review_break_glass": _new("session", justified=True, remark=SENTENCE),
    "access.revoke_own_token": _new("token"),
    "access.revoke_token": _new("token"),
    "access.set_password": lambda world: {"officer": world.account, "password_hash": "!"},
    "access.use_way_back": _new(link_digest="0" * 64, password_hash="!"),
    "access.withdraw_role": lambda world: {"officer": world.account, "role": "labour_officer"},
    "commitments.accept": _new("commitment"),
    "commitments.change_due": _new("commitment", due=date(2027, 1, 1), reason=SENTENCE),
    "commitments.draft_report": _new("commitment", "report", status="fulfilled", text_en=SENTENCE),
    "commitments.join": _new("commitment", participant="KAZ"),
    "commitments.load": _new(folder="/nowhere", folder_digest="0" * 64),
    "commitments.make": _new("commitment", participant="KAZ", action_en=SENTENCE),
    "commitments.remind": _new("commitment", due=date(2027, 1, 1)),
    "commitments.set_measure": _new(
        "commitment", "measure", kind="indicator", indicator="1.02", state="KAZ", direction="up", goal=1
    ),
    "commitments.sign_figure": _new("commitment", "signed", shown="0" * 64),
    "commitments.sign_report": _new("report", shown="0" * 64),
    "commitments.take_row": _new("commitment", "report", participant="KAZ", action_en=SENTENCE),
    "commitments.tell_moved": _new("signed"),
    "commitments.withdraw": _new("commitment", reason=SENTENCE),
    "complaints.acknowledge": _with("complaint"),
    "complaints.add_word": _new(number="AAAA-BBBB", code_digest="1" * 64, text=SENTENCE),
    "complaints.ask_for_hold": _with("complaint", "file", safeguard="no_detention", reason=SENTENCE),
    "complaints.assign": lambda world: {"complaint": world.complaint, "to": world.account},
    "complaints.conclude": _with("complaint", finding="not_upheld", reasons=SENTENCE, told=SENTENCE),
    "complaints.link_file": _with("complaint", "file", consent="given"),
    "complaints.lodge": _new("complaint", number="CCCC-DDDD", code_digest="0" * 64, kind="other", via="paper", text=SENTENCE),
    "complaints.look_at_withdrawal": _with("complaint", free=True, why=SENTENCE),
    "complaints.seek_reader": _with("complaint"),
    "complaints.take_step": _with("complaint", kind="remark", text=SENTENCE),
    "complaints.tell_news": _with("complaint"),
    "complaints.triage": _with("complaint", kind="other"),
    "complaints.warn": _with("complaint"),
    "complaints.withdraw": _new(number="AAAA-BBBB", code_digest="1" * 64),
    "complaints.write_back": _with("complaint", text=SENTENCE),
    "custody.apprehend": lambda world: {"custody": uuid7(), "file": world.file, **TAKEN},
    "custody.ask": _with("custody", fear="no", child="no", told_language="fa"),
    "custody.confirm": _with("custody", state=SENTENCE),
    "custody.end": _with("custody", how="handed_over", where="AFG"),
    "custody.hand_on": _both(_with("custody", to_body="elsewhere", to_where="Away", purpose="other"), _new("transfer")),
    "custody.join": _with("custody", "file"),
    "custody.take_back": _with("custody", why=SENTENCE),
    "custody.tell": _with("custody", of="unconfirmed"),
    "evidence.load_figures": _new(folder="/nowhere", tables_digest="0" * 64),
    "factors.add_passkey": _new(**_PASSKEY),
    "factors.add_totp": _new(name="app", sealed_secret="", said="123456"),
    "factors.make_recovery_codes": _new(digests=("0" * 64,)),
    "factors.prove_code": _new(said="123456"),
    "factors.prove_passkey": _new(host="localhost", state={}, answer={}),
    "factors.remove": _new("factor"),
    "factors.reset": lambda world: {"officer": world.account, "reason": SENTENCE},
    "families.ask_outside": _both(
        _tracing(to="own_consulate", what=SENTENCE, next_on=date(2099, 1, 1)), _new("attempt", "referral")
    ),
    "families.bring_together": _union(on=date(2026, 11, 20)),
    "families.close_request": _tracing(outcome="closed_by_wish"),
    "families.close_reunification": _union(outcome="closed_by_wish"),
    "families.decide_match": _with("match", standing="confirmed", reason=SENTENCE),
    "families.end_link": _with("file", "link", why=SENTENCE),
    "families.end_wish": _with("file", "wish", in_private=True, informed=True, language="fa", words=SENTENCE),
    "families.follow_up": _union(months=1, how="well"),
    "families.hand_over": _tracing(to="intruder", why=SENTENCE),
    "families.keep_answer": _both(_with("match", side="sought", says="yes", in_private=True), _new("answer")),
    "families.keep_link": lambda world: {
        "file": world.file, "link": uuid7(), "other": world.kin, "relation": "other", "verified": ("papers",), "how": SENTENCE,
    },
    "families.keep_wish": _both(_with("file", kind="do_not_look", everybody=True), _new("wish")),
    "families.look": _tracing(),
    "families.look_again": _new(),
    "families.note_attempt": _both(
        _tracing(kind="centres", what=SENTENCE, next_on=date(2099, 1, 1)), _new("attempt")
    ),
    "families.open_request": _both(
        _with("file", relation="mother", names=("Somebody",), agrees="yes", next_on=date(2099, 1, 1)), _new("request")
    ),
    "families.plan": lambda world: {
        "file": world.file, "reunification": uuid7(), "others": (world.kin,), "where": "home",
    },
    "families.prepare": lambda world: _union(file=world.file, says="yes", in_private=True)(world),
    "families.report_silence": _tracing(),
    "families.set_place": _union(where="elsewhere"),
    "families.set_sharing": _tracing(agrees="yes"),
    "imports.finish": _new("of", counts={"taken": 1}),
    "imports.forget_refused": _new(rows=(), because="mended"),
    "imports.keep_refused": _new("of", rows=()),
    "imports.start": _new("of", format="csv", file_digest="0" * 64),
    "intake.add_sender": _new(state="KAZ", public_key="0" * 64),
    "intake.publish": _new("submission"),
    "intake.take_in": _new(content=b"{}", way="file", problems=(), held=()),
    "intake.withdraw": _new("submission", reason=SENTENCE),
    "intake.withdraw_sender": _new(key_id="none"),
    "labour.ask_fund": _both(
        _work(state="AFG", fund="A fund", what=SENTENCE, way="office", agreed="yes", answer_by=date(2099, 1, 1)), _new("enquiry")
    ),
    "labour.close": _work(outcome="done"),
    "labour.open": _both(_with("file", language="fa", consent="person"), _new("record")),
    "labour.record_period": _both(_work(state="RUS", first=date(2020, 1, 1), grade="E", employer=SENTENCE), _new("period")),
    "labour.record_permit": _both(_work(state="KAZ", kind="patent", grade="E", bound_to=SENTENCE), _new("permit")),
    "labour.strike_period": _both(_work(why=SENTENCE), _new("period")),
    "labour.strike_permit": _both(_work(why=SENTENCE), _new("permit")),
    "labour.take_answer": _both(_work(result="denied", on=date(2026, 11, 20), answer=SENTENCE), _new("enquiry")),
    **{code: _new(*made, **said) for code, (made, said) in HUB_ACTS.items()},
    "participants.ask_for_seat": lambda world: {"officer": world.account, "participant": "KAZ", "office": "observer"},
    "participants.seat_officer": lambda world: {
        "seat": uuid7(), "officer": world.account, "participant": "KAZ", "office": "observer", "begins": date(2026, 11, 20),
    },
    "procedures.add_evidence": _with("proceeding", kind="statement", grade="C", what="A letter."),
    "procedures.draft_decision": _both(_with("proceeding", outcome="refugee_status", **_REASONS), _new("decision")),
    "procedures.end_stage": _with("proceeding", outcome="withdrawn"),
    "procedures.notify_decision": _with("proceeding", "decision", how="in_person", language="fa", proof="Signed."),
    "procedures.open": _both(_with("file", procedure="asylum"), _new("proceeding")),
    "procedures.ask_again": _both(_with("proceeding", language="fa", **_ANSWERS), _new("asked")),
    "procedures.order_detention": _with(
        "proceeding", legal_ground="Article 1.", assessment="None.", alternatives={"reporting": "None."}, where="Cell 1"
    ),
    "procedures.record_ban": _both(_with("proceeding", state="RUS", ground="None.", length="unknown"), _new("ban")),
    "procedures.lodge_ban_remedy": _both(
        _with("proceeding", to="Court", on=date(2026, 11, 20), what="To lift it.", wished=True), _new("ban")
    ),
    "procedures.note_destination": _both(_with("proceeding", state="KAZ", why="Free movement."), _new("ban")),
    "procedures.lift_ban": _both(
        _with("proceeding", on=date(2026, 11, 20), lifted_by="Court", paper="Judgment."), _new("ban")
    ),
    "procedures.end_remedy": _new("decision"),
    "procedures.lodge_remedy": _with("proceeding", stage="complaint"),
    "procedures.declare_waiver": _both(_with("proceeding", "decision", **_WAIVER), _new("waiver")),
    "procedures.confirm_waiver": _both(_with("proceeding", paper="Signed.", lawyer_present=False), _new("waiver")),
    "procedures.revoke_waiver": _both(_with("proceeding"), _new("waiver")),
    "procedures.review_detention": _with("proceeding", result="kept", reason=SENTENCE),
    "procedures.tell_of_detention": _new(detention=0),
    "procedures.ask_legal_aid": _both(_with("proceeding", language="fa"), _new("aid")),
    "procedures.give_legal_aid": _both(
        _with("proceeding", organisation="Own office", kind="ngo", on=date(2026, 11, 20)), _new("aid")
    ),
    "procedures.decline_legal_aid": _both(
        _with("proceeding", said=SENTENCE, language="fa", informed=True, freely=True), _new("aid")
    ),
    "procedures.name_interpreter": _with("proceeding", "hearing", interpreter="An intruder"),
    "procedures.answer_appointment": _with("hearing", answer="available"),
    "procedures.assign_lead": lambda world: {"proceeding": world.proceeding, "lead": world.account},
    "procedures.pause": _with("proceeding", cause="force_majeure", start=date(2026, 11, 20)),
    "procedures.record_fact": _with("proceeding", fact="entry", at="2026-11-20T10:00:00+05:00"),
    "procedures.record_hearing": _with("proceeding", "hearing", held_at="2026-11-20T10:00:00+05:00", record="She told."),
    "procedures.resume": _with("proceeding", cause="force_majeure", end=date(2026, 11, 21)),
    "procedures.send_decision_back": _with("proceeding", "decision", why=SENTENCE),
    "procedures.set_hearing": _both(_with("proceeding", **_HEARING), _new("hearing")),
    "procedures.sign_decision": _with("proceeding", "decision"),
    "procedures.warn": _with("term"),
    "profiling.answer": _with("interview", key="protection.fears_return", value="no"),
    "profiling.confirm_profile": _with("proposal", remove={"asylum_seeker": SENTENCE}),
    "profiling.finish_interview": _with("interview"),
    "profiling.give_information": _with("file", leaflets=("asylum",), language="fa", understood=True),
    "profiling.read_second": lambda world: {
        "confirmation": Confirmation.objects.get(file=world.file).pk, "agrees": False, "remark": SENTENCE,
    },
    "profiling.record_interview": _with("file", record={"protection": {"fears_return": "no"}}),
    "profiling.resume_interview": _with("interview"),
    "profiling.start_interview": _both(_with("file", setting="PRIVATE"), _new("interview")),
    "profiling.stop_interview": _with("interview", reason="rest"),
    "reception.add_unit": _both(_with("centre", label="9", places=2), _new("unit")),
    "reception.announce": _both(_with("file", "centre", on=date(2026, 12, 1)), _new("announcement")),
    "reception.answer_place": _with("ask", answer="given"),
    "reception.ask_place": _both(_with("file", "centre"), _new("ask")),
    "reception.block_places": _both(_with("unit", places=1, why="danger"), _new("block")),
    "reception.change_stock": _both(_with("centre", item="water", amount=1, why="missing"), _new("stock")),
    "reception.close_centre": _with("centre"),
    "reception.close_unit": _with("unit"),
    "reception.count_supply": _with("centre", parameter="reception/food_kcal", amount=1),
    "reception.end_keep_apart": _with("file", "fear", why=SENTENCE),
    "reception.follow_incident": _both(_with("incident", what=SENTENCE, closes=True), _new("follow_up")),
    "reception.free_places": _with("block"),
    "reception.hand_out": _both(_with("stay", item="cash", amount=1000, receipt="would_not_sign"), _new("hand_out")),
    "reception.keep_apart": _both(_with("file", other_number="ALA-261121-0001"), _new("fear")),
    "reception.keep_appointment": _both(_with("stay", outcome="missed"), _new("appointment")),
    "reception.move_in": _both(_with("unit", "file", will="not_asked"), _new("stay")),
    "reception.move_out": _with("stay", why="sent_away", will="does_not_agree"),
    "reception.open_centre": _new("centre", centre_code="OWN", title="Own house"),
    "reception.reopen_centre": _with("centre"),
    "reception.reopen_unit": _with("unit"),
    "reception.report_incident": _both(_with("centre", "file", kind="theft", what=SENTENCE), _new("incident")),
    "reception.say_room": _new(to="asylum_authority", free=1),
    "reception.set_appointment": _both(
        _with("stay", kind="authority", at="2026-12-01T10:00:00+05:00", where="Here"), _new("appointment")
    ),
    "reception.set_care": _with("stay", apart=True),
    "reception.set_presence": _with("stay", presence="absent"),
    "record.load": _new(folder="/nowhere", folder_digest="0" * 64),
    "referrals.accept": _with("referral"),
    "referrals.confirm_outside_body": _with("entry", heard="0" * 40),
    "referrals.end_outside_body": _with("entry", why="wrong_hands"),
    "referrals.enter_outside_body": _new(
        "entry", body="own-office", title="Own office", kinds=("unhcr",), call="+7 000 000", seals_for="age1", signs_with="0"
    ),
    "referrals.note_refused": _with("envelope", why="replayed"),
    "referrals.report_uncured": _with("referral"),
    "referrals.take_answer": signed_answer,
    "referrals.take_envelope": lambda world: {"referral": world.outside_referral, "envelope": uuid7()},
    "referrals.complete": _with("referral", outcome="rejected_final"),
    "referrals.decline": _with("referral", reason="CAPACITY"),
    "referrals.report_silence": _with("referral"),
    "referrals.send": _both(_with("file", to="own_consulate", consent_given=True), _new("referral")),
    "registration.amend": _with("file", reason=SENTENCE, names=(NameSaid(text="Another"),)),
    "registration.close_file": _with("file", reason="opened_in_error"),
    "registration.consular_search": _new(),
    "registration.foreign_try": _with(page="file"),
    "registration.open_group": _both(_new("group"), lambda world: {"kind": "family", "files": (world.file,)}),
    "registration.register": _new("file", names=(NameSaid(text="Nobody"),)),
    "safeguards.ask_coercive_act": _with("file", act="removal", legal_ground="Law, art. 1", reason=SENTENCE),
    "safeguards.end_coercive_act": _with("coercive_act", how="carried_out"),
    "safeguards.lift_hold": _with("hold", reason=SENTENCE),
    "safeguards.place_hold": _with("file", safeguard="no_detention", reason=SENTENCE),
    "solutions.add_member": _both(_with("plan", number="ALA-261121-0001", consent="person"), _new("member")),
    "solutions.add_step": _both(_with("plan", area="work", what=SENTENCE, who="person", due_on=date(2027, 1, 1)), _new("step")),
    "solutions.agree_to_return": _both(_with("plan", said=SENTENCE, language="fa"), _new("agreement")),
    "solutions.ask_referral": _both(_with("plan", consent_given=True), _new("step", "referral")),
    "solutions.begin": _with("plan", on=date(2026, 11, 19)),
    "solutions.change_mind": _with("plan"),
    "solutions.close": _with("plan", outcome="support_ended", said=SENTENCE),
    "solutions.counsel": _both(
        _with("plan", by_whom="iom", language="fa", origin=SENTENCE, origin_as_of=date(2026, 11, 1)), _new("counselling")
    ),
    "solutions.depart": _with("plan", on=date(2026, 11, 20), asked_again="still_wants"),
    "solutions.end_step": _both(_with("plan", result="not_wanted"), _new("step")),
    "solutions.give_service": _both(
        _with("plan", area="work", kind="money", amount=1, currency="KZT", receipt="signed", on=date(2026, 11, 20)), _new("service")
    ),
    "solutions.open": _both(
        _with("file", toward="local_integration", aims=SENTENCE, language="fa", consent="person"), _new("plan")
    ),
    "solutions.propose_job": _both(_with("plan", vacancy=SENTENCE, employer="Works 5"), _new("job")),
    "solutions.record_standing": _both(_with("plan", area="work", level=1, asked_on=date(2026, 11, 20)), _new("standing")),
    "solutions.remind": _new("follow_up"),
    "solutions.reply_to_danger": _both(_with("plan", what=SENTENCE, safe="yes"), _new("danger", "reply")),
    "solutions.report_danger": _both(_with("plan", what=SENTENCE), _new("danger")),
    "solutions.set_job": _both(_with("plan", stage="started", on=date(2026, 11, 20)), _new("job")),
    "solutions.try_follow_up": _both(_with("plan", how="telephone", reached=True, safe="yes"), _new("follow_up", "attempt")),
    "statistics.ask_release": _new("release", period="2026-11-20"),
    "statistics.distrust_hub": _new(key_id="none"),
    "statistics.note_hand_over": _new("release", failure="none"),
    "statistics.prepare_release": _new(
        "release", definitions="1", provisional=True, earlier=(), counts=b"e30=", tables="{}", reasons=(), proof="{}",
        tables_digest="0" * 64,
    ),
    "statistics.record_receipt": _new(receipt=b"{}"),
    "statistics.set_aside": _new("release", reason=SENTENCE),
    "statistics.sign_release": _new("release", tables_digest="0" * 64),
    "statistics.trust_hub": _new(public_key="0" * 64),
    "treaties.answer_checklist": _new("answer_id", state="KAZ", item="none", answer="yes", on="2020", paper="Plan 1"),
    "treaties.load": _new(folder="/nowhere", folder_digest="0" * 64, on=date(2026, 11, 20)),
    "treaties.refuse_report": _new("report", reason=SENTENCE),
    "treaties.report_act": _new("report", state="KAZ", instrument="cat", act="accession", date="2020", paper="Note 1"),
    "treaties.report_amendment": _new(
        "amendment", state="KAZ", title_en="Title", title_ru="Title", stage="bill", on="2020", paper="Bill 1"
    ),
    "treaties.report_stage": _new("step", amendment="none", stage="bill", on="2020", paper="Bill 1"),
    "treaties.take_back": _new("report"),
    "treaties.verify_report": _new("report", against=SENTENCE),
}  # fmt: skip


@dataclass(frozen=True)
class Right:
    """Roles that hold a permission over the world: at its own post and body, and at every other."""

    here: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()
    in_break_glass: frozenset[str] = frozenset()

    def holds(self, role: str, at_home: bool) -> bool:
        return role in self.anywhere or (at_home and role in self.here)


def _here(*roles: str) -> Right:
    return Right(here=frozenset(roles))


def _anywhere(*roles: str) -> Right:
    return Right(anywhere=frozenset(roles))


RIGHTS: Mapping[str, Right] = {
    **{permission: _anywhere(*roles) for permission, roles in attack_meeting.RIGHTS.items()},
    "access.administer": _anywhere("administrator"),
    "access.break_glass": _anywhere("supervisor", *OWN),
    "access.review_break_glass": _anywhere("ombudsman", "national_coordinator"),
    # Who acts for a participant follows from seats, which no role of the world has.
    "commitments.draft": Right(),
    "commitments.load": _anywhere("secretariat"),
    "commitments.remind": _anywhere("secretariat"),
    "commitments.sign": Right(),
    "complaints.enter": _anywhere("supervisor", "ombudsman", "national_coordinator", *POST, *OWN),
    "complaints.lead": _anywhere("ombudsman"),
    "complaints.work": _anywhere("ombudsman"),
    "custody.join": _here("border_officer"),
    "custody.oversee": _anywhere("supervisor", "ombudsman", "detention_monitor"),
    "custody.receive": _here(*POST, "migration_officer", "security_liaison"),
    "custody.record": _here(*POST),
    "custody.work": _here("border_officer", "migration_officer", "security_liaison"),
    "evidence.load": _anywhere("statistician", "secretariat"),
    "factors.reset": _anywhere("administrator"),
    "families.hand_over": _here("supervisor"),
    "families.oversee": _anywhere("supervisor", "ombudsman"),
    "families.serve": _here("asylum_officer", "social_officer"),
    # Proposals are of one named officer: no role opens them.
    "families.trace": Right(),
    "families.unite": _here(*TRACING),
    "families.work": _here(*TRACING),
    "imports.take_in": _here(*POST),
    "intake.administer": _anywhere("administrator"),
    "intake.publish": _anywhere("secretariat"),
    "intake.take_in": _anywhere("secretariat"),
    "intake.withdraw": _anywhere("secretariat"),
    # Her body accepted in the lane of asylum: no labour officer of it begins a record.
    "labour.open": Right(),
    "labour.work": _here("labour_officer"),
    "participants.keep": _anywhere("secretariat"),
    "participants.load": _anywhere("secretariat"),
    "participants.seat": _anywhere("administrator"),
    # Whoever acts for a participant has a seat of it: no role alone opens these.
    "practices.ask": Right(),
    "practices.keep_lists": _anywhere("secretariat"),
    "practices.load": _anywhere("secretariat"),
    "practices.offer": Right(),
    "practices.publish": _anywhere("secretariat"),
    "practices.take_back": _anywhere("secretariat"),
    "practices.write": Right(),
    "procedures.assign": _here("asylum_officer", "supervisor"),
    # An appointment is of one named interpreter: no role opens it.
    "procedures.interpret": Right(),
    "procedures.open": _here("asylum_officer"),
    "procedures.oversee": _anywhere("supervisor", "ombudsman", "national_coordinator"),
    "procedures.sign": _here("asylum_officer", "supervisor"),
    "procedures.work": _here("asylum_officer"),
    "profiling.confirm": _here(*POST, "supervisor"),
    "profiling.interview": _here(*POST),
    "profiling.read_second": _here(*POST, "supervisor"),
    "reception.ask_place": _here(*POST),
    "reception.hand_out": _here("social_officer", "ngo_partner", "io_partner"),
    "reception.lead": _here("social_officer"),
    "reception.open_centre": _anywhere("social_officer", "supervisor"),
    "reception.place": _here("social_officer"),
    "reception.receive": _here("social_officer"),
    "reception.say_room": _anywhere("supervisor", *OWN),
    "record.load": _anywhere("secretariat"),
    "referrals.keep_keys": _anywhere("administrator", "supervisor"),
    "referrals.oversee": _anywhere("supervisor", "ombudsman", "national_coordinator"),
    "referrals.send": _here(*POST),
    "referrals.work": _here("asylum_officer"),
    "registration.amend": _here(*POST, "supervisor"),
    "registration.be_watched": _anywhere("consular_officer"),
    "registration.close_file": _here("registrar", "supervisor"),
    "registration.register": _here(*POST),
    "safeguards.ask_coercive_act": _here("border_officer", "supervisor"),
    "safeguards.lift_hold": Right(
        here=frozenset({"asylum_officer", "child_officer", "statelessness_officer"}), anywhere=frozenset({"supervisor"})
    ),
    "safeguards.place_hold": Right(
        here=frozenset({*POST, *PLANNING}),
        anywhere=frozenset({"supervisor"}),
        in_break_glass=OWN,
    ),
    "solutions.open": _here("asylum_officer"),
    "solutions.oversee": _anywhere("supervisor", "ombudsman", "national_coordinator"),
    "solutions.work": _here(*PLANNING),
    "statistics.administer": _anywhere("administrator"),
    "statistics.prepare": _anywhere("national_coordinator", "statistician"),
    "statistics.sign": _anywhere("national_coordinator"),
    "treaties.load": _anywhere("secretariat"),
    # Coordinators report for the state for which they are seated, and nobody of the crowd is.
    "treaties.report": _anywhere("secretariat"),
    "treaties.take_back": Right(),
    "treaties.verify": _anywhere("secretariat"),
}
# Everybody with a role has their own second factor, and names nobody else's.
OF_ONESELF = frozenset({"access.own", "factors.own"})


@dataclass(frozen=True)
class Attacker:
    """An officer, and whether they sit at the world's own post and body. `shut` is one whose account gives no right at all."""

    who: Officer
    role: str
    at_home: bool
    shut: bool = False
    breaks_glass: bool = False

    def may(self, kind: type[Action]) -> bool:
        """What the table says."""
        if kind.needs == "registration.be_watched":
            return self.who.is_active and serves_other_state(self.who)
        right = RIGHTS[kind.needs]
        if self.breaks_glass and self.role in right.in_break_glass:
            return True
        return not self.shut and right.holds(self.role, self.at_home)

    def tries(self, kind: type[Action]) -> bool:
        """Every role tries everything at home; from elsewhere, with a closed account or for another state, whoever would have the right at home."""
        right = RIGHTS[kind.needs]
        return not self.may(kind) and ((self.at_home and not self.shut) or self.role in right.here | right.anywhere)

    def __str__(self) -> str:
        where = "at home" if self.at_home else "elsewhere"
        return f"{self.who.username} ({self.role} {where}{', shut' if self.shut else ''})"


def made(kind: type[Action], world: World, by: Officer) -> Action:
    """The example of an act by this officer."""
    return kind(**{"by": by.pk, "place": by.post, "happened_at": now(), **MAKERS[kind.code](world)})
