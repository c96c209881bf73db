"""When a person must have answered, when to ask again: times a complaint is owed, by severity."""

from datetime import datetime, timedelta

FIRST_REPLY_HOURS = {1: 8, 2: 4, 3: 2, 4: 1}
FOLLOW_UP_DAYS = {1: 7, 2: 7, 3: 3, 4: 1}
OFFER_OPEN_DAYS = 14
PROMISE_WARN = timedelta(hours=24)


def reply_due(received_at: datetime, severity: int) -> datetime:
    """When the first human answer is due: hours by severity, around the clock until business calendars exist.

    The hours are our default, a judgement inside what E26 and FCA DISP 1.6 allow; a team will set its own.
    """
    return received_at + timedelta(hours=FIRST_REPLY_HOURS[severity])


def follow_up_due(delivered_at: datetime, severity: int) -> datetime:
    """When to ask whether it is still right: days after delivery by severity (S0.23; the days are our judgement)."""
    return delivered_at + timedelta(days=FOLLOW_UP_DAYS[severity])


def offer_expires(sent_at: datetime) -> datetime:
    """When an offer nobody answered lapses: two weeks after it was sent (our judgement)."""
    return sent_at + timedelta(days=OFFER_OPEN_DAYS)
