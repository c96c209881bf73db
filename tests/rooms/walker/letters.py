"""What the team does with words: it hears, replies, takes back, notes."""

from amends.cases.hear import Heard, hear
from amends.cases.issue import CATEGORIES, Issue
from amends.cases.message import Message
from amends.cases.note import add_note
from amends.cases.reply import Covered, mark_answered, reply, undo
from amends.method.steps import SPOKEN_STEPS, Step
from tests.rooms.walker.walk import Walk


def hears(walk: Walk) -> object:
    case = walk.case()
    lines = [_line(walk, one) for one in walk.some(list(case.open_issues()))]
    if not lines or walk.dice.random() < 0.2:
        lines.append(Heard(None, walk.words("The order came late"), "delivery", words=walk.words()))
    return hear(case, lines, by=walk.somebody(), now=walk.now)


def _line(walk: Walk, issue: Issue) -> Heard:
    off = walk.dice.random() < 0.1
    category = issue.category or walk.dice.choice([*CATEGORIES, "weather"])
    return Heard(issue.pk, walk.words(issue.summary), category, off=off, reason=walk.words("A double") if off else "")


def replies(walk: Walk) -> object:
    case = walk.case()
    steps = walk.some(list(SPOKEN_STEPS[: walk.dice.choice([3, 3, 5])])) + walk.dice.choice(
        [[], [], [], [Step.DELIVER]]
    )
    covers = tuple(Covered(issue, step) for issue in walk.issues(case) for step in steps)
    seen = walk.dice.choice([None, None, walk.dice.randint(1, 30)])
    return reply(case, walk.words("A letter."), covers, by=walk.somebody(), now=walk.now, seen=seen)


def tells_what_changes(walk: Walk) -> object:
    case = walk.case()
    covers = tuple(Covered(one, Step.PREVENT) for one in walk.issues(case))
    return reply(case, "From Monday on it is checked twice.", covers, by=walk.somebody(), now=walk.now)


def takes_a_letter_back(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=True).exclude(author=None))
    return undo(letter, by=letter.author, now=walk.now) if letter else None


def writes_a_note(walk: Walk) -> object:
    walk.notes += 1
    return add_note(walk.case(), walk.words(f"for the team alone {walk.notes} q7x"), by=walk.somebody(), now=walk.now)


def marks_answered(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=False).select_related("case__customer"))
    return mark_answered(letter, by=walk.somebody(), now=walk.now) if letter else None
