"""How this room's notices read."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.foundation.notices.service import sentences


def _saying(text: str | Promise) -> Callable[[Mapping[str, str]], str]:
    return lambda facts: str(text) % facts


sentences(
    {
        "statistics.prepared": _saying(
            _("The tables of %(period)s, revision %(revision)s, are protected and wait for your signature.")
        ),
        "statistics.not_prepared": _saying(
            _("The tables of %(period)s, revision %(revision)s, could not be prepared. The page says why.")
        ),
        "statistics.received": _saying(_("The hub has received the tables of %(period)s, revision %(revision)s.")),
        "statistics.refused": _saying(
            _("The hub refused the tables of %(period)s, revision %(revision)s. The page says why.")
        ),
    }
)
