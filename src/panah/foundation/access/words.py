"""How this room's notices read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panah.foundation.notices.service import sentences


def _opened(facts: Mapping[str, str]) -> str:
    return _("%(officer)s opened a break-glass session until %(until)s. It waits for review.") % facts


sentences({"access.break_glass_opened": _opened})
