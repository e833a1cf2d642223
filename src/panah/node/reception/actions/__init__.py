"""Centres, who stays where, what people get there, and the houses themselves. The only writer of this room."""

from panah.node.reception.actions import houses, stays  # noqa: F401 - imported to take effect
