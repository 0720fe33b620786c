from django.db import migrations


class Migration(migrations.Migration):
    """Apart from 0004, so that PostgreSQL has settled what was brought over before the columns go."""

    dependencies = [
        ("roster", "0004_credentials_and_incidents"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="helper",
            name="certified_since",
        ),
        migrations.RemoveField(
            model_name="helper",
            name="certified_until",
        ),
        migrations.RemoveField(
            model_name="helper",
            name="credential",
        ),
        migrations.RemoveField(
            model_name="way",
            name="confirmed_at",
        ),
    ]
