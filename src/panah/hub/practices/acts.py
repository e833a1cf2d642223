"""The acts of this room as frozen values. What they do is in actions.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from panah.foundation.door.service import Action
from panah.hub.loadings.service import LoadSheets
from panah.hub.participants.service import Day
from panah.hub.practices.models import HelpOffer, HelpRequest, Practice
from panah.hub.practices.rules import few_or_number

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2,11}$")]
StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Theme = Literal[
    "border", "irregular", "asylum", "statelessness", "labour", "data", "return", "emergency", "partnership", "law"
]
TenPoint = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
AgendaPoint = Literal["1", "2", "3", "4", "5", "6", "7", "8"]
Title = Annotated[str, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(max_length=8000)]
Reason = Annotated[str, StringConstraints(min_length=10, max_length=2000)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Function = Literal[
    "border", "migration", "asylum", "police", "labour", "social", "child", "consular", "judge", "statistics",
    "civil_society", "other",
]  # fmt: skip

Counted = Annotated[Annotated[int, Field(ge=0, le=100_000)] | Literal["few"] | None, BeforeValidator(few_or_number)]
"""A count in which one to four are `few` from the beginning, so that no digest of the act tells of them either."""


@dataclass(frozen=True)
class Of:
    """Of whom an act is: what the permission looks at."""

    participant: str


NOBODY = Of("")
"""What is not there is nobody's: whoever acts for a participant may do nothing with it."""


class LoadPractices(LoadSheets):
    """Take in the sheets of a folder. `folder_digest` is what they were when they were checked."""

    code: ClassVar[str] = "practices.load"
    needs: ClassVar[str] = "practices.load"


class _Told(Action):
    """What every entry says. `entry` names the one that it takes the place of, or a new one."""

    entry: UUID
    version: UUID
    participant: Code
    theme: Theme
    ten_points: tuple[TenPoint, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    states: tuple[StateCode, ...] = ()
    original: Literal["en", "ru"] = "en"
    title_en: Title = ""
    title_ru: Title = ""
    what_en: Text = ""
    what_ru: Text = ""
    begins: Day = ""
    ends: Day = ""
    source: Annotated[str, StringConstraints(min_length=3, max_length=500)]
    source_url: Annotated[str, StringConstraints(max_length=500)] = ""
    source_date: Day = ""
    verified: bool = False
    note_en: Annotated[str, StringConstraints(max_length=2000)] = ""
    note_ru: Annotated[str, StringConstraints(max_length=2000)] = ""

    def target(self) -> Any:
        return Of(self.participant)


_OPEN = frozenset({"entry", "version", "participant", "theme", "ten_points", "agenda", "states"})


class WritePractice(_Told):
    """Write a practice, or a new version of one. Nobody but its participant sees it before it is submitted."""

    code: ClassVar[str] = "practices.write"
    needs: ClassVar[str] = "practices.write"
    open_fields: ClassVar[frozenset[str]] = _OPEN

    result: Literal["known", "unknown", "too_early"] = "unknown"
    result_en: Text = ""
    result_ru: Text = ""
    cost_amount: Amount | None = None
    cost_currency: Currency = ""


class _OnPractice(Action):
    practice: UUID
    open_fields: ClassVar[frozenset[str]] = frozenset({"practice"})

    def target(self) -> Any:
        return Practice.objects.filter(pk=self.practice).first() or NOBODY


class SubmitPractice(_OnPractice):
    """Hand it to the secretariat."""

    code: ClassVar[str] = "practices.submit"
    needs: ClassVar[str] = "practices.write"


class PublishPractice(_OnPractice):
    """Show it to everybody. Never by who wrote or submitted it."""

    code: ClassVar[str] = "practices.publish"
    needs: ClassVar[str] = "practices.publish"


class SendBackPractice(_OnPractice):
    code: ClassVar[str] = "practices.send_back"
    needs: ClassVar[str] = "practices.publish"

    reason: Reason


class WithdrawPractice(_OnPractice):
    """Take a practice back; readers of its address find that it was withdrawn and why."""

    code: ClassVar[str] = "practices.withdraw"
    needs: ClassVar[str] = "practices.take_back"

    reason: Reason


class CheckTranslation(_OnPractice):
    """Say that somebody who reads both compared the translation with the original."""

    code: ClassVar[str] = "practices.check_translation"
    needs: ClassVar[str] = "practices.publish"


class AskHelp(Action):
    code: ClassVar[str] = "practices.ask_help"
    needs: ClassVar[str] = "practices.ask"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request", "participant", "theme", "needed_by"})

    request: UUID
    participant: StateCode
    theme: Theme
    ten_points: tuple[TenPoint, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    title: Annotated[str, StringConstraints(min_length=5, max_length=300)]
    text: Annotated[str, StringConstraints(min_length=10, max_length=8000)]
    needed_by: date | None = None

    def target(self) -> Any:
        return Of(self.participant)


class OfferHelp(Action):
    """Offer something: in answer to a request, or for whoever needs it."""

    code: ClassVar[str] = "practices.offer_help"
    needs: ClassVar[str] = "practices.offer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"offer", "request", "participant", "theme", "until"})

    offer: UUID
    request: UUID | None = None
    participant: Code
    theme: Theme
    title: Annotated[str, StringConstraints(min_length=5, max_length=300)]
    text: Annotated[str, StringConstraints(min_length=10, max_length=8000)]
    until: date | None = None

    def target(self) -> Any:
        return Of(self.participant)


class AnswerOffer(Action):
    """Accept or decline an offer. The state that asked does it; an offer that answers no request is accepted by who needs it."""

    code: ClassVar[str] = "practices.answer_offer"
    needs: ClassVar[str] = "practices.ask"
    open_fields: ClassVar[frozenset[str]] = frozenset({"offer", "participant", "answer_code"})

    offer: UUID
    participant: StateCode
    answer_code: Literal["accepted", "declined"]
    text: Text = ""

    def target(self) -> Any:
        offer = _offer(self.offer)
        if offer is None:
            return NOBODY
        return Of(offer.request.participant if offer.request else self.participant)


class CloseOffer(Action):
    code: ClassVar[str] = "practices.close_offer"
    needs: ClassVar[str] = "practices.offer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"offer", "how"})

    offer: UUID
    how: Literal["carried_out", "withdrawn"]
    text: Text = ""

    def target(self) -> Any:
        return _offer(self.offer) or NOBODY


class CloseRequest(Action):
    code: ClassVar[str] = "practices.close_request"
    needs: ClassVar[str] = "practices.ask"
    open_fields: ClassVar[frozenset[str]] = frozenset({"request", "how"})

    request: UUID
    how: Literal["met", "withdrawn"]
    text: Text = ""

    def target(self) -> Any:
        return HelpRequest.objects.filter(pk=self.request).first() or NOBODY


def _offer(identifier: UUID) -> HelpOffer | None:
    return HelpOffer.objects.select_related("request").filter(pk=identifier).first()


class KeepProject(_Told):
    code: ClassVar[str] = "practices.keep_project"
    needs: ClassVar[str] = "practices.keep_lists"
    open_fields: ClassVar[frozenset[str]] = _OPEN

    run_by: Annotated[str, StringConstraints(min_length=2, max_length=300)]
    status: Literal["planned", "running", "ended", "unknown"] = "unknown"
    budget_amount: Amount | None = None
    budget_currency: Currency = ""
    budget_source: Annotated[str, StringConstraints(max_length=500)] = ""


class KeepCourse(_Told):
    code: ClassVar[str] = "practices.keep_course"
    needs: ClassVar[str] = "practices.keep_lists"
    open_fields: ClassVar[frozenset[str]] = _OPEN

    run_by: Annotated[str, StringConstraints(min_length=2, max_length=300)]
    town: Annotated[str, StringConstraints(max_length=120)] = ""
    places: Annotated[int, Field(ge=0, le=100_000)] | None = None


class KeepActivity(_Told):
    code: ClassVar[str] = "practices.keep_activity"
    needs: ClassVar[str] = "practices.keep_lists"
    open_fields: ClassVar[frozenset[str]] = _OPEN

    organisation: Annotated[str, StringConstraints(min_length=2, max_length=300)]
    district: Annotated[str, StringConstraints(max_length=200)] = ""


class CountTrained(Action):
    """Say how many of a function a course trained, in place of what was said before. One to four are kept as few."""

    code: ClassVar[str] = "practices.count_trained"
    needs: ClassVar[str] = "practices.keep_lists"
    # The numbers are not among what the journal keeps.
    open_fields: ClassVar[frozenset[str]] = frozenset({"course", "participant", "function"})

    course: UUID
    participant: Code
    function: Function
    women: Counted = None
    men: Counted = None
    not_said: Counted = None

    def target(self) -> Any:
        return Of(self.participant)


class TellOfDue(Action):
    """Tell whom it concerns that something is due, once for each day that it was due on."""

    code: ClassVar[str] = "practices.tell_of_due"
    needs: ClassVar[str] = "practices.publish"
    open_fields: ClassVar[frozenset[str]] = frozenset({"kind", "of"})
    by_installation: ClassVar[bool] = True

    kind: Literal["practice_waits", "request_due", "offer_waits"]
    of: UUID
