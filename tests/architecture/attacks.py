"""What an attacker has to hand: an example of every act, and who holds which right over the world (`attack_world.py`).

`MAKERS` has one line for every action of the installation; a new action without its line fails the test. `RIGHTS` says for every permission
which roles hold it over the world's objects: `here` for officers of its own post and body, `anywhere` for those of every other one too.
What the node and the hub do stands in tables of their own; here is what both do.
"""

from __future__ import annotations

from dataclasses import dataclass

from panah.foundation.access.models import Officer
from panah.foundation.access.service import serves_other_state
from panah.foundation.clock import now
from panah.foundation.door.service import Action
from tests.architecture import acts_of_hub, acts_of_node
from tests.architecture.attack_world import World
from tests.architecture.examples import SENTENCE, Makers, Right, anywhere, new

_PASSKEY = {"name": "key", "host": "localhost", "state": {}, "answer": {}}

MAKERS: Makers = {
    **acts_of_node.MAKERS,
    **acts_of_hub.MAKERS,
    "access.add_officer": new(
        "officer", username="intruder", display_name="I", password_hash="!", roles=("supervisor",)
    ),
    "access.change_officer": lambda world: {"officer": world.account, "display_name": "I", "post": "ALA"},
    "access.change_own_password": new(old="guessed", password_hash="!"),
    "access.close_break_glass": new(),
    "access.close_officer": lambda world: {"officer": world.account, "reason": SENTENCE},
    "access.end_own_sessions": new(handles=("0" * 32,)),
    "access.grant_role": lambda world: {"officer": world.account, "role": "registrar"},
    "access.issue_token": lambda world: {
        "officer": world.account,
        "name": "token",
        "token_digest": "0" * 64,
        "days": 1,
    },
    "access.make_way_back": lambda world: {"officer": world.account, "link_digest": "0" * 64},
    "access.open_break_glass": new(reason=SENTENCE, hours=1),
    "access.reopen_officer": lambda world: {"officer": world.account, "reason": SENTENCE},
    "access.review_break_glass": new("session", justified=True, remark=SENTENCE),
    "access.revoke_own_token": new("token"),
    "access.revoke_token": new("token"),
    "access.set_password": lambda world: {"officer": world.account, "password_hash": "!"},
    "access.use_way_back": new(link_digest="0" * 64, password_hash="!"),
    "access.withdraw_role": lambda world: {"officer": world.account, "role": "labour_officer"},
    "factors.add_passkey": new(**_PASSKEY),
    "factors.add_totp": new(name="app", sealed_secret="", said="123456"),
    "factors.make_recovery_codes": new(digests=("0" * 64,)),
    "factors.prove_code": new(said="123456"),
    "factors.prove_passkey": new(host="localhost", state={}, answer={}),
    "factors.remove": new("factor"),
    "factors.reset": lambda world: {"officer": world.account, "reason": SENTENCE},
}

RIGHTS: dict[str, Right] = {
    **acts_of_node.RIGHTS,
    **acts_of_hub.RIGHTS,
    "access.administer": anywhere("administrator"),
    "access.break_glass": anywhere("supervisor", *acts_of_node.OWN),
    "access.review_break_glass": anywhere("ombudsman", "national_coordinator"),
    "factors.reset": anywhere("administrator"),
}
# Everybody with a role has their own second factor, and names nobody else's.
OF_ONESELF = frozenset({"access.own", "factors.own"})


@dataclass(frozen=True)
class Attacker:
    """An officer, and whether they sit at the world's own post and body. `shut` is one whose account gives no right at all; `seat` is the
    participant of which one is the national coordinator."""

    who: Officer
    role: str
    at_home: bool
    shut: bool = False
    breaks_glass: bool = False
    seat: str = ""

    def may(self, kind: type[Action]) -> bool:
        """What the table says."""
        if kind.needs == "registration.be_watched":
            return self.who.is_active and serves_other_state(self.who)
        right = RIGHTS[kind.needs]
        if self.breaks_glass and self.role in right.in_break_glass:
            return True
        return not self.shut and (self.seat in right.seats or right.holds(self.role, self.at_home))

    def tries(self, kind: type[Action]) -> bool:
        """Every role tries everything at home; from elsewhere, with a closed account or for another state, whoever would have the right at home."""
        right = RIGHTS[kind.needs]
        return not self.may(kind) and ((self.at_home and not self.shut) or self.role in right.here | right.anywhere)

    def __str__(self) -> str:
        where = "at home" if self.at_home else "elsewhere"
        return f"{self.who.username} ({self.role} {where}{', shut' if self.shut else ''}{self.seat and f', seated for {self.seat}'})"


def made(kind: type[Action], world: World, by: Officer) -> Action:
    """The example of an act by this officer."""
    return kind(**{"by": by.pk, "place": by.post, "happened_at": now(), **MAKERS[kind.code](world)})
