"""Who may do what in this room. Reading needs no permission: what is shown is published."""

from panah.foundation.access.service import allow, has_role

allow("evidence.load", has_role("statistician", "secretariat"))
