"""The promises of a draft as the composer shows them: what was found, with the time and the owner to confirm."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.desk.chrome import signed_in
from amends.language.promises import FoundPromise
from amends.recovery.answer import Promised, promised_in
from amends.team.calendar import zone_of
from amends.team.models import User, colleagues
from amends.ui.numbers import number

FORM = "%Y-%m-%dT%H:%M"
MOST = 12


def promise_rows(request: HttpRequest, case: Case, text: str) -> list[dict[str, Any]]:
    """A row for each promise found, ticked where it is sure; what its writer changed before is kept."""
    if not text.strip():
        return []
    user, zone = signed_in(request), zone_of(case.team)
    owners = [(str(one.pk), one.name) for one in colleagues(user)]
    found = promised_in(case, text.strip(), datetime.now(UTC))[:MOST]
    return [_row(n, one, request.POST, user, zone) | {"owners": owners} for n, one in enumerate(found)]


def confirmed(request: HttpRequest, case: Case) -> tuple[Promised, ...]:
    """The promises ticked in the composer; Incomplete where a time cannot be read."""
    post, user, zone = request.POST, signed_in(request), zone_of(case.team)
    ticked = [n for n in range(MOST) if post.get(f"promise-{n}")]
    team = {one.pk: one for one in colleagues(user)} if ticked else {}
    return tuple(
        Promised(
            post.get(f"promise-{n}-words", ""),
            typed_time(post.get(f"promise-{n}-due", ""), zone, "promises"),
            team.get(number(post.get(f"promise-{n}-owner", "")) or 0, user),
            post.get(f"promise-{n}-sentence", ""),
        )
        for n in ticked
    )


def typed_time(text: str, zone: ZoneInfo, field: str) -> datetime:
    """A time typed in the team's zone, in UTC; Incomplete when it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Incomplete("Give the day and the hour, like 2026-11-27T17:00.", field) from None


def _row(n: int, one: FoundPromise, post: QueryDict, user: User, zone: ZoneInfo) -> dict[str, Any]:
    sentence = " ".join(one.words.split())
    same = post.get(f"promise-{n}-sentence") == sentence and post.get(f"promise-{n}-found") == one.what
    typed = post if same else QueryDict()
    return {
        "n": n,
        "sentence": sentence,
        "found": one.what,
        "words": typed.get(f"promise-{n}-words", one.what or sentence),
        "due": typed.get(f"promise-{n}-due", f"{one.due_at.astimezone(zone):{FORM}}"),
        "owner": typed.get(f"promise-{n}-owner", str(user.pk)),
        "ticked": f"promise-{n}" in post if same else one.sure,
        "zone": zone.key,
    }
