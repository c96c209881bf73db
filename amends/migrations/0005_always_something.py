"""Three remedies that can always be offered: an explanation, a call, a second look (S3.5: there is always something)."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ALWAYS = [
    {
        "key": "explanation",
        "kind": "explanation",
        "name": "A written account of what happened",
        "description": "We find out what went wrong, in which hands, and write it to you in plain words.",
        "repays": "information",
    },
    {
        "key": "call",
        "kind": "call",
        "name": "A call from the person responsible",
        "description": "The person responsible rings you at a time you choose, to listen first and to apologise.",
        "repays": "attention",
    },
    {
        "key": "second_look",
        "kind": "review",
        "name": "A second look by somebody else",
        "description": "Somebody who has not worked on it looks at everything again and writes to you what they found.",
        "repays": "attention",
    },
]


def offer_them(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Add what the catalogue lacks; a remedy of the desk's own with such a key or kind stays as it is."""
    remedy = apps.get_model("amends", "Remedy")
    for one in ALWAYS:
        if not remedy.objects.filter(key=one["key"]).exists() and not remedy.objects.filter(kind=one["kind"]).exists():
            remedy.objects.create(**one)


class Migration(migrations.Migration):
    """The remedies that are always there."""

    dependencies: ClassVar = [("amends", "0004_first_policy")]
    operations: ClassVar = [migrations.RunPython(offer_them, migrations.RunPython.noop)]
