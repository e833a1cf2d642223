"""How this room's notices read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences


def _opened(facts: Mapping[str, str]) -> str:
    return _("%(officer)s opened a break-glass session until %(until)s. It waits for review.") % facts


def _password_set(facts: Mapping[str, str]) -> str:
    return _("An administrator gave your account a new password. If you did not ask for it, tell your supervisor now.")


sentences({"access.break_glass_opened": _opened, "access.password_set": _password_set})
