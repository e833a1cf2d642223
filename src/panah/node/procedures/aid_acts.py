"""Acts about legal aid as frozen values: that the person asks for it, that somebody gives it, that the person freely declines it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import StringConstraints

from panah.node.procedures.acts import OnProceeding, Tag, Text


class AskLegalAid(OnProceeding):
    """Keep that the person asks for legal aid. Whoever declined it may ask at any time."""

    code: ClassVar[str] = "procedures.ask_legal_aid"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "aid"})

    aid: UUID
    language: Tag


class GiveLegalAid(OnProceeding):
    """Keep who gives the person legal aid, from which day. It answers what was asked and is still open; else it stands by itself."""

    code: ClassVar[str] = "procedures.give_legal_aid"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "aid", "kind"})

    aid: UUID
    organisation: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
    kind: Literal["state", "ngo", "un", "law_clinic", "private", "other"]
    on: date


class DeclineLegalAid(OnProceeding):
    """Keep that the person wants no legal aid, in their own words: told what it is, in a language that they understand, and nobody else
    speaking for them. It closes nothing."""

    code: ClassVar[str] = "procedures.decline_legal_aid"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "aid"})

    aid: UUID
    said: Text
    language: Tag
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""
    informed: bool
    freely: bool
