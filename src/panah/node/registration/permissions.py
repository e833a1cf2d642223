"""Who may do what in this room, and over whose files.

A file is open to the people of its post, to the ombudsman, and to an officer in break-glass while it is not closed. Nobody who
serves another state reads a file or learns of one, whatever else they hold (domain reference 8.3, 5: firewall of the country of origin).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import QuerySet

from panah.foundation.access import service as access
from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, breaking_glass, has_role, in_break_glass
from panah.node.registration.models import PersonFile, Status

AT_THE_POST = ("border_officer", "registrar", "supervisor")


@dataclass(frozen=True)
class Post:
    """A place as the object of a permission, where there is no file yet."""

    place: str


serves_other_state = rules.predicates.Predicate(access.serves_other_state, name="serves_other_state")


@rules.predicate
def at_own_post(officer: Officer, there: Any = None) -> bool:
    """What is asked about belongs to the officer's post; asked in general, the officer has a post."""
    return bool(officer.post) and (there is None or there.place == officer.post)


of_the_post = has_role(*AT_THE_POST) & at_own_post & ~serves_other_state
reads_all = has_role("ombudsman") & ~serves_other_state

allow("registration.see_arrivals", of_the_post)
allow("registration.register", has_role("border_officer", "registrar") & at_own_post & ~serves_other_state)
allow("registration.amend", has_role(*AT_THE_POST) & at_own_post & ~serves_other_state)
allow("registration.read_file", of_the_post | reads_all | (in_break_glass & ~serves_other_state))
allow("registration.close_file", has_role("registrar", "supervisor") & at_own_post & ~serves_other_state)
allow("registration.see_reads", has_role("supervisor", "ombudsman") & ~serves_other_state)
# A consular officer may type into the search, finds nothing, and the try is told to those who watch.
allow("registration.search", has_role(*AT_THE_POST, "ombudsman", "consular_officer"), other_state=True)
# Whoever works on cases may look for one by its number, and finds what they may open.
allow("registration.find", has_role(*AT_THE_POST, "ombudsman", *RECEIVING), other_state=True)
# What they try is told whether or not they hold a role that may search.
allow("registration.be_watched", serves_other_state, other_state=True)


def visible_files(officer: Officer, *, break_glass: bool = True) -> QuerySet[PersonFile]:
    """The files that `registration.read_file` opens to the officer, as a query; without those that only break-glass opens if told so."""
    if serves_other_state.test(officer):
        return PersonFile.objects.none()
    if reads_all.test(officer):
        return PersonFile.objects.all()
    open_files = PersonFile.objects.none()
    if of_the_post.test(officer):
        open_files = PersonFile.objects.filter(place=officer.post)
    if break_glass and breaking_glass(officer):
        return open_files | PersonFile.objects.exclude(status=Status.CLOSED)
    return open_files
