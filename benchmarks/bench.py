"""What every benchmark shares: which machine this is, a database of its own, and percentiles."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Sequence


def describe(title: str) -> None:
    """Say what is measured, and on what."""
    model = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    print(f"# {title}")
    print(f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def own_installation(role: str = "node", home: str = "") -> str:
    """An empty installation in a temporary folder or in `home`, or on the database of PANAH_DATABASE; returns the database's kind."""
    os.environ["PANAH_HOME"] = home or tempfile.mkdtemp(prefix="panah-benchmark-")
    os.environ["PANAH_ROLE"] = role
    os.environ["DJANGO_SETTINGS_MODULE"] = "panah.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql" and "panah_benchmark" not in connection.settings_dict["NAME"]:
        sys.exit("A benchmark empties its database. Give it one whose name contains panah_benchmark in PANAH_DATABASE.")
    call_command("migrate", interactive=False, verbosity=0)
    return connection.vendor
