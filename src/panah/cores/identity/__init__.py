"""Names across scripts, dates of birth as ranges, and how alike two people are: proposals with reasons, never a merge."""
