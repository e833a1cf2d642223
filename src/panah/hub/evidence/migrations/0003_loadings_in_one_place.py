from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0002_indicator_values"),
        ("loadings", "0002_carry_over"),
    ]

    operations = [
        migrations.DeleteModel(name="Load"),
    ]
