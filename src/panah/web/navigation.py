"""The main menu. A room registers its entries when the program starts; nothing in `web` knows the rooms.

class ReferralsConfig(AppConfig):
    def ready(self) -> None:
        navigation.register(
            Entry("referrals", _("Referrals"), "referrals:queue", order=30, permission="referrals.work", key="q")
        )
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

_EVERYWHERE = frozenset({"node", "hub"})


@dataclass(frozen=True)
class Entry:
    """One entry of the main menu.

    `label` is lazily translated; `url_name` takes no arguments; entries stand by `order`. `permission` is what
    `access` is asked for; None shows the entry to everybody, also to those who have not signed in. `installations`
    are `node`, `hub` or both. `key` is one letter that opens the entry from any page, shown in the keyboard help.
    """

    code: str
    label: str | Promise
    url_name: str
    order: int
    permission: str | None
    installations: frozenset[str] = _EVERYWHERE
    key: str = ""


@dataclass(frozen=True)
class Shown:
    """An entry as one request sees it."""

    label: str
    url: str
    key: str
    current: bool


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Put an entry into the menu. The same entry again changes nothing; another one under the same code or key is a
    mistake.
    """
    known = _entries.get(entry.code)
    if known == entry:
        return
    takers = [other.code for other in _entries.values() if entry.key and other.key == entry.key and _meet(entry, other)]
    if known is not None or takers:
        raise ValueError(
            f"The menu entry {entry.code!r} (key {entry.key!r}) clashes with {known.code if known else takers[0]!r}. "
            "Every entry needs a code and a key of its own."
        )
    _entries[entry.code] = entry


def _meet(one: Entry, other: Entry) -> bool:
    return bool(one.installations & other.installations)


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The entries that this request's reader may use, in order; the one whose address is the longest start of the
    path is current.
    """
    entries = [entry for entry in sorted(_entries.values(), key=lambda entry: entry.order) if _open_to(entry, request)]
    urls = {entry.code: reverse(entry.url_name) for entry in entries}
    here = max((url for url in urls.values() if _within(request.path, url)), key=len, default="")
    return tuple(Shown(str(entry.label), urls[entry.code], entry.key, urls[entry.code] == here) for entry in entries)


def _within(path: str, url: str) -> bool:
    # The root is the start of every path, so it is current only on itself.
    return path == url if url == "/" else path.startswith(url)


def _open_to(entry: Entry, request: HttpRequest) -> bool:
    if settings.PANAH_ROLE not in entry.installations:
        return False
    if entry.permission is None:
        return True
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and user.has_perm(entry.permission)
