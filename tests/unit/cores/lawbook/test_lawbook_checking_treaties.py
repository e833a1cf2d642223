"""What the check says of treaties that a state's own law rests on."""

from pathlib import Path

from panah.cores.lawbook.checking import check_folder

CITED = """rules:
  - id: xx.no_removal.test
    when: {is: {protection.fears_return: yes}}
    citations: [{source: TREATY, article: "3"}]
    verified: no
"""


def problems(packs: Path, treaty: str, entry: str) -> list[str]:
    folder = packs / "xx" / "safeguards"
    (folder / "test.yaml").write_text("safeguard: no_removal\n" + CITED.replace("TREATY", treaty), encoding="utf-8")
    (packs / "xx" / "treaties" / "treaties.yaml").write_text(f"treaties:\n{entry}", encoding="utf-8")
    return [str(one) for one in check_folder(packs, ["xx"], with_floor=False) if "treaty" in str(one)]


def entry(instrument: str, action: str) -> str:
    on = '    "on": "1998"\n' if action == "accession" else ""
    rest = '    citation: {source: xx-reform-act-2021}\n    verified: no\n    checked_on: "2022-08"\n'
    return f"  - instrument: {instrument}\n    action: {action}\n{on}{rest}"


def test_a_treaty_that_binds_the_state_may_be_cited(packs: Path) -> None:
    assert problems(packs, "icrmw", entry("icrmw", "accession")) == []


def test_a_treaty_that_does_not_bind_the_state_may_not(packs: Path) -> None:
    for action in ("none", "signature", "unknown"):
        assert any("does not bind this state" in one for one in problems(packs, "icrmw", entry("icrmw", action)))


def test_a_norm_that_binds_without_a_treaty_may_be_cited_all_the_same(packs: Path) -> None:
    assert problems(packs, "cat", entry("cat", "none")) == []


def test_a_treaty_of_unknown_status_gives_a_warning(packs: Path) -> None:
    assert any("warning" in one for one in problems(packs, "icrmw", entry("cat", "none")))
