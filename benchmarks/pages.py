"""How long the busiest pages take, and how many queries each needs, with 1,000 and with 100,000 people.

    python -m benchmarks.pages [--people 100000] [--requests 60] [--slowest] [--keep FOLDER] [--only TEXT] [--served]

The people, three times as many referrals, holds, procedures and the journal are laid down in bulk (benchmarks/crowd.py): 3,475 people are made
one by one, the others copied from them inside the database with ids and numbers of their own. Each page is then asked for through Django's test
client, in this process, by an officer of the role that uses it: so the figures are those of the program and its database, with the journal's line
about each read, and without a web server, a network or a browser. Aim: p95 under 200 ms, and no more queries with 100,000 people than with 1,000.
With `--served` the installation runs as it does at work, web server and worker, and is asked over HTTP on this machine: no processor time then, and
no queries.
With `--keep`, what was laid down stays in the folder (and in the database of PANAH_DATABASE) and is measured again as it is the next time.
The processor's time is that of this process, so on SQLite with the database in it; on PostgreSQL that of its own process is added where it runs
on this machine. It says what a page costs when others work on the machine too, which the time on the clock does not.
Each page is opened once before it is timed, served ones eight times.
The queries are the most that twenty openings needed; how many one needs also hangs on what it shows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from benchmarks.bench import describe, own_installation, percentile

_NEXT = re.compile(r'after=([^"&]+)" rel="next"')
FEW = 1000
ORIGINALS = 2475
COUNTED = 20
WARMED = 8
"""Openings before a served page is timed: each of the server's four threads has its own connection and typesetter."""

AIM = 200.0


@dataclass(frozen=True)
class Page:
    """A page with the role that asks for it; `ask` sends one request for an object drawn by chance."""

    role: str
    name: str
    ask: Callable[[], Any]

    @property
    def title(self) -> str:
        return f"{self.role}: {self.name}"


@dataclass(frozen=True)
class Measured:
    page: Page
    times: Sequence[float]
    processor: Sequence[float]
    queries: int
    slowest: str


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--requests", type=int, default=60)
    arguments.add_argument("--slowest", action="store_true", help="also print the slowest query of each page")
    arguments.add_argument("--keep", default="", help="a folder that keeps the people for the next measurement")
    arguments.add_argument("--only", default="", help="only pages whose role or name contains this")
    arguments.add_argument("--served", action="store_true", help="through `panah serve` and HTTP")
    wanted = arguments.parse_args()
    os.environ.setdefault("PANAH_SECOND_FACTOR", "offered")
    os.environ.setdefault("PANAH_HOSTS", "testserver")
    database = own_installation(home=wanted.keep)
    from benchmarks.crowd import again

    way = "`panah serve` and HTTP" if wanted.served else "Django's test client"
    describe(f"Pages with {wanted.people:,} people on {database}, through {way}")
    crowd = again()
    if crowd is None:
        crowd, before = _laid_down(wanted.people)
        if wanted.keep:
            Path(wanted.keep, "queries.json").write_text(json.dumps(before), encoding="utf-8")
    else:
        kept = Path(wanted.keep, "queries.json")
        before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        print(f"laid down before: {_counts()}", flush=True)
    if wanted.served:
        _print_served(crowd, wanted.requests, wanted.only)
        return
    from panah.web import start

    start.settle()  # as the web server does before its first request
    listed = [page for page in pages(crowd, *in_process()) if wanted.only in f"{page.role} {page.name}"]
    print(
        "| who | page | p50, ms | p95, ms | processor p50, ms | processor p95, ms | queries with 1,000 | queries now |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for one in measure(listed, wanted.requests):
        _print(one, before.get(one.page.title), wanted.slowest)


def _print_served(crowd: Any, requests: int, only: str) -> None:
    from benchmarks import served

    officers, token = open_accounts()
    with served.installation() as port:
        browsers = {name: served.signed_in(port, officers[name]) for name in _NAMES}
        bearer = served.Browser(port, {"Authorization": f"Bearer {token}"})
        print("| who | page | p50, ms | p95, ms |")
        print("| --- | --- | ---: | ---: |")
        for page in pages(crowd, officers["asylum"].body, browsers, bearer):
            if only in f"{page.role} {page.name}":
                for _ in range(WARMED):
                    _checked(page)
                times = [_timed(page) for _ in range(requests)]
                p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
                print(
                    f"| {page.role} | {page.name} | {p50:.0f} | {p95:.0f}{' over' if p95 > AIM else ''} |", flush=True
                )


def _timed(page: Page) -> float:
    began = time.perf_counter()
    _checked(page)
    return 1000 * (time.perf_counter() - began)


def _laid_down(people: int) -> tuple[Any, dict[str, int]]:
    """The crowd, and how many queries each page needed when it was small."""
    from benchmarks.crowd import Crowd, copy, lay_down

    crowd = Crowd()
    lay_down(crowd, FEW)
    before = {one.page.title: one.queries for one in measure(pages(crowd, *in_process()), 1)}
    began = time.perf_counter()
    since, times = crowd.last, max(0, (people - FEW) // ORIGINALS - 1)
    lay_down(crowd, min(ORIGINALS, people - FEW))
    copy(since, times)
    _know_the_tables()
    print(f"laid down in {time.perf_counter() - began:.0f} s: {_counts()}", flush=True)
    return crowd, before


def _print(one: Measured, before: int | None, slowest: bool) -> None:
    p50, p95 = percentile(one.times, 0.5), percentile(one.times, 0.95)
    used, most = percentile(one.processor, 0.5), percentile(one.processor, 0.95)
    few = "–" if before is None else before
    late, more = " over" if p95 > AIM else "", " more" if before is not None and one.queries > before else ""
    print(
        f"| {one.page.role} | {one.page.name} | {p50:.0f} | {p95:.0f}{late} | {used:.0f} | {most:.0f} | {few} | {one.queries}{more} |",
        flush=True,
    )
    if slowest:
        print(f"    {one.slowest}")


def measure(listed: Sequence[Page], requests: int) -> Iterator[Measured]:
    """Every page so many times, then a few more times with its queries counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for page in listed:
        _checked(page)
        times, processor = [], []
        for _ in range(requests):
            began, used = time.perf_counter(), worked()
            _checked(page)
            times.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (worked() - used))
        queries, slowest = 0, (0.0, "")
        for _ in range(COUNTED):
            with CaptureQueriesContext(connection) as captured:
                _checked(page)
            queries = max(queries, len(captured))
            slowest = max(slowest, *((float(one["time"]), one["sql"]) for one in captured.captured_queries))
        yield Measured(page, times, processor, queries, f"{1000 * slowest[0]:.0f} ms: {slowest[1][:1500]}")


def worked() -> float:
    """Seconds that this process has computed so far; with PostgreSQL on this machine also those of the one process of it that answers us."""
    return time.process_time() + _backend_worked()


def _backend_worked() -> float:
    backend = _backend()
    if backend is None:
        return 0.0
    # The first number of schedstat is the time on a processor in nanoseconds (Linux, sched-stats).
    return int(backend.read_text(encoding="ascii").split()[0]) / 1e9


@cache
def _backend() -> Path | None:
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        seen = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return seen if seen.exists() else None


def _checked(page: Page) -> None:
    answer = page.ask()
    if answer.status_code != 200:
        raise SystemExit(f"The page {page.name!r} answered {answer.status_code}. It must answer 200 to be measured.")


def open_accounts() -> tuple[dict[str, Any], str]:
    """The officers whose pages are measured, and a token of the asylum body's officer for the interface."""
    from uuid6 import uuid7

    from panah.cli.demo.steps import accounts
    from panah.foundation.access.models import Officer, Token
    from panah.foundation.access.service import new_token, token_digest
    from panah.foundation.clock import now

    if not Officer.objects.filter(username="asylum").exists():
        accounts(now().date())
    officers = {officer.username: officer for officer in Officer.objects.all()}
    fresh = new_token()
    Token.objects.create(
        id=uuid7(), officer=officers["asylum"], name="benchmark", digest=bytes.fromhex(token_digest(fresh)),
        issued_at=now(), until=now() + timedelta(days=1),
    )  # fmt: skip
    return officers, fresh


_NAMES = ("officer", "asylum", "supervisor", "ombudsman", "coordinator")


def in_process() -> tuple[str, dict[str, Any], Any]:
    """The asylum officer's body, a test client for each officer, and one for the interface."""
    from django.test import Client

    officers, token = open_accounts()
    browsers = {name: Client() for name in _NAMES}
    for name, browser in browsers.items():
        browser.force_login(officers[name], backend="panah.foundation.access.backend.OfficerBackend")
    return officers["asylum"].body, browsers, Client(headers={"authorization": f"Bearer {token}"})


def pages(crowd: Any, body: str, browsers: dict[str, Any], bearer: Any) -> list[Page]:
    """The busiest pages of each role."""
    chance = random.Random(7)
    return [
        *_of_the_post(crowd, browsers["officer"], chance),
        *_of_the_body(browsers["asylum"], body, chance),
        *_of_those_who_oversee(browsers["supervisor"]),
        *_days(browsers),
        *_work_of(browsers, body),
        Page("coordinator", "statistics", lambda: browsers["coordinator"].get("/statistics/")),
        Page("program", "REST: queue", lambda: bearer.get("/api/queue")),
    ]


def _of_the_post(crowd: Any, browser: Any, chance: random.Random) -> Iterator[Page]:
    from panah.node.registration.models import Name

    yield Page("border officer", "arrivals of a day", lambda: browser.get("/arrivals/"))
    scripts = {"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic"}
    for script, title in scripts.items():
        names = list(Name.objects.filter(script=script, kind="as_stated").values_list("text", flat=True)[:5000])
        yield Page(
            "border officer",
            f"search by name, {title}",
            lambda names=names: browser.post("/search/", {"full_name": chance.choice(names)}),
        )
    yield Page(
        "border officer",
        "search by number",
        lambda: browser.post("/search/", {"document_number": chance.choice(crowd.numbers)}),
    )
    known = list(Name.objects.filter(kind="as_stated").values_list("text", flat=True)[:5000])
    forms = {"documents-TOTAL_FORMS": "1", "documents-INITIAL_FORMS": "0"}
    yield Page(
        "border officer",
        "perhaps known, while typing",
        lambda: browser.post(
            "/arrivals/new/known/",
            forms | {"full_name": chance.choice(known), "birth_date": str(chance.randint(1960, 2015))},
        ),
    )
    yield Page("border officer", "a file", lambda: browser.get(f"/files/{chance.choice(crowd.at_almaty)}/"))
    yield Page(
        "border officer", "a file on paper", lambda: browser.get(f"/files/{chance.choice(crowd.at_almaty)}/story.pdf")
    )
    for title, part in (("the proposal", "proposal"), ("what would be referred", "referrals")):
        yield Page(
            "border officer",
            title,
            lambda part=part: browser.get(f"/files/{chance.choice(crowd.with_proposal)}/{part}/"),
        )


def _of_the_body(browser: Any, body: str, chance: random.Random) -> Iterator[Page]:
    from panah.node.procedures.models import Proceeding
    from panah.node.referrals.models import Referral

    for which in ("open", "late", "accepted", "closed"):
        yield Page("asylum officer", f"queue: {which}", lambda which=which: browser.get(f"/queue/?list={which}"))
    after = ""
    for _ in range(2):
        page = browser.get("/queue/", {"after": after}).content.decode()
        if further := _NEXT.search(page):  # with 1,000 people there may be fewer than three pages
            after = unquote(further[1])
    yield Page("asylum officer", "queue: open, page 3", lambda: browser.get("/queue/", {"after": after}))
    sent = list(Referral.objects.filter(body=body, to="asylum_authority").values_list("pk", flat=True)[:5000])
    yield Page("asylum officer", "one referral", lambda: browser.get(f"/queue/{chance.choice(sent)}/"))
    for which in ("open", "late", "ended"):
        yield Page(
            "asylum officer", f"procedures: {which}", lambda which=which: browser.get(f"/procedures/?list={which}")
        )
    led = list(Proceeding.objects.filter(body=body).values_list("pk", flat=True)[:5000])
    numbers = list(Proceeding.objects.filter(body=body).values_list("number", flat=True)[:5000])
    yield Page(
        "asylum officer", "search by a number", lambda: browser.post("/search/", {"number": chance.choice(numbers)})
    )
    yield Page("asylum officer", "one procedure", lambda: browser.get(f"/procedures/{chance.choice(led)}/"))


def _days(browsers: dict[str, Any]) -> Iterator[Page]:
    """The first page of each role."""
    for name, browser in browsers.items():
        yield Page(name, "my day", lambda browser=browser: browser.get("/"))


def _work_of(browsers: dict[str, Any], body: str) -> Iterator[Page]:
    """The figures of the body with the most work: a month and a quarter."""
    today = datetime.now(UTC)
    before = today.replace(day=1) - timedelta(days=1)
    for who, period in (
        ("ombudsman", f"{before:%Y-%m}"),
        ("coordinator", f"{before:%Y}-Q{(before.month - 1) // 3 or 4}"),
    ):
        year = f"{before.year - 1}-Q4" if period.endswith("Q4") and before.month < 4 else period
        address = f"/statistics/bodies/?body={quote(body)}&period={year}"
        kind = "a quarter" if "Q" in period else "a month"
        yield Page(who, f"work of a body: {kind}", lambda who=who, at=address: browsers[who].get(at))


def _of_those_who_oversee(browser: Any) -> Iterator[Page]:
    from panah.node.safeguards.board import sections

    yield Page("supervisor", "board", lambda: browser.get("/board/"))
    for section in sections():
        yield Page("supervisor", f"board: {section.code}", lambda code=section.code: browser.get(f"/board/{code}/"))


def _know_the_tables() -> None:
    """PostgreSQL gathers its statistics, and marks the pages that all may see, by itself in time; after a bulk load it is told to at once."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _counts() -> str:
    from panah.foundation.journal.models import Entry
    from panah.node.procedures.models import Proceeding
    from panah.node.referrals.models import Referral
    from panah.node.registration.models import PersonFile, SearchKey
    from panah.node.safeguards.models import Hold

    models = {
        "people": PersonFile, "search keys": SearchKey, "referrals": Referral, "holds": Hold, "procedures": Proceeding,
        "journal lines": Entry,
    }  # fmt: skip
    waiting = Referral.objects.filter(status__in=["sent", "accepted"]).count()
    return (
        ", ".join(f"{model.objects.count():,} {title}" for title, model in models.items())
        + f"; {waiting:,} referrals open"
    )


if __name__ == "__main__":
    main()
