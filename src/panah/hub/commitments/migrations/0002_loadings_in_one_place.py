from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("commitments", "0001_first_tables"),
        ("loadings", "0002_carry_over"),
    ]

    operations = [
        migrations.DeleteModel(name="Load"),
    ]
