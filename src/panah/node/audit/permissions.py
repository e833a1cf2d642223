"""Who may do what in this room."""

from panah.foundation.access.service import allow, has_role

allow("audit.see_reads", has_role("auditor", "dpo", "ombudsman"))
