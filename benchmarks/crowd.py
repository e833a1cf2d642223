"""A year of an installation laid down in bulk, past the action door: for measuring only, never for an installation that works.

Every person is invented (panah.cli.demo): a name in the script of their country, the search keys and the screening that the program itself
would make, three referrals, holds, and for some a procedure. The journal's chain is a true one. Call `lay_down` after `own_installation`.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

POSTS = ("ALA", "BX045-KZ", "BX053-KZ", "BX061-KZ")
DAYS = 400
TODAY_AT_ALMATY = 150
"""So many of the first people come today at one post, however many there are in all: a full day's page."""

OPEN_AFTER_TWO_WEEKS = 0.03
_KIND = "asylum_authority"
_AT_ONCE = 2000


@dataclass(frozen=True)
class Line:
    """A referral as it would be sent in a story."""

    to: str
    body: str
    because: list[Any]
    packet: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """One invented record with what the screening made of it; many people share it."""

    record: Mapping[str, Any]
    profile: Mapping[str, Any]
    lines: tuple[Line, ...]


@dataclass
class Crowd:
    """What was laid down, for choosing what to open; grows with each call of `lay_down`."""

    people: int = 0
    last: UUID | None = None
    at_almaty: list[UUID] = field(default_factory=list)
    with_proposal: list[UUID] = field(default_factory=list)
    serials: Counter[tuple[str, date]] = field(default_factory=Counter)
    numbers: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def stories(how_many: int = 500) -> tuple[Story, ...]:
    """The invented records of one day, screened."""
    import msgspec

    from panah.cli.demo.people import arrivals
    from panah.cores.screening import read_record, screener
    from panah.node.referrals.packets import packet
    from panah.node.referrals.service import body_code
    from panah.node.registration.service import node_pack

    pack, moment = node_pack(), datetime.now(UTC)
    screen = screener(pack)
    made = []
    for one in arrivals(20261121, how_many, moment.date(), POSTS, moment + timedelta(hours=24)):
        profile = msgspec.to_builtins(screen(read_record(one.record)))
        codes = tuple(line["code"] for line in profile["profiles"])
        lines = []
        for line in profile["referrals"]:
            body = pack.body_for(line["to"], moment.date(), "ALA")
            if body is not None:
                shown = packet(one.record, one.name.full, line["to"], profiles=codes, child=False, consent=True)
                lines.append(Line(line["to"], body_code(body), list(line["because"]), shown.as_json()))
        made.append(Story(one.record, profile, tuple(lines)))
    return tuple(made)


def again() -> Crowd | None:
    """What was laid down in this database before; None where it is empty."""
    from panah.node.profiling.models import Proposal
    from panah.node.registration.models import IdentityDocument, PersonFile

    if not PersonFile.objects.exists():
        return None
    return Crowd(
        people=PersonFile.objects.count(),
        at_almaty=list(PersonFile.objects.filter(place="ALA").order_by("pk").values_list("pk", flat=True)[:5000]),
        with_proposal=list(
            Proposal.objects.filter(file__place="ALA").order_by("file").values_list("file", flat=True)[:5000]
        ),
        numbers=list(
            IdentityDocument.objects.exclude(number="").order_by("pk").values_list("number", flat=True)[:5000]
        ),
    )


def lay_down(crowd: Crowd, how_many: int) -> None:
    """Put so many more people into the tables."""
    chance = random.Random(20261121 + crowd.people)
    rows: dict[type[Any], list[Any]] = defaultdict(list)
    for n in range(how_many):
        _person(crowd, chance, rows)
        if (n + 1) % _AT_ONCE == 0 or n + 1 == how_many:
            _write(rows)


def copy(since: UUID, times: int) -> None:
    """Copy everybody who was laid down after the file `since`, with all that hangs on them, so many times, inside the database.

    A copy has ids and numbers of its own, and the names, days and document numbers of its original. Its journal lines are there to be read;
    the chain does not hold for them. Ids grow with time (UUIDv7), so `since` parts all tables.
    """
    from django.db import connection, transaction
    from django.db.models import Max

    from panah.foundation.journal.models import Entry, Head
    from panah.node.procedures.models import Decision, Step, Term

    first_step = Step.objects.filter(proceeding__lt=since).aggregate(last=Max("pk"))["last"] or 0
    last_step = Step.objects.aggregate(last=Max("pk"))["last"] or 0
    first_line, last_line = Entry.objects.filter(subject=since).aggregate(last=Max("pk"))["last"], _last_line()
    mark = since.hex if connection.vendor == "sqlite" else str(since)
    of_steps = ("step_id", first_step, last_step)
    bounds = {Term: of_steps, Decision: of_steps, Entry: ("seq", first_line, last_line)}
    with transaction.atomic(), connection.cursor() as cursor:
        for model, column in _copied():
            low, high = (mark, "ffffffff" + "f" * 24) if model not in bounds else bounds[model][1:]
            fields = model._meta.concrete_fields
            names = ", ".join(f'"{one.column}"' for one in fields)
            made = ", ".join(_of_copy(one, connection.vendor) for one in fields)
            table = model._meta.db_table
            cursor.execute(
                f'CREATE TEMP TABLE original AS SELECT * FROM "{table}" WHERE {column} > %s AND {column} <= %s',
                [low, high],
            )
            for n in range(1, times + 1):
                sql = f'INSERT INTO "{table}" ({names}) SELECT {made} FROM original'
                cursor.execute(sql.replace("{n}", f"{n:02x}").replace("{far}", str(n * _FAR)))
            cursor.execute("DROP TABLE original")
    last = Entry.objects.order_by("-seq").first()
    Head.objects.filter(pk=1).update(seq=last.seq, hash=last.hash)


_FAR = 10_000_000


def _last_line() -> int:
    from panah.foundation.journal import service

    return service.head()[0]


def _copied() -> list[tuple[type[Any], str]]:
    """The tables that are copied, in the order in which they point to each other, with the column that parts them."""
    from panah.foundation.journal.models import Entry
    from panah.node.procedures.models import Decision, Fact, Proceeding, Step, Term
    from panah.node.profiling.models import Confirmation, Interview, Proposal
    from panah.node.referrals.models import Referral
    from panah.node.registration.models import IdentityDocument, Name, PersonFile, SearchKey
    from panah.node.safeguards.models import Attempt, CoerciveAct, Guarded, Hold

    return [
        (PersonFile, "id"), (Name, "file_id"), (IdentityDocument, "file_id"), (SearchKey, "file_id"), (Interview, "file_id"),
        (Proposal, "file_id"), (Confirmation, "file_id"), (Guarded, "subject"), (Hold, "subject"), (Attempt, "subject"),
        (CoerciveAct, "subject"), (Referral, "file"), (Proceeding, "file"), (Fact, "proceeding_id"), (Step, "proceeding_id"),
        (Term, "step_id"), (Decision, "step_id"), (Entry, "seq"),
    ]  # fmt: skip


def _of_copy(field: Any, vendor: str) -> str:
    """What stands in a column of a copy: ids (where a UUIDv7 has its version) and numbers carry the number of the copy, all else is kept."""
    from django.db.models import AutoField, BigAutoField, UUIDField

    kept = f'"{field.column}"'
    target = field.target_field if field.is_relation else field
    if isinstance(target, (AutoField, BigAutoField)) or field.column == "seq":
        return f"{kept} + {{far}}"
    if isinstance(target, UUIDField) and field.column not in ("by", "action"):
        if vendor == "sqlite":
            return f"substr({kept}, 1, 12) || '{{n}}' || substr({kept}, 15)"
        return f"(substr({kept}::text, 1, 14) || '{{n}}' || substr({kept}::text, 17))::uuid"
    if field.column == "number" and field.unique:
        return f"{kept} || 'C{{n}}'"
    return kept


def _write(rows: dict[type[Any], list[Any]]) -> None:
    from django.db import transaction

    from panah.foundation.journal.models import Head

    lines = rows.pop(_entry_model(), [])
    with transaction.atomic():
        for model, made in rows.items():
            model.objects.bulk_create(made, batch_size=500)
        _entry_model().objects.bulk_create(_chained(lines), batch_size=500)
        if lines:
            Head.objects.filter(pk=1).update(seq=lines[-1].seq, hash=lines[-1].hash)
    rows.clear()


def _entry_model() -> type[Any]:
    from panah.foundation.journal.models import Entry

    return Entry


def _chained(lines: list[Any]) -> list[Any]:
    """The lines with their numbers and hashes, after the last one that stands."""
    from panah.foundation.journal import chain, service

    seq, digest = service.head()
    for entry in lines:
        seq += 1
        entry.seq = seq
        digest = chain.next_hash(digest, chain.Line(**{name: getattr(entry, name) for name in chain.Line.__slots__}))
        entry.hash = digest
    return lines


def _person(crowd: Crowd, chance: random.Random, rows: dict[type[Any], list[Any]]) -> None:
    from uuid6 import uuid7

    n = crowd.people
    crowd.people += 1
    story = stories()[n % len(stories())]
    today = n < TODAY_AT_ALMATY
    place = "ALA" if today else chance.choices(POSTS, (0.4, 0.2, 0.2, 0.2))[0]
    arrived = _arrived(chance, today)
    day = arrived.astimezone(ZoneInfo("Asia/Almaty")).date()
    crowd.serials[place, day] += 1
    said = story.record["person"]
    status = chance.choice(("registered", "interviewed", "proposed", "referred")) if today else "referred"
    if not today and chance.random() < 0.25:
        status = "closed"
    file = _file(chance, uuid7(), f"{place}-{day:%y%m%d}-{crowd.serials[place, day]:04d}", place, arrived, status, said)
    rows[type(file)].append(file)
    crowd.last = file.pk
    if place == "ALA":
        crowd.at_almaty.append(file.pk)
    _names_and_keys(crowd, chance, rows, file)
    if not today or status in ("proposed", "referred"):
        _screened(crowd, rows, file, story)
    for code, after in (("registration.register", 0), ("profiling.record_interview", 40), ("profiling.confirm", 60)):
        _told(rows, code, file, arrived + timedelta(minutes=after))
    _referrals(chance, rows, file, story, n)
    _acts(chance, rows, file, n)


def _arrived(chance: random.Random, today: bool) -> datetime:
    moment = datetime.now(UTC)
    if not today:
        return moment - timedelta(days=chance.uniform(1, DAYS))
    midnight = moment.astimezone(ZoneInfo("Asia/Almaty")).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight) * chance.random()


def _file(
    chance: random.Random,
    identifier: UUID,
    number: str,
    place: str,
    arrived: datetime,
    status: str,
    said: Mapping[str, Any],
) -> Any:
    from panah.cores.identity.birth import stated
    from panah.node.registration.models import PersonFile

    day = said["birth_date"]
    if len(day) == 10:
        day = f"{day[:4]}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    born = stated(day)
    closed = arrived + timedelta(days=0.5) if status == "closed" else None
    return PersonFile(
        id=identifier,
        number=number,
        place=place,
        status=status,
        arrived_at=arrived,
        registered_at=arrived,
        language=said["languages"][0],
        sex=said["sex"],
        birth=day,
        birth_stated=day,
        birth_precision=born.precision.value,
        birth_from=born.earliest,
        birth_to=born.latest,
        citizenships=said["citizenships"],
        entry={"mode": "border_point", "from": "UZB"},
        closed_at=closed,
        closing_reason="completed" if closed else "",
    )


def _names_and_keys(crowd: Crowd, chance: random.Random, rows: dict[type[Any], list[Any]], file: Any) -> None:
    from panah.cli.demo.names import invent
    from panah.node.registration.models import IdentityDocument, Name, SearchKey
    from panah.node.registration.search_keys import keys_of

    said = invent(chance, (file.citizenships or ["UZB"])[0], file.sex)
    parts = (("as_stated", said.full), ("patronymic", said.patronymic), ("father", said.father))
    names = [Name(file=file, kind=kind, script=said.script, text=text) for kind, text in parts if text]
    documents = []
    if chance.random() < 0.6:
        number = f"{chance.choice('ABCDEFGHKLMNPRSTUX')}{chance.randrange(10**8):08d}"
        crowd.numbers.append(number)
        documents = [IdentityDocument(file=file, type="passport", issuer="UZB", number=number, status="valid")]
    rows[Name].extend(names)
    rows[IdentityDocument].extend(documents)
    rows[SearchKey].extend(keys_of(file, names, documents))


def _screened(crowd: Crowd, rows: dict[type[Any], list[Any]], file: Any, story: Story) -> None:
    from uuid6 import uuid7

    from panah.node.profiling.models import Confirmation, Interview, Proposal
    from panah.node.registration.service import node_pack
    from panah.node.safeguards.models import Guarded, Hold
    from panah.node.safeguards.rules import is_absolute

    pack, at = node_pack(), file.arrived_at + timedelta(minutes=40)
    interview = Interview(id=uuid7(), file=file, language=file.language, started_at=at, finished_at=at, record={})
    proposal = Proposal(
        id=uuid7(), interview=interview, file=file, record=story.record, profile=story.profile,
        urgency=story.profile["urgency"], pack=pack.code, pack_version=pack.version, pack_digest=pack.digest,
        on=at.date(), made_at=at,
    )  # fmt: skip
    codes = [line["code"] for line in story.profile["profiles"]]
    rows[Interview].append(interview)
    rows[Proposal].append(proposal)
    if file.status != "proposed":
        rows[Confirmation].append(Confirmation(id=uuid7(), proposal=proposal, file=file, profiles=codes, at=at))
    rows[Guarded].append(Guarded(subject=file.pk, screened_at=at))
    rows[Hold].extend(
        Hold(
            id=uuid7(), subject=file.pk, code=line["code"], absolute=is_absolute(line["code"], ()),
            because=list(line["because"]), placed_at=at, lifted_at=file.closed_at,
        )
        for line in story.profile["safeguards"]
    )  # fmt: skip
    if file.place == "ALA":
        crowd.with_proposal.append(file.pk)


def _told(rows: dict[type[Any], list[Any]], code: str, file: Any, at: datetime) -> None:
    from panah.foundation.journal import chain

    facts = chain.canonical({"number": file.number, "body": "kaz-migration-service"})
    entry = _entry_model()
    rows[entry].append(
        entry(recorded_at=at, happened_at=at, code=code, action=uuid4(), place=file.place, subject=file.pk, facts=facts)
    )


@lru_cache(maxsize=1)
def _asylum_lines() -> Sequence[Line]:
    return [line for story in stories() for line in story.lines if line.to == _KIND]


def _lines_of(story: Story, n: int) -> Iterator[tuple[Line, bool]]:
    """Three lines of a story, and whether it is the first of its kind; those who are referred nowhere go to the asylum body."""
    lines = story.lines or (_asylum_lines()[n % len(_asylum_lines())],)
    for k in range(3):
        yield lines[k % len(lines)], k < len(lines)


def _referrals(chance: random.Random, rows: dict[type[Any], list[Any]], file: Any, story: Story, n: int) -> None:
    from uuid6 import uuid7

    from panah.node.referrals.models import Referral

    sent = file.arrived_at + timedelta(hours=2)
    fresh = datetime.now(UTC) - sent < timedelta(days=14)
    for serial, (line, first) in enumerate(_lines_of(story, n), start=1):
        is_open = first and file.status != "closed" and chance.random() < (0.6 if fresh else OPEN_AFTER_TWO_WEEKS)
        status = chance.choice(("sent", "accepted")) if is_open else "done" if chance.random() < 0.9 else "declined"
        answered = sent + timedelta(hours=chance.uniform(1, 60)) if status != "sent" else None
        row = Referral(
            id=uuid7(), number=f"{file.number}-R{serial}", file=file.pk, to=line.to, body=line.body,
            from_place=file.place, urgency="normal", because=line.because, consent="given", packet=line.packet,
            status=status, sent_at=sent, due_at=sent + timedelta(hours=48), answered_at=answered,
            decline_code="CAPACITY" if status == "declined" else "", outcome="registered" if status == "done" else "",
            done_at=answered if status == "done" else None,
        )  # fmt: skip
        rows[Referral].append(row)
        if first and line.to == _KIND and status in ("accepted", "done") and chance.random() < 0.6:
            _proceeding(chance, rows, file, row)
    _told(rows, "referrals.send", file, sent)


def _proceeding(chance: random.Random, rows: dict[type[Any], list[Any]], file: Any, referral: Any) -> None:
    from uuid6 import uuid7

    from panah.node.procedures.models import Decision, Fact, Proceeding, Step, Term
    from panah.node.registration.service import node_pack

    pack, began = node_pack(), referral.answered_at
    shape = pack.procedure("asylum", datetime.now(UTC).date())
    ended = referral.status == "done"
    stages = shape.stages[1:4]
    row = Proceeding(
        id=uuid7(), number=f"{file.number}-P1", file=file.pk, procedure="asylum", body=referral.body,
        referral=referral.pk, shape_on=datetime.now(UTC).date(), pack=pack.code, pack_version=pack.version,
        pack_digest=pack.digest, stage="" if ended else stages[-1].id, opened_at=began,
        ended_at=began + timedelta(days=60) if ended else None, outcome="granted" if ended else "",
    )  # fmt: skip
    rows[Proceeding].append(row)
    rows[Fact].append(Fact(proceeding=row, code="arrival", at=file.arrived_at, recorded_at=began))
    for k, stage in enumerate(stages):
        over = began + timedelta(days=k + 1) if ended or k < len(stages) - 1 else None
        outcome = stage.outcomes[0] if over and stage.outcomes else ""
        step = Step(
            proceeding=row, body=row.body, procedure=row.procedure, stage=stage.id, began_at=began + timedelta(days=k),
            ended_at=over, outcome=outcome,
        )  # fmt: skip
        rows[Step].append(step)
        rows[Term].extend(
            Term(
                step=step, body=row.body, procedure=row.procedure, parameter=name, binds="authority", verified=True,
                started_at=step.began_at, done_at=over, due_at=step.began_at + timedelta(days=chance.choice((30, 90))),
            )
            for name in dict.fromkeys(stage.terms)
        )  # fmt: skip
    if ended:
        own = random.Random(row.number)
        signed = began + timedelta(days=own.uniform(20, 59))
        rows[Decision].append(
            Decision(
                id=uuid7(), step=rows[Step][-1], body=row.body, outcome=own.choice(("granted", "refused")),
                facts_found="invented " * 60, law_applied="invented " * 20, assessment="invented " * 90,
                drafted_at=signed - timedelta(days=2), drafted_by=uuid4(), signed_at=signed, signed_by=uuid4(),
                notified_at=row.ended_at, notified_how="in_person", notified_language="fa", proof="invented",
            )
        )  # fmt: skip


def _acts(chance: random.Random, rows: dict[type[Any], list[Any]], file: Any, n: int) -> None:
    """Acts of force that were asked about, and some that a hold stopped."""
    from uuid6 import uuid7

    from panah.node.safeguards.models import Attempt, CoerciveAct

    if n % 100 == 0:
        at, ended = file.arrived_at, chance.random() < 0.9
        rows[CoerciveAct].append(
            CoerciveAct(
                id=uuid7(), subject=file.pk, act="detention", legal_ground="invented", reason="invented", by=uuid4(),
                body="", place=file.place, asked_at=at, stopped_at=None if n % 200 else at,
                ended_at=at + timedelta(hours=3) if ended else None, ended_how="released" if ended else "",
            )
        )  # fmt: skip
    if n % 50 == 0:
        rows[Attempt].append(
            Attempt(
                id=uuid7(), subject=file.pk, tried="safeguards.ask_coercive_act", harm="removal",
                holds=["no_removal"], body="", place=file.place, happened_at=file.arrived_at,
                recorded_at=file.arrived_at,
            )
        )  # fmt: skip
