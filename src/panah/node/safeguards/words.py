"""How holds, stops and this room's notices read. Codes are kept; the sentence is made in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.cores.lawbook import Citation, load_pack
from panah.cores.screening.wording import wording
from panah.foundation.access.roles import ROLES
from panah.foundation.door.service import Harm, Stop
from panah.foundation.notices.service import sentences
from panah.node.safeguards import files, need_to_know, rules
from panah.node.safeguards.guard import NOT_SCREENED
from panah.node.safeguards.models import Hold
from panah.node.safeguards.sources import source_text
from panah.web import parts
from panah.web.parts import Text
from panah.web.stops import ACTS, StopShown

# What the holds are called and why they stand is the pack's wording of the safeguards; only what no pack knows is said here.
_NOT_SCREENED: Text = _("Not yet interviewed")
_NOT_SCREENED_WHY: Text = _(
    "Nobody has asked this person yet whether they are afraid, how old they are, or who they came with. Interview first."
)


def title(code: str) -> str:
    """What a hold is called in the reader's language."""
    return str(_NOT_SCREENED) if code == NOT_SCREENED else _wording(f"safeguard.{code}")


def why(code: str) -> str:
    """What a hold says, in one sentence."""
    return str(_NOT_SCREENED_WHY) if code == NOT_SCREENED else _wording(f"safeguard.{code}.means")


_RESTRICTED_TITLE: Text = _("A hold whose reason is restricted")


def open_title(code: str) -> str:
    """What a hold is called where anybody may read it, such as in notices: not by a name that tells a restricted fact."""
    return str(_RESTRICTED_TITLE) if code != NOT_SCREENED and need_to_know.classes().of_hold(code) else title(code)


def open_code(code: str) -> str:
    """The same as a code, for programs."""
    return "restricted" if code != NOT_SCREENED and need_to_know.classes().of_hold(code) else code


def _wording(identifier: str) -> str:
    texts = wording(load_pack(settings.PANAH_PACK))
    found = texts.text(identifier, get_language() or "en") or texts.text(identifier, "en")
    return found.text if found else identifier


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


def shown(hold: Hold, closed: Collection[str]) -> parts.Hold:
    """A standing hold as pages show it to an officer to whom these classes are closed: that it stands and what it forbids, always."""
    if need_to_know.classes().of_hold(hold.code) in closed:
        return _restricted(rules.stopped_by(hold.code), hold.placed_at, reverse("hold", args=[hold.id]))
    citations = rules.source_lines(hold.code)
    return parts.Hold(
        label=title(hold.code),
        why=why(hold.code),
        lifted_by=lifted_by(hold.code, hold.absolute),
        source=source_text(citations),
        verified=rules.is_verified(hold.code),
        since=hold.placed_at,
        url=reverse("hold", args=[hold.id]),
    )


def _restricted(forbidden: Iterable[Harm], since: Any, url: str) -> parts.Hold:
    acts = ", ".join(str(ACTS[harm]) for harm in forbidden)
    return parts.Hold(
        label=_RESTRICTED_TITLE,
        why=gettext(
            "Another body works with this person. The hold forbids: %(acts)s. "
            "Before any such step ask the supervisor or the ombudsman, who know that body."
        )
        % {"acts": acts},
        lifted_by=_("two officers of two different bodies, each with a reason; that body is one of them."),
        source=source_text([Citation("panah-design")]),
        since=since,
        url=url,
    )


_described: list[Callable[[Mapping[str, Any]], parts.Reason]] = []


def reasons_described_by(describe: Callable[[Mapping[str, Any]], parts.Reason]) -> None:
    """Name the function that words a reason of the screening (rule, answers, source). One an installation."""
    _described[:] = [describe]


def reasons(hold: Hold, closed: Collection[str], reader: str = "") -> tuple[list[parts.Reason], int]:
    """Why a hold was placed, without what lies in the closed classes; and how many reasons were left out. Who wrote one reads it."""
    told = [
        reason
        for reason in hold.because
        if need_to_know.of_reason(reason).isdisjoint(closed) or (reader and reason.get("by") == reader)
    ]
    if need_to_know.classes().of_hold(hold.code) in closed:
        told = [reason for reason in told if reader and reason.get("by") == reader]
    return [_reason(reason) for reason in told], len(hold.because) - len(told)


def _reason(reason: Mapping[str, Any]) -> parts.Reason:
    if reason.get("rule") == "officer":
        return parts.Reason(gettext("An officer wrote: %(reason)s") % {"reason": reason["reason"]}, verified=True)
    if reason.get("rule") == rules.REMEDY:
        return parts.Reason(_of_remedy(reason), verified=True)
    if _described:
        return _described[0](reason)
    sentence = gettext("The screening rule %(rule)s") % {"rule": reason.get("rule", "")}
    return parts.Reason(sentence, source=str(reason.get("source", "")), verified=reason.get("verified") is True)


def _of_remedy(reason: Mapping[str, Any]) -> str:
    number = {"number": reason.get("proceeding", "")}
    if not rules.has_ended(reason):
        return (
            gettext(
                "A remedy against the decision in %(number)s can be used or is being decided, or the law on it is not known."
            )
            % number
        )
    if reason.get("ended_because") == "decided":
        return gettext("Ended: the last remedy in %(number)s was decided, and the person was told.") % number
    return gettext("Ended: the time to use a remedy in %(number)s is over, and none was used.") % number


def stop_shown(stop: Stop) -> StopShown:
    """The words of the stop page."""
    return StopShown(
        act=ACTS[stop.harm],
        holds=tuple(_stopping(hold, stop.harm) for hold in stop.holds),
        file_url=files.url(stop.subject),
    )


def _stopping(hold: Mapping[str, Any], harm: Harm) -> parts.Hold:
    code = hold["code"]
    if open_code(code) != code:
        return _restricted([harm], hold.get("placed_at"), reverse("hold", args=[hold["hold"]]) if hold["hold"] else "")
    lines = [line for line in rules.STOPS[harm] if line.hold == code]
    citations = [citation for line in lines for citation in line.sources]
    return parts.Hold(
        label=title(code),
        why=why(code),
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
        "hold": open_title(facts["safeguard"])
    }


def _fell(facts: Mapping[str, str]) -> str:
    return gettext("Two authorities lifted a hold (%(hold)s).") % {"hold": open_title(facts["safeguard"])}


def _reason_ended(facts: Mapping[str, str]) -> str:
    return gettext("A remedy is over; a hold (%(hold)s) stands for its other reasons.") % {
        "hold": open_title(facts["safeguard"])
    }


def _fell_by_itself(facts: Mapping[str, str]) -> str:
    return gettext(
        "A hold (%(hold)s) fell by itself: the remedy that was its only reason is over. Look whether another reason is missing."
    ) % {"hold": open_title(facts["safeguard"])}


sentences(
    {
        "safeguards.reason_ended": _reason_ended,
        "safeguards.hold_fell_by_itself": _fell_by_itself,
        "safeguards.attempt_stopped": _stopped,
        "safeguards.act_must_stop": _must_stop,
        "safeguards.lift_waits": _waits,
        "safeguards.hold_fell": _fell,
    }
)
