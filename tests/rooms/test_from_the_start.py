"""A desk that begins now has the same tables as one that came through every migration."""

from django.db.migrations.loader import MigrationLoader


def drawn(name: str) -> dict:
    """Every table as the migrations up to this one leave it: what each column is, and the rules of the table."""
    state = MigrationLoader(None, replace_migrations=False).project_state(("amends", name))
    return {
        model: (
            {column: field.deconstruct()[1:] for column, field in one.fields.items()},
            {rule: sorted(map(repr, one.options.get(rule, []))) for rule in ("constraints", "indexes")},
            {option: value for option, value in one.options.items() if option not in {"constraints", "indexes"}},
            one.bases,
        )
        for (app, model), one in state.models.items()
        if app == "amends"
    }


def test_the_tables_made_at_once_are_those_the_single_steps_make():
    at_once, step_by_step = drawn("0001_squashed_0019_care"), drawn("0019_care")
    assert len(at_once) > 90
    for model in sorted({*at_once, *step_by_step}):
        assert at_once.get(model) == step_by_step.get(model), model
