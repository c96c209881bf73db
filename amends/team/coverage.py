"""Whether a team is at work now, when it is back, and who looks after complaints until then (F33)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.method.calendars import next_opening
from amends.method.hours import week_text
from amends.team.calendar import read_calendar
from amends.team.models import Team
from amends.team.policy import current


@dataclass(frozen=True, slots=True)
class Closed:
    """A team outside its hours: when it is back, in its own zone, and the policy's words until then."""

    back_at: datetime
    words: str

    @property
    def sentence(self) -> str:
        """ "We are back on Monday 23 November at 09:00."."""
        return f"We are back on {self.back_at:%A %-d %B} at {self.back_at:%H:%M}."


def hours_in_words(team: Team) -> str:
    """When a team works: "Mon 09:00-17:00; Tue 09:00-12:00 (Europe/Stockholm)", or "Round the clock"."""
    calendar = read_calendar(team.calendar)
    if calendar.is_always_open:
        return "Round the clock"
    days = [(day.capitalize(), text) for day, text in week_text(calendar.week).items() if text]
    return f"{'; '.join(f'{day} {text}' for day, text in days)} ({calendar.zone})"


def closed_now(team: Team, now: datetime) -> Closed | None:
    """How a team that is closed at this moment says so; None while it is at work."""
    calendar = read_calendar(team.calendar)
    opens = next_opening(now, calendar)
    if opens <= now:
        return None
    return Closed(opens.astimezone(ZoneInfo(calendar.zone)), current().when_closed(team.name))
