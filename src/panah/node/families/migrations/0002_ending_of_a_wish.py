from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("families", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="wish",
            name="ending",
            field=models.BinaryField(help_text="What the person said, in which language and through whom.", null=True),
        ),
        migrations.AddField(model_name="wish", name="ending_heard_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="wish",
            name="ending_heard_by",
            field=models.UUIDField(help_text="The one officer who heard it, until a second one does.", null=True),
        ),
    ]
