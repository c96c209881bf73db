"""The words of the simulated people: one bank of lines a persona, each line with when and how upset it is said."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from amends.rehearsal.sheet import Entry, Sheet, packaged

BANDS = ("calm", "upset", "angry")
UPSET, ANGRY = 0.35, 0.65
WHEN = (
    "opening",
    "more",
    "next_issue",
    "asked",
    "asked_again",
    "unheard",
    "heard",
    "misheard",
    "unowned",
    "owned",
    "hollow",
    "excused",
    "blamed",
    "cold",
    "unremedied",
    "too_early",
    "offered",
    "options",
    "mismatch",
    "refused_fair",
    "vague",
    "unprevented",
    "prevented",
    "doubt",
    "idle",
    "boundary",
    "nearly",
    "agrees",
    "thanks",
    "leaves",
    "unsure_reply",
)
PLACES = ("{issue}", "{detail}", "{fact}", "{agent}", "{firm}")
DEFAULT = "steady"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a persona says: what it answers to, how upset, and the words with their places."""

    when: str
    band: str
    say: str

    def has(self, place: str) -> bool:
        """Return whether the line has a place to fill, such as "issue"."""
        return "{" + place + "}" in self.say


def band_of(anger: float) -> str:
    """Return "calm", "upset" or "angry" for an anger of 0 to 1."""
    return BANDS[0] if anger < UPSET else BANDS[1] if anger <= ANGRY else BANDS[2]


@cache
def lines_of(persona: str) -> tuple[Line, ...]:
    """Return the lines of a persona that comes with Amends; somebody without a bank speaks like the steady one."""
    there = files("amends.rehearsal").joinpath("lines", f"{persona}.toml").is_file()
    return read_lines(packaged("lines", f"{persona if there else DEFAULT}.toml"))


def read_lines(given: Sheet) -> tuple[Line, ...]:
    """Return the lines of a sheet; raises SheetRefused with file, line, entry and field."""
    given.top.only("persona", "line")
    return tuple(_line(entry) for entry in given.listed("line"))


def _line(entry: Entry) -> Line:
    entry.only("when", "band", "say")
    line = Line(entry.one_of("when", WHEN), entry.one_of("band", BANDS), entry.text("say"))
    rest = line.say
    for place in PLACES:
        rest = rest.replace(place, "")
    if "{" in rest or "}" in rest:
        raise entry.refused("say", f"has a place that nothing fills; there are {', '.join(PLACES)}")
    return line
