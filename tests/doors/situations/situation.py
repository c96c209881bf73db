"""What a gate failure of the matrix is, and the beginnings that many of them share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.cases.policy import adopt
from amends.method.policy import preset
from amends.method.steps import Step
from amends.recovery.follow_up import follow_up
from amends.recovery.offer import Offer

PROMISE = "I will call you within two days."
PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
Arrange = Callable[[Any], dict[str, object]]
OWN_CHOICE = {"customer's page": "the choice of the customer themselves, which nobody here is in the way of"}


@dataclass(frozen=True)
class Situation:
    """One gate failure: `arrange` brings a case into it and returns the fields of the verb.

    `names` is what a refusal has to name, `on_page` how the desk's own pages say it.
    """

    name: str
    verb: str
    arrange: Arrange
    names: str
    forbidden: tuple[type, ...]
    who: str = "tom"
    on_page: str = ""
    not_on: dict[str, str] = field(default_factory=dict)


def options(one, cents: int = 3000, count: int = 2) -> list[dict[str, object]]:
    due = (one.now.date() + timedelta(days=5)).isoformat()
    names = ["refund", "credit", "overcharge"][:count]
    return [{"remedy": key, "title": key.title(), "amount": f"{cents / 100:.2f}", "deliver_by": due} for key in names]


def offered(one, **more: Any) -> dict[str, object]:
    """The fields of an offer for every issue."""
    cents, count = more.pop("cents", 3000), more.pop("count", 2)
    fields = {"issues": [issue.pk for issue in one.issues], "can": "We can do this.", **more}
    return fields | {"options": options(one, cents, count)}


def open_offer(one) -> Offer:
    one.person_first()
    return one.offer()


def part_missing(part: Step) -> Arrange:
    """A case where everything is done but one of the three parts of closing."""

    def arrange(one):
        one.hear()
        one.say(*(step for step in PERSON if step is not part))
        if part is not Step.DELIVER:
            one.deliver(one.accept(one.offer()))
        if part is not Step.PREVENT:
            one.prevent()
        return {}

    return arrange


def not_right_any_more(one) -> None:
    """What was delivered did not hold: the customer said so when we asked."""
    one.person_first()
    one.deliver(one.accept(one.offer()))
    now = one.cast.clock.forward(days=7)
    follow_up(one.case, still_right=False, words="It broke again", by=one.cast.tom, now=now)
    one.hear()


ASKED_IN_2020 = datetime(2020, 1, 1, tzinfo=UTC)


def not_practised(arrange: Arrange) -> Arrange:
    """The same, at a desk whose policy has asked newcomers to practise first for years."""

    def arranged(one):
        fields = arrange(one)
        asks = {"immersion_rounds": 6, "immersion_people": 4, "immersion_before_live": 1}
        adopt(preset("standard") | asks, "Practise first", by=None, now=ASKED_IN_2020)
        return fields

    return arranged
