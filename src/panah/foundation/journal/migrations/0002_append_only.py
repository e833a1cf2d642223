"""The database itself refuses to change or remove a line of the journal, and holds the one head of the chain."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER journal_entry_is_never_changed BEFORE UPDATE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'A line of the journal is never changed.'); END""",
    """CREATE TRIGGER journal_entry_is_never_removed BEFORE DELETE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'A line of the journal is never removed.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'A line of the journal is never changed or removed.'; END $$""",
    """CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON journal_entry
       FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journal_entry
       FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
]


def refuse_changes(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def lay_the_head(apps, schema_editor):
    apps.get_model("journal", "Head").objects.create(pk=1, seq=0, hash=bytes(32))


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes), migrations.RunPython(lay_the_head)]
