"""An example of every act of the hub over the attack world, and who holds which right over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from uuid6 import uuid7

from tests.architecture import attack_meeting, attack_promise
from tests.architecture.attack_promise import ID
from tests.architecture.examples import NOBODY, SEATED, SENTENCE, Makers, Right, anywhere, new

_TOLD: dict[str, Any] = {
    "participant": "KAZ",
    "theme": "border",
    "title_en": "X",
    "what_en": "X",
    "source": "The source",
}

_OF_PARTICIPANTS: Final[Mapping[str, tuple[tuple[str, ...], dict[str, Any]]]] = {
    "participants.add_contact": (
        ("row",),
        {"participant": "KAZ", "kind": "focal_point", "office_en": "Office", "source": "The source"},
    ),
    "participants.add_participant": (
        (),
        {"participant": "XYZ", "kind": "organisation", "title_en": "X", "title_ru": "X", "source": "The source"},
    ),
    "participants.end_contact": ((), {"key": "none", "reason": SENTENCE}),
    "participants.end_role": ((), {"key": "none", "ends": "2026", "source": "The source"}),
    "participants.end_seat": (("seat",), {"reason": SENTENCE}),
    "participants.load": ((), {"folder": "/nowhere", "folder_digest": "0" * 64}),
    "participants.say_chair": (("row",), {"participant": "KAZ", "begins": "2026", "source": "The source"}),
    "participants.say_role": (("row",), {"participant": "KAZ", "role": "member", "source": "The source"}),
    "participants.tell_of_end": ((), {"key": "none", "ends": "2026"}),
    "practices.answer_offer": ((), {"offer": ID["offer"], "participant": "KAZ", "answer_code": "accepted"}),
    "practices.ask_help": (
        ("request",),
        {"participant": "KAZ", "theme": "border", "title": "Trainers", "text": SENTENCE},
    ),
    "practices.check_translation": ((), {"practice": ID["practice"]}),
    "practices.close_offer": ((), {"offer": ID["own_offer"], "how": "withdrawn"}),
    "practices.close_request": ((), {"request": ID["request"], "how": "withdrawn"}),
    "practices.count_trained": (("course",), {"participant": "KAZ", "function": "border", "women": 9}),
    "practices.keep_activity": (("entry", "version"), dict(**_TOLD, organisation="Theirs")),
    "practices.keep_course": (("entry", "version"), dict(**_TOLD, run_by="Theirs")),
    "practices.keep_project": (("entry", "version"), dict(**_TOLD, run_by="Theirs")),
    "practices.load": ((), {"folder": "/nowhere", "folder_digest": "0" * 64}),
    "practices.offer_help": (
        ("offer",),
        {"participant": "KAZ", "theme": "border", "title": "Trainers", "text": SENTENCE},
    ),
    "practices.publish": ((), {"practice": ID["practice"]}),
    "practices.send_back": ((), {"practice": ID["practice"], "reason": SENTENCE}),
    "practices.submit": ((), {"practice": ID["practice"]}),
    "practices.tell_of_due": (("of",), {"kind": "practice_waits"}),
    "practices.withdraw": ((), {"practice": ID["practice"], "reason": SENTENCE}),
    "practices.write": (("entry", "version"), dict(**_TOLD)),
}


MAKERS: Makers = {
    **attack_meeting.MAKERS,
    **{code: new(*made, **said) for code, (made, said) in _OF_PARTICIPANTS.items()},
    "commitments.accept": new(commitment=ID["commitment"]),
    "commitments.change_due": new(due=date(2027, 1, 1), reason=SENTENCE, commitment=ID["commitment"]),
    "commitments.draft_report": new("report", status="fulfilled", text_en=SENTENCE, commitment=ID["commitment"]),
    "commitments.join": new("commitment", participant="KAZ"),
    "commitments.load": new(folder="/nowhere", folder_digest="0" * 64),
    "commitments.make": new("commitment", participant="KAZ", action_en=SENTENCE),
    "commitments.remind": new(due=date(2027, 1, 1), commitment=ID["commitment"]),
    "commitments.set_measure": new(
        "measure", kind="indicator", indicator="1.02", state="KAZ", direction="up", goal=1, commitment=ID["commitment"]),
    "commitments.sign_figure": new("signed", shown="0" * 64, commitment=ID["commitment"]),
    "commitments.sign_report": new(shown="0" * 64, report=ID["report"]),
    "commitments.take_row": new("commitment", "report", participant="KAZ", action_en=SENTENCE),
    "commitments.tell_moved": new("signed"),
    "commitments.withdraw": new(reason=SENTENCE, commitment=ID["commitment"]),
    "evidence.count_treaties": new(),
    "evidence.load_figures": new(folder="/nowhere", folder_digest="0" * 64),
    "intake.add_sender": new(state="KAZ", public_key="0" * 64),
    "intake.publish": new("submission"),
    "intake.take_in": new(content=b"{}", way="file", problems=(), held=()),
    "intake.withdraw": new("submission", reason=SENTENCE),
    "intake.withdraw_sender": new(key_id="none"),
    "participants.ask_for_seat": lambda world: {"officer": world.account, "participant": "KAZ", "office": "observer"},
    "participants.seat_officer": lambda world: {
        "seat": uuid7(), "officer": world.account, "participant": "KAZ", "office": "observer", "begins": date(2026, 11, 20),
    },
    "record.load": new(folder="/nowhere", folder_digest="0" * 64),
    "treaties.answer_checklist": new("answer_id", state="KAZ", item="none", answer="yes", on="2020", paper="Plan 1"),
    "treaties.load": new(folder="/nowhere", folder_digest="0" * 64, on=date(2026, 11, 20)),
    "treaties.refuse_report": new(reason=SENTENCE, report=ID["treaty_report"]),
    "treaties.report_act": new("report", state="KAZ", instrument="cat", act="accession", date="2020", paper="Note 1"),
    "treaties.report_amendment": new(
        "amendment", state="KAZ", title_en="Title", title_ru="Title", stage="bill", on="2020", paper="Bill 1"
    ),
    "treaties.report_stage": new("step", amendment=attack_promise.AMENDMENT, stage="bill", on="2020", paper="Bill 1"),
    "treaties.take_back": new(report=ID["treaty_report"]),
    "treaties.verify_report": new(against=SENTENCE, report=ID["treaty_report"]),
}  # fmt: skip

RIGHTS: dict[str, Right] = {
    **{
        permission: anywhere(*roles, seats=attack_meeting.SEATS.get(permission, NOBODY))
        for permission, roles in attack_meeting.RIGHTS.items()
    },
    "commitments.draft": SEATED,
    "commitments.load": anywhere("secretariat"),
    "commitments.remind": anywhere("secretariat"),
    "commitments.sign": SEATED,
    "evidence.load": anywhere("statistician", "secretariat"),
    "intake.administer": anywhere("administrator"),
    "intake.publish": anywhere("secretariat"),
    "intake.take_in": anywhere("secretariat"),
    "intake.withdraw": anywhere("secretariat"),
    "participants.keep": anywhere("secretariat"),
    "participants.load": anywhere("secretariat"),
    "participants.seat": anywhere("administrator"),
    "practices.ask": SEATED,
    "practices.keep_lists": anywhere("secretariat", seats=SEATED.seats),
    "practices.load": anywhere("secretariat"),
    "practices.offer": SEATED,
    "practices.publish": anywhere("secretariat"),
    "practices.take_back": anywhere("secretariat", seats=SEATED.seats),
    "practices.write": SEATED,
    "record.load": anywhere("secretariat"),
    "treaties.load": anywhere("secretariat"),
    "treaties.report": anywhere("secretariat", seats=SEATED.seats),
    "treaties.take_back": SEATED,
    "treaties.verify": anywhere("secretariat"),
}
