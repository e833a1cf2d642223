"""Opening, amending and closing a person's file: the only writer of this room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from panah.cores.identity.birth import Birth, Precision
from panah.cores.identity.names import script_of
from panah.cores.lawbook import Pack, load_pack
from panah.foundation.door.service import Action, Harm, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.registration import rules, search_keys
from panah.node.registration.models import (
    ClosingReason,
    Group,
    GroupKind,
    IdentityDocument,
    Name,
    PersonFile,
    SearchKey,
    Serial,
    Sex,
    Status,
    Urgent,
)
from panah.node.registration.permissions import Post
from panah.node.registration.rules import Problem
from panah.node.registration.said import BirthSaid, CountryCode, DocumentShown, Entry, NameSaid

Language = Annotated[str, StringConstraints(max_length=16)]
Remark = Annotated[str, StringConstraints(max_length=1000)]


class OpenGroup(Action):
    """People came together. Each of `files` gets a number at once and waits to be registered; `happened_at` is when they came."""

    code: ClassVar[str] = "registration.open_group"
    needs: ClassVar[str] = "registration.register"
    open_fields: ClassVar[frozenset[str]] = frozenset({"group", "kind", "files"})
    by_installation: ClassVar[bool] = True

    group: UUID
    kind: GroupKind
    files: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()

    def target(self) -> Post:
        return Post(self.place)


class RegisterPerson(Action):
    """Open a person's file, or fill one that has only a number yet. `happened_at` is the arrival; `number` is given when it is empty."""

    code: ClassVar[str] = "registration.register"
    needs: ClassVar[str] = "registration.register"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "group", "source", "urgent"})
    by_installation: ClassVar[bool] = True

    file: UUID
    number: str = ""
    group: UUID | None = None
    language: Language = ""
    names: tuple[NameSaid, ...] = ()
    sex: Sex = Sex.UNKNOWN
    birth: BirthSaid = BirthSaid()
    citizenships: tuple[CountryCode, ...] = ()
    documents: tuple[DocumentShown, ...] = ()
    entry: Entry = Entry()
    urgent: tuple[Urgent, ...] = ()
    source: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_:-]*$")] = "web"

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Post:
        return Post(self.place)


class AmendPerson(Action):
    """Put right what a file says, with a reason. A part that is None stays as it is; what it said before is in the journal."""

    code: ClassVar[str] = "registration.amend"
    needs: ClassVar[str] = "registration.amend"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "group"})

    file: UUID
    reason: Annotated[str, StringConstraints(min_length=3, max_length=1000)]
    group: UUID | None = None
    language: Language | None = None
    names: tuple[NameSaid, ...] | None = None
    sex: Sex | None = None
    birth: BirthSaid | None = None
    citizenships: tuple[CountryCode, ...] | None = None
    documents: tuple[DocumentShown, ...] | None = None
    entry: Entry | None = None
    urgent: tuple[Urgent, ...] | None = None

    def subject(self) -> UUID:
        return self.file

    def target(self) -> PersonFile:
        return existing(self.file)


class CloseFile(Action):
    """Close a file. The safeguards are asked: while a hold stands it stays open."""

    code: ClassVar[str] = "registration.close_file"
    needs: ClassVar[str] = "registration.close_file"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "reason"})

    file: UUID
    reason: ClosingReason
    remark: Remark = ""

    def subject(self) -> UUID:
        return self.file

    def target(self) -> PersonFile:
        return existing(self.file)

    def harm(self) -> Harm:
        return Harm.CLOSING_FILE


class ReportConsularSearch(Action):
    """Somebody who serves another state searched for a person (domain reference 11.6, scenario 8). They were shown nothing."""

    code: ClassVar[str] = "registration.consular_search"
    needs: ClassVar[str] = "registration.be_watched"

    def subject(self) -> None:
        return None


class ReportForeignTry(Action):
    """Somebody who serves another state opened an address where there is nothing for them. They were told 404. `asked` is the id that
    stood in the address, of a person's file or of something about one, or of nothing at all."""

    code: ClassVar[str] = "registration.foreign_try"
    needs: ClassVar[str] = "registration.be_watched"
    open_fields: ClassVar[frozenset[str]] = frozenset({"page", "asked"})

    page: Annotated[str, StringConstraints(max_length=80)]
    asked: UUID | None = None


@handles(OpenGroup)
def open_group(action: OpenGroup, moment: Moment) -> Outcome:
    pack = node_pack()
    _refuse(rules.arrival_problems(action.place, action.happened_at, moment.recorded_at, pack))
    if Group.objects.filter(pk=action.group).exists() or PersonFile.objects.filter(pk__in=action.files).exists():
        raise Refused(
            _("The group or one of its files is open already. Give each an id of its own."),
            code="file_exists",
            field="group",
        )
    day = rules.local_day(action.happened_at, pack)
    group = Group.objects.create(
        id=action.group,
        number=rules.group_number(action.place, day, _next_serial(f"{action.place}/group", day)),
        place=action.place,
        kind=action.kind,
        arrived_at=action.happened_at,
    )
    files = [
        PersonFile(
            id=file,
            number=rules.file_number(action.place, day, _next_serial(action.place, day)),
            place=action.place,
            group=group,
            status=Status.ARRIVED,
            arrived_at=action.happened_at,
        )
        for file in action.files
    ]
    PersonFile.objects.bulk_create(files)
    return Outcome(result={"group": str(group.id), "number": group.number, "numbers": [file.number for file in files]})


@handles(RegisterPerson)
def register_person(action: RegisterPerson, moment: Moment) -> Outcome:
    _refuse(registration_problems(action, moment))
    pack = node_pack()
    file = PersonFile.objects.select_for_update().filter(pk=action.file).first()
    if file is None:
        day = rules.local_day(action.happened_at, pack)
        file = PersonFile(
            id=action.file,
            number=action.number or rules.file_number(action.place, day, _next_serial(action.place, day)),
            place=action.place,
            arrived_at=action.happened_at,
        )
    elif file.place != action.place:
        raise NotFound("There is no such file.")
    elif file.status != Status.ARRIVED:
        text = _("The file %(number)s is registered already. Amend it with a reason.") % {"number": file.number}
        raise Refused(text, code="file_exists", field="file")
    file.status, file.registered_at, file.source = Status.REGISTERED, moment.recorded_at, action.source
    file.group = _group(action.group, action.place) or file.group
    file.language, file.sex, file.citizenships = action.language, action.sex, list(dict.fromkeys(action.citizenships))
    file.entry, file.urgent = _entry(action.entry), [str(code) for code in action.urgent]
    _set_birth(file, action.birth, pack)
    file.save(force_insert=file._state.adding)
    names, documents = _names(file, action.names), _documents(file, action.documents)
    Name.objects.bulk_create(names)
    IdentityDocument.objects.bulk_create(documents)
    SearchKey.objects.bulk_create(search_keys.keys_of(file, names, documents))
    return Outcome(result={"file": str(file.id), "number": file.number}, facts={"number": file.number})


@handles(AmendPerson)
def amend_person(action: AmendPerson, moment: Moment) -> Outcome:
    pack = node_pack()
    file = PersonFile.objects.select_for_update().get(pk=action.file)
    _refuse_closed(file)
    _refuse(
        rules.person_problems(
            names=action.names,
            birth_said=action.birth,
            citizenships=action.citizenships,
            documents=action.documents,
            entry=action.entry,
            language=action.language,
            arrived_on=rules.local_day(file.arrived_at, pack),
        )
    )
    changed = sorted(name for name in _AMENDABLE if getattr(action, name) is not None)
    if not changed:
        raise Refused(_("Nothing is changed. Say what the file should say."), code="nothing_changed")
    if action.group is not None:
        file.group = _group(action.group, file.place)
    file.language = file.language if action.language is None else action.language
    file.sex = file.sex if action.sex is None else action.sex
    if action.citizenships is not None:
        file.citizenships = list(dict.fromkeys(action.citizenships))
    if action.entry is not None:
        file.entry = _entry(action.entry)
    if action.urgent is not None:
        file.urgent = [str(code) for code in action.urgent]
    if action.birth is not None:
        _set_birth(file, action.birth, pack)
    file.save()
    if action.names is not None:
        file.names.all().delete()
        Name.objects.bulk_create(_names(file, action.names))
    if action.documents is not None:
        file.documents.all().delete()
        IdentityDocument.objects.bulk_create(_documents(file, action.documents))
    file.search_keys.all().delete()
    SearchKey.objects.bulk_create(search_keys.keys_of(file, file.names.all(), file.documents.all()))
    return Outcome(facts={"changed": changed})


_AMENDABLE = ("group", "language", "names", "sex", "birth", "citizenships", "documents", "entry", "urgent")


@handles(CloseFile)
def close_file(action: CloseFile, moment: Moment) -> Outcome:
    file = PersonFile.objects.select_for_update().get(pk=action.file)
    _refuse_closed(file)
    file.status, file.closed_at, file.closing_reason = Status.CLOSED, moment.recorded_at, action.reason
    file.save(update_fields=["status", "closed_at", "closing_reason"])
    return Outcome(facts={"number": file.number})


@handles(ReportConsularSearch)
def report_consular_search(action: ReportConsularSearch, moment: Moment) -> Outcome:
    facts = {"officer": moment.officer.display_name if moment.officer else ""}
    return Outcome(
        notices=tuple(
            Word("registration.consular_search", role=role, facts=facts) for role in ("supervisor", "ombudsman")
        )
    )


@handles(ReportForeignTry)
def report_foreign_try(action: ReportForeignTry, moment: Moment) -> Outcome:
    facts = {"officer": moment.officer.display_name if moment.officer else "", "page": action.page}
    return Outcome(
        notices=tuple(Word("registration.foreign_try", role=role, facts=facts) for role in ("supervisor", "ombudsman"))
    )


def set_status(file_id: UUID, status: str) -> None:
    """Move a file on, from the handler of another room. Any standing may follow any other but `arrived`, and nothing follows closing.

    Raises RuntimeError outside a transaction, NotFound, and Refused for a closed file.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The standing of a file was to be set outside a transaction. Go through the action door.")
    if status not in _BETWEEN:
        raise ValueError(
            f"The standing is {status!r}. Allowed are {', '.join(sorted(_BETWEEN))}; files are closed by CloseFile."
        )
    file = existing(file_id)
    _refuse_closed(file)
    PersonFile.objects.filter(pk=file_id).update(status=status)


_BETWEEN = frozenset(Status.values) - {Status.ARRIVED, Status.CLOSED}


def existing(file_id: UUID) -> PersonFile:
    """The file, whoever asks. Raises NotFound."""
    file = PersonFile.objects.filter(pk=file_id).first()
    if file is None:
        raise NotFound("There is no such file.")
    return file


def registration_problems(action: RegisterPerson, moment: Moment) -> Iterator[Problem]:
    """Everything for which `action` would be refused, each with its field; what only the database knows is left out but the number."""
    pack = node_pack()
    yield from rules.arrival_problems(action.place, action.happened_at, moment.recorded_at, pack)
    yield from rules.person_problems(
        names=action.names,
        birth_said=action.birth,
        citizenships=action.citizenships,
        documents=action.documents,
        entry=action.entry,
        language=action.language,
        arrived_on=rules.local_day(action.happened_at, pack),
    )
    if problem := rules.number_problem(action.number):
        yield problem
    elif action.number and PersonFile.objects.filter(number=action.number).exclude(pk=action.file).exists():
        yield Problem(
            "number",
            "number_taken",
            _("The number %(number)s belongs to another file. Leave it out, and one is given.")
            % {"number": action.number},
        )


def node_pack() -> Pack:
    """The rule pack of this installation."""
    return load_pack(settings.PANAH_PACK)


def _refuse(problems: Iterator[Problem]) -> None:
    for problem in problems:
        raise Refused(problem.sentence, code=problem.code, field=problem.field)


def _refuse_closed(file: PersonFile) -> None:
    if file.closed_at is not None:
        text = _("The file %(number)s is closed and can no longer be changed.") % {"number": file.number}
        raise Refused(text, code="file_closed", field="file")


def _next_serial(place: str, day: date) -> int:
    """The next number of a place and day. The row stays locked to the end of the transaction, so no number is given twice or lost."""
    row = Serial.objects.filter(place=place, day=day)
    if not row.update(last=F("last") + 1):
        Serial.objects.get_or_create(place=place, day=day, defaults={"last": 0})
        row.update(last=F("last") + 1)
    return row.get().last


def _group(identifier: UUID | None, place: str) -> Group | None:
    if identifier is None:
        return None
    group = Group.objects.filter(pk=identifier, place=place).first()
    if group is None:
        raise Refused(
            _("There is no such group at this place. Open the group first."), code="unknown_group", field="group"
        )
    return group


def _entry(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {"mode": str(entry.mode), "from": entry.from_country, "route": list(entry.route)}
    if entry.stay_expired != "unknown":
        said["stay_expired"] = entry.stay_expired
    return {key: value for key, value in said.items() if value}


def _set_birth(file: PersonFile, said: BirthSaid, pack: Pack) -> None:
    arrived_on = rules.local_day(file.arrived_at, pack)
    found: Birth | None = rules.birth_of(said, arrived_on)
    file.birth = found.iso if found else ""
    file.birth_precision = (found.precision if found else Precision.UNKNOWN).value
    file.birth_from, file.birth_to = (found.earliest, found.latest) if found else (None, None)
    file.birth_stated, file.birth_calendar = rules.stated_text(said), said.calendar.value
    file.age_estimate = said.age if said.age_in == "" else None


def _names(file: PersonFile, names: tuple[NameSaid, ...]) -> list[Name]:
    return [
        Name(file=file, kind=name.kind, script=name.script or script_of(name.text), text=" ".join(name.text.split()))
        for name in names
    ]


def _documents(file: PersonFile, documents: tuple[DocumentShown, ...]) -> list[IdentityDocument]:
    return [
        IdentityDocument(file=file, **{part: getattr(document, part) for part in _OF_DOCUMENT})
        for document in documents
    ]


_OF_DOCUMENT = ("type", "issuer", "number", "status", "zone", "reading")
