"""Examples of acts of the hub's rooms of participants and practices: by its code the fields that take fresh ids, and what the act says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SENTENCE = "Nobody who has no right may say this sentence."
_TOLD: dict[str, Any] = {
    "participant": "KAZ",
    "theme": "border",
    "title_en": "X",
    "what_en": "X",
    "source": "The source",
}

HUB_ACTS: Mapping[str, tuple[tuple[str, ...], dict[str, Any]]] = {
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
    "practices.answer_offer": (("offer",), {"participant": "KAZ", "answer_code": "accepted"}),
    "practices.ask_help": (
        ("request",),
        {"participant": "KAZ", "theme": "border", "title": "Trainers", "text": SENTENCE},
    ),
    "practices.check_translation": (("practice",), {}),
    "practices.close_offer": (("offer",), {"how": "withdrawn"}),
    "practices.close_request": (("request",), {"how": "withdrawn"}),
    "practices.count_trained": (("course",), {"participant": "KAZ", "function": "border", "women": 9}),
    "practices.keep_activity": (("entry", "version"), dict(**_TOLD, organisation="Theirs")),
    "practices.keep_course": (("entry", "version"), dict(**_TOLD, run_by="Theirs")),
    "practices.keep_project": (("entry", "version"), dict(**_TOLD, run_by="Theirs")),
    "practices.load": ((), {"folder": "/nowhere", "folder_digest": "0" * 64}),
    "practices.offer_help": (
        ("offer",),
        {"participant": "KAZ", "theme": "border", "title": "Trainers", "text": SENTENCE},
    ),
    "practices.publish": (("practice",), {}),
    "practices.send_back": (("practice",), {"reason": SENTENCE}),
    "practices.submit": (("practice",), {}),
    "practices.tell_of_due": (("of",), {"kind": "practice_waits"}),
    "practices.withdraw": (("practice",), {"reason": SENTENCE}),
    "practices.write": (("entry", "version"), dict(**_TOLD)),
}
