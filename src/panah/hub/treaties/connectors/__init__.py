"""Connectors: each reads one producer's own file and yields the statements in it, and nothing else."""
