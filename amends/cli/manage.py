"""`amends manage`: Django's own commands, for those who need them."""

import typer
from django.core.management import execute_from_command_line

from amends.cli import app


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, such as `amends manage migrate`."""
    execute_from_command_line(["amends manage", *context.args])
