"""The proof that a gesture was used can be erased with its customer; nothing else of an entry ever changes."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from amends.migrations._purse import KEPT

REST = "id, kind, source_id, target_id, amount, unit, gesture_id, by_id, at"
ANYTHING_ELSE = "NEW.words <> '(erased)'"
SQLITE = (
    "DROP TRIGGER purse_no_update",
    f"CREATE TRIGGER purse_no_update BEFORE UPDATE OF {REST} ON amends_entry BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"""CREATE TRIGGER purse_words_only_go BEFORE UPDATE OF words ON amends_entry WHEN {ANYTHING_ELSE}
        BEGIN SELECT RAISE(ABORT, '{KEPT}'); END""",
)
POSTGRESQL = (
    "DROP TRIGGER purse_no_change ON amends_entry",
    f"""CREATE TRIGGER purse_no_change BEFORE UPDATE OF {REST} OR DELETE ON amends_entry
        FOR EACH ROW EXECUTE FUNCTION purse_refuse()""",
    f"""CREATE TRIGGER purse_words_only_go BEFORE UPDATE OF words ON amends_entry
        FOR EACH ROW WHEN ({ANYTHING_ELSE}) EXECUTE FUNCTION purse_refuse()""",
)


def let_words_go(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Change the triggers of the database we run on."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Words of an entry may become “(erased)”."""

    dependencies = [("amends", "0023_person_erased")]
    operations = [migrations.RunPython(let_words_go, migrations.RunPython.noop)]
