"""The nine steps of a recovery, in three groups, with the words people see."""

from enum import StrEnum


class Group(StrEnum):
    """Treat the person, then the problem, then keep the promise."""

    PERSON = "The person"
    PROBLEM = "The problem"
    PROMISE = "The promise"


class Step(StrEnum):
    """One thing a good recovery does; the order of the members is the order of the path."""

    LISTEN = "listen"
    APOLOGISE = "apologise"
    REFLECT = "reflect"
    ACKNOWLEDGE = "acknowledge"
    REMEDY = "remedy"
    PREVENT = "prevent"
    AGREE = "agree"
    DELIVER = "deliver"
    FOLLOW_UP = "follow up"

    @property
    def group(self) -> Group:
        """The group this step belongs to."""
        return _GROUPS[self]

    @property
    def heading(self) -> str:
        """The step as a heading: "Follow up"."""
        return self.value.capitalize()


PERSON_STEPS = (Step.LISTEN, Step.APOLOGISE, Step.REFLECT)
SPOKEN_STEPS = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE, Step.REMEDY, Step.PREVENT)

_GROUPS = {
    Step.LISTEN: Group.PERSON,
    Step.APOLOGISE: Group.PERSON,
    Step.REFLECT: Group.PERSON,
    Step.ACKNOWLEDGE: Group.PROBLEM,
    Step.REMEDY: Group.PROBLEM,
    Step.PREVENT: Group.PROBLEM,
    Step.AGREE: Group.PROMISE,
    Step.DELIVER: Group.PROMISE,
    Step.FOLLOW_UP: Group.PROMISE,
}
