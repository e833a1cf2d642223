"""docs/reference/roles.md says of each role of the domain where it is here, and of each role here why; what it cites is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from panah.foundation.access.roles import ROLE_CODES
from panah.foundation.access.service import permission_names
from panah.foundation.door.service import action_types

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/roles.md").read_text(encoding="utf-8")

# Domain reference 11.3, `roles`.
DOMAIN = (
    "border_officer", "registrar", "screener", "second_reader", "interpreter", "case_lead", "asylum_officer", "child_officer",
    "nrm_officer", "statelessness_officer", "labour_officer", "detention_monitor", "security_liaison", "national_coordinator",
    "senior_official", "chair", "secretariat", "observer", "ngo_partner", "io_partner", "statistician", "dpo", "ombudsman", "auditor",
    "person (self-service)",
)  # fmt: skip


def lines() -> list[list[str]]:
    rows = (line for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows]


@pytest.mark.parametrize("role", DOMAIN)
def test_each_role_of_the_domain_has_a_line_that_says_where_it_is_and_what_it_sees(role):
    (line,) = [line for line in lines() if line[0] == role]
    assert all(line), "A line says where the role is, what it sees, and where that is said."


@pytest.mark.parametrize("role", sorted(ROLE_CODES))
def test_each_role_of_an_account_stands_on_the_page(role):
    said = [line for line in lines() if line[0].strip("`") == role or f"role `{role}`" in line[1]]
    assert len(said) == 1, f"Say of {role} in docs/reference/roles.md what it does, sees, and where that is written."


def test_what_the_page_cites_is_there():
    cited = set(re.findall(r"`((?:node|hub|foundation)/[a-z_/.]+)`", PAGE))
    assert cited
    assert [path for path in sorted(cited) if not (ROOT / "src/panah" / path).exists()] == []
    named = set(re.findall(r"`((?:procedures|profiling)\.[a-z_]+)`", PAGE))
    known = {kind.code for kind in action_types()} | set(permission_names())
    assert named
    assert sorted(named - known) == []
