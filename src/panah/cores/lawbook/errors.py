"""What can be wrong with a pack, in sentences that name the place and what to do."""


class PackError(ValueError):
    """A file of a pack cannot be read; the message names the file and, where known, the line."""


class PackNotFound(LookupError):
    """No pack has that code; the message names the packs that exist."""
