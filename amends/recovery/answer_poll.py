"""What a customer answers to a poll: one answer a link, theirs to change while it is open."""

from datetime import datetime

from amends.cases.errors import Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.recovery.poll import PollAnswer, PollAsked


def answer_poll(asked: PollAsked, choice: int, now: datetime) -> bool:
    """Write down which answer was chosen; the same again changes nothing, another takes its place.

    Returns whether anything was new. Raises NotPossible after thirty days, Incomplete for an answer there is not.
    """
    check_still_open(asked, now)
    if not 0 <= choice < len(asked.poll.answers):
        raise Incomplete("Choose one of the answers of this page.", "choice")
    with writing():
        kept, made = PollAnswer.objects.get_or_create(asked=asked, defaults={"choice": choice, "at": now})
        if not made and kept.choice == choice:
            return False
        if not made:
            kept.choice, kept.changed_at = choice, now
            kept.save(update_fields=["choice", "changed_at"])
        record("poll_answered", asked.case_id, f"customer:{asked.case.customer_id}", now, poll=asked.poll_id)
    return True


def check_still_open(asked: PollAsked, now: datetime) -> None:
    """Raise NotPossible when an answer can come no more."""
    if now >= asked.closes_at:
        raise NotPossible("We asked this more than thirty days ago and count it no more. You can still write to us.")
