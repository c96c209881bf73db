"""The database itself refuses to change or remove a row of the ledger."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON amends_event
       BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: no row may be changed.'); END""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON amends_event
       BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: no row may be removed.'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'The ledger is append-only: no row may be changed or removed.'; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON amends_event
       FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON amends_event
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
)


def refuse_changes(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database we run on."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on the ledger."""

    dependencies: ClassVar = [("amends", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
