"""How this room's notices read, and its lines in a file's story."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences
from panah.node.referrals import texts
from panah.node.registration.service import body_title, tells


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
    return _("Referral %(number)s has had no answer since %(due)s.") % {**facts, "due": _moment(facts["due"])}


sentences(
    {
        "referrals.received": _received,
        "referrals.accepted": _accepted,
        "referrals.declined": _declined,
        "referrals.done": _done,
        "referrals.no_capacity": _no_capacity,
        "referrals.silence": _silence,
    }
)


def _sent_to(facts: Mapping[str, Any]) -> str:
    return _("Referral %(number)s was sent to: %(body)s") % {**facts, "body": body_title(facts["body"])}


def _closed(facts: Mapping[str, Any]) -> str:
    outcome = texts.outcome(facts["outcome"]) if facts.get("outcome") else ""
    return _("Referral %(number)s is done: %(outcome)s") % {**facts, "outcome": outcome}


def _said_no(facts: Mapping[str, Any]) -> str:
    reason = texts.decline_reason(facts["reason"]) if facts.get("reason") else ""
    return _("Referral %(number)s was declined: %(reason)s") % {**facts, "reason": reason}


tells(
    {
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
