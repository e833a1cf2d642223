"""How holds, stops and this room's notices read. Codes are kept; the sentence is made in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.foundation.access.roles import ROLES
from panah.foundation.door.service import Harm, Stop
from panah.foundation.notices.service import sentences
from panah.node.safeguards import files, rules
from panah.node.safeguards.guard import NOT_SCREENED
from panah.node.safeguards.models import Hold
from panah.node.sources import source_text
from panah.web import parts
from panah.web.parts import Text
from panah.web.stops import ACTS, StopShown

TITLES: Mapping[str, Text] = {
    rules.NO_REMOVAL: _("No removal"),
    rules.NO_DETENTION: _("No detention"),
    rules.NO_PENALTY: _("No penalty for the manner of entry"),
    rules.NO_CONSULATE: _("No contact with the consulate"),
    rules.NO_ORIGIN: _("Nothing to the state of origin"),
    rules.INTERVIEW_ALONE: _("Interview alone"),
    rules.TREAT_AS_CHILD: _("Treat as a child"),
    rules.REFLECTION: _("Time to reflect"),
    rules.FAMILY: _("Keep the family together"),
    rules.COUNSEL: _("Counsel before return"),
    rules.CONFIDENTIAL: _("Handle in confidence"),
    NOT_SCREENED: _("Not yet interviewed"),
}

WHY: Mapping[str, Text] = {
    rules.NO_REMOVAL: _(
        "The person asks for protection, or whether they need it is open. Nobody is sent where they may be harmed."
    ),
    rules.NO_DETENTION: _("The person is a child, may be one, or may not be detained for another reason."),
    rules.NO_PENALTY: _("Who seeks safety, or was smuggled or trafficked, is not punished for how they came in."),
    rules.NO_CONSULATE: _(
        "The consulate is the state that the person may fear. Only the person may ask for this contact."
    ),
    rules.NO_ORIGIN: _("What the person told us could be used against them or their family there."),
    rules.INTERVIEW_ALONE: _("Somebody with the person may control their answers. They are heard alone."),
    rules.TREAT_AS_CHILD: _("The person is under 18 or their age is disputed. Until it is settled they are a child."),
    rules.REFLECTION: _("A presumed victim of trafficking has time to recover before anything is decided."),
    rules.FAMILY: _("Members of the family stay together unless the child's best interests ask otherwise."),
    rules.COUNSEL: _("Nobody returns of their own will before they were counselled and had time to think."),
    rules.CONFIDENTIAL: _("The file holds what may be seen only by those who need it for the person's sake."),
    NOT_SCREENED: _(
        "Nobody has asked this person yet whether they are afraid, how old they are, or who they came with. "
        "Interview first."
    ),
}

_ROLE_TITLES = {role.code: role.title for role in ROLES}


def lifted_by(code: str, absolute: bool) -> Text:
    """Who may lift a hold, and how."""
    if code == NOT_SCREENED:
        return _("nobody; it ends by itself when the person has been interviewed.")
    if absolute:
        return _("nobody; this hold is absolute.")
    return format_lazy(
        _(
            "two officers of two different bodies, each with a reason. One of them is: {competent}. "
            "The other may be a supervisor."
        ),
        competent=", ".join(str(_ROLE_TITLES[role]).lower() for role in rules.COMPETENT[code]),
    )


def shown(hold: Hold) -> parts.Hold:
    """A standing hold as pages show it."""
    citations = rules.source_lines(hold.code)
    return parts.Hold(
        label=TITLES[hold.code],
        why=WHY[hold.code],
        lifted_by=lifted_by(hold.code, hold.absolute),
        source=source_text(citations),
        verified=rules.is_verified(hold.code),
        since=hold.placed_at,
        url=reverse("hold", args=[hold.id]),
    )


_described: list[Callable[[Mapping[str, Any]], parts.Reason]] = []


def reasons_described_by(describe: Callable[[Mapping[str, Any]], parts.Reason]) -> None:
    """Name the function that words a reason of the screening (rule, answers, source). One an installation."""
    _described[:] = [describe]


def reasons(hold: Hold) -> list[parts.Reason]:
    """Why a hold was placed: what the rules said, with their sources, and what officers wrote."""
    return [_reason(reason) for reason in hold.because]


def _reason(reason: Mapping[str, Any]) -> parts.Reason:
    if reason.get("rule") == "officer":
        return parts.Reason(gettext("An officer wrote: %(reason)s") % {"reason": reason["reason"]}, verified=True)
    if _described:
        return _described[0](reason)
    sentence = gettext("The screening rule %(rule)s") % {"rule": reason.get("rule", "")}
    return parts.Reason(sentence, source=str(reason.get("source", "")), verified=reason.get("verified") is True)


def stop_shown(stop: Stop) -> StopShown:
    """The words of the stop page."""
    return StopShown(
        act=ACTS[stop.harm],
        holds=tuple(_stopping(hold, stop.harm) for hold in stop.holds),
        file_url=files.url(stop.subject),
    )


def _stopping(hold: Mapping[str, Any], harm: Harm) -> parts.Hold:
    code = hold["code"]
    lines = [line for line in rules.STOPS[harm] if line.hold == code]
    citations = [citation for line in lines for citation in line.sources]
    return parts.Hold(
        label=TITLES[code],
        why=WHY[code],
        lifted_by=lifted_by(code, hold["absolute"]),
        source=source_text(citations),
        verified=bool(lines) and all(line.verified for line in lines),
        since=hold.get("placed_at"),
        url=reverse("hold", args=[hold["hold"]]) if hold["hold"] else "",
    )


def _stopped(facts: Mapping[str, str]) -> str:
    return gettext("A safeguard stopped an act: %(act)s. The attempt is on the board.") % {
        "act": ACTS[Harm(facts["harm"])]
    }


def _must_stop(facts: Mapping[str, str]) -> str:
    return gettext("A hold was placed against an act that was let pass before: %(act)s. It must stop now.") % {
        "act": ACTS[Harm(facts["harm"])]
    }


def _waits(facts: Mapping[str, str]) -> str:
    return gettext("One authority asks to lift a hold (%(hold)s). It stands until another body agrees.") % {
        "hold": TITLES[facts["safeguard"]]
    }


def _fell(facts: Mapping[str, str]) -> str:
    return gettext("Two authorities lifted a hold (%(hold)s).") % {"hold": TITLES[facts["safeguard"]]}


sentences(
    {
        "safeguards.attempt_stopped": _stopped,
        "safeguards.act_must_stop": _must_stop,
        "safeguards.lift_waits": _waits,
        "safeguards.hold_fell": _fell,
    }
)
