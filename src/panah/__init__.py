"""Panah: the node of a state and the hub of the Almaty Process."""

__version__ = "0.1.0"
