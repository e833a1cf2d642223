"""Tracing as frozen values: who is sought, what was tried, what is decided on a proposal, what each side says, and wishes.

Nothing of a match is an open field: the id of one in the lines of two files would tell that they were found to belong together.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.families import people
from panah.node.families.models import Match, Request, Wish
from panah.node.registration import service as registration

Remark = Annotated[str, StringConstraints(max_length=4_000)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Names = Annotated[tuple[Name, ...], Field(max_length=10)]
Year = Annotated[int, Field(ge=1890, le=2100)]
Relation = Literal[
    "mother", "father", "child", "spouse", "sister_or_brother", "grandparent", "grandchild", "aunt_or_uncle", "other_relative", "guardian",
    "other",
]  # fmt: skip
Recipient = Literal["family_tracing", "child_protection", "unhcr", "iom", "own_consulate"]
Interests = Literal["", "in_interest", "not_in_interest", "not_assessed"]


class OfPerson(Action):
    """An act about a person, by an officer who works on the case."""

    needs: ClassVar[str] = "families.serve"

    file: UUID

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return registration.file_by_id(self.file).pk


class OpenRequest(OfPerson):
    """Somebody is sought. `agrees` is whether the seeker agrees to be found, `shares` to which kinds of body the request may go;
    a kind that is not there was not asked. `next_on` is the day of the next step."""

    code: ClassVar[str] = "families.open_request"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request"})

    request: UUID
    relation: Relation
    names: Names
    fathers: Names = ()
    sex: Literal["", "female", "male", "other"] = ""
    year_from: Year | None = None
    year_to: Year | None = None
    last_place: Annotated[str, StringConstraints(max_length=200)] = ""
    last_day: Annotated[str, StringConstraints(max_length=60)] = ""
    marks: Remark = ""
    agrees: Literal["yes", "no", "not_asked"]
    shares: dict[Recipient, Literal["yes", "no"]] = {}
    interests: Interests = ""
    next_on: date


class OnRequest(Action):
    """An act within a request, by officers of the body that leads it."""

    needs: ClassVar[str] = "families.work"

    request: UUID

    @cached_property
    def row(self) -> Request:
        found = Request.objects.select_for_update().filter(pk=self.request).first()
        if found is None:
            raise NotFound("There is no such request.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Any:
        return self.row


class NoteAttempt(OnRequest):
    """Write down what was tried, and when the next step is due."""

    code: ClassVar[str] = "families.note_attempt"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request", "attempt"})

    attempt: UUID
    kind: Literal[
        "own_files", "centres", "hospitals", "border_posts", "telephone", "community", "family_links_network", "other_body", "other"
    ]  # fmt: skip
    what: Text
    next_on: date


class SetSharing(OnRequest):
    """The seeker says again whether they agree to be found, and to whom the request may go."""

    code: ClassVar[str] = "families.set_sharing"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request"})

    agrees: Literal["yes", "no", "not_asked"]
    shares: dict[Recipient, Literal["yes", "no"]] = {}
    interests: Interests = ""


class HandOver(OnRequest):
    """Another officer of the body becomes the one who may know both sides."""

    code: ClassVar[str] = "families.hand_over"
    needs: ClassVar[str] = "families.hand_over"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request"})

    to: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    why: Text


class CloseRequest(OnRequest):
    """End a request with what came of it. What was tried is asked for, save where the seeker wishes the end."""

    code: ClassVar[str] = "families.close_request"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request"})

    outcome: Literal[
        "reunited", "contact_restored", "declined_by_one", "not_in_best_interests", "not_traced", "closed_by_wish", "died", "opened_twice"
    ]  # fmt: skip
    remark: Remark = ""


class AskOutside(OnRequest):
    """Send the request on as a referral. `state` is where the recipient will look; empty is not known. Where it is the state of
    origin, or nobody knows whether it is, the safeguards are asked as for data to that state."""

    code: ClassVar[str] = "families.ask_outside"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request", "referral", "to"})

    attempt: UUID
    referral: UUID
    to: Recipient
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    what: Text
    next_on: date

    def harm(self) -> Harm | None:
        if self.to == "own_consulate":
            return Harm.DATA_TO_ORIGIN
        citizenships = registration.file_by_id(self.row.file).citizenships
        if self.state and citizenships and self.state not in citizenships:
            return None
        return Harm.DATA_TO_ORIGIN


class Look(OnRequest):
    """Compare the request with the node's own files, both ways. The journal has the same line whatever is found."""

    code: ClassVar[str] = "families.look"
    needs: ClassVar[str] = "families.trace"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request"})


class LookAgain(Action):
    """The installation's own act: compare again the open requests that were compared longest ago."""

    code: ClassVar[str] = "families.look_again"
    needs: ClassVar[str] = "families.oversee"
    by_installation: ClassVar[bool] = True

    most: int = Field(default=100, ge=1, le=1_000)


class ReportSilence(Action):
    """The installation's own act: tell the supervisor that the day of a request's next step has gone by."""

    code: ClassVar[str] = "families.report_silence"
    needs: ClassVar[str] = "families.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request"})
    by_installation: ClassVar[bool] = True

    request: UUID

    def subject(self) -> UUID | None:
        return Request.objects.filter(pk=self.request).values_list("file", flat=True).first()


def _roles_of(officer: UUID) -> frozenset[str]:
    found = Officer.objects.filter(pk=officer).first()
    return found.roles if found else frozenset()


class OnMatch(Action):
    """An act about a proposal, by the officer who may know both sides. Where a wish or a fear stands between the two, or the person may
    not be proposed to that officer any more, there is none."""

    needs: ClassVar[str] = "families.trace"

    match: UUID

    @cached_property
    def row(self) -> Match:
        found = Match.objects.select_for_update(of=("self",)).select_related("request").filter(pk=self.match).first()
        if found is None or people.hidden(found, _roles_of(found.request.tracer)):
            raise NotFound("There is no such proposal.")
        return found

    def subject(self) -> UUID:
        return self.row.request.file

    def target(self) -> Any:
        return self.row.request


class DecideMatch(OnMatch):
    """Confirm or reject a proposal, with the reason; or take the word back. It tells nobody anything."""

    code: ClassVar[str] = "families.decide_match"

    standing: Literal["proposed", "confirmed", "rejected"]
    reason: Text


class KeepAnswer(OnMatch):
    """What one side said when asked alone: whether the other may know of them, and what. The last word counts."""

    code: ClassVar[str] = "families.keep_answer"

    answer: UUID
    side: Literal["seeker", "sought"]
    says: Literal["yes", "no", "later"]
    in_private: bool
    may_tell: tuple[Literal["message", "contact", "place"], ...] = ()
    message: Remark = ""
    guardian: bool = False
    interests: Interests = ""

    def subject(self) -> UUID:
        return self.row.request.file if self.side == "seeker" else self.row.file


class KeepWish(OfPerson):
    """The person wishes that somebody is not looked for, or is not told of them: one of a file number, one described, or everybody."""

    code: ClassVar[str] = "families.keep_wish"
    open_fields: ClassVar[frozenset[str]] = frozenset({"wish"})

    wish: UUID
    kind: Literal["do_not_look", "do_not_tell"]
    everybody: bool = False
    other_number: Annotated[str, StringConstraints(max_length=40)] = ""
    names: Names = ()
    year_from: Year | None = None
    year_to: Year | None = None
    why: Remark = ""


class EndWish(OfPerson):
    """The person takes the wish back: alone, told what follows from it, in their own language and words. It ends with a named interpreter,
    and without one when a second officer heard the same."""

    code: ClassVar[str] = "families.end_wish"
    open_fields: ClassVar[frozenset[str]] = frozenset({"wish"})

    wish: UUID
    in_private: bool
    informed: bool
    language: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    interpreter: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    words: Text

    @cached_property
    def row(self) -> Wish:
        found = Wish.objects.select_for_update().filter(pk=self.wish, file=self.file, ended_at=None).first()
        if found is None:
            raise NotFound("There is no such wish.")
        return found
