"""Whether a team is at work now, when it is back, and who looks after complaints until then (F33)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.language.presence import back_sentence
from amends.method.hours import week_text
from amends.method.rota import next_there
from amends.team.calendar import read_calendar
from amends.team.models import Team
from amends.team.policy import current
from amends.team.shift import Duty, planned, there


@dataclass(frozen=True, slots=True)
class Closed:
    """A team outside its hours: when it is back, in its own zone, and the policy's words until then."""

    back_at: datetime
    words: str

    @property
    def sentence(self) -> str:
        """ "We are back on Monday 23 November at 09:00 (Stockholm time)."."""
        return self.sentence_in("en")

    def sentence_in(self, language: str) -> str:
        """When the team is back, in a language we write, English where we do not."""
        return back_sentence(self.back_at, language)


def hours_in_words(team: Team) -> str:
    """When a team works: "Mon 09:00-17:00; Tue 09:00-12:00 (Europe/Stockholm)", or "Round the clock"."""
    calendar = read_calendar(team.calendar)
    if calendar.is_always_open:
        return "Round the clock"
    days = [(day.capitalize(), text) for day, text in week_text(calendar.week).items() if text]
    return f"{'; '.join(f'{day} {text}' for day, text in days)} ({calendar.zone})"


def closed_now(team: Team, now: datetime) -> Closed | None:
    """How a team of which nobody is there at this moment says so; None while somebody is.

    Somebody is there by the rota in a week that has one, by the hours of the team in any other.
    """
    calendar = read_calendar(team.calendar)
    back = next_there(now, calendar, planned(team, now))
    if back <= now:
        return None
    return Closed(back.astimezone(ZoneInfo(calendar.zone)), current().when_closed(team.name))


def is_attended(team: Team, now: datetime) -> bool:
    """Whether a rota or hours that a team set say that somebody is there: never claimed for a team that set neither."""
    if there(team, Duty.HERE, now):
        return True
    return not read_calendar(team.calendar).is_always_open and closed_now(team, now) is None
