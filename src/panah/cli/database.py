"""For the commands that need the database: set Django up, once."""

from __future__ import annotations

import os

from panah.cli import CommandError


def set_up(role: str | None = None) -> None:
    """Load the settings of this installation. Raises CommandError when the command belongs to the other role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.settings")
    import django
    from django.conf import settings

    django.setup()
    if role and role != settings.PANAH_ROLE:
        raise CommandError(
            f"This command belongs to a {role}; here PANAH_ROLE is {settings.PANAH_ROLE}. Set PANAH_ROLE={role}."
        )


def refuse_if_not_migrated() -> None:
    """Raise CommandError when the database is not at the state that this program needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            "The database is not made, or older than this program. Back it up, then run `panah migrate`."
        )
