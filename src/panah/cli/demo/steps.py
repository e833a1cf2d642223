"""The steps of the demo that need the database of one installation: `python -m panah.cli.demo.steps STEP[,STEP…] DAY [FOLDER SEED PEOPLE]`.

Each runs in a process of its own with that installation's settings, goes through the door like any office, and prints what it did as one line
of JSON. A step that ran before changes nothing.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from panah.cli.database import set_up
from panah.cli.demo import houses
from panah.cli.demo.accounts import HUB, NODE, PASSPHRASE, Account
from panah.cli.demo.acting import act, done_before, own_id
from panah.cli.demo.cases import before
from panah.cli.demo.people import Arrival, arrivals
from panah.cli.demo.promise import negotiated, promised, seated, signed

_ACCEPTED = 0.6
_OPENED = timedelta(days=60)  # before the first case


def accounts(day: date) -> dict[str, Any]:
    """Open the ready log-ins of this installation, and tell its public key."""
    from django.conf import settings

    from panah.cores.exchange.submission import text_of_key
    from panah.foundation.access.actions import AddOfficer, hashed
    from panah.foundation.access.models import Officer
    from panah.foundation.clock import now, standing_at
    from panah.foundation.door.service import perform
    from panah.foundation.keys import service as keys

    wanted = NODE if settings.PANAH_ROLE == "node" else HUB
    password, opened_at = hashed(PASSPHRASE), now() - _OPENED
    for account in wanted:
        if Officer.objects.filter(username=account.username).exists():
            continue
        action = AddOfficer(
            id=own_id("account", account.username),
            by=None,
            happened_at=opened_at,
            officer=own_id("officer", account.username),
            username=account.username,
            display_name=account.name,
            password_hash=password,
            email=f"{account.username}@example.org",
            roles=account.roles,
            post=account.post,
            body=_body(account, day) if account.receives else "",
            serves_state=account.serves_state,
        )
        with standing_at(opened_at):
            perform(action)
    return {"accounts": len(wanted), "key": text_of_key(keys.signing_public_key())}


def _body(account: Account, day: date) -> str:
    from django.conf import settings

    from panah.cores.lawbook import load_pack
    from panah.node.referrals.service import body_code

    body = load_pack(settings.PANAH_PACK).body_for(account.receives, day, "ALA")
    return body_code(body) if body else ""


def files(day: date, folder: str, seed: str, how_many: str) -> dict[str, Any]:
    """The day's files as offices would send them: what each is, where it lies, who takes it in."""
    from django.conf import settings

    from panah.cli.demo.accounts import POSTS
    from panah.foundation.clock import now

    inbox = Path(folder) / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    workbook, table, submissions, rail = (
        inbox / f"{day}-{name}" for name in ("airport.xlsx", "kordai.csv", "zhibek-zholy.zip", "rail.csv")
    )
    everyone = list(arrivals(int(seed), int(how_many), day, POSTS, now().astimezone(ZoneInfo(settings.TIME_ZONE))))
    of = {post: [person for person in everyone if person.record["place"] == post] for post in POSTS}
    if not rail.exists():  # a second run on the same day brings the same files
        _write(of, workbook, table, submissions, rail)
    return {
        "files": [
            ("a workbook from Almaty airport", str(workbook), "officer"),
            ("a table from Kordai", str(table), "officer-kordai"),
            ("form submissions from Zhibek Zholy", str(submissions), "officer-zhibek"),
            ("a table from the rail crossing Saryagash", str(rail), "officer-rail"),
        ]
    }


def _write(of: dict[str, list[Arrival]], workbook: Path, table: Path, submissions: Path, rail: Path) -> None:
    from panah.node.imports.service import submission_for, write_sheet

    write_sheet(workbook, of["ALA"])
    write_sheet(table, of["BX045-KZ"])
    with zipfile.ZipFile(submissions, "w", zipfile.ZIP_DEFLATED) as archive:
        for person in of["BX053-KZ"]:
            archive.writestr(
                f"{person.record['id']}.xml", submission_for(person.record, person.name, person.arrived_at)
            )
    write_sheet(rail, of["BX061-KZ"])


def work(day: date) -> dict[str, Any]:
    """Officers confirm the proposals and send the referrals; bodies answer most of what has come to them."""
    from panah.foundation.access.models import Officer
    from panah.node.profiling import service as profiling
    from panah.node.registration import service as registration

    houses.families(day, Officer.objects.get(username="officer"), act, own_id)
    confirmed = sent = held = 0
    by_post = {
        officer.post: officer
        for officer in Officer.objects.filter(grants__role="border_officer", grants__withdrawn_at=None)
    }
    for file in _files_of(day):
        officer = by_post.get(file.place)
        proposal = profiling.proposal_of(file.pk)
        if officer is None or proposal is None:
            continue
        if profiling.confirmed(file.pk) is None:
            act(profiling.ConfirmProfile, officer, own_id("confirm", proposal.pk), proposal=proposal.pk)
            confirmed += 1
        decided = profiling.confirmed(registration.file_by_id(file.pk).pk)
        for line in _protection_first(decided.referrals if decided else ()):
            outcome = _send(officer, file.pk, line)
            sent += outcome == "sent"
            held += outcome == "waits for consent"
    return {"confirmed": confirmed, "sent": sent, "waiting for consent": held} | _answers()


def _files_of(day: date) -> Iterable[Any]:
    from django.conf import settings

    from panah.node.registration import service as registration

    zone = ZoneInfo(settings.TIME_ZONE)
    midnight = datetime.combine(day, datetime.min.time(), zone)
    return registration.PersonFile.objects.filter(arrived_at__date=midnight.date()).order_by("arrived_at", "id")


def _protection_first(lines: Iterable[Any]) -> list[Any]:
    return sorted(lines, key=lambda line: line["to"] == "security_service")


def _send(officer: Any, file: UUID, line: Any) -> str:
    from panah.foundation.door.service import Refused, Stopped
    from panah.node.referrals.service import SendReferral

    try:
        act(
            SendReferral,
            officer,
            own_id("send", file, line["to"]),
            file=file,
            to=line["to"],
            referral=own_id("referral", file, line["to"]),
        )
    except Refused as refusal:
        return "waits for consent" if refusal.code == "consent_needed" else refusal.code
    except Stopped:
        return "stopped"
    return "sent"


def _answers() -> dict[str, int]:
    """Bodies accept six in ten of what waits for them, decline a few, and close some."""
    import random

    from panah.foundation.access.models import Officer
    from panah.node.referrals.rules import outcomes
    from panah.node.referrals.service import AcceptReferral, CompleteReferral, DeclineReferral, waiting_for

    counts = {"accepted": 0, "declined": 0, "done": 0}
    for officer in Officer.objects.exclude(body=""):
        for row in list(waiting_for(officer).filter(status="sent")):
            draw = random.Random(row.pk.int).random()
            if draw < _ACCEPTED:
                act(AcceptReferral, officer, own_id("accept", row.pk), referral=row.pk)
                counts["accepted"] += 1
                if draw < _ACCEPTED / 4:
                    act(CompleteReferral, officer, own_id("done", row.pk), referral=row.pk, outcome=outcomes(row.to)[0])
                    counts["done"] += 1
            elif draw > 0.96:
                act(
                    DeclineReferral,
                    officer,
                    own_id("decline", row.pk),
                    referral=row.pk,
                    reason="INCOMPLETE",
                    remark="Which language?",
                )
                counts["declined"] += 1
    return counts


def house(day: date) -> dict[str, Any]:
    """Centres are opened; families and people who came alone get places in them."""
    from panah.foundation.access.models import Officer
    from panah.node.reception.house_acts import AskPlace
    from panah.node.referrals.service import waiting_for

    social, border = (Officer.objects.get(username=name) for name in ("reception", "officer"))
    opened = houses.open_houses(social, act, own_id)
    parties = houses.families(day, border, act, own_id)
    alone = waiting_for(social).filter(to="reception_centre", status="accepted").values_list("file", flat=True)
    parties += [[file] for file in alone[: houses.MOST_ALONE]]
    parties += [[file] for file in _children_alone(day, border.post)]
    stays = houses.settle(opened, parties, social, act, own_id)
    houses.daily_life(opened, stays, social, act, own_id)
    settled = {file for party in parties for file in party}
    file = next((one.pk for one in _files_of(day) if one.place == border.post and one.pk not in settled), None)
    if file is not None and not done_before(own_id("ask-place", day)):
        said = {"ask": own_id("asked", day), "file": file, "centre": opened["DEMO-ORCHARD"]}
        act(AskPlace, border, own_id("ask-place", day), **said)
    return {"housed": len(stays)}


def _children_alone(day: date, post: str) -> list[UUID]:
    """Children of the day who came to a post without their family, as decided there."""
    from panah.node.profiling import service as profiling

    here = [one.pk for one in _files_of(day) if one.place == post and one.group_id is None]
    decided = [found for file in here if (found := profiling.confirmed(file)) is not None]
    alone = {"unaccompanied_child", "separated_child"}
    return [one.file for one in decided if not alone.isdisjoint(one.profiles)][:4]


def attempt(day: date) -> dict[str, Any]:
    """An officer asks whether a person who asked for asylum may be refused entry: the safeguards stop it, and it is on record."""
    from panah.foundation.access.models import Officer
    from panah.foundation.door.service import Harm, Stopped
    from panah.node.profiling import service as profiling
    from panah.node.safeguards.actions import AskCoerciveAct
    from panah.node.safeguards.service import standing

    officer = Officer.objects.get(username="officer")
    for file in _files_of(day).filter(place=officer.post):  # type: ignore[attr-defined]
        proposal = profiling.proposal_of(file.pk)
        if proposal is None or not any(hold.code == "no_removal" for hold in standing(file.pk)):
            continue
        try:
            act(
                AskCoerciveAct, officer, own_id("attempt", file.pk), file=file.pk, act=Harm.REFUSAL_OF_ENTRY.value,
                legal_ground="none named: an attempt of the demo", reason="The demo shows what a stop looks like.",
            )  # fmt: skip
        except Stopped as stopped:
            return {"stopped": [_words("safeguard", hold["code"]) for hold in stopped.stop.holds], "file": file.number}
    return {"stopped": []}


def summary(day: date) -> dict[str, Any]:
    """What the day amounts to."""
    from collections import Counter

    from panah.node.profiling import service as profiling
    from panah.node.safeguards.models import Hold
    from panah.node.statistics.service import Release

    people = list(profiling.countable(day, day))
    return {
        "people": len(people),
        "profiles": {
            _words("profile", code): count
            for code, count in Counter(code for person in people for code in person.profiles).most_common()
        },
        "holds": Hold.objects.filter(lifted_at=None).count(),
        "released": Release.objects.filter(period=day.isoformat()).exists(),
    }


def _words(kind: str, code: str) -> str:
    """A code of the screening as English readers know it."""
    from panah.cores.screening.wording import wording
    from panah.node.registration.service import node_pack

    found = wording(node_pack()).text(f"{kind}.{code}", "en")
    return found.text if found else code


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    step.__name__: step
    for step in (
        accounts,
        before,
        files,
        work,
        house,
        attempt,
        summary,
        seated,
        negotiated,
        promised,
        signed,
    )
}

if __name__ == "__main__":
    set_up()
    told: dict[str, Any] = {}
    for name in sys.argv[1].split(","):
        told |= STEPS[name](date.fromisoformat(sys.argv[2]), *sys.argv[3:])
    print(json.dumps(told, ensure_ascii=False))
