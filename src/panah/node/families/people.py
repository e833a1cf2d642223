"""What this room knows of two people together: who may be meant, what is wished and feared, who came with whom, where they are."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from panah.cores.identity.keys import name_keys
from panah.cores.identity.likeness import Traits
from panah.foundation.keys.service import installation_key
from panah.node.families import rules
from panah.node.families.models import FamilyLink, Match, Request, Wish
from panah.node.families.sealing import unseal
from panah.node.reception import service as reception
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards

REFLECTION = "reflection_period"
CAREFUL = frozenset({"child_officer", "asylum_officer"})
"""Lanes that trafficking facts go to (profiling/sight.py); a person in the reflection period is proposed to nobody else."""


def described(said: dict[str, Any]) -> Traits:
    """Who is meant, as it was said; nobody where it was erased."""
    return rules.traits(
        said.get("names", ()), said.get("fathers", ()), said.get("sex", ""), said.get("year_from"), said.get("year_to")
    )


def sought_in(request: Request) -> Traits:
    return described(unseal(request.file, request.sealed))


def keys_of(who: Traits) -> set[str]:
    """Keys of a name under a secret of the installation."""
    secret = installation_key("families")
    digests = (hmac.new(secret, key.encode(), hashlib.sha256).digest() for key in name_keys(who.names))
    return {base64.urlsafe_b64encode(digest).decode() for digest in digests}


def wished(wish: Wish) -> rules.Wished:
    """A wish as the rules read it. One whose words were erased means nobody any more."""
    said = unseal(wish.file, wish.sealed)
    return rules.Wished(wish.everybody, wish.other, described(said) if said.get("names") else None)


def wishes_of(file: UUID) -> list[Wish]:
    return list(Wish.objects.filter(file=file, ended_at=None))


def forbids_looking(file: UUID, who: Traits) -> bool:
    """Whether the person wishes that somebody like this is not looked for."""
    return any(rules.means(wished(wish), None, who) for wish in wishes_of(file) if wish.kind == "do_not_look")


def withheld(one: UUID, other: UUID) -> bool:
    """Whether the two are kept from learning of each other: by a wish of either, or because one fears the other."""
    if other in reception.fears_of([one])[one]:
        return True
    for asked, about in ((one, other), (other, one)):
        standing = wishes_of(asked)
        if standing:
            who = registration.traits(registration.file_by_id(about))
            if any(rules.means(wished(wish), about, who) for wish in standing):
                return True
    return False


def may_be_proposed(file: UUID, roles: Iterable[str]) -> bool:
    """Whether the person may be proposed to an officer of these roles at all: not one who seeks and does not agree to be found."""
    if Request.objects.filter(file=file, agrees="no", closed_at=None).exists():
        return False
    held = any(hold.code == REFLECTION for hold in safeguards.standing(file))
    return not held or not CAREFUL.isdisjoint(roles)


def hidden(match: Match, roles: Iterable[str]) -> bool:
    """Whether the proposal is none for an officer of these roles: by a wish or a fear, or by what came to stand after it was made."""
    return withheld(match.request.file, match.file) or not may_be_proposed(match.file, roles)


def says(match: Match) -> dict[str, str]:
    """The last word of each side."""
    return {answer.side: answer.says for answer in match.answers.all()}


def last_answer(match: Match, side: str) -> Any:
    found = [answer for answer in match.answers.all() if answer.side == side]
    return found[-1] if found else None


def is_agreed(match: Match) -> bool:
    """Whether each side may know of the other now. A yes from before somebody was known to have been trafficked is asked anew: the
    other may be the one who did it."""
    if not rules.agreed(match.standing, says(match)) or withheld(match.request.file, match.file):
        return False
    return not any(_said_before_reflection(match, side) for side in rules.SIDES)


def _said_before_reflection(match: Match, side: str) -> bool:
    file, answer = match.request.file if side == "seeker" else match.file, last_answer(match, side)
    return any(hold.code == REFLECTION and hold.placed_at > answer.at for hold in safeguards.standing(file))


def agreed_matches(file: UUID) -> list[Match]:
    """Matches of the person, as seeker or as the one who was sought, of which both sides may know."""
    rows = Match.objects.filter(Q(request__file=file) | Q(file=file), standing="confirmed").select_related("request")
    return [row for row in rows.prefetch_related("answers").order_by("at", "id") if is_agreed(row)]


def links_of(file: UUID) -> list[FamilyLink]:
    return list(FamilyLink.objects.filter(Q(file=file) | Q(other=file), ended_at=None))


def came_with(file: UUID) -> set[UUID]:
    """The others of the person's family who came together."""
    return {one.pk for one in reception.family_of(registration.file_by_id(file))} - {file}


def family_of(file: UUID) -> set[UUID]:
    """Those who came with the person as a family, and verified links; without those whom a wish or a fear keeps apart."""
    linked = {link.other if link.file == file else link.file for link in links_of(file)}
    return {other for other in came_with(file) | linked if not withheld(file, other)}


def known_to_be_family(file: UUID) -> set[UUID]:
    """The same, and those with whom both sides agreed to be told where the other is."""
    found = {
        match.file if match.request.file == file else match.request.file
        for match in agreed_matches(file)
        if all("place" in last_answer(match, side).may_tell for side in rules.SIDES)
    }
    return family_of(file) | found


def families_by_links(files: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of each file that verified links join to others, the id of the family that they make: the same for all of it and for those who
    came with any of them. For reception, which gives a place beside one's family."""
    asked = set(files)
    groups = _groups(asked)
    links = _links_near(asked, groups)
    if not links:
        return {}
    everybody = set(asked)
    while True:
        reached = everybody | {file for link in links for file in link}
        groups = _groups(reached)
        if reached == everybody:
            break
        everybody = reached
        links = _links_near(everybody, groups)
    family = {groups.get(file, file): groups.get(file, file) for file in everybody}
    for one, other in sorted(links):
        kept, gone = sorted((family[groups.get(one, one)], family[groups.get(other, other)]))
        family = {base: kept if now == gone else now for base, now in family.items()}
    joined = {family[groups.get(one, one)] for one, _other in links}
    return {file: found for file in asked if (found := family[groups.get(file, file)]) in joined}


def _groups(files: set[UUID]) -> dict[UUID, UUID]:
    """The family with which each came, of those who came with one; of all its members."""
    mine = registration.PersonFile.objects.filter(pk__in=files, group__kind="family").values("group")
    rows = registration.PersonFile.objects.filter(group__in=mine).values_list("pk", "group")
    return {file: group for file, group in rows if group is not None}


def _links_near(files: set[UUID], groups: dict[UUID, UUID]) -> set[tuple[UUID, UUID]]:
    near = {*files, *groups}
    rows = FamilyLink.objects.filter(Q(file__in=near) | Q(other__in=near), ended_at=None)
    return set(rows.values_list("file", "other"))


def centres_of(files: Iterable[UUID]) -> dict[UUID, UUID]:
    """In which centre each of them stays now."""
    stays = {file: reception.stay_of(file) for file in files}
    return {file: stay.unit.centre_id for file, stay in stays.items() if stay}


def place_of(file: UUID) -> str:
    """Where a person is, for who may know it. A shelter is not named."""
    stay = reception.stay_of(file)
    if stay is None:
        return registration.place_title(registration.file_by_id(file).place)
    if stay.unit.centre.kind == "shelter":
        return _("a protected place; only its own officers know where")
    return stay.unit.centre.title or registration.place_title(stay.unit.centre.code)


def is_child(file: UUID) -> bool:
    return reception.is_child(registration.file_by_id(file))
