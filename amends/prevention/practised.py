"""What is known of the practice a change asks for: it is in place when people had their time for it."""

from datetime import date, datetime

from amends.cases.errors import Incomplete, NotPossible
from amends.method.crowd import ROUND_TO
from amends.prevention.models import Change


def check_practised(change: Change, evidence: str, now: datetime) -> None:
    """Raise NotPossible while people still have time to practise, Incomplete when too few did and nothing else shows
    that the change is in place.

    From its making on a change is judged by its weeks: making it before anybody practised would count the wrong ones.
    """
    training = change.training
    if training is None:
        return
    if not is_due(change, now.date()):
        raise NotPossible(
            f"It asks {training.whom} to practise until {training.due_date:%-d %B %Y}. It is in place after that day."
        )
    if needs_words(change) and not evidence.strip():
        raise Incomplete(
            f"{told_in_words(change, now.date())} Say where it can be seen that it is in place all the same.",
            f"evidence-{change.pk}",
        )


def told_in_words(change: Change, today: date) -> str:
    """What is known of the practice a change asks for, as a sentence; "" for a change that asks for none."""
    training = change.training
    if training is None:
        return ""
    if training.due_date >= today:
        return "How many did it is told once, after that day, and of five people or more."
    told = training.found
    if told is None:
        return "Its day has passed. How many did it is being counted."
    if told.about is None:
        return "How many did it is not told: the number could give somebody away."
    verdict = "That is what was asked for." if told.reached else f"{training.share_percent} % were asked for."
    many = f"About {told.about}" if told.about else f"At most {ROUND_TO // 2}"
    return f"{many} of {told.of} people had done it. {verdict}"


def is_due(change: Change, today: date) -> bool:
    """Whether it may be in place by now: people had their time to practise, where it asks them to."""
    return change.training is None or change.training.due_date < today


def needs_words(change: Change) -> bool:
    """Whether it takes words on where it can be seen, because practice does not show it."""
    training = change.training
    return training is not None and not (training.found and training.found.reached)
