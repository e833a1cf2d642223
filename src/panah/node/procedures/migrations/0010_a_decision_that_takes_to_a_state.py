from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0009_to_which_state"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="to_state",
            field=models.CharField(
                blank=True,
                help_text="Where the person is taken, if it is carried out by this; empty if unknown.",
                max_length=3,
            ),
        ),
    ]
