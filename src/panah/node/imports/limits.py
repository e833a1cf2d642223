"""What a file may be. Each limit is named in the sentence that refuses a file for it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

MEGABYTE: Final = 1_000_000
BIGGEST_TABLE: Final = 100 * MEGABYTE
BIGGEST_WORKBOOK: Final = 25 * MEGABYTE
BIGGEST_UNPACKED: Final = 400 * MEGABYTE
BIGGEST_SHARED_TEXTS: Final = 60 * MEGABYTE
BIGGEST_SUBMISSION: Final = 5 * MEGABYTE
BIGGEST_UPLOAD: Final = 20 * MEGABYTE
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 500
MOST_PARTS: Final = 100_000
LONGEST_CELL: Final = 10_000


class FileRefused(Exception):
    """A file of which nothing can be taken. The message is a sentence for whoever sends it."""

    def __init__(self, sentence: str, code: str = "file") -> None:
        super().__init__(sentence)
        self.code = code


def too_big(found: int, most: int) -> FileRefused:
    said = {"found": f"{found / MEGABYTE:.0f}", "most": f"{most / MEGABYTE:.0f}"}
    return FileRefused(
        _("The file has %(found)s MB; at most %(most)s MB are taken at once. Part it into several files.") % said,
        "too_big",
    )


def too_many_rows() -> FileRefused:
    return FileRefused(
        _("The file has more than %(most)s rows. Part it into several files.") % {"most": MOST_ROWS}, "too_many_rows"
    )


def too_many_columns(found: int) -> FileRefused:
    said = {"found": found, "most": MOST_COLUMNS}
    return FileRefused(
        _("The file has %(found)s columns; at most %(most)s are read. Delete what is not of the template.") % said,
        "too_many_columns",
    )
