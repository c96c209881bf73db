"""What a look at a watched change warns of, before its review."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("amends", "0042_compared"),
    ]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="warning",
            field=models.TextField(blank=True, default=""),
        ),
    ]
