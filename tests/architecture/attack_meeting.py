"""What an attacker finds on the hub: a closed meeting whose text is being negotiated, with an example of every act on it.

Its ids are always the same, so that the tables of acts can name them without carrying them about.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.meetings import acts, drafting_acts
from panah.hub.participants import service as participants

_IDS: Final = ("meeting", "invitation", "item", "paper", "paragraph", "second", "proposal", "stand", "silence", "feed")
ID: Final[Mapping[str, UUID]] = {name: UUID(int=0x5EED0000 + at) for at, name in enumerate(_IDS, 1)}
DELEGATION: Final = uuid5(ID["invitation"], "KAZ")
SENTENCE: Final = "Nobody who has no right may say this sentence."
PDF: Final = base64.b64encode(b"%PDF-1.4 closed")

_SAID: Final[dict[str, Any]] = {
    "kind": "experts",
    "title_en": "A closed meeting",
    "begins": date(2099, 1, 1),
    "ends": date(2099, 1, 2),
    "chair": "KAZ",
    "public": False,
    "observers_read": False,
}
_ON: Final = {name: {name: ID[name]} for name in _IDS}


def _with(*names: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {name: ID[name] for name in names} | more


def _making(name: str, *names: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {name: uuid7()} | {one: ID[one] for one in names} | more


def _delegation(**more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"delegation": DELEGATION} | more


MAKERS: Final[dict[str, Callable[[Any], dict[str, Any]]]] = {
    "meetings.add_item": _making("item", "meeting", title_en="Item"),
    "meetings.add_paper": _making("paper", "meeting", title="A paper", tongue="en", content=PDF),
    "meetings.add_paragraph": _making("paragraph", "meeting", text_en=SENTENCE),
    "meetings.agree": _with("paragraph", on_version=1, how="meeting"),
    "meetings.answer": _delegation(comes="comes"),
    "meetings.change": _with("meeting", **_SAID),
    "meetings.comment": _making("said", "paragraph", words=SENTENCE),
    "meetings.convene": _making("meeting", meeting_code="another-meeting", **_SAID),
    "meetings.decide_on_paper": _with("paper", readers="everybody"),
    "meetings.decline": _with("proposal", reason=SENTENCE),
    "meetings.drop_item": _with("item"),
    "meetings.drop_paragraph": _with("paragraph", reason=SENTENCE),
    "meetings.end": _with("meeting", outcome="cancelled", reason=SENTENCE),
    "meetings.end_silence": _with("silence"),
    "meetings.invite": _with("meeting", participants=("UZB",), capacity="member"),
    "meetings.keep_minutes": _with("meeting", text_en=SENTENCE),
    "meetings.lift_stand": _with("stand"),
    "meetings.load": lambda world: {"folder": "/nowhere", "folder_digest": "0" * 64},
    "meetings.make_feed": lambda world: {"feed": uuid7(), "feed_digest": "1" * 64},
    "meetings.merge": _making("made", "proposal", on_version=1),
    "meetings.move_item": _with("item", where="up"),
    "meetings.move_paragraph": _with("paragraph", where="up"),
    "meetings.open_silence": lambda world: {
        "silence": uuid7(), "meeting": ID["meeting"], "paragraphs": (ID["paragraph"],), "until": now() + timedelta(days=5),
    },
    "meetings.propose": _making("proposal", "meeting", "paragraph", wish="reword", on_version=1, text_en="X", reason=SENTENCE),
    "meetings.publish_statement": _with("meeting"),
    "meetings.remind": _with("meeting", deadline="meeting", until=now(), days=7),
    "meetings.reopen": _with("paragraph", reason=SENTENCE),
    "meetings.revise": _with("paragraph", on_version=1, text_en="X", reason=SENTENCE),
    "meetings.revoke_feed": _with("feed"),
    "meetings.stop_silence": _with("silence", reason=SENTENCE),
    "meetings.take_stand": _making("stand", "paragraph", kind="reserve", on_version=1, reason=SENTENCE),
    "meetings.uninvite": _delegation(),
    "meetings.withdraw_paper": _with("paper", reason=SENTENCE),
    "meetings.withdraw_proposal": _with("proposal"),
}  # fmt: skip
"""An example of every act on a meeting, on the one that `make_meeting` makes."""

RIGHTS: Final[dict[str, tuple[str, ...]]] = {
    # These are of who sits for a participant: no role opens them.
    "meetings.answer": (),
    "meetings.own_words": (),
    "meetings.revoke_feed": (),
    "meetings.take_part": (),
    "meetings.comment": ("secretariat",),
    "meetings.give_paper": ("secretariat",),
    "meetings.lead": ("secretariat",),
    "meetings.load": ("secretariat",),
    "meetings.remind": ("secretariat",),
    "meetings.subscribe": ("secretariat",),
}
"""Which roles hold each permission of the room without a seat, wherever they sit."""
_INVITED: Final = frozenset({"KAZ"})
SEATS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        ("meetings.answer", "meetings.comment", "meetings.give_paper", "meetings.own_words", "meetings.take_part"),
        _INVITED,
    ),
    # In the record of participants it holds the chair, whose coordinators lead.
    "meetings.lead": _INVITED,
    "meetings.subscribe": frozenset({"KAZ", "TKM"}),
}
"""Of which participants a seated coordinator holds it. A feed is of the account that made it."""


def make_meeting(officer: Callable[..., Officer]) -> None:
    """The meeting, through the real actions: one state is invited, proposed wording and reserved; one paragraph lies under a silence."""
    participants.load()
    secretariat, coordinator = officer("secretariat"), officer("national_coordinator")
    seat = {"seat": uuid7(), "officer": coordinator.pk, "participant": "KAZ", "office": "national_coordinator"}
    perform(participants.SeatOfficer(by=None, happened_at=now(), begins=date(2020, 1, 1), **seat))
    leads, state = ({"by": who.pk, "happened_at": now()} for who in (secretariat, coordinator))
    perform(acts.Convene(**leads, **_ON["meeting"], meeting_code="closed", **_SAID))
    perform(acts.Invite(**leads, id=ID["invitation"], **_ON["meeting"], participants=("KAZ",), capacity="member"))
    perform(acts.AddItem(**leads, **_ON["meeting"], **_ON["item"], title_en="Item"))
    perform(acts.AddPaper(**leads, **_ON["meeting"], **_ON["paper"], title="A paper", tongue="en", content=PDF))
    for name in ("paragraph", "second"):
        perform(drafting_acts.AddParagraph(**leads, **_ON["meeting"], paragraph=ID[name], text_en="A closed text."))
    said = {
        "wish": "reword",
        "paragraph": ID["paragraph"],
        "on_version": 1,
        "text_en": "Another text.",
        "reason": SENTENCE,
    }
    perform(drafting_acts.Propose(**state, **_ON["meeting"], **_ON["proposal"], **said))
    taken = {"paragraph": ID["paragraph"], "kind": "reserve", "on_version": 1, "reason": SENTENCE}
    perform(drafting_acts.TakeStand(**state, **_ON["stand"], **taken))
    until = now() + timedelta(days=5)
    perform(
        drafting_acts.OpenSilence(**leads, **_ON["meeting"], **_ON["silence"], paragraphs=(ID["second"],), until=until)
    )
    perform(acts.MakeFeed(**state, **_ON["feed"], feed_digest="0" * 64))
