"""The steps of a story, through pages or through REST: the story itself is written once.

What only pages offer (lifting a hold, asking again, detention, reception) is done in windows by both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.test import Client
from lxml import html
from uuid6 import uuid7

from panah.cores.screening.fields import FIELD
from panah.foundation.access import service as access
from panah.foundation.access.actions import IssueToken
from panah.foundation.access.models import Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import perform
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import sentence
from panah.node.procedures.models import Decision, Proceeding
from panah.node.profiling import service as profiling
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from panah.node.safeguards.models import Attempt
from panah.node.safeguards.service import standing
from tests.journeys.reader import Window, made_now

DECISION = {
    "facts_found": "What was told and shown is set out in the record.",
    "law_applied": "Law, article 11.",
    "assessment": "Invented reasons, which the person can read.",
}
_MOST_QUESTIONS = 120
BY_WORDS = ["pages", "rest"]
"""For a second story of a kind of which another is walked in chromium."""


@dataclass(frozen=True)
class Person:
    """Somebody invented: what their file says, and what they answer in the interview (the record of contracts/screening)."""

    name: str
    sex: str
    birth: str
    citizenships: tuple[str, ...]
    language: str
    answers: Mapping[str, Any]
    mode: str = "border_point"
    documents: tuple[Mapping[str, str], ...] = ()
    # Where no date is known: `age`, `age_to`, `age_in` and `calendar`, as a person or a paper says them.
    age: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        nested: dict[str, Any] = {}
        for key, value in self.answers.items():
            *sections, name = key.split(".")
            place = nested
            for section in sections:
                place = place.setdefault(section, {})
            place[name] = value
        return nested


class Driver(Protocol):
    """What both ways can do. Every step is done by an officer, at the moment where the clock stands."""

    def arrives(self, clerk: Officer, person: Person, group: str = "") -> UUID: ...
    def interviewed(self, clerk: Officer, file: UUID, person: Person) -> None: ...
    def confirmed(self, clerk: Officer, file: UUID) -> None: ...
    def referred(self, clerk: Officer, file: UUID, to: str, *, agrees: bool | None = None) -> Referral: ...
    def accepted(self, officer: Officer, referral: Referral) -> None: ...
    def completed(self, officer: Officer, referral: Referral, outcome: str) -> None: ...
    def opened(self, officer: Officer, referral: Referral, procedure: str) -> Proceeding: ...
    def ended(
        self, officer: Officer, row: Proceeding, outcome: str, following: str = "", *, stopped: bool = False
    ) -> None: ...
    def said(self, officer: Officer, row: Proceeding, fact: str, *, stopped: bool = False) -> None: ...
    def hearing_set(self, officer: Officer, row: Proceeding, at: datetime, language: str) -> UUID: ...
    def drafted(self, officer: Officer, row: Proceeding, outcome: str) -> Decision: ...
    def signed(
        self, officer: Officer, row: Proceeding, decision: Decision, following: str = "", *, stopped: bool = False
    ) -> None: ...
    def told(self, officer: Officer, row: Proceeding, decision: Decision, language: str) -> None: ...


class Pages:
    """Forms and links, as a person uses them."""

    name = "pages"

    def __init__(self) -> None:
        self._windows: dict[UUID, Window] = {}

    def window(self, officer: Officer) -> Window:
        return self._windows.setdefault(officer.pk, Window(officer))

    def arrives(self, clerk: Officer, person: Person, group: str = "") -> UUID:
        page = self.window(clerk).open("/arrivals/").follow("New person")
        said: dict[str, Any] = {
            "full_name": person.name,
            "sex": person.sex,
            "birth_date": person.birth,
            "language": person.language,
            "entry_mode": person.mode,
        }
        said |= {"birth_calendar" if key == "calendar" else key: value for key, value in person.age.items()}
        said |= dict(zip(("citizenship", "second_citizenship"), person.citizenships, strict=False))
        for n, paper in enumerate(person.documents):
            said |= {f"documents-{n}-{key}": value for key, value in paper.items()}
        if group:
            said["group"] = group
        file = UUID(page.value("Register", "file"))
        page.send("Register", **said)
        assert page.address == f"/files/{file}/", page.text[:600]
        return file

    def interviewed(self, clerk: Officer, file: UUID, person: Person) -> None:
        """Question after question until the story is told; what it does not hold stays open, as in a record that is sent."""
        page = self.window(clerk).open(f"/files/{file}/").follow("Interview")
        while page.offers("This was told"):
            page.send("This was told", understood="yes")
        if page.offers("First question"):
            page.send("First question")
        story = dict(person.answers)
        for _ in range(_MOST_QUESTIONS):
            if not story or not page.offers("Next"):
                break
            key = page.value("Next", "key")
            page = self._where(clerk, page, in_story=key in story)
            self._answer(page, key, story.pop(key, "unknown"))
        else:
            raise AssertionError("The interview does not end.")
        page = self._where(clerk, page, in_story=True)
        page.send("End here and propose a profile" if page.offers("Next") else "End and propose a profile")
        assert page.address.endswith("/proposal/")

    def _where(self, clerk: Officer, page: Window, *, in_story: bool) -> Window:
        """The window in which the next step of an interview is done."""
        return page

    def _answer(self, page: Window, key: str, value: Any) -> None:
        """One question with the control that its page offers; without an answer the person does not know."""
        kind = FIELD[key].kind
        if kind != "yes_no" and value == "unknown":
            page.send("Does not know")
        elif kind == "documents":
            said = {f"{name}_{n}": text for n, one in enumerate(value, 1) for name, text in one.items()}
            page.send("Next", **(said or {"none": True}))
        elif kind == "countries":
            page.send("Next", **({f"value_{n}": one for n, one in enumerate(value, 1)} or {"none": True}))
        elif kind == "languages":
            page.send("Next", value=value[0])
        else:
            page.send("Next", value=value)

    def confirmed(self, clerk: Officer, file: UUID) -> None:
        self.window(clerk).open(f"/files/{file}/proposal/").send("Confirm")

    def referred(self, clerk: Officer, file: UUID, to: str, *, agrees: bool | None = None) -> Referral:
        page = self.window(clerk).open(f"/files/{file}/").follow("Referrals")
        form = next(one for one in page.forms() if one.fields.get("to") == to)
        consent = {} if agrees is None else {"consent": "yes" if agrees else "no"}
        page.send_form(form, **consent)
        return Referral.objects.get(file=file, to=to)

    def accepted(self, officer: Officer, referral: Referral) -> None:
        self.window(officer).open("/queue/").follow(referral.number).send("Accept")

    def completed(self, officer: Officer, referral: Referral, outcome: str) -> None:
        page = self.window(officer).open("/queue/?list=accepted").follow(referral.number)
        page.send("Done, with this outcome", outcome=outcome)

    def opened(self, officer: Officer, referral: Referral, procedure: str) -> Proceeding:
        page = self.window(officer).open("/procedures/")
        page.follow_in_row(referral.number, "Open a procedure").send("Open it", procedure=procedure)
        return Proceeding.objects.get(referral=referral.pk, procedure=procedure, ended_at=None)

    def of(self, officer: Officer, row: Proceeding) -> Window:
        """The page of a procedure, from the list."""
        return self.window(officer).open("/procedures/").follow(row.number)

    def ended(
        self, officer: Officer, row: Proceeding, outcome: str, following: str = "", *, stopped: bool = False
    ) -> None:
        said = {"following": following} if following else {}
        self.of(officer, row).send("End the stage", 409 if stopped else 200, outcome=outcome, **said)
        row.refresh_from_db()

    def said(self, officer: Officer, row: Proceeding, fact: str, *, stopped: bool = False) -> None:
        when = f"{access_local(now()):%Y-%m-%dT%H:%M}"
        self.of(officer, row).send("Keep the day", 409 if stopped else 200, fact=fact, at=when)

    def hearing_set(self, officer: Officer, row: Proceeding, at: datetime, language: str) -> UUID:
        page = self.of(officer, row)
        page.send("Set the hearing", at=f"{access_local(at):%Y-%m-%dT%H:%M}", room="Room 4", language=language)
        found = row.hearings.latest("at")
        return found.pk

    def drafted(self, officer: Officer, row: Proceeding, outcome: str) -> Decision:
        self.of(officer, row).send("Give it to be signed", outcome=outcome, **DECISION)
        return Decision.objects.get(step__proceeding=row, signed_at=None, sent_back="")

    def signed(
        self, officer: Officer, row: Proceeding, decision: Decision, following: str = "", *, stopped: bool = False
    ) -> None:
        said = {"following": following} if following else {}
        self.of(officer, row).send("Sign", 409 if stopped else 200, **said)
        row.refresh_from_db()

    def told(self, officer: Officer, row: Proceeding, decision: Decision, language: str) -> None:
        page = self.window(officer).open(f"/procedures/{row.pk}/")
        page.send("The person was told", how="in_person", language=language, proof="Signed for; interpreter 12.")


def access_local(moment: datetime) -> datetime:
    """The moment as the state's clocks show it, as a browser's field takes it."""
    from django.utils import timezone

    return timezone.localtime(moment)


class Rest:
    """Programs with the tokens of officers."""

    name = "rest"

    def post(self, officer: Officer, path: str, expecting: int = 200, **said: Any) -> Any:
        body = {"action": made_now(), "happened_at": now().isoformat(), **said}
        answer = Client().post(
            f"/api{path}",
            json.dumps(body, default=str),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self._token(officer)}"},
        )
        assert answer.status_code == expecting, (path, answer.status_code, answer.content.decode()[:800])
        return answer.json()

    def get(self, officer: Officer, path: str, expecting: int = 200) -> Any:
        answer = Client().get(f"/api{path}", headers={"Authorization": f"Bearer {self._token(officer)}"})
        assert answer.status_code == expecting, (path, answer.status_code)
        return answer.json()

    def _token(self, officer: Officer) -> str:
        """A token for a day, for days go by in a story."""
        token = access.new_token()
        perform(
            IssueToken(
                by=None, happened_at=now(), officer=officer.pk, name="handheld",
                token_digest=access.token_digest(token), days=1,
            )
        )  # fmt: skip
        return token

    def arrives(self, clerk: Officer, person: Person, group: str = "") -> UUID:
        assert not group, "The interface knows no groups."
        file = uuid7()
        self.post(
            clerk, "/persons", file=file, names=[{"text": person.name}], sex=person.sex,
            birth=person.age or {"date": person.birth},
            citizenships=person.citizenships, language=person.language, entry={"mode": person.mode}, documents=person.documents,
        )  # fmt: skip
        return file

    def interviewed(self, clerk: Officer, file: UUID, person: Person) -> None:
        self.post(clerk, f"/persons/{file}/interviews", record=person.record())

    def confirmed(self, clerk: Officer, file: UUID) -> None:
        found = self.get(clerk, f"/persons/{file}/proposal")
        self.post(clerk, f"/persons/{file}/confirmation", proposal=found["proposal"])

    def referred(self, clerk: Officer, file: UUID, to: str, *, agrees: bool | None = None) -> Referral:
        consent = {} if agrees is None else {"consent_given": agrees}
        referral = uuid7()
        self.post(clerk, f"/persons/{file}/referrals", referral=referral, to=to, **consent)
        return Referral.objects.get(pk=referral)

    def accepted(self, officer: Officer, referral: Referral) -> None:
        assert str(referral.pk) in [row["referral"] for row in self.get(officer, "/queue")["waiting"]]
        self.post(officer, f"/queue/{referral.pk}/answer", answer="accept")

    def completed(self, officer: Officer, referral: Referral, outcome: str) -> None:
        self.post(officer, f"/queue/{referral.pk}/answer", answer="done", outcome=outcome)

    def opened(self, officer: Officer, referral: Referral, procedure: str) -> Proceeding:
        proceeding = uuid7()
        self.post(officer, "/procedures", proceeding=proceeding, referral=referral.pk, procedure=procedure)
        return Proceeding.objects.get(pk=proceeding)

    def _on(self, officer: Officer, row: Proceeding, path: str, stopped: bool = False, **said: Any) -> Any:
        answer = self.post(officer, f"/procedures/{row.pk}{path}", 409 if stopped else 200, **said)
        if stopped:
            assert answer["code"] == "stopped"
        row.refresh_from_db()
        return answer

    def ended(
        self, officer: Officer, row: Proceeding, outcome: str, following: str = "", *, stopped: bool = False
    ) -> None:
        self._on(officer, row, "/end", stopped, outcome=outcome, following=following)

    def said(self, officer: Officer, row: Proceeding, fact: str, *, stopped: bool = False) -> None:
        self._on(officer, row, "/facts", stopped, fact=fact, at=now().isoformat())

    def hearing_set(self, officer: Officer, row: Proceeding, at: datetime, language: str) -> UUID:
        hearing = uuid7()
        self._on(officer, row, "/hearings", hearing=hearing, at=at.isoformat(), room="Room 4", language=language)
        return hearing

    def drafted(self, officer: Officer, row: Proceeding, outcome: str) -> Decision:
        decision = uuid7()
        self._on(officer, row, "/decisions", decision=decision, outcome=outcome, **DECISION)
        return Decision.objects.get(pk=decision)

    def signed(
        self, officer: Officer, row: Proceeding, decision: Decision, following: str = "", *, stopped: bool = False
    ) -> None:
        self._on(officer, row, f"/decisions/{decision.pk}/signature", stopped, following=following)

    def told(self, officer: Officer, row: Proceeding, decision: Decision, language: str) -> None:
        said = {"how": "in_person", "language": language, "proof": "Signed for; interpreter 12."}
        self._on(officer, row, f"/decisions/{decision.pk}/notification", **said)


@dataclass
class Story:
    """The officers of a story, the way it goes (pages or REST), and what must be so on every way."""

    way: Driver
    officer: Callable[..., Officer]
    pages: Pages = field(default_factory=Pages)
    names: list[str] = field(default_factory=list)
    post: str = "ALA"

    def __post_init__(self) -> None:
        if isinstance(self.way, Pages):
            self.pages = self.way
        self.clerk = self.officer("border_officer", post=self.post, body="border-service")

    def window(self, officer: Officer) -> Window:
        return self.pages.window(officer)

    def reaches_the_body(self, person: Person, *lanes: str, agrees: bool | None = None) -> tuple[UUID, list[Referral]]:
        """From the border to the referrals that were sent."""
        file = self.registered(person)
        return file, [self.way.referred(self.clerk, file, to, agrees=agrees) for to in lanes]

    def registered(self, person: Person, way: Driver | None = None) -> UUID:
        """Registered, heard, and the proposal confirmed as it is."""
        way = way or self.way
        self.names.append(person.name)
        file = way.arrives(self.clerk, person)
        way.interviewed(self.clerk, file, person)
        way.confirmed(self.clerk, file)
        return file

    def holds(self, file: UUID) -> set[str]:
        return {hold.code for hold in standing(file)}

    def lifted(self, file: UUID, code: str, first: Officer, second: Officer) -> None:
        """Two authorities say, each on the page of the hold, that it may fall."""
        hold = next(one for one in standing(file) if one.code == code)
        for one in (first, second):
            reason = "The decision is final, and nothing new was said."
            self.window(one).open(f"/holds/{hold.pk}/").send("The hold may fall", reason=reason)
        assert code not in self.holds(file)

    def asks_again(self, officer: Officer, row: Proceeding, **answers: str) -> None:
        """The five questions before a step of force, on the page of the procedure."""
        said = dict.fromkeys(("fear", "health", "pressure", "children", "family"), "no") | answers
        self.pages.of(officer, row).send("Keep the answers", language="fa", **said)

    def is_closed_to(self, *addresses: str, officer: Officer) -> None:
        """To others it is the same 404 as an address that does not exist, by page and by program."""
        for address in addresses:
            self.window(officer).finds_nothing(address)

    def is_stopped(self, file: UUID, *acts: str) -> None:
        """Each act of force is tried on its page, which only pages have, and is answered with the stop; the attempt is kept."""
        for act in acts:
            page = self.window(self.clerk).open(f"/files/{file}/").follow("Before an act of force")
            said = {"act": act, "legal_ground": "Law, article 1", "reason": "No right to stay was found for them."}
            page.send_form(next(form for form in page.forms() if "legal_ground" in form.fields), 409, **said)
            assert Attempt.objects.filter(subject=file, harm=act).exists(), f"{act} was let pass"

    def profiles(self, file: UUID) -> set[str]:
        """The codes that the officer confirmed."""
        found = profiling.confirmed(file)
        assert found is not None
        return set(found.profiles)

    def goes_to(self, file: UUID, to: str, role: str, *, agrees: bool | None = None) -> Referral:
        """Referred, found in the queue of the competent body, and accepted there."""
        referral = self.way.referred(self.clerk, file, to, agrees=agrees)
        self.way.accepted(self.officer(role, body=referral.body), referral)
        referral.refresh_from_db()
        return referral

    def is_refused_first(self, file: UUID, to: str) -> None:
        """A referral that has to wait for protection is not sent, whichever way it is tried."""
        if isinstance(self.way, Rest):
            self.way.post(self.clerk, f"/persons/{file}/referrals", 409, referral=uuid7(), to=to)
        else:
            page = self.window(self.clerk).open(f"/files/{file}/").follow("Referrals")
            page.send_form(next(one for one in page.forms() if one.fields.get("to") == to))
            assert page.has("Send the protection referrals first")
        assert not Referral.objects.filter(file=file, to=to).exists()

    def referral_of(self, file: UUID, to: str) -> Referral:
        return Referral.objects.get(file=file, to=to)

    def attempts(self, file: UUID) -> int:
        return Attempt.objects.filter(subject=file).count()

    def ends_well(self) -> None:
        """What holds of every story: the journal verifies, no notice names anybody."""
        checked = journal.verify()
        assert checked.holds, checked
        words = " ".join(json.dumps(one.facts) + sentence(one) for one in Notice.objects.all())
        for name in self.names:
            for part in name.split():
                assert part not in words, f"A notice names {part}."


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """The same story at another moment."""
    with standing_at(moment):
        yield


def number_of(file: UUID) -> str:
    return PersonFile.objects.get(pk=file).number


def words_on(page: bytes) -> str:
    """The text of a page as bytes."""
    return str(html.fromstring(page.decode()).text_content())
