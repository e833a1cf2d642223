"""Acts of a house as frozen values: closing and opening again, a place for tonight, and what is in store. What they do is in actions/houses.py."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from panah.foundation.door.service import Action, NotFound
from panah.node.reception.acts import Remark, _AtCentre, _OnUnit
from panah.node.reception.models import PlaceAsked
from panah.node.registration import service as registration


class CloseCentre(_AtCentre):
    """Nobody is received any more. Who stays is moved first, by acts that ask the safeguards: closing moves nobody."""

    code: ClassVar[str] = "reception.close_centre"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre"})


class ReopenCentre(_AtCentre):
    code: ClassVar[str] = "reception.reopen_centre"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre"})


class CloseUnit(_OnUnit):
    code: ClassVar[str] = "reception.close_unit"
    open_fields: ClassVar[frozenset[str]] = frozenset({"unit"})


class ReopenUnit(_OnUnit):
    code: ClassVar[str] = "reception.reopen_unit"
    open_fields: ClassVar[frozenset[str]] = frozenset({"unit"})


class AskPlace(Action):
    """A post asks a centre for a place for tonight, for a person and the family that came with them. It moves nobody."""

    code: ClassVar[str] = "reception.ask_place"
    needs: ClassVar[str] = "reception.ask_place"
    open_fields: ClassVar[frozenset[str]] = frozenset({"ask"})

    ask: UUID
    file: UUID
    centre: UUID

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return registration.file_by_id(self.file)


class AnswerPlace(Action):
    """The centre says that there is a place, and then expects the person; or that there is none, and why."""

    code: ClassVar[str] = "reception.answer_place"
    needs: ClassVar[str] = "reception.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"ask", "answer"})

    ask: UUID
    answer: Literal["given", "declined"]
    why: Remark = ""

    @cached_property
    def row(self) -> PlaceAsked:
        found = PlaceAsked.objects.select_for_update(of=("self",)).select_related("centre").filter(pk=self.ask).first()
        if found is None:
            raise NotFound("No place was asked for so.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Any:
        return self.row.centre


class ChangeStock(_AtCentre):
    """Say what came into the store, or what left it otherwise than by being handed out."""

    code: ClassVar[str] = "reception.change_stock"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre", "stock", "item", "amount", "why"})

    stock: UUID
    item: Literal[
        "meal", "food_parcel", "water", "bedding", "clothing", "hygiene_kit", "baby_kit", "heater", "cash", "other"
    ]
    amount: int = Field(ge=1, le=1_000_000)
    why: Literal["delivery", "found", "spoilt", "sent_on", "missing"]
