"""What the acts of this room do. The only writers of its tables."""

from panah.hub.commitments.actions import figures, loading, making, reporting

__all__ = ["figures", "loading", "making", "reporting"]
