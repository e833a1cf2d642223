"""Who may do what in this room. Reading needs no permission."""

from panah.foundation.access.service import allow, has_role

allow("participants.load", has_role("secretariat"))
allow("participants.keep", has_role("secretariat"))
allow("participants.seat", has_role("administrator"))
allow("participants.see_seats", has_role("administrator", "secretariat", "auditor"))
