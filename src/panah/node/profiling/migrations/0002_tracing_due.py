from datetime import datetime

from django.db import migrations, models


def from_their_lines(apps, schema_editor):
    Confirmation = apps.get_model("profiling", "Confirmation")
    for row in Confirmation.objects.select_related("proposal").iterator(chunk_size=500):
        lines = (*row.proposal.profile["referrals"], *row.added_lines.get("referrals", ()))
        ends = [datetime.fromisoformat(line["due"]) for line in lines if line["to"] == "family_tracing" and line.get("due")]
        if ends:
            Confirmation.objects.filter(pk=row.pk).update(tracing_due=min(ends))


class Migration(migrations.Migration):

    dependencies = [
        ("profiling", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="tracing_due",
            field=models.DateTimeField(
                help_text="Until when the family is to be sought by the referrals of the decision; null where none says so.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="confirmation",
            index=models.Index(
                condition=models.Q(("tracing_due__isnull", False)), fields=["tracing_due"], name="profiling_tracing_due"
            ),
        ),
        migrations.RunPython(from_their_lines, migrations.RunPython.noop),
    ]
