"""The seven tables in which the rooms noted their loadings become one. Each room drops its own after this."""

from django.db import migrations

NAMES = {
    "participants": {"rows": "rows", "changed": "changed"},
    "evidence": {"figures": "figures", "changed": "changed"},
    "record": {"paragraphs": "paragraphs", "requirements": "requirements"},
    "treaties": {"rows": "rows", "changed": "changed"},
    "practices": {"rows": "rows", "changed": "changed"},
    "meetings": {"meetings": "meetings", "facts": "facts"},
    "commitments": {"rows": "commitments", "changed": "changed"},
}
"""What the receipts of a room call the columns of its table."""


def carry_over(apps, schema_editor):
    loadings = apps.get_model("loadings", "Loading").objects.using(schema_editor.connection.alias)
    for room, names in NAMES.items():
        rows = apps.get_model(room, "Load").objects.using(schema_editor.connection.alias).order_by("id")
        loadings.bulk_create(
            [
                loadings.model(
                    room=room,
                    digest=row.digest,
                    loaded_at=row.loaded_at,
                    counts=[[name, getattr(row, column)] for column, name in names.items()],
                )
                for row in rows
            ]
        )


def carry_back(apps, schema_editor):
    loadings = apps.get_model("loadings", "Loading").objects.using(schema_editor.connection.alias)
    for room, names in NAMES.items():
        rows = apps.get_model(room, "Load").objects.using(schema_editor.connection.alias)
        for row in loadings.filter(room=room).order_by("id"):
            counts = dict(row.counts)
            columns = {column: counts[name] for column, name in names.items()}
            rows.create(digest=row.digest, loaded_at=row.loaded_at, **columns)
    loadings.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("loadings", "0001_first_tables"),
        ("participants", "0001_first_tables"),
        ("evidence", "0002_indicator_values"),
        ("record", "0001_first_tables"),
        ("treaties", "0001_first_tables"),
        ("practices", "0001_first_tables"),
        ("meetings", "0001_first_tables"),
        ("commitments", "0001_first_tables"),
    ]

    operations = [
        migrations.RunPython(carry_over, carry_back),
    ]
