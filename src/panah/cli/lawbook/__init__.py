"""`panah lawbook`: a pack as a book that a lawyer can read. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from threading import Event, Thread
from typing import Annotated

import typer

FORMATS = ("html", "pdf", "text")


def lawbook(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="Code of the pack, like kaz.")],
    format_: Annotated[str, typer.Option("--format", help="html, pdf or text.")] = "html",
    out: Annotated[str | None, typer.Option("-o", "--out", help="File to write; standard output if absent.")] = None,
    language: Annotated[str, typer.Option(help="en or ru.")] = "en",
    since: Annotated[
        str, typer.Option(metavar="VERSION_FOLDER", help="Folder of an earlier edition of the pack to compare with.")
    ] = "",
    on: Annotated[str, typer.Option(help="Day whose law is applied (YYYY-MM-DD); today if absent.")] = "",
) -> None:
    """Write a pack as a book: the provision on the left, our reading on the right, worked cases below."""
    from panah.cli.drafts import edition
    from panah.cli.progress import progress
    from panah.cli.streams import writing
    from panah.cores.lawbook import load_pack, pack_codes, packs_root
    from panah.cores.lawbook.book import LANGUAGES, make_book

    _one_of("--format", format_, FORMATS)
    _one_of("--language", language, LANGUAGES)
    _one_of("PACK", pack, pack_codes())
    day = _day(on)
    changelog = packs_root() / pack / "CHANGELOG.md"
    with ExitStack() as stack:
        before = load_pack(pack, stack.enter_context(edition(since, pack, "--since"))) if since else None
        book = make_book(
            load_pack(pack),
            language,
            day,
            before=before,
            changelog=changelog.read_text(encoding="utf-8") if changelog.is_file() else "",
        )
    with writing(out) as target:
        if format_ == "pdf":
            from panah.cli.lawbook.paper import as_pdf  # WeasyPrint takes a second to load

            with progress("Laying out the pages", None) as at, _ticking(at):
                target.write(as_pdf(book))
        elif format_ == "html":
            from panah.cli.lawbook.page import as_html

            target.write(as_html(book).encode())
        else:
            from panah.cli.lawbook.plain import as_text

            target.write(as_text(book).encode())


@contextmanager
def _ticking(at: Callable[[int], None]) -> Iterator[None]:
    """Call `at` with the seconds that have passed while the work inside, which tells nothing itself, goes on."""
    done = Event()

    def tick() -> None:
        seconds = 0
        while not done.wait(1):
            seconds += 1
            at(seconds)

    thread = Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _one_of(name: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise typer.BadParameter(f"found '{given}'; allowed are {', '.join(allowed)}.", param_hint=name)


def _day(text: str) -> date:
    """The day given, else today. Only the command looks at the clock, the core never."""
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011 - the day on the reader's own clock
    except ValueError:
        raise typer.BadParameter(f"found '{text}'; a day is written YYYY-MM-DD.", param_hint="--on") from None
