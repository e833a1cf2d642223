"""Zones read a second, and what becomes of misread and mistyped document numbers.

    python -m benchmarks.documents [--zones 20000] [--numbers 20000]

The first table is speed on one core, per format and per kind of damage. The second puts one error into the number or its check digit
of invented passports and counts what the reading does: put right, proposed, only reported, not visible to any check digit
(the two characters differ by ten, as G and 6 do), or put "right" wrongly. Chance is seeded; the counts repeat.
"""

from __future__ import annotations

import argparse
import random
import string
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

from benchmarks.bench import describe
from panah.cores.documents import Fields, compose, read_zone

ON = date(2026, 11, 21)
LIKENESS = {"0": "ODQ", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B"} | dict(
    zip("OQDILZSGB", "000112568", strict=True)
)
OUTCOMES = ("put right", "proposed", "reported", "not visible", "put right wrongly")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--zones", type=int, default=20_000)
    arguments.add_argument("--numbers", type=int, default=20_000)
    wanted = arguments.parse_args()
    describe("Reading machine-readable zones")
    speed(wanted.zones)
    repairs(wanted.numbers)


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(string.digits, k=count))


NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "9 digits": lambda chance: digits(chance, 9),
    "1 letter, 8 digits": lambda chance: chance.choice(string.ascii_uppercase) + digits(chance, 8),
    "2 letters, 7 digits": lambda chance: "".join(chance.choices(string.ascii_uppercase, k=2)) + digits(chance, 7),
    "9 letters or digits": lambda chance: "".join(chance.choices(string.digits + string.ascii_uppercase, k=9)),
}


def zone(format_: str, number: str) -> str:
    code = {"TD3": "P", "MRV-A": "V", "MRV-B": "V"}.get(format_, "I")
    invented = Fields(format_, code, "KAZ", number, "UZB", "Karimov", "Anvar", "1990-01-01", "male", "2030-01-01")  # type: ignore[arg-type]
    return "\n".join(compose(invented))


def speed(count: int) -> None:
    damages: dict[str, Callable[[str], str]] = {
        "whole": lambda text: text,
        "a letter among digits": lambda text: text.replace("900101", "9O0101"),
        "one digit wrong": lambda text: text.replace("900101", "900701"),
        "fillers missing": lambda text: "\n".join(line.rstrip("<") for line in text.split("\n")),
        "blanks between": lambda text: "\n".join(" ".join(line) for line in text.split("\n")),
        "in one line": lambda text: text.replace("\n", ""),
    }
    print(
        f"\nzones read a second{'':14}"
        + "".join(f"{format_:>10}" for format_ in ("TD1", "TD2", "TD3", "MRV-A", "MRV-B"))
    )
    for name, damage in damages.items():
        row = []
        for format_ in ("TD1", "TD2", "TD3", "MRV-A", "MRV-B"):
            chance = random.Random(1)
            texts = [damage(zone(format_, NUMBERS["1 letter, 8 digits"](chance))) for _ in range(max(200, count // 20))]
            began = time.perf_counter()
            for text in texts:
                read_zone(text, ON)
            row.append(len(texts) / (time.perf_counter() - began))
        print(f"{name:33}" + "".join(f"{each:10,.0f}" for each in row))


def misread(chance: random.Random, line: str) -> tuple[int, str] | None:
    places = [column for column in range(9) if line[column] in LIKENESS]
    column = chance.choice(places) if places else None
    return None if column is None else (column, chance.choice(LIKENESS[line[column]]))


def mistyped(chance: random.Random, line: str) -> tuple[int, str] | None:
    places = [column for column in range(9) if line[column].isdigit()]
    column = chance.choice(places) if places else None
    return (
        None if column is None else (column, chance.choice([digit for digit in string.digits if digit != line[column]]))
    )


def wrong_check_digit(chance: random.Random, line: str) -> tuple[int, str] | None:
    return 9, chance.choice([digit for digit in string.digits if digit != line[9]])


def outcome(text: str, column: int, found: str) -> str:
    first, second = text.split("\n")
    reading = read_zone(f"{first}\n{second[:column]}{found}{second[column + 1 :]}", ON)
    said = {problem.code for problem in reading.problems}
    if reading.lines == (first, second):
        return "put right"
    if "repaired" in said:
        return "put right wrongly"
    if reading.valid:
        return "not visible"
    meant = second[column]
    named = any(
        problem.code == "repair_proposed" and (problem.position, problem.read_as) == (column + 1, meant)
        for problem in reading.problems
    )
    return "proposed" if named else "reported"


def repairs(count: int) -> None:
    print(f"\none error in a passport number, % of {count:,}{'':12}" + "".join(f"{name:>19}" for name in OUTCOMES))
    for title, err in (
        ("misread look-alike", misread),
        ("mistyped digit", mistyped),
        ("wrong check digit", wrong_check_digit),
    ):
        for kind, number in NUMBERS.items():
            chance = random.Random(kind)
            counted: Counter[str] = Counter()
            while counted.total() < count:
                text = zone("TD3", number(chance))
                error = err(chance, text.split("\n")[1])
                if error:
                    counted[outcome(text, *error)] += 1
            print(f"{title:20}{kind:33}" + "".join(f"{100 * counted[name] / count:19.2f}" for name in OUTCOMES))


if __name__ == "__main__":
    main()
