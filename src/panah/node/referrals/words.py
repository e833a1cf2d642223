"""How this room's notices read, and its lines in a file's story."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences
from panah.node.referrals import texts
from panah.node.referrals.outside import title_of
from panah.node.registration.service import tells


def _received(facts: Mapping[str, str]) -> str:
    words = {"number": facts["number"], "urgency": texts.urgency(facts["urgency"]), "due": _moment(facts["due"])}
    return _("Referral %(number)s has come to you (%(urgency)s). An answer is due by %(due)s.") % words


def _moment(text: str) -> str:
    """A moment of the facts, in the time of the state; notices are plain text."""
    return timezone.localtime(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M")


def _accepted(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s was accepted.") % facts


def _declined(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s was declined. Read why and send the person's case on.") % facts


def _done(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s is done. Its outcome is in the file.") % facts


def _no_capacity(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s was declined for want of room. Find another place today.") % facts


def _silence(facts: Mapping[str, str]) -> str:
    said = _("Referral %(number)s has had no answer since %(due)s.") % {**facts, "due": _moment(facts["due"])}
    return f"{said} ({basis_title(facts['basis'])})" if facts.get("basis") else said


def basis_title(basis: str) -> str:
    """Who set the time of an answer: the law, or only a target."""
    return _("by law") if basis == "statutory" else _("a target, no law")


def _incomplete(facts: Mapping[str, str]) -> str:
    words = {"number": facts["number"], "due": _moment(facts["due"])}
    return (
        _("Referral %(number)s: something is missing. Add it by %(due)s and send it again; nobody is sent back.")
        % words
    )


def _uncured(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s: what was missing is missing still after two days.") % facts


def _silence_beside(facts: Mapping[str, str]) -> str:
    return (
        _("The person of your referral %(number)s waits for the answer of another body, three times as long as set.")
        % facts
    )


def _outside_received(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s has reached the body outside.") % facts


def _answer_refused(facts: Mapping[str, str]) -> str:
    return _("An answer to referral %(number)s was not believed. Call the body.") % facts


def _keys_ended(facts: Mapping[str, str]) -> str:
    return _("The keys of %(title)s have ended. Nothing is sealed for it until new ones are confirmed.") % facts


sentences(
    {
        "referrals.incomplete": _incomplete,
        "referrals.uncured": _uncured,
        "referrals.silence_beside": _silence_beside,
        "referrals.outside_received": _outside_received,
        "referrals.answer_refused": _answer_refused,
        "referrals.keys_ended": _keys_ended,
        "referrals.received": _received,
        "referrals.accepted": _accepted,
        "referrals.declined": _declined,
        "referrals.done": _done,
        "referrals.no_capacity": _no_capacity,
        "referrals.silence": _silence,
    }
)


def _sent_to(facts: Mapping[str, Any]) -> str:
    return _("Referral %(number)s was sent to: %(body)s") % {**facts, "body": title_of(facts["body"])}


def _closed(facts: Mapping[str, Any]) -> str:
    outcome = texts.outcome(facts["outcome"]) if facts.get("outcome") else ""
    return _("Referral %(number)s is done: %(outcome)s") % {**facts, "outcome": outcome}


def _said_no(facts: Mapping[str, Any]) -> str:
    reason = texts.decline_reason(facts["reason"]) if facts.get("reason") else ""
    return _("Referral %(number)s was declined: %(reason)s") % {**facts, "reason": reason}


def _answered_outside(facts: Mapping[str, Any]) -> str:
    said = str(texts.SAID.get(facts.get("said", ""), ""))
    return _("Referral %(number)s, signed answer of the body outside: %(said)s") % {**facts, "said": said}


tells(
    {
        "referrals.take_envelope": lambda facts: _("Referral %(number)s: its envelope was taken") % facts,
        "referrals.take_answer": _answered_outside,
        "referrals.note_refused": lambda facts: _("Referral %(number)s: an answer was not believed") % facts,
        "referrals.report_uncured": lambda facts: _("Referral %(number)s: what was missing is missing still") % facts,
        "referrals.send": _sent_to,
        "referrals.accept": _accepted,
        "referrals.decline": _said_no,
        "referrals.complete": _closed,
        "referrals.report_silence": lambda facts: (
            _("Referral %(number)s: no answer in time, told to those above") % facts
        ),
        "referrals.packet_read": lambda facts: _("Referral read by its recipient"),
    }
)
