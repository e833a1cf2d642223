"""An example of every act of the node over the attack world, and who holds which right over it."""

from __future__ import annotations

from datetime import date
from typing import Any

from uuid6 import uuid7

from panah.foundation.access.roles import RECEIVING
from panah.node.profiling.models import Confirmation
from panah.node.registration.service import NameSaid
from tests.architecture.attack_world import TAKEN, signed_answer
from tests.architecture.examples import SENTENCE, Maker, Makers, Right, anywhere, both, here, new, of_world

OWN = frozenset(RECEIVING) - {"consular_officer"}
POST = frozenset({"border_officer", "registrar"})
# Who works on her plan at its body works on her file.
PLANNING = (
    "asylum_officer", "child_officer", "io_partner", "labour_officer", "ngo_partner", "social_officer", "statelessness_officer",
)  # fmt: skip
TRACING = ("child_officer", "social_officer", "asylum_officer", "ngo_partner", "io_partner")


def _tracing(**more: Any) -> Maker:
    return lambda world: {"request": world.tracing} | more


def _union(**more: Any) -> Maker:
    return lambda world: {"reunification": world.union} | more


def _work(**more: Any) -> Maker:
    return lambda world: {"record": world.work} | more


_HEARING = {"at": "2026-12-01T10:00:00+05:00", "room": "4", "language": "fa"}
_WAIVER: dict[str, Any] = {
    "in_person": True, "said": "I give it up.", "counsel": "Offered.", "counsel_at": "2026-11-20T10:00:00+05:00",
    "lawyer_present": False, "language": "fa", "understood": True,
}  # fmt: skip
_REASONS = {"facts_found": "She told.", "law_applied": "Article 11.", "assessment": "It is credible."}
_FITNESS = dict.fromkeys(("ill", "hurt", "pregnant", "cannot_travel"), "yes") | {"seen_by": "nobody"}
_ANSWERS = dict.fromkeys(("fear", "health", "pressure", "children", "family"), "no")

MAKERS: Makers = {
    "complaints.acknowledge": of_world("complaint"),
    "complaints.add_word": new(number="AAAA-BBBB", code_digest="1" * 64, text=SENTENCE),
    "complaints.ask_for_hold": of_world("complaint", "file", safeguard="no_detention", reason=SENTENCE),
    "complaints.assign": lambda world: {"complaint": world.complaint, "to": world.account},
    "complaints.conclude": of_world("complaint", finding="not_upheld", reasons=SENTENCE, told=SENTENCE),
    "complaints.link_file": of_world("complaint", "file", consent="given"),
    "complaints.lodge": new("complaint", number="CCCC-DDDD", code_digest="0" * 64, kind="other", via="paper", text=SENTENCE),
    "complaints.look_at_withdrawal": of_world("complaint", free=True, why=SENTENCE),
    "complaints.seek_reader": of_world("complaint"),
    "complaints.take_step": of_world("complaint", kind="remark", text=SENTENCE),
    "complaints.tell_news": of_world("complaint"),
    "complaints.triage": of_world("complaint", kind="other"),
    "complaints.warn": of_world("complaint"),
    "complaints.withdraw": new(number="AAAA-BBBB", code_digest="1" * 64),
    "complaints.write_back": of_world("complaint", text=SENTENCE),
    "custody.apprehend": lambda world: {"custody": uuid7(), "file": world.file, **TAKEN},
    "custody.ask": of_world("custody", fear="no", child="no", told_language="fa"),
    "custody.confirm": of_world("custody", state=SENTENCE),
    "custody.end": of_world("custody", how="handed_over", where="AFG"),
    "custody.hand_on": both(of_world("custody", to_body="elsewhere", to_where="Away", purpose="other"), new("transfer")),
    "custody.join": of_world("custody", "file"),
    "custody.say_fitness": both(of_world("custody", **_FITNESS), new("asking")),
    "custody.take_back": of_world("custody", why=SENTENCE),
    "custody.tell": of_world("custody", of="unconfirmed"),
    "families.ask_outside": both(
        _tracing(to="own_consulate", what=SENTENCE, next_on=date(2099, 1, 1)), new("attempt", "referral")
    ),
    "families.bring_together": _union(on=date(2026, 11, 20)),
    "families.close_request": _tracing(outcome="closed_by_wish"),
    "families.close_reunification": _union(outcome="closed_by_wish"),
    "families.decide_match": of_world("match", standing="confirmed", reason=SENTENCE),
    "families.end_link": of_world("file", "link", why=SENTENCE),
    "families.end_wish": of_world("file", "wish", in_private=True, informed=True, language="fa", words=SENTENCE),
    "families.follow_up": _union(months=1, how="well"),
    "families.hand_over": _tracing(to="intruder", why=SENTENCE),
    "families.keep_answer": both(of_world("match", side="sought", says="yes", in_private=True), new("answer")),
    "families.keep_link": lambda world: {
        "file": world.file, "link": uuid7(), "other": world.kin, "relation": "other", "verified": ("papers",), "how": SENTENCE,
    },
    "families.keep_wish": both(of_world("file", kind="do_not_look", everybody=True), new("wish")),
    "families.look": _tracing(),
    "families.look_again": new(),
    "families.note_attempt": both(
        _tracing(kind="centres", what=SENTENCE, next_on=date(2099, 1, 1)), new("attempt")
    ),
    "families.open_request": both(
        of_world("file", relation="mother", names=("Somebody",), agrees="yes", next_on=date(2099, 1, 1)), new("request")
    ),
    "families.plan": lambda world: {
        "file": world.file, "reunification": uuid7(), "others": (world.kin,), "where": "home",
    },
    "families.prepare": lambda world: _union(file=world.file, says="yes", in_private=True)(world),
    "families.report_silence": _tracing(),
    "families.set_place": _union(where="elsewhere"),
    "families.set_sharing": _tracing(agrees="yes"),
    "imports.finish": new("of", counts={"taken": 1}),
    "imports.forget_refused": new(rows=(), because="mended"),
    "imports.keep_refused": new("of", rows=()),
    "imports.start": new("of", format="csv", file_digest="0" * 64),
    "labour.ask_fund": both(
        _work(state="AFG", fund="A fund", what=SENTENCE, way="office", agreed="yes", answer_by=date(2099, 1, 1)), new("enquiry")
    ),
    "labour.close": _work(outcome="done"),
    "labour.open": both(of_world("file", language="fa", consent="person"), new("record")),
    "labour.record_period": both(_work(state="RUS", first=date(2020, 1, 1), grade="E", employer=SENTENCE), new("period")),
    "labour.record_permit": both(_work(state="KAZ", kind="patent", grade="E", bound_to=SENTENCE), new("permit")),
    "labour.strike_period": both(_work(why=SENTENCE), new("period")),
    "labour.strike_permit": both(_work(why=SENTENCE), new("permit")),
    "labour.take_answer": both(_work(result="denied", on=date(2026, 11, 20), answer=SENTENCE), new("enquiry")),
    "procedures.add_evidence": of_world("proceeding", kind="statement", grade="C", what="A letter."),
    "procedures.draft_decision": both(of_world("proceeding", outcome="refugee_status", **_REASONS), new("decision")),
    "procedures.end_stage": of_world("proceeding", outcome="withdrawn"),
    "procedures.notify_decision": of_world("proceeding", "decision", how="in_person", language="fa", proof="Signed."),
    "procedures.open": both(of_world("file", procedure="asylum"), new("proceeding")),
    "procedures.ask_again": both(of_world("proceeding", language="fa", **_ANSWERS), new("asked")),
    "procedures.order_detention": of_world(
        "proceeding", legal_ground="Article 1.", assessment="None.", alternatives={"reporting": "None."}, where="Cell 1"
    ),
    "procedures.record_ban": both(of_world("proceeding", state="RUS", ground="None.", length="unknown"), new("ban")),
    "procedures.lodge_ban_remedy": both(
        of_world("proceeding", to="Court", on=date(2026, 11, 20), what="To lift it.", wished=True), new("ban")
    ),
    "procedures.note_destination": both(of_world("proceeding", state="KAZ", why="Free movement."), new("ban")),
    "procedures.lift_ban": both(
        of_world("proceeding", on=date(2026, 11, 20), lifted_by="Court", paper="Judgment."), new("ban")
    ),
    "procedures.end_remedy": new("decision"),
    "procedures.lodge_remedy": of_world("proceeding", stage="complaint"),
    "procedures.declare_waiver": both(of_world("proceeding", "decision", **_WAIVER), new("waiver")),
    "procedures.confirm_waiver": both(of_world("proceeding", paper="Signed.", lawyer_present=False), new("waiver")),
    "procedures.revoke_waiver": both(of_world("proceeding"), new("waiver")),
    "procedures.review_detention": of_world("proceeding", result="kept", reason=SENTENCE),
    "procedures.tell_of_detention": new(detention=0),
    "procedures.ask_legal_aid": both(of_world("proceeding", language="fa"), new("aid")),
    "procedures.give_legal_aid": both(
        of_world("proceeding", organisation="Own office", kind="ngo", on=date(2026, 11, 20)), new("aid")
    ),
    "procedures.decline_legal_aid": both(
        of_world("proceeding", said=SENTENCE, language="fa", informed=True, freely=True), new("aid")
    ),
    "procedures.name_interpreter": of_world("proceeding", "hearing", interpreter="An intruder"),
    "procedures.answer_appointment": of_world("hearing", answer="available"),
    "procedures.assign_lead": lambda world: {"proceeding": world.proceeding, "lead": world.account},
    "procedures.pause": of_world("proceeding", cause="force_majeure", start=date(2026, 11, 20)),
    "procedures.record_fact": of_world("proceeding", fact="entry", at="2026-11-20T10:00:00+05:00"),
    "procedures.record_hearing": of_world("proceeding", "hearing", held_at="2026-11-20T10:00:00+05:00", record="She told."),
    "procedures.resume": of_world("proceeding", cause="force_majeure", end=date(2026, 11, 21)),
    "procedures.send_decision_back": of_world("proceeding", "decision", why=SENTENCE),
    "procedures.set_hearing": both(of_world("proceeding", **_HEARING), new("hearing")),
    "procedures.sign_decision": of_world("proceeding", "decision"),
    "procedures.warn": of_world("term"),
    "profiling.answer": of_world("interview", key="protection.fears_return", value="no"),
    "profiling.confirm_profile": of_world("proposal", remove={"asylum_seeker": SENTENCE}),
    "profiling.finish_interview": of_world("interview"),
    "profiling.give_information": of_world("file", leaflets=("asylum",), language="fa", understood=True),
    "profiling.read_second": lambda world: {
        "confirmation": Confirmation.objects.get(file=world.file).pk, "agrees": False, "remark": SENTENCE,
    },
    "profiling.record_interview": of_world("file", record={"protection": {"fears_return": "no"}}),
    "profiling.resume_interview": of_world("interview"),
    "profiling.start_interview": both(of_world("file", setting="PRIVATE"), new("interview")),
    "profiling.stop_interview": of_world("interview", reason="rest"),
    "reception.add_unit": both(of_world("centre", label="9", places=2), new("unit")),
    "reception.announce": both(of_world("file", "centre", on=date(2026, 12, 1)), new("announcement")),
    "reception.answer_place": of_world("ask", answer="given"),
    "reception.ask_place": both(of_world("file", "centre"), new("ask")),
    "reception.block_places": both(of_world("unit", places=1, why="danger"), new("block")),
    "reception.change_stock": both(of_world("centre", item="water", amount=1, why="missing"), new("stock")),
    "reception.close_centre": of_world("centre"),
    "reception.close_unit": of_world("unit"),
    "reception.count_supply": of_world("centre", parameter="reception/food_kcal", amount=1),
    "reception.end_keep_apart": of_world("file", "fear", why=SENTENCE),
    "reception.follow_incident": both(of_world("incident", what=SENTENCE, closes=True), new("follow_up")),
    "reception.free_places": of_world("block"),
    "reception.hand_out": both(of_world("stay", item="cash", amount=1000, receipt="would_not_sign"), new("hand_out")),
    "reception.keep_apart": both(of_world("file", other_number="ALA-261121-0001"), new("fear")),
    "reception.keep_appointment": both(of_world("stay", outcome="missed"), new("appointment")),
    "reception.move_in": both(of_world("unit", "file", will="not_asked"), new("stay")),
    "reception.move_out": of_world("stay", why="sent_away", will="does_not_agree"),
    "reception.open_centre": new("centre", centre_code="OWN", title="Own house"),
    "reception.reopen_centre": of_world("centre"),
    "reception.reopen_unit": of_world("unit"),
    "reception.report_incident": both(of_world("centre", "file", kind="theft", what=SENTENCE), new("incident")),
    "reception.say_room": new(to="asylum_authority", free=1),
    "reception.set_appointment": both(
        of_world("stay", kind="authority", at="2026-12-01T10:00:00+05:00", where="Here"), new("appointment")
    ),
    "reception.set_care": of_world("stay", apart=True),
    "reception.set_presence": of_world("stay", presence="absent"),
    "referrals.accept": of_world("referral"),
    "referrals.confirm_outside_body": of_world("entry", heard="0" * 40),
    "referrals.end_outside_body": of_world("entry", why="wrong_hands"),
    "referrals.enter_outside_body": new(
        "entry", body="own-office", title="Own office", kinds=("unhcr",), call="+7 000 000", seals_for="age1", signs_with="0"
    ),
    "referrals.note_refused": of_world("envelope", why="replayed"),
    "referrals.report_uncured": of_world("referral"),
    "referrals.take_answer": signed_answer,
    "referrals.take_envelope": lambda world: {"referral": world.outside_referral, "envelope": uuid7()},
    "referrals.complete": of_world("referral", outcome="rejected_final"),
    "referrals.decline": of_world("referral", reason="CAPACITY"),
    "referrals.report_silence": of_world("referral"),
    "referrals.send": both(of_world("file", to="own_consulate", consent_given=True), new("referral")),
    "registration.amend": of_world("file", reason=SENTENCE, names=(NameSaid(text="Another"),)),
    "registration.close_file": of_world("file", reason="opened_in_error"),
    "registration.consular_search": new(),
    "registration.foreign_try": of_world(page="file"),
    "registration.open_group": both(new("group"), lambda world: {"kind": "family", "files": (world.file,)}),
    "registration.register": new("file", names=(NameSaid(text="Nobody"),)),
    "safeguards.ask_coercive_act": of_world("file", act="removal", legal_ground="Law, art. 1", reason=SENTENCE),
    "safeguards.end_coercive_act": of_world("coercive_act", how="carried_out"),
    "safeguards.lift_hold": of_world("hold", reason=SENTENCE),
    "safeguards.place_hold": of_world("file", safeguard="no_detention", reason=SENTENCE),
    "solutions.add_member": both(of_world("plan", number="ALA-261121-0001", consent="person"), new("member")),
    "solutions.add_step": both(of_world("plan", area="work", what=SENTENCE, who="person", due_on=date(2027, 1, 1)), new("step")),
    "solutions.agree_to_return": both(of_world("plan", said=SENTENCE, language="fa"), new("agreement")),
    "solutions.ask_referral": both(of_world("plan", consent_given=True), new("step", "referral")),
    "solutions.begin": of_world("plan", on=date(2026, 11, 19)),
    "solutions.change_mind": of_world("plan"),
    "solutions.close": of_world("plan", outcome="support_ended", said=SENTENCE),
    "solutions.counsel": both(
        of_world("plan", by_whom="iom", language="fa", origin=SENTENCE, origin_as_of=date(2026, 11, 1)), new("counselling")
    ),
    "solutions.depart": of_world("plan", on=date(2026, 11, 20), asked_again="still_wants"),
    "solutions.end_step": both(of_world("plan", result="not_wanted"), new("step")),
    "solutions.give_service": both(
        of_world("plan", area="work", kind="money", amount=1, currency="KZT", receipt="signed", on=date(2026, 11, 20)), new("service")
    ),
    "solutions.open": both(
        of_world("file", toward="local_integration", aims=SENTENCE, language="fa", consent="person"), new("plan")
    ),
    "solutions.propose_job": both(of_world("plan", vacancy=SENTENCE, employer="Works 5"), new("job")),
    "solutions.record_standing": both(of_world("plan", area="work", level=1, asked_on=date(2026, 11, 20)), new("standing")),
    "solutions.remind": new("follow_up"),
    "solutions.reply_to_danger": both(of_world("plan", what=SENTENCE, safe="yes"), new("danger", "reply")),
    "solutions.report_danger": both(of_world("plan", what=SENTENCE), new("danger")),
    "solutions.set_job": both(of_world("plan", stage="started", on=date(2026, 11, 20)), new("job")),
    "solutions.try_follow_up": both(of_world("plan", how="telephone", reached=True, safe="yes"), new("follow_up", "attempt")),
    "statistics.ask_release": new("release", period="2026-11-20"),
    "statistics.distrust_hub": new(key_id="none"),
    "statistics.note_hand_over": new("release", failure="none"),
    "statistics.prepare_release": new(
        "release", definitions="1", provisional=True, earlier=(), counts=b"e30=", tables="{}", reasons=(), proof="{}",
        tables_digest="0" * 64,
    ),
    "statistics.record_receipt": new(receipt=b"{}"),
    "statistics.set_aside": new("release", reason=SENTENCE),
    "statistics.sign_release": new("release", tables_digest="0" * 64),
    "statistics.trust_hub": new(public_key="0" * 64),
}  # fmt: skip

RIGHTS: dict[str, Right] = {
    "complaints.enter": anywhere("supervisor", "ombudsman", "national_coordinator", *POST, *OWN),
    "complaints.lead": anywhere("ombudsman"),
    "complaints.work": anywhere("ombudsman"),
    "custody.join": here("border_officer"),
    "custody.oversee": anywhere("supervisor", "ombudsman", "detention_monitor"),
    "custody.receive": here(*POST, "migration_officer", "security_liaison"),
    "custody.record": here(*POST),
    "custody.work": here("border_officer", "migration_officer", "security_liaison"),
    "families.hand_over": here("supervisor"),
    "families.oversee": anywhere("supervisor", "ombudsman"),
    "families.serve": here("asylum_officer", "social_officer"),
    # Proposals are of one named officer: no role opens them.
    "families.trace": Right(),
    "families.unite": here(*TRACING),
    "families.work": here(*TRACING),
    "imports.take_in": here(*POST),
    # Her body accepted in the lane of asylum: no labour officer of it begins a record.
    "labour.open": Right(),
    "labour.work": here("labour_officer"),
    "procedures.assign": here("asylum_officer", "supervisor"),
    # An appointment is of one named interpreter: no role opens it.
    "procedures.interpret": Right(),
    "procedures.open": here("asylum_officer"),
    "procedures.oversee": anywhere("supervisor", "ombudsman", "national_coordinator"),
    "procedures.sign": here("asylum_officer", "supervisor"),
    "procedures.work": here("asylum_officer"),
    "profiling.confirm": here(*POST, "supervisor"),
    "profiling.interview": here(*POST),
    "profiling.read_second": here(*POST, "supervisor"),
    "reception.ask_place": here(*POST),
    "reception.hand_out": here("social_officer", "ngo_partner", "io_partner"),
    "reception.lead": here("social_officer"),
    "reception.open_centre": anywhere("social_officer", "supervisor"),
    "reception.place": here("social_officer"),
    "reception.receive": here("social_officer"),
    "reception.say_room": anywhere("supervisor", *OWN),
    "referrals.keep_keys": anywhere("administrator", "supervisor"),
    "referrals.oversee": anywhere("supervisor", "ombudsman", "national_coordinator"),
    "referrals.send": here(*POST),
    "referrals.work": here("asylum_officer"),
    "registration.amend": here(*POST, "supervisor"),
    "registration.be_watched": anywhere("consular_officer"),
    "registration.close_file": here("registrar", "supervisor"),
    "registration.register": here(*POST),
    "safeguards.ask_coercive_act": here("border_officer", "supervisor"),
    "safeguards.lift_hold": Right(
        here=frozenset({"asylum_officer", "child_officer", "statelessness_officer"}), anywhere=frozenset({"supervisor"})
    ),
    "safeguards.place_hold": Right(
        here=frozenset({*POST, *PLANNING}),
        anywhere=frozenset({"supervisor"}),
        in_break_glass=OWN,
    ),
    "solutions.open": here("asylum_officer"),
    "solutions.oversee": anywhere("supervisor", "ombudsman", "national_coordinator"),
    "solutions.work": here(*PLANNING),
    "statistics.administer": anywhere("administrator"),
    "statistics.prepare": anywhere("national_coordinator", "statistician"),
    "statistics.sign": anywhere("national_coordinator"),
}
