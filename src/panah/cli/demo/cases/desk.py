"""The officers of the demo by their log-ins, and the first steps that every case has: a person is registered, asked, and referred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from panah.cli.demo.acting import act, own_id

Story = Iterator[datetime]
"""A case: it yields the moment of its next step, then takes it."""


@dataclass(frozen=True)
class Person:
    """Somebody invented: what their file says and what they answered."""

    key: str
    names: tuple[str, ...]
    sex: str
    birth: str
    citizenship: str
    language: str
    record: Mapping[str, Any]
    mode: Any = "border_point"
    came_from: str = ""
    post: str = "officer"
    """Log-in of the officer who registers."""
    file: UUID = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", own_id("case", self.key))


class Desk:
    """Acts by the names of the log-ins, with ids that a second run recognises."""

    def __init__(self, present: datetime, noon: datetime) -> None:
        self.present = present
        self._noon = noon

    @cached_property
    def _officers(self) -> dict[str, Any]:
        from panah.foundation.access.models import Officer

        return {officer.username: officer for officer in Officer.objects.all()}

    def officer(self, username: str) -> Any:
        return self._officers[username]

    def day(self, before: int, hour: float = 0) -> datetime:
        """So many days before the day of the demo, so many hours after noon."""
        return self._noon - timedelta(days=before) + timedelta(hours=hour)

    def act(self, kind: Any, by: str, key: str, /, **said: Any) -> Any:
        return act(kind, self.officer(by), own_id("case-act", key), **said)

    def arrives(self, person: Person) -> UUID:
        """Registered and asked, and the proposal confirmed, at the post of the officer."""
        from panah.node.profiling.service import ConfirmProfile, RecordInterview, proposal_of
        from panah.node.registration.service import BirthSaid, Entry, NameSaid, RegisterPerson

        self.act(
            RegisterPerson, person.post, f"{person.key}/register", file=person.file, sex=person.sex, language=person.language,
            names=tuple(NameSaid(text=name) for name in person.names), birth=BirthSaid(date=person.birth),
            citizenships=(person.citizenship,), entry=Entry(mode=person.mode, from_country=person.came_from),
        )  # fmt: skip
        self.act(RecordInterview, person.post, f"{person.key}/ask", file=person.file, record=dict(person.record))
        proposal = proposal_of(person.file)
        if proposal is not None:
            self.act(ConfirmProfile, person.post, f"{person.key}/confirm", proposal=proposal.pk)
        return person.file

    def refers(self, person: Person, to: str, **said: Any) -> UUID:
        from panah.node.referrals.service import SendReferral

        referral = own_id("case-referral", person.key, to)
        said = {"consent_given": True, **said}
        self.act(
            SendReferral, person.post, f"{person.key}/send/{to}", file=person.file, to=to, referral=referral, **said
        )
        return referral

    def accepts(self, by: str, person: Person, referral: UUID) -> None:
        from panah.node.referrals.service import AcceptReferral

        self.act(AcceptReferral, by, f"{person.key}/accept/{referral}", referral=referral)

    def opens(self, by: str, person: Person, referral: UUID, procedure: str) -> UUID:
        from panah.node.procedures.acts import OpenProceeding

        proceeding = own_id("case-proceeding", person.key, procedure)
        said = {"file": person.file, "procedure": procedure, "referral": referral}
        self.act(OpenProceeding, by, f"{person.key}/open/{procedure}", proceeding=proceeding, **said)
        return proceeding
