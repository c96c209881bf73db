"""Letters of figures: who asked for which question by mail, and what became of each letter."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("amends", "0040_scenario_source"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.SlugField(max_length=40)),
                ("often", models.CharField(max_length=8)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("hour", models.PositiveSmallIntegerField()),
                ("zone", models.CharField(max_length=64)),
                ("reach", models.EmailField(max_length=254)),
                ("at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="amends.team"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FiguresLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField()),
                ("message_id", models.CharField(max_length=200, unique=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("sent_at", models.DateTimeField(null=True)),
                ("not_sent", models.CharField(blank=True, default="", max_length=300)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="amends.subscription"
                    ),
                ),
            ],
            options={
                "ordering": ["-due_at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["next_at"], name="subscription_due"),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("person", "question"),
                name="one_subscription_a_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("often__in", ["week", "month"])), name="subscription_often"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("hour__lt", 24), ("weekday__lt", 7)), name="subscription_when"
            ),
        ),
        migrations.AddIndex(
            model_name="figuresletter",
            index=models.Index(
                condition=models.Q(("next_try_at__isnull", False)), fields=["next_try_at"], name="figures_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="figuresletter",
            constraint=models.UniqueConstraint(fields=("subscription", "due_at"), name="one_letter_a_time"),
        ),
        migrations.AddConstraint(
            model_name="figuresletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("not_sent", ""), _connector="OR"), name="figures_sent_or_not"
            ),
        ),
    ]
