"""Two states count the same moves: what the one withholds, the other may not show, and learns so before it publishes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.translation import override

from panah.cores.disclosure import PublishedTable
from panah.cores.exchange import submission as letters
from panah.foundation.access.models import Officer
from panah.hub.intake import service
from panah.hub.intake.models import Submission
from panah.hub.intake.tables import as_table
from panah.node.statistics import elsewhere
from panah.web import counts
from tests.messages import DAY, Node, returns

pytestmark = pytest.mark.django_db
WENT, CAME = "WENT_BACK_AREA_SEX", "CAME_BACK_AREA_SEX"

# Uzbekistan returned 3 women, 30 men and 12 of whom nobody wrote it down to Kazakhstan. To hide the 3, the one withholds the men with
# them, since other men are few there, and the other for the same reason those not known.
BOTH = {"F": 3, "M": 30, "_U": 12}
TO_OTHERS = {("TJK", "F"): 25, ("TJK", "M"): 11, ("TJK", "_U"): 500}
FROM_OTHERS = {("TJK", "F"): 22, ("TJK", "M"): 500, ("TJK", "_U"): 11}
OF_UZB = {**{("KAZ", sex): count for sex, count in BOTH.items()}, **TO_OTHERS}
OF_KAZ = {**{("UZB", sex): count for sex, count in BOTH.items()}, **FROM_OTHERS}


@pytest.fixture
def states(settings: LazySettings) -> tuple[Node, Node]:
    """The nodes of Uzbekistan and Kazakhstan, whose keys the hub knows."""
    settings.PANAH_ROLE, settings.ROOT_URLCONF = "hub", "panah.hub.urls"
    nodes = Node("UZB"), Node("KAZ")
    for node in nodes:
        service.add_sender(node.state, node.public_key)
    return nodes


def answer_to(message: bytes) -> letters.Receipt:
    answer = service.take_in(message, "network")
    own = service.own_public_key()
    return letters.read_receipt(answer.receipt, {letters.key_id(own): own})


def on_the_hub(settings: LazySettings, as_state: str) -> list[tuple[str, PublishedTable]]:
    """What a node of that state reads of the others from the hub's open address."""
    settings.PANAH_STATE = as_state
    got = []
    for flow in (WENT, CAME):
        found = Client().get(f"/sdmx/v2/data/dataflow/ALMATY/{flow}/1.0.0?c[TIME_PERIOD]={DAY}&format=csv")
        got += [found.content] if found.status_code == 200 else []
    return list(elsewhere.published(DAY, got))


def test_a_table_that_gives_away_what_another_state_withholds_is_refused_until_it_has_regard_to_it(
    states: tuple[Node, Node], settings: LazySettings
) -> None:
    uzb, kaz = states
    assert answer_to(uzb.message(returns(WENT, "UZB", OF_UZB))).accepted

    # Each table is safe alone. Beside each other they tell how many women there were.
    alone = answer_to(kaz.message(returns(CAME, "KAZ", OF_KAZ)))
    assert not alone.accepted
    assert {problem.code for problem in alone.problems} == {"MIRROR_LEAK"}
    assert any("FROM=UZB" in problem.place and "TO=KAZ" in problem.place for problem in alone.problems)
    assert not any(problem.found.isdigit() for problem in alone.problems), "what leaks is not told again"
    assert Client().get(f"/published/KAZ/{CAME}/{DAY}/").status_code == 404

    # The same counts, protected with regard to what is out.
    known = on_the_hub(settings, "KAZ")
    assert [(state, table.name) for state, table in known] == [("UZB", WENT)]
    regarding = answer_to(kaz.message(returns(CAME, "KAZ", OF_KAZ, known), revision=2))
    assert regarding.accepted, regarding.problems
    assert Client().get(f"/published/KAZ/{CAME}/{DAY}/").status_code == 200


def test_the_table_that_a_node_reads_is_the_one_that_the_hub_holds(
    states: tuple[Node, Node], settings: LazySettings
) -> None:
    uzb, _kaz = states
    made = returns(WENT, "UZB", OF_UZB)
    answer_to(uzb.message(made))
    ((state, table),) = on_the_hub(settings, "KAZ")
    row = Submission.objects.get().tables.get()
    assert (state, table) == ("UZB", made.published[0]) == ("UZB", as_table(row))
    assert on_the_hub(settings, "UZB") == [], "one's own tables are known from one's own releases"


def test_numbers_that_lie_far_apart_are_a_remark_and_no_refusal(
    states: tuple[Node, Node], officer: Callable[..., Officer]
) -> None:
    uzb, kaz = states
    assert answer_to(uzb.message(returns(WENT, "UZB", {("KAZ", "M"): 300}))).accepted
    answered = answer_to(kaz.message(returns(CAME, "KAZ", {("UZB", "M"): 200})))
    assert answered.accepted
    remarks = [problem for problem in answered.problems if problem.code == "MIRROR"]
    assert {problem.found for problem in remarks} == {"200"}
    assert all("UZB has 300" in problem.allowed for problem in remarks)
    kept = Submission.objects.get(area="KAZ")
    client = Client()
    client.force_login(officer("secretariat", display_name="Nilufar"))
    page = client.get(f"/intake/{kept.pk}/").content.decode()
    assert "MIRROR" in page
    assert "UZB has 300" in page
    shown = Client().get(f"/published/KAZ/{CAME}/{DAY}/").content.decode()
    assert "People whom another state returned, by state and sex" in shown
    assert "Uzbekistan" in shown
    with override("ru"):
        assert counts.flow_name(CAME).startswith("Лица, которых вернуло другое государство")
        names = [counts.code_name("COUNTERPART_AREA", code, "KAZ") for code in ("UZB", "_U")]
    assert names == ["Узбекистан", "Неизвестно"]
