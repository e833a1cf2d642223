"""An index in which a body's queue is counted and walked in the order of its terms."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["body", "due_at", "status", "to", "serves_state"], name="referral_queue_of_a_body"),
        ),
    ]
