"""National identity numbers of the ten states."""

from panah.cores.documents.identity_numbers.number import IdentityNumber
from panah.cores.documents.identity_numbers.states import COUNTRIES, check_identity_number

__all__ = ["COUNTRIES", "IdentityNumber", "check_identity_number"]
