from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("complaints", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="complaint",
            name="office",
            field=models.CharField(
                default="ombudsman", help_text="Who leads: ombudsman, coordinator or monitor.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="unread",
            field=models.BooleanField(
                default=False, help_text="It is against everybody who could lead it: nobody reads it."
            ),
        ),
    ]
