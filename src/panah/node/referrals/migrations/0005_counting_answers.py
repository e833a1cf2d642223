from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("referrals", "0004_sent_to_a_body"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="referral", name="referrals_sent_to_a_body"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["body", "sent_at", "to", "due_basis", "answered_at", "due_at"], name="referrals_sent_to_a_body"
            ),
        ),
    ]
