"""Whether an account may interpret here, and the word that asks it to come. Called by the acts on hearings."""

from __future__ import annotations

from uuid import UUID

from panah.foundation.access.models import Officer
from panah.foundation.door.service import Refused
from panah.foundation.notices.service import Word
from panah.node.procedures import rules


def check(account: UUID | None, named: str) -> None:
    """Raises Refused for an account that may not interpret here, and where somebody from outside is named beside it."""
    if account is None:
        return
    if named:
        raise Refused(
            "Name an account or somebody from outside, not both.", code="two_interpreters", field="interpreter"
        )
    who = Officer.objects.filter(pk=account, is_active=True, serves_state="").first()
    if who is None or rules.INTERPRETER not in who.roles:
        raise Refused(
            "No interpreter has this account here. Choose one of the list, or write the name of somebody from outside.",
            code="no_interpreter",
            field="interpreter_account",
        )


def asked(account: UUID | None, hearing: UUID, number: str) -> tuple[Word, ...]:
    """The word to an interpreter that an appointment waits for their answer."""
    if account is None:
        return ()
    return (
        Word(
            "procedures.asked_to_interpret", officer=account, facts={"number": number}, link=f"/appointments/{hearing}/"
        ),
    )
