"""Queue rows as the templates show them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from amends.cases.standing import Standing
from amends.method.path import Attention, says_more
from amends.ui.words import moment, when

ICONS = {"email": ("mail", "e-mail")}
NEAR = timedelta(hours=1)


def queue_rows(
    standings: Iterable[Standing], key: str, now: datetime, current: int | None = None
) -> list[dict[str, Any]]:
    """One dict a case for the queue macro, in the order given."""
    return [_row(one, key, now, current) for one in standings]


def _row(one: Standing, key: str, now: datetime, current: int | None) -> dict[str, Any]:
    icon, channel = ICONS.get(one.channel, ("message-circle", one.channel))
    due = one.follow_up_at if key == "follow-ups" else one.due_at
    return {
        "id": one.pk,
        "href": f"{reverse('case', args=[one.pk])}?list={key}",
        "name": one.customer_name,
        "due": when(due) if due else _quiet(one, now),
        "near": due is not None and due - now < NEAR,
        "words": one.words,
        "next": one.next_step if one.attention == Attention.TO_DO else "",
        "note": _note(one, now),
        "writing": _is_writing(one, now),
        "feeling": one.feeling,
        "channel": channel,
        "channel_icon": icon,
        "current": one.pk == current,
        "fresh": False,
    }


def _note(one: Standing, now: datetime) -> str:
    """What stands in place of the next step: that they are still writing, or an answer that seems to have come."""
    if one.attention != Attention.TO_DO:
        return ""
    if _is_writing(one, now):
        return one.writing
    return one.reason if says_more(one.reason) else ""


def _is_writing(one: Standing, now: datetime) -> bool:
    waits = one.attention == Attention.TO_DO and not says_more(one.reason)
    return waits and bool(one.writing) and one.quiet_at is not None and now < one.quiet_at


def seconds_to_quiet(standings: Iterable[Standing], now: datetime) -> int:
    """How long until the first of these customers has stopped writing, 0 when nobody is."""
    ends = [one.quiet_at for one in standings if one.quiet_at and now < one.quiet_at]
    return int((min(ends) - now).total_seconds()) + 1 if ends else 0


def _quiet(one: Standing, now: datetime) -> str:
    if one.attention == Attention.DONE:
        return "closed"
    return moment(one.order_at) if one.order_at <= now else "nothing due"
