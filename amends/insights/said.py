"""Beside what the records say of the method: what the team says, the difference in words, and what a lead may do."""

from datetime import datetime

from amends.insights.answer import TOO_FEW, Cell, Head, Table
from amends.insights.scope import Scope
from amends.measures.figure import Figure
from amends.ourselves.told import TeamSays, latest_told, says_of_lines, told_of
from amends.team.permissions import Right

# What a lead may do about a line, in one sentence, and the page on which it begins (S4.16).
LEADS = {
    "listened": ("Play one round together, and talk about the first minute of it.", "Practice", "practice"),
    "apologised": ("Read two letters of the week, and say what the apology in them did.", "Coaching", "coaching"),
    "reflected": ("Let everybody do the drill on saying it back, yourself first.", "Practice", "practice"),
    "understood": ("Ask for a second pair of eyes on what is long or tangled.", "Colleagues", "colleagues"),
    "owned": ("Look which remarks on excuses are put aside most, and ask why.", "Checks", "checks"),
    "agreed": ("Look at what was granted: was there anything to choose?", "Spot checks", "spot-checks"),
    "prevented": (
        "Tell the team which changes are in place; what nobody knows, nobody tells.",
        "Prevention",
        "prevention",
    ),
    "asked": ("Read what customers said when they were asked, in the next meeting.", "How was it", "scores"),
    "gates": (
        "Go through the reasons with which gates were passed, and mend what they have in common.",
        "Overrides",
        "overrides",
    ),
}
# What people say stops them most, and where a lead can take it away.
STOPS = {
    "limits": ("Look at the limits, and raise what stops the everyday.", "Policy", "policy"),
    "options": ("Show where it stands what may be offered.", "Policy", "policy"),
    "others": ("Make the waiting a cause, with somebody who looks after it.", "Prevention", "prevention"),
    "load": ("Look at the week, and take something away before you ask for more.", "Rota", "rota"),
    "blame": ("Say what went well first; nobody is ranked here.", "Coaching", "coaching"),
}
UNASKED = "Nobody was asked yet, or fewer than five answered."


def said_table(figures: dict[str, Figure], scope: Scope) -> Table:
    """Line by line what the records say, what the team says, and the difference between them."""
    says = says_of_lines(scope.now, _team(scope))
    heads = tuple(
        Head(label, num=False) for label in ("Line of the method", "The records say", "The team says", "The difference")
    )
    rows = tuple(_row(key, figure, says.get(key)) for key, figure in figures.items())
    return Table("said", "What the records say and what the team says", heads, rows if says else (), UNASKED)


def _team(scope: Scope) -> int | None:
    """The team asked about; who sees one team alone asks about theirs."""
    return scope.team if scope.user.can(Right.SEE_ALL_TEAMS) else scope.user.team_id


def _row(key: str, figure: Figure, says: TeamSays | None) -> tuple[Cell, ...]:
    records = Cell(in_ten(figure), f"done:{key}") if figure.can_tell and figure.value else Cell(in_ten(figure))
    if says is None:
        return Cell(figure.name), records, Cell("not asked", faint=True), Cell("–", faint=True)
    return Cell(figure.name), records, Cell(_says(says)), Cell(difference(figure, says))


def _says(says: TeamSays) -> str:
    return f"{says.roughly.words}: yes" + ("" if says.of_team else " (the desk as a whole)")


def in_ten(figure: Figure) -> str:
    """ "in 4 of 10 issues", at both ends in words; or that there are too few."""
    if not figure.can_tell:
        return TOO_FEW
    tenths = round(figure.value * 10)
    if figure.value in (0, 1):
        return "every time" if figure.value else "never"
    return f"in {min(9, max(1, tenths))} of 10 {figure.noun}" if 0 < tenths < 10 else _near_the_end(tenths)


def _near_the_end(tenths: int) -> str:
    return "nearly every time" if tenths else "hardly ever"


def difference(figure: Figure, says: TeamSays) -> str:
    """What lies between the two, in a sentence; within the interval of the one and the span of the other, nothing."""
    low, high = says.roughly.span
    team, records = f"{says.roughly.words.lower()} {says.roughly.say} yes", in_ten(figure)
    if not figure.can_tell:
        return "Too few records to hold beside it."
    if low > figure.high:
        return f"The team says it more than the records show: {team}, the records say {records}."
    if high < figure.low:
        return f"The records show it more than the team says: {team}, the records say {records}."
    return "Both say the same."


def for_leads() -> Table:
    """For each line what a lead may do with it, and where that begins."""
    heads = (Head("Line of the method", num=False), Head("What a lead may do", num=False), Head("Begins at", num=False))
    names = {"gates": "A gate was passed"}
    rows = tuple(
        (Cell(names.get(key, key.capitalize())), Cell(says), Cell(place, page=page))
        for key, (says, place, page) in LEADS.items()
    )
    return Table("leads", "What a lead may do with it", heads, rows)


def stops_table(now: datetime) -> Table:
    """What people say stops them, with the word for how many, and what a lead may do about it."""
    heads = (
        Head("What stops you most from putting things right?", num=False),
        Head("So many say so", num=False),
        Head("What a lead may do", num=False),
        Head("Begins at", num=False),
    )
    round_ = latest_told(now)
    told = next((one for one in told_of(round_) if one.question.key == "stops"), None) if round_ else None
    rows = (
        tuple(
            _stops(key, text, told.said[key].words) for key, text in told.question.answers.items() if key in told.said
        )
        if told
        else ()
    )
    return Table("stops", "What stops people", heads, rows, UNASKED)


def _stops(key: str, text: str, words: str) -> tuple[Cell, ...]:
    if key not in STOPS:
        return Cell(text), Cell(words), Cell("–", faint=True), Cell("–", faint=True)
    says, place, page = STOPS[key]
    return Cell(text), Cell(words), Cell(says), Cell(place, page=page)


def said_notes() -> tuple[Cell, ...]:
    """How what the team says is to be read."""
    return (
        Cell(
            "The team was asked what it does, without names; a word stands for how many of five or more, and "
            "“everybody” and “nobody” are never said. The records count what was done in the period, whoever did it."
        ),
        Cell("How do you handle these now?", page="ourselves"),
    )


def bad_news(right: Figure) -> Cell:
    """What is known of how bad news spreads: an old finding, with its age, beside what customers told this desk."""
    old = (
        "Bad news is said to reach about twice as many ears as good: an old finding, known to us from notes of a talk "
        "(E25), folklore rather than fact. No record here counts ears."
    )
    if not right.can_tell:
        return Cell(f"{old} Too few customers were asked again to say how many have something bad to tell.")
    wrong = right.n - round(right.value * right.n)
    here = f"Asked again in this period, {wrong:,} of {right.n:,} said that it was not right."
    return Cell(f"{old} {here}", "not:right" if wrong else "")
