"""Who may do what in this room. A seat decides, not the role alone: an account acts for its own participant only."""

from panah.foundation.access.service import allow, has_role
from panah.hub.participants.service import seated

_OWN = seated("national_coordinator", "support_unit", "observer")

allow("practices.load", has_role("secretariat"))
allow("practices.write", _OWN)
allow("practices.publish", has_role("secretariat"))
allow("practices.take_back", _OWN | has_role("secretariat"))
allow("practices.keep_lists", _OWN | has_role("secretariat"))
allow("practices.ask", seated("national_coordinator"))
allow("practices.offer", _OWN)
allow(
    "practices.see_support", has_role("national_coordinator", "senior_official", "observer", "secretariat", "auditor")
)
