"""Who may do what in this room. Reading needs no permission: what the Process agreed is public."""

from panah.foundation.access.service import allow, has_role

allow("record.load", has_role("secretariat"))
