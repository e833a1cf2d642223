"""Meetings, drafts and the conclusions that they reach."""
