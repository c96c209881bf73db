"""What customers asked about their data: a copy, or to be erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("amends", "0026_causes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("copy", "a copy of everything"), ("erasure", "to be erased")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("refused", "refused, with a reason"),
                            ("withdrawn", "taken back by the customer"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="person_requests", to="amends.case"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_requests",
                        to="amends.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("customer", "kind"),
                        name="one_open_request_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("ended_at", None), ("ending", ""), ("reason", "")),
                            models.Q(
                                ("by__isnull", False), ("ended_at__isnull", False), ("ending", "done"), ("reason", "")
                            ),
                            models.Q(
                                ("by", None), ("ended_at__isnull", False), ("ending", "withdrawn"), ("reason", "")
                            ),
                            models.Q(
                                ("by__isnull", False),
                                ("ended_at__isnull", False),
                                ("ending", "refused"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_request_ends_whole",
                    ),
                ],
            },
        ),
    ]
