"""How this room's notices read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences


def _received(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s has come to you (%(urgency)s). An answer is due by %(due)s.") % facts


def _accepted(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s was accepted.") % facts


def _declined(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s was declined. Read why and send the person's case on.") % facts


def _done(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s is done. Its outcome is in the file.") % facts


def _no_capacity(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s was declined for want of room. Find another place today.") % facts


def _silence(facts: Mapping[str, str]) -> str:
    return _("Referral %(number)s has had no answer since %(due)s.") % facts


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
