"""What the docs say of the code is made from the code, or compared with it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from panah import flow
from panah.cli import COMMANDS, root

ROOT = Path(__file__).parents[2]


def page(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_flow_in_the_architecture_page_is_the_one_in_the_code():
    text = page("ARCHITECTURE.md")
    assert flow.table() in text
    assert flow.picture() in text


def test_every_built_room_has_a_readme_of_one_screen():
    rooms = [ROOT / "src/panah" / step.room for step in flow.FLOW if step.built]
    rooms += [ROOT / "src/panah/foundation", ROOT / "src/panah/web", *(ROOT / "src/panah/cores").glob("*/")]
    for room in rooms:
        if room.name == "__pycache__":
            continue
        readme = room / "README.md"
        assert readme.exists(), f"{room.relative_to(ROOT)} has no README.md"
        assert len(readme.read_text(encoding="utf-8").splitlines()) <= 80, (
            f"{readme.relative_to(ROOT)} is longer than a screen"
        )


def test_every_command_is_in_the_reference():
    text = page("docs/reference/cli.md")
    assert [name for name in COMMANDS if f"panah {name}" not in text] == []
    assert [name for name in _subcommands() if f"panah {name}" not in text] == []


def _subcommands() -> Iterator[str]:
    group = root()
    for name in COMMANDS:
        found = group.get_command(None, name)
        yield from (f"{name} {sub}" for sub in getattr(found, "commands", {}) if sub != name)


def test_links_between_our_pages_lead_somewhere():
    broken = []
    for path in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "src").rglob("README.md"),
        *(ROOT / "packs").rglob("*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_every_threat_names_a_test_that_exists():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    missing = []
    for path in (ROOT / "docs/threats").glob("*.md"):
        for name in re.findall(r"`(test_\w+)`", path.read_text(encoding="utf-8")):
            if f"def {name}(" not in tests and not list((ROOT / "tests").rglob(f"{name}.py")):
                missing.append(f"{path.name}: {name}")
    assert missing == []


def test_benchmarks_that_the_docs_name_exist():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(r"python -m benchmarks\.(\w+)", path.read_text(encoding="utf-8")):
            assert (ROOT / "benchmarks" / f"{name}.py").exists(), f"{path.name} names benchmarks/{name}.py"


def test_the_pure_commands_start_without_django():
    for command in ("screen", "document", "id-number", "protect"):
        code = f"import sys; from panah.cli import root; root().get_command(None, '{command}'); sys.exit('django' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0, command


def test_no_registry_address_or_machine_path_is_committed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    hosts = re.compile(
        r"py" r"pi\.org|pythonh" r"osted|npm" r"js\.(com|org)|deb\.deb" r"ian|(^|[^a-z.])/(wo" r"rk|ro" r"ot)/[a-z.]"
    )
    found = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".svg", ".woff2", ".png", ".mo", ".js", ".css", ".json", ".xlsx"} or not path.is_file():
            continue
        if hosts.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)
    assert found == []
