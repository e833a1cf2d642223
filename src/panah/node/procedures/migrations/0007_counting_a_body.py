from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0006_body_of_steps_and_terms"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["body", "stage", "ended_at"], name="steps_ended_at_a_body"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                fields=["body", "done_at", "procedure", "due_at", "binds", "verified"], name="terms_met_by_a_body"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["body", "signed_at", "step", "outcome"],
                condition=models.Q(("signed_at__isnull", False)),
                name="decisions_of_a_body",
            ),
        ),
    ]
