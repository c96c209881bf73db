"""Version 1 of the policy: the standard preset, with the limits the desk had set before."""

from datetime import UTC, datetime
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from amends.method.policy import preset


def first_version(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Make version 1 unless there is one."""
    version = apps.get_model("amends", "PolicyVersion")
    if version.objects.exists():
        return
    data = preset("standard")
    kept = [
        {
            "role": one.role,
            "kind": "",
            "per_case_cents": one.amount_cents,
            "per_customer_cents": "no limit",
            "period_days": 365,
            "currency": one.currency,
        }
        for one in apps.get_model("amends", "AuthorityLimit").objects.order_by("pk")
    ]
    if kept:
        data = {**data, "limits": kept}
    version.objects.create(number=1, at=datetime.now(UTC), preset="standard", data=data, note="The first policy.")


class Migration(migrations.Migration):
    """The first policy."""

    dependencies: ClassVar = [("amends", "0003_the_whole_method")]
    operations: ClassVar = [migrations.RunPython(first_version, migrations.RunPython.noop)]
