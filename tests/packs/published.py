"""Cases published by courts, agencies and the press, and the page that sets them beside what this system makes of them.

`python -m tests.packs.published` writes docs/explanation/published-cases.md; a test says when the page is stale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from panah.cores.lawbook import load_pack
from panah.cores.lawbook.text import read_mapping
from panah.cores.screening import read_record, screen
from panah.cores.screening.wording import wording
from tests.packs.worked import floor_only, with_numbers

CASES: Final = Path(__file__).with_name("published-cases.yaml")
PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "published-cases.md"
KINDS: Final = {
    "forum": "court or treaty body",
    "authority": "authority",
    "agency": "international agency",
    "ngo": "organisation",
    "press": "press",
}
HEAD: Final = """# Published cases

Made from `tests/packs/published-cases.yaml`; do not edit. {count} cases that others have published
({kinds}),
retold in our own words and put through the screening as interviews. Each shows the facts, what the source concluded, and what
this system proposes by the floor alone, to which a state may add. Tests hold the system to what the source supports; more may
come out than that, and where it does, a lawyer should look. Referrals and safeguards are listed as far as the source supports
them. *Assumed* names the answers that the source leaves open. A profile is a proposal, so that a claim which a court refused in
the end is still a claim at the border.
"""


def published_cases() -> tuple[Mapping[str, Any], ...]:
    """The cases in the order of the file, numbers of their records as numbers."""
    cases = read_mapping(CASES, CASES.name)["cases"]
    return tuple({**case, "record": with_numbers(case["record"])} for case in cases)


def page() -> str:
    """The page as Markdown."""
    cases = published_cases()
    counts = Counter(KINDS[case["kind"]] for case in cases)
    kinds = ", ".join(f"{name} {count}" for name, count in counts.most_common())
    return HEAD.format(count=len(cases), kinds=kinds) + "".join(_section(case) for case in cases)


def _section(case: Mapping[str, Any]) -> str:
    record = case["record"]
    assumed = f" *Assumed:* {', '.join(f'`{key}`' for key in case['assumed'])}." if "assumed" in case else ""
    state = load_pack(record["pack"]).title["en"]
    return (
        f"\n## {case['id']}. {case['title']}\n\n{case['facts']} *{state}, {str(record['date'])[:4]}.*{assumed}\n\n"
        f"**The source** ({KINDS[case['kind']]}, confidence {case['confidence']}): {case['concluded']}\n\n"
        f"**This system**: {_proposal(case)}\n\n"
        f"Source: {' ; '.join(_linked(part) for part in case['source'].split('; '))}\n"
    )


def _linked(part: str) -> str:
    address, _, rest = part.partition(" ")
    return f"<{address}>{f' {rest}' if rest else ''}"


def _proposal(case: Mapping[str, Any]) -> str:
    """Profiles, needs and urgency as they come out; of referrals and safeguards those that a test holds."""
    pack = floor_only(case["record"]["pack"])
    profile, words = screen(read_record({"id": case["id"], **case["record"]}), pack), wording(load_pack(pack.code))

    def names(kind: str, codes: Iterable[str]) -> str:
        return ", ".join(text.text if (text := words.text(f"{kind}.{code}", "en")) else code for code in codes)

    main = [code for code in profile.codes("needs") if "-" not in code or code.startswith("X-")]
    parts = {
        "": names("profile", profile.codes("profiles")),
        "Needs: ": names("need", main),
        "Urgency: ": names("urgency", [profile.urgency]).lower(),
        "Among the referrals: ": names("referral", case["expect"].get("to", ())),
        "Among the safeguards: ": names("safeguard", case["expect"].get("safe", ())),
        "Never: ": names("profile", case["expect"].get("not", ())),
    }
    return " ".join(f"{label}{text}." for label, text in parts.items() if text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
