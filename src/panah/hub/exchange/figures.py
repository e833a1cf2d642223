"""What the hub publishes as SDMX datasets: tables of states as they signed them, and indicators computed here."""

from __future__ import annotations

from panah.cores.exchange.datasets import Dataset, joined
from panah.hub.evidence import service as evidence
from panah.hub.intake import service as intake

EVIDENCE = "EVIDENCE"
indicator_code = evidence.indicator_code


def dataset(flow: str) -> Dataset | None:
    """Everything that stands of a dataflow, as one dataset; None when there is nothing."""
    if flow == EVIDENCE:
        return evidence.dataset_of(evidence.every())
    found = list(intake.datasets(flow))
    return joined(found) if found else None
