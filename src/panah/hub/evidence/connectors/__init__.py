"""Reads what producers publish, each in the producer's own format, and yields typed figures.

A connector is a module with `VERSION`, `INPUTS` and one reading function an input. It decides nothing about the
figures but what its producer's marks mean: which cells are missing, which are small counts, which are cases and not
persons.
"""
