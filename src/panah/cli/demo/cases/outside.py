"""A complaint of somebody who gave no name, and a body outside whose keys two officers have confirmed."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from panah.cli.demo.acting import done_before, own_id
from panah.cli.demo.cases.desk import Desk, Story
from panah.cli.demo.cases.protection import LALEH

BODY = "lawyers-at-the-lake"


def receipt() -> tuple[str, str]:
    """Number and secret code of the demo's complaint. Fixed, and printed, like the pass-phrase: so that its mailbox can be looked into."""
    return "DEM0-2011", "A1MA-TY20-11DE-M000"


def complained(desk: Desk, held: tuple[str, str]) -> Story:
    """A telephone was kept at a crossing. The ombudsman has taken it up and asked something; the answer is awaited."""
    from panah.node.complaints import service
    from panah.node.complaints.acts import Acknowledge, TakeStep, Triage, WriteBack
    from panah.node.complaints.tickets import Ticket

    complaint = own_id("case-complaint")
    yield desk.day(9)
    ticket = Ticket(own_id("case-lodge"), complaint, *held, desk.day(9))
    if not done_before(ticket.action):
        text = "Saryagash temir yo'l postida telefonimni olib qo'yishdi, qog'oz berishmadi."
        service.lodge_public(ticket, {"kind": "theft", "text": text, "language": "uz", "who": "person"})
    on = {"complaint": complaint}
    yield desk.day(7)
    desk.act(Triage, "ombudsman", "complaint/triage", **on, kind="theft", post="BX061-KZ")
    desk.act(Acknowledge, "ombudsman", "complaint/acknowledge", **on)
    yield desk.day(5)
    seen = "The list of things that were taken at that post was asked for."
    desk.act(TakeStep, "ombudsman", "complaint/step", **on, kind="step", step="documents", text=seen)
    desk.act(
        WriteBack,
        "ombudsman",
        "complaint/question",
        **on,
        text="Rahmat. Telefon qanday rangda edi va qaysi kuni olindi?",
    )


def sealed(desk: Desk, keys: Path) -> Story:
    """Lawyers without an account: keys made on the spot, entered by one officer, confirmed by another; one envelope is ready for them."""
    from panah.cores.exchange import sealing
    from panah.node.referrals.service import ConfirmOutsideBody, EnterOutsideBody, TakeEnvelope

    yield desk.day(40)
    public = _identity(keys).public
    entry = own_id("case-outside", public.fingerprint)
    desk.act(
        EnterOutsideBody, "supervisor", f"outside/enter/{entry}", entry=entry, body=BODY, title="Lawyers at the lake (invented)",
        kinds=("legal_aid",), call="+7 000 000 00 00", seals_for=public.seals_for, signs_with=public.signs_with,
    )  # fmt: skip
    yield desk.day(39)
    heard = sealing.fingerprint_of(public.seals_for, public.signs_with)
    desk.act(ConfirmOutsideBody, "admin", f"outside/confirm/{entry}", entry=entry, heard=heard)
    yield desk.present - timedelta(minutes=20)
    referral = desk.refers(LALEH, "legal_aid", body=BODY, agreed=("identity_core", "claim_content"), chosen_for="wish")
    desk.act(TakeEnvelope, LALEH.post, "outside/envelope", referral=referral, envelope=own_id("case-envelope"))


def _identity(keys: Path) -> Any:
    """The keys of the body, made where there are none. In a real office they lie with the body, and nowhere else."""
    from panah.cores.exchange import sealing

    if not keys.exists():
        keys.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(keys, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
            made.write(sealing.identity_text(sealing.new_identity()))
    return sealing.read_identity(keys.read_text(encoding="utf-8"))
