"""How the history of the sample company is kept in its file: what is known already, what events name, what moves."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HISTORY = Path(__file__).parent / "history.json.gz"
ZONE = ZoneInfo("Europe/Stockholm")  # of the company: its hours stay its hours when the weeks move
EPOCH = datetime(2020, 1, 6)  # noqa: DTZ001 - a Monday on the company's wall; times are seconds from it
# What the desk has already, and the field by which it is known again; a policy is always the one in force.
KNOWN = {
    "amends.user": "username",
    "amends.team": "name",
    "amends.channel": "address",
    "amends.remedy": "key",
    "amends.cause": "name",
    "amends.policyversion": "number",
}
# What the numbers in an event's data name; numbers under PLAIN name nothing.
NAMED = {
    "cause": "amends.cause",
    "change": "amends.change",
    "claim": "amends.claim",
    "decision": "amends.decision",
    "earlier": "amends.case",
    "fulfilment": "amends.fulfilment",
    "issue": "amends.issue",
    "issues": "amends.issue",
    "left_out": "amends.leftout",
    "message": "amends.message",
    "note": "amends.note",
    "offer": "amends.offer",
    "option": "amends.option",
    "owner": "amends.user",
    "promise": "amends.promise",
    "request": "amends.approvalrequest",
    "survey": "amends.surveyasked",
    "theme": "amends.themedecision",
    "telling": "amends.telling",
    "to": "amends.user",
    "verdict": "amends.verdict",
}
DRAFTS = {"amends.approvalrequest": "draft"}  # JSON whose "issues" are numbers of issues
PLAIN = frozenset({"count", "round", "weeks"})
DESK = "⟦desk⟧"
MARKED = re.compile(r"⟦(\d{4}-\d\d-\d\d)\|([^⟧]*)⟧")
CASE = re.compile(r"⟦case (\d+)⟧")


def seconds(at: datetime) -> int:
    """A moment as the seconds that the company's clock on the wall had gone since the epoch."""
    return round((at.astimezone(ZONE).replace(tzinfo=None) - EPOCH).total_seconds())


def moment(gone: int) -> datetime:
    """The moment of so many of those seconds."""
    return (EPOCH + timedelta(seconds=gone)).replace(tzinfo=ZONE)


def monday_of(now: datetime) -> date:
    """The Monday of the week, by the company's calendar."""
    day = now.astimezone(ZONE).date()
    return day - timedelta(days=day.weekday())
