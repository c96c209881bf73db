"""`amends mcp`: assistants read cases and do verbs over stdio, with somebody's token and rights."""

from datetime import UTC, datetime

import typer

from amends.cli import app
from amends.cli.assistant import MissingExtra, server
from amends.team.token import token_of


@app.command()
def mcp(
    token: str = typer.Option(..., envvar="AMENDS_TOKEN", help="The token of whom the assistant acts for."),
) -> None:
    """Serve the table of verbs as tools to an assistant, by the Model Context Protocol over stdio."""
    known = token_of(token, datetime.now(UTC))
    if known is None:
        raise typer.BadParameter("This token opens nothing. Make one with `amends token USERNAME NAME`.")
    try:
        server(token).run(transport="stdio", show_banner=False)
    except MissingExtra as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from reason
