"""The command line: `amends up` and everything a keeper of the desk does in a terminal."""

import os

import typer

from amends import __version__

app = typer.Typer(
    help="Amends: the desk that makes things right with dissatisfied customers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"Amends {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_say_version, is_eager=True, help="Print the version."),
) -> None:
    """Amends: the desk that makes things right with dissatisfied customers."""


def main() -> None:
    """Set Django up, gather the commands and run the one asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.settings")
    # A process reads one short text at a time: a second thread of the matrices only waits for the first.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import django

    django.setup()
    from amends.cli import (  # noqa: F401
        archive,
        check,
        company,
        customers,
        do,
        imports,
        learn,
        manage,
        mcp,
        policy,
        practise,
        processes,
        read,
        report,
        tokens,
        up,
    )

    app()
