"""Sums that follow a worker over borders: time insured in several states."""
