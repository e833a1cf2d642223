from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Steps and terms get the body and the procedure of their proceeding."""
    proceedings, steps, terms = (apps.get_model("procedures", name) for name in ("Proceeding", "Step", "Term"))
    decisions = apps.get_model("procedures", "Decision")
    of_step = proceedings.objects.filter(pk=OuterRef("proceeding"))
    steps.objects.update(body=Subquery(of_step.values("body")[:1]), procedure=Subquery(of_step.values("procedure")[:1]))
    of_term = steps.objects.filter(pk=OuterRef("step"))
    terms.objects.update(body=Subquery(of_term.values("body")[:1]), procedure=Subquery(of_term.values("procedure")[:1]))
    decisions.objects.update(body=Subquery(of_term.values("body")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0005_decisions_that_wait"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=models.CharField(max_length=length, default="", help_text=said),
                preserve_default=False,
            )
            for model in ("step", "term")
            for name, length, said in (
                ("body", 80, "That of the proceeding, which never changes: for counting."),
                ("procedure", 40, "That of the proceeding: for counting."),
            )
        ),
        migrations.AddField(
            model_name="decision",
            name="body",
            field=models.CharField(
                max_length=80, default="", help_text="That of the proceeding, which never changes: for counting."
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
