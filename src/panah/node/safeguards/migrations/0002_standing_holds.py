"""Index only the holds that stand, by when they were placed: the index over all holds drew SQLite away from that by the person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("safeguards", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="hold", name="safeguards__lifted__06628c_idx"),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(condition=models.Q(("lifted_at", None)), fields=["placed_at"], name="standing_holds"),
        ),
    ]
