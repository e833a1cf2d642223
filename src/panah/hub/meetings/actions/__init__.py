"""What the acts of this room do: the only writers of its tables. `register` takes in the record, `holding` is the meeting itself, `papers`
its files, minutes and calendars, `drafting` its text, `agreeing` what becomes of the text."""

from panah.hub.meetings.actions import agreeing, drafting, holding, papers, register

__all__ = ["agreeing", "drafting", "holding", "papers", "register"]
