from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("labour", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="enquiry",
            name="agreed",
            field=models.CharField(
                help_text="What the person said when asked whether this office may ask.", max_length=12
            ),
        )
    ]
