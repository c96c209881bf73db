from django.db import migrations, models


def mark(apps, _):
    """Say of each open case whether it failed twice or was escalated."""
    issues, standings = apps.get_model("amends", "Issue"), apps.get_model("amends", "Standing")
    twice = issues.objects.exclude(recurrence=None, reopenings=None).values("case")
    failed = standings.objects.filter(models.Q(pk__in=twice) | models.Q(case__escalation__isnull=False))
    failed.exclude(attention="done").update(for_a_lead=True)


class Migration(migrations.Migration):
    dependencies = [("amends", "0012_listening")]

    operations = [
        migrations.AddField("standing", "for_a_lead", models.BooleanField(default=False)),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            "standing",
            models.Index(
                fields=["team", "order_at", "case"],
                name="standing_for_a_lead",
                condition=models.Q(("for_a_lead", True)),
            ),
        ),
    ]
