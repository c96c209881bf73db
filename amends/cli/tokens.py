"""Keys for programs: made, listed and revoked from the terminal."""

from datetime import UTC, datetime

import typer

from amends.cases.ledger import record, writing
from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.team.models import User
from amends.team.token import ApiToken, make_token, revoke_tokens


@app.command()
def token(username: str, name: str) -> None:
    """Make a token with which a program acts as somebody; it is shown once."""
    bring_up_to_date()
    user, now = _person(username), datetime.now(UTC)
    if ApiToken.objects.filter(user=user, name=name, revoked_at=None).exists():
        raise typer.BadParameter(f"{user.name} has a token “{name}”. Choose another name, or revoke that one.")
    with writing():
        plain = make_token(user, name, now)
        record("token_made", None, user, now, token=name)
    typer.echo(plain)
    typer.echo(f"Whoever holds it may do what {user.name} may. It is not shown again.", err=True)


@app.command()
def tokens() -> None:
    """List the tokens there are, and when each was last used."""
    bring_up_to_date()
    for one in ApiToken.objects.select_related("user"):
        used = f"used {one.used_at:%Y-%m-%d %H}:00" if one.used_at else "never used"
        ended = f", revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else ""
        typer.echo(f"{one.user.username:<17}{one.name:<24}made {one.made_at:%Y-%m-%d}, {used}{ended}")


@app.command("revoke-token")
def revoke_token(username: str, name: str) -> None:
    """End a token: the program that holds it is refused from now on."""
    bring_up_to_date()
    user, now = _person(username), datetime.now(UTC)
    with writing():
        if not revoke_tokens(user, name, now):
            raise typer.BadParameter(f"{user.name} has no token “{name}” that is in use.")
        record("token_revoked", None, user, now, token=name)
    typer.echo(f"The token “{name}” of {user.name} opens nothing any more.")


def _person(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise typer.BadParameter(f"Nobody signs in as “{username}”.")
    return user
