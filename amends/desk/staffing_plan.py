"""The figures of a plan as a lead types them, and what they come to: people for a flow, with room to breathe."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.care.load import TeamLoad
from amends.cases.errors import Incomplete
from amends.measures.staffing import COMPLAINT_OCCUPANCY, PLANNED_OCCUPANCY, Load, load, people_needed

ALARM = 0.85
MOST_WORK = 300
USUAL_EACH, USUAL_WAIT = 15, 60
AROUND = range(-2, 4)
LIMITS = {"contacts": (0.0, 10_000.0), "minutes": (1.0, 480.0), "people": (1.0, 500.0), "wait": (1.0, 10_000.0)}


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: the load with the people there are, the people for 80 and for 75 % of their time, and those around."""

    now: Load
    calm: Load
    planned: Load
    around: tuple[Load, ...]

    @property
    def is_alarming(self) -> bool:
        """Whether people would be busy for 85 % of their time or more (E48: trade practice)."""
        return self.now.occupancy >= ALARM


def plan(typed: Mapping[str, str]) -> Plan:
    """The plan for what was typed; raises Incomplete with the field to mend."""
    contacts, minutes, people, wait = (_figure(typed, name) for name in LIMITS)
    if contacts * minutes / 60 > MOST_WORK:
        raise Incomplete(f"That is work for more than {MOST_WORK} people. Write the flow of one team.", "contacts")
    here = int(people)
    flow = {"contacts_an_hour": contacts, "minutes_each": minutes}
    return Plan(
        now=load(here, **flow),
        planned=people_needed(**flow, longest_wait_minutes=wait, occupancy=PLANNED_OCCUPANCY),
        calm=people_needed(**flow, longest_wait_minutes=wait, occupancy=COMPLAINT_OCCUPANCY),
        around=tuple(load(here + more, **flow) for more in AROUND if here + more > 0),
    )


def usual(load: TeamLoad) -> dict[str, str]:
    """The figures before anybody types: what came in, as the form takes it, and judgement for the rest."""
    return {
        "contacts": f"{load.contacts_an_hour:.1f}",
        "minutes": str(USUAL_EACH),
        "people": str(max(1, load.people)),
        "wait": str(USUAL_WAIT),
    }


def _figure(typed: Mapping[str, str], name: str) -> float:
    low, high = LIMITS[name]
    try:
        found = float(typed.get(name, "").strip().replace(",", "."))
    except ValueError:
        found = float("nan")
    if not low <= found <= high:
        raise Incomplete(f"Write a number from {low:g} to {high:g}.", name)
    return found
