"""What the demo does on the hub: accounts get their seats, a meeting negotiates a text, a conclusion of it becomes a commitment, and its number
is signed once it is published. Meeting, wording and commitment are invented, and say so.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from panah.cli.demo.accounts import HUB
from panah.cli.demo.acting import act, done_before, own_id

CODE = "demo-1"
_SEATED = timedelta(days=30)  # before the day of the demo, whatever the day is where the hub stands
FLOW = "ARRIVALS_CITIZENSHIP_PROFILE"

_MEETING = {
    "kind": "coordinators",
    "title_en": "National coordinators on protected figures (invented for the demo)",
    "title_ru": "Национальные координаторы о защищённых данных (вымышлено для показа)",
    "where_en": "Online",
    "where_ru": "Онлайн",
    "chair": "KAZ",
    "public": True,
    "observers_read": True,
}
_DAILY = (
    (
        "Participants publish how many people arrived at the posts of the trial.",
        "Участники публикуют, сколько человек прибыло на посты, где идёт испытание.",
    ),
    (
        "Participants publish every day how many people arrived at the posts of the trial.",
        "Участники каждый день публикуют, сколько человек прибыло на посты, где идёт испытание.",
    ),
    (
        "Participants publish every day, protected, how many people arrived at the posts of the trial.",
        "Участники каждый день публикуют с защитой данных, сколько человек прибыло на посты, где идёт испытание.",
    ),
)
_TRAINING = (
    (
        "Officers at the border are trained once a year to recognise who seeks protection.",
        "Сотрудников на границе раз в год учат распознавать тех, кто ищет защиты.",
    ),
    (
        "Officers at the border are trained twice a year to recognise who seeks protection.",
        "Сотрудников на границе дважды в год учат распознавать тех, кто ищет защиты.",
    ),
    (
        "Officers and interpreters at the border are trained twice a year to recognise who seeks protection.",
        "Сотрудников и переводчиков на границе дважды в год учат распознавать тех, кто ищет защиты.",
    ),
)
_FAMILIES = (
    "Each participant names an office that answers within ten days when a family asks after a missing relative.",
    "Каждый участник называет ведомство, которое за десять дней отвечает семье, ищущей пропавшего родственника.",
)


def seated(day: date) -> dict[str, Any]:
    """Every account acts for the participant of its seat."""
    from panah.foundation.access.models import Officer
    from panah.foundation.clock import now
    from panah.foundation.door.service import perform
    from panah.hub.participants.service import SeatOfficer

    for account in HUB:
        identifier = own_id("seat", account.username)
        if not account.seat[0] or done_before(identifier):
            continue
        said: dict[str, Any] = dict(zip(("participant", "office"), account.seat, strict=True))
        said |= {"seat": own_id("seated", account.username), "begins": day - _SEATED}
        officer = Officer.objects.get(username=account.username)
        perform(SeatOfficer(id=identifier, by=None, happened_at=now(), officer=officer.pk, **said))
    return {"seats": sum(bool(account.seat[0]) for account in HUB)}


def negotiated(day: date) -> dict[str, Any]:
    """A meeting in three weeks: one paragraph is agreed, one has changes and an open proposal, on one a state reserves its position."""
    from panah.hub.meetings import acts, drafting_acts

    meeting = own_id("meeting")
    if not _does(acts.Convene, "secretariat", "convene", meeting=meeting, meeting_code=CODE, **_MEETING, **_when(day)):
        return {"meeting": CODE}
    for capacity, codes in (
        ("member", ("KAZ", "KGZ", "TJK")),
        ("observer", ("PRAGUE",)),
        ("organisation", ("IOM", "UNHCR")),
    ):
        _does(acts.Invite, "secretariat", f"invite/{capacity}", meeting=meeting, participants=codes, capacity=capacity)
    for username, office in (("hub-coordinator", "head of department"), ("coordinator-kgz", "deputy minister")):
        _does(
            acts.AnswerInvitation,
            username,
            f"answer/{username}",
            delegation=_delegation(username),
            comes="comes",
            head_en=office,
            size=3,
        )
    for n, (english, russian) in enumerate((("Opening", "Открытие"), ("Protected figures", "Защищённые данные")), 1):
        titles = {"title_en": english, "title_ru": russian}
        _does(acts.AddItem, "secretariat", f"item/{n}", meeting=meeting, item=own_id("item", n), **titles)
    _daily(meeting)
    _training(meeting)
    third = _paragraph(meeting, 3, _FAMILIES)
    reason = "Our law does not set such a term yet; we ask for three weeks."
    stand = {"paragraph": third, "stand": own_id("stand", 3), "on_version": 1, "reason": reason}
    _does(drafting_acts.TakeStand, "coordinator-tjk", "reserve", kind="reserve", **stand)
    return {"meeting": CODE}


def _when(day: date) -> dict[str, Any]:
    begins = day + timedelta(days=21)
    return {
        "begins": begins,
        "ends": begins,
        "answers_by": day + timedelta(days=14),
        "proposals_by": _at(day + timedelta(days=10)),
    }


def _daily(meeting: Any) -> None:
    """The first paragraph: two states find themselves in it, and it is agreed."""
    from panah.hub.meetings import drafting_acts

    first = _paragraph(meeting, 1, _DAILY[0])
    _merged(meeting, first, "coordinator-kgz", 1, _DAILY[1])
    _merged(meeting, first, "coordinator-tjk", 2, _DAILY[2])
    agreed = {"paragraph": first, "on_version": 3, "how": "consultation"}
    _does(drafting_acts.Agree, "secretariat", "agree", **agreed)


def _training(meeting: Any) -> None:
    """The second paragraph: one change is in the text, a second proposal is discussed."""
    from panah.hub.meetings import drafting_acts

    second = _paragraph(meeting, 2, _TRAINING[0])
    _merged(meeting, second, "hub-coordinator", 1, _TRAINING[1])
    open_one = _proposed(meeting, second, "coordinator-kgz", 2, _TRAINING[2])
    words = "We support that, if the trainings are in Russian as well."
    on = {"proposal": open_one}
    _does(drafting_acts.AddRemark, "coordinator-tjk", "remark", **on, said=own_id("remark"), words=words)
    _does(
        drafting_acts.TakeStand,
        "hub-coordinator",
        "support",
        **on,
        stand=own_id("stand", 2),
        kind="support",
        on_version=2,
    )


def promised(day: date) -> dict[str, Any]:
    """Kazakhstan takes the agreed paragraph up: drafted by one, signed by another, with the number by which it is told, and a report."""
    from panah.cores.exchange.structure import the_structure
    from panah.hub.commitments import acts, models

    commitment, report = own_id("promise"), own_id("promise-report")
    _does(
        acts.Make, "senior-official", "make", commitment=commitment, participant="KAZ", kind="conclusion", source=f"M-{CODE}-1",
        action_en="Publish every day, protected, who arrives at four posts (invented for the demo).",
        action_ru="Каждый день публиковать с защитой данных, кто прибывает на четыре поста (вымышлено для показа).",
        theme="data", begins=day, due=day + timedelta(days=365),
    )  # fmt: skip
    _does(acts.Accept, "hub-coordinator", "accept", commitment=commitment)
    part = ".".join("_T" for _axis in the_structure().dataflow(FLOW).axes)
    _does(
        acts.SetMeasure, "hub-coordinator", "measure", commitment=commitment, measure=own_id("promise-measure"), kind="table",
        indicator=FLOW, part=part, state="KAZ", days=True, direction="up", baseline=Decimal(0), goal=Decimal(500),
    )  # fmt: skip
    said = {
        "status": "in_progress",
        "text_en": "Four posts publish; the other posts follow.",
        "text_ru": "Публикуют четыре поста; остальные последуют.",
    }
    _does(acts.DraftReport, "senior-official", "report", commitment=commitment, report=report, **said)
    shown = models.Report.objects.get(pk=report).digest
    _does(acts.SignReport, "hub-coordinator", "sign-report", report=report, shown=shown)
    return {"commitment": models.Commitment.objects.get(pk=commitment).code}


def signed(_day: date) -> dict[str, Any]:
    """The coordinator signs the number that the node published. What is withheld is not signed, and on a later day it has moved."""
    from panah.hub.commitments import acts, figures, models, rules

    measure = models.Measure.objects.select_related("commitment").get(pk=own_id("promise-measure"))
    figure = figures.figure_of(measure)
    if figure is None or figure.value is None:
        return {"figure": ""}
    shown = rules.digest(figures.to_sign(measure, figure))
    by = {"commitment": measure.commitment_id, "signed": own_id("promise-signed"), "shown": shown}
    _does(acts.SignFigure, "hub-coordinator", "sign-figure", **by)
    return {"figure": f"{figure.value.normalize():f}"}


def _does(kind: Any, username: str, key: str, /, **said: Any) -> bool:
    """The act of this account; whether it is new."""
    from panah.foundation.access.models import Officer

    return act(kind, Officer.objects.get(username=username), own_id("hub", key), **said) is not None


def _paragraph(meeting: Any, number: int, text: tuple[str, str]) -> Any:
    from panah.hub.meetings import drafting_acts

    made = own_id("paragraph", number)
    said = {"meeting": meeting, "paragraph": made, "text_en": text[0], "text_ru": text[1]}
    _does(drafting_acts.AddParagraph, "secretariat", f"paragraph/{number}", **said)
    return made


def _proposed(meeting: Any, paragraph: Any, by: str, version: int, text: tuple[str, str]) -> Any:
    from panah.hub.meetings import drafting_acts

    made = own_id("proposal", paragraph, version)
    said = {"proposal": made, "wish": "reword", "paragraph": paragraph, "on_version": version}
    told = {"text_en": text[0], "text_ru": text[1], "reason": "It says more exactly what is meant."}
    _does(drafting_acts.Propose, by, f"propose/{paragraph}/{version}", meeting=meeting, **said, **told)
    return made


def _merged(meeting: Any, paragraph: Any, by: str, version: int, text: tuple[str, str]) -> None:
    from panah.hub.meetings import drafting_acts

    proposal = _proposed(meeting, paragraph, by, version, text)
    said = {"proposal": proposal, "made": own_id("merged", proposal), "on_version": version}
    told = {"text_en": text[0], "text_ru": text[1]}
    _does(drafting_acts.Merge, "secretariat", f"merge/{paragraph}/{version}", **said, **told)


def _delegation(username: str) -> Any:
    from panah.hub.meetings.models import Delegation

    participant = next(account.seat[0] for account in HUB if account.username == username)
    return Delegation.objects.get(meeting=own_id("meeting"), participant=participant, withdrawn_at=None).pk


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
