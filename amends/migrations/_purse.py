"""The database itself keeps the purse in balance: the right accounts, the same unit, never more than there is."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WAYS = """(NEW.kind = 'set' AND s.side = 'house' AND t.side = 'budget')
    OR (NEW.kind = 'cut' AND s.side = 'budget' AND t.side = 'house')
    OR (NEW.kind = 'given' AND s.side = 'budget' AND t.side = 'promised')
    OR (NEW.kind = 'used' AND s.side = 'promised' AND t.side = 'used')
    OR (NEW.kind = 'lapsed' AND s.side = 'promised' AND t.side = 'lapsed')
    OR (NEW.kind = 'back' AND s.side = 'promised' AND t.side = 'budget')"""
FITS = f"""EXISTS (SELECT 1 FROM amends_account s, amends_account t
    WHERE s.id = NEW.source_id AND t.id = NEW.target_id AND s.unit = NEW.unit AND t.unit = NEW.unit AND ({WAYS}))"""  # noqa: S608 - our own text
THEIRS = """NEW.gesture_id IS NULL OR EXISTS (SELECT 1 FROM amends_gesture g, amends_account p
    WHERE g.id = NEW.gesture_id AND g.unit = NEW.unit AND p.id IN (NEW.source_id, NEW.target_id)
    AND p.customer_id = g.customer_id AND (NEW.kind <> 'given' OR NEW.amount = g.amount))"""
HOUSE = "EXISTS (SELECT 1 FROM amends_account WHERE id = NEW.source_id AND side = 'house')"
IN_ACCOUNT = """(SELECT COALESCE(SUM(CASE WHEN target_id = NEW.source_id THEN amount ELSE -amount END), 0)
    FROM amends_entry WHERE NEW.source_id IN (source_id, target_id))"""
IN_GESTURE = """(SELECT COALESCE(SUM(CASE WHEN kind = 'given' THEN amount ELSE -amount END), 0)
    FROM amends_entry WHERE gesture_id = NEW.gesture_id)"""
COVERED = f"""{HOUSE} OR (NEW.amount <= {IN_ACCOUNT}
    AND (NEW.kind NOT IN ('used', 'lapsed', 'back') OR NEW.amount <= {IN_GESTURE}))"""
RULES = (
    (FITS, "An entry goes between the accounts of its kind, all in its unit."),
    (THEIRS, "An entry of a gesture is about what its customer was promised."),
    (COVERED, "There is less in the account than the entry takes out."),
)
KEPT = "The purse is append-only: no entry may be changed or removed."

SQLITE = (
    *(
        f"""CREATE TRIGGER purse_rule_{number} BEFORE INSERT ON amends_entry WHEN NOT COALESCE(({rule}), 0)
            BEGIN SELECT RAISE(ABORT, '{says}'); END"""
        for number, (rule, says) in enumerate(RULES, 1)
    ),
    f"CREATE TRIGGER purse_no_update BEFORE UPDATE ON amends_entry BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER purse_no_delete BEFORE DELETE ON amends_entry BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
)
CHECKS = "".join(
    f"IF NOT COALESCE(({rule}), FALSE) THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF;\n"
    for rule, says in RULES
)
# The lock makes a second transaction wait for the first before it counts what is left.
POSTGRESQL = (
    f"""CREATE FUNCTION purse_check() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM 1 FROM amends_account WHERE id = NEW.source_id FOR UPDATE;
        {CHECKS} RETURN NEW; END $$""",
    "CREATE TRIGGER purse_balances BEFORE INSERT ON amends_entry FOR EACH ROW EXECUTE FUNCTION purse_check()",
    f"""CREATE FUNCTION purse_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'check_violation'; END $$""",
    """CREATE TRIGGER purse_no_change BEFORE UPDATE OR DELETE ON amends_entry
       FOR EACH ROW EXECUTE FUNCTION purse_refuse()""",
)


def keep_in_balance(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database we run on."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)
