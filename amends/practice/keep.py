"""What a trainee does with a round of theirs: show it to one colleague, take that back, delete it."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.errors import Incomplete, NotPossible, NotThere
from amends.cases.ledger import writing
from amends.practice.models import Played, Shared
from amends.practice.own.find import is_free
from amends.practice.play import NOT_THERE
from amends.team.models import User, colleagues


def share(played: Played, username: str, *, now: datetime) -> Shared:
    """Show a round that has ended to one colleague of the team; to show it twice changes nothing.

    Raises Incomplete when nobody of the team is named, NotPossible while the round is open.
    """
    if played.ended_at is None:
        raise NotPossible("End the round first; then you can show it.")
    if played.version is not None and not is_free(played.version.scenario, played.version):
        raise NotPossible(
            "Nobody but you has read this scenario yet. Once a second person has, you can show the round."
        )
    to = colleagues(played.trainee).exclude(pk=played.trainee_id).filter(username=username).first()
    if to is None:
        raise Incomplete("Choose a colleague to show it to.", "to")
    with writing():
        return Shared.objects.get_or_create(played=played, to=to, defaults={"at": now})[0]


def take_back(played: Played, number: int) -> None:
    """Stop showing a round to somebody; to take it back twice changes nothing."""
    Shared.objects.filter(pk=number, played=played).delete()


def shared_with(user: User) -> QuerySet[Shared]:
    """Return the rounds that colleagues show to this person, newest first."""
    return Shared.objects.filter(to=user).select_related("played__trainee", "played__version").order_by("-at", "-pk")


def find_shared(number: int, user: User) -> Shared:
    """Return a round that is shown to this person; raises NotThere for any other, alike."""
    found = shared_with(user).filter(pk=number).first()
    if found is None:
        raise NotThere(NOT_THERE)
    return found


def delete(played: Played) -> None:
    """Delete a round with everything that was shown of it; its branches stay rounds of their own."""
    with writing():
        Played.objects.filter(pk=played.pk).delete()
