"""How this room's notices read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences


def _opened(facts: Mapping[str, str]) -> str:
    return _("%(officer)s opened a break-glass session until %(until)s. It waits for review.") % facts


def _password_set(facts: Mapping[str, str]) -> str:
    return _("An administrator gave your account a new password. If you did not ask for it, tell your supervisor now.")


def _password_changed(facts: Mapping[str, str]) -> str:
    return _("The password of your account was changed. If it was not you, tell the administrator of accounts now.")


def _way_back_made(facts: Mapping[str, str]) -> str:
    return _(
        "An administrator made a link by which the password of your account can be set. If you did not ask for it, tell your supervisor now."
    )


def _reopened(facts: Mapping[str, str]) -> str:
    return _("%(by)s opened the closed account of %(officer)s again. Ask why, if you do not know.") % facts


sentences(
    {
        "access.break_glass_opened": _opened,
        "access.password_set": _password_set,
        "access.password_changed": _password_changed,
        "access.way_back_made": _way_back_made,
        "access.reopened": _reopened,
    }
)
