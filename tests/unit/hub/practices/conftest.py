"""The people of the hub, for the tests of this room."""

from tests.hub_people import people

__all__ = ["people"]
