"""What a practice round shows in the terminal: the setting, their words, the reading, the feedback, the debrief."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from amends.rehearsal.debrief import ENDINGS, Debrief, debrief
from amends.rehearsal.feedback import Remark, hint, in_words, remarks, way_to
from amends.rehearsal.moves import SAYABLE, Act
from amends.rehearsal.personas import personas
from amends.rehearsal.round import Round
from amends.rehearsal.rubric import rubric
from amends.rehearsal.score import Evidence, Point
from amends.rehearsal.shelf import scenarios
from amends.rehearsal.state import State, Turn
from amends.rehearsal.typed import Typed

TOY = (
    "The customer is a toy: a few tables and rules that we made up by design, and phrases that we wrote. It shows "
    "whether you walk the path; it says nothing about how real people feel, or about you."
)
HOW = "Write what you would answer; an empty line sends it. “help” shows more, “end” shows how it went."
HELP = (
    "an empty line    sends what you wrote\n"
    "=reflect+excuse  says what your last turn really was, if I read it wrongly\n"
    "+listen          plays moves without words; +apologise:2 is about their second issue\n"
    "back 3           tries again from your third turn; back alone from the last\n"
    "end              shows how it went; nothing of it is kept"
)
WIDTH = 100
BAR = 9
QUOTES = 3
SPARKS = "▁▂▃▄▅▆▇█"
FEELINGS = (("temper", "anger", "red"), ("trust", "trust", "blue"), ("heard", "heard", "green"))
COURSE = (("temper", "anger"), ("trust", "trust"), ("heard", "heard"), ("agreement", "agreement"))
QUOTED = 60


class Screen:
    """Where a round is shown; with `to_stderr` standard output stays free for the JSON; `file` holds its scenario."""

    def __init__(self, *, to_stderr: bool = False, file: Path | None = None) -> None:
        self._file = file
        self._console = Console(stderr=to_stderr, markup=False, highlight=False, emoji=False)
        self._width = min(self._console.width, WIDTH)

    def lists(self) -> None:
        """Show the scenarios and personas there are."""
        for title, rows in (("Scenarios", _scenario_rows()), ("Personas", _persona_rows())):
            table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
            for name in ("id", "what", ""):
                table.add_column(name, no_wrap=name == "id")
            for row in rows:
                table.add_row(*row)
            self._console.print(table)
            self._console.print()
        self._say("amends practise --scenario retail-sofa-leg --persona loud_aggressive", "bold")

    def begins(self, played: Round) -> None:
        """Show the setting and the customer's first words."""
        what = played.scenario
        body = Group(
            Text(f"{what.setting}\n"),
            _marked((Text("·"), Text(fact)) for fact in what.facts_on_file),
            Text(f"\nYou may settle at once: {what.may_grant}\nWhat cannot be done: {what.cannot}\n"),
            Text(f"You are {played.agent} of {what.firm}. Good for: {played.persona.trains}.", "bold"),
        )
        self._console.print(Panel(body, title=Text(what.title, "bold"), width=self._width, padding=(1, 2)))
        self._say(TOY, "dim")
        self._console.print()
        self._says(played)
        self._say(HOW, "dim")

    def turn(self, played: Round, read: Typed) -> None:
        """Show what was understood of the last turn, what they answer, and what it did."""
        before, now = played.states[-2:]
        self._say(f"{'Taken as' if read.corrected else 'I read that as'}: {_named(read.turn, played)}", "italic")
        if read.turn.words and not read.corrected and (len(played.turns) == 1 or not read.turn.acts):
            self._say("Not what you meant? Type the moves, such as =reflect+apologise.", "dim")
        for note in read.notes:
            self._say(note, "yellow")
        self._console.print()
        self._says(played)
        self._console.print(_marked(_remark(one) for one in remarks(before, read.turn)), width=self._width)
        self._bars(before, now)
        self._next(played, before)

    def again(self, played: Round) -> None:
        """Show where the round stands after going back."""
        self._say(f"Back before your turn {len(played.turns) + 1}. They had just said:", "italic")
        self._says(played)

    def debrief(self, played: Round) -> None:
        """Show how it went: the ending, the score with its evidence, the course, the turn that cost most."""
        if not played.turns:
            self._say("Nothing was said, so there is nothing to look back on.", "dim")
            return
        back = debrief(played)
        self._console.rule(Text("How it went", "bold"))
        self._say(ENDINGS[back.ending], "bold")
        self._score(back)
        self._points(back)
        self._course(played)
        self._cost(back, played)
        self._say(f"\nAgain: {_command(played, self._file)}", "dim")
        self._say(TOY, "dim")

    def offers_another_try(self) -> None:
        """Ask whether a turn is tried again."""
        self._say("\n“back 2” tries again from your second turn, “end” leaves.", "dim")

    def waits(self) -> None:
        """Answer somebody who sent nothing."""
        self._say("(They wait. Take your time: write what you would answer, then an empty line.)", "dim")

    def helps(self) -> None:
        """Show what can be typed."""
        self._say(HELP)
        self._say(f"Moves: {', '.join(move.value for move in SAYABLE)}", "dim")

    def refuses(self, sentence: str) -> None:
        """Show why something was not done."""
        self._say(sentence, "yellow")

    def _say(self, words: str, style: str = "") -> None:
        self._console.print(Text(words, style), width=self._width)

    def _says(self, played: Round) -> None:
        said = Text(f"{played.scenario.customer}: ", "bold cyan")
        said.append(played.talks[-1].said, "not bold default")
        self._console.print(Padding(said, (0, 0, 1, 2)), width=self._width)

    def _bars(self, before: State, now: State) -> None:
        line = Text("  ")
        for label, name, colour in FEELINGS:
            old, new = getattr(before, name), getattr(now, name)
            full = round(new * BAR)
            line.append(f"{label} ").append("█" * full, colour).append("░" * (BAR - full), "dim")
            line.append(f" {_moved(old, new)}  ")
        self._console.print(line)

    def _next(self, played: Round, before: State) -> None:
        now, said = played.states[-1], played.talks
        if now.left:
            self._say("They have left. “back” tries your last turn again, “end” shows how it went.\n", "bold")
        elif said[-1].settled(now) and not said[-2].settled(before):
            self._say("They agree. Close it as you would, then “end” shows how it went.\n", "bold")
        elif found := hint(now, said[-1], played):
            self._say(f"  Try: {found.sentence}\n", "bold")
        else:
            self._say("  Nothing is left to do; “end” shows how it went.\n", "bold")

    def _score(self, back: Debrief) -> None:
        passed = "passed" if back.passed else "not passed"
        self._say(f"{back.score.total:.0f} of 100 ({rubric().passed:.0f} passes: {passed})\n", "bold")

    def _points(self, back: Debrief) -> None:
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, width=self._width)
        table.add_column(justify="right", no_wrap=True)
        table.add_column()
        table.add_column(style="dim")
        for point in (back.score.satisfaction, *back.score.process, *back.score.penalties):
            table.add_row(_points_of(point), in_words(point.name), "\n".join(_quotes(point.evidence)))
        self._console.print(table)

    def _course(self, played: Round) -> None:
        self._say("\nTurn by turn")
        for label, name in COURSE:
            values = [getattr(state, name) for state in played.states]
            sparks = "".join(SPARKS[min(len(SPARKS) - 1, int(value * len(SPARKS)))] for value in values)
            self._say(f"  {label:<10}{sparks}  {values[0]:.2f} → {values[-1]:.2f}")
        end = played.end
        self._say(f"  In the toy's own measure: satisfaction {end.satisfaction:.2f}, loyalty {end.loyalty:.2f} of 1.")

    def _cost(self, back: Debrief, played: Round) -> None:
        if back.cost:
            words = f"Your turn {back.cost.turn} cost most: {_counted(back.cost.points)}. “{_short(back.cost.words)}”"
            self._say(f"\n{words}", "bold")
        if back.missed:
            self._say(f"\nTry next time: {way_to(back.missed[0].name, played)}", "bold")
        elif not back.cost:
            self._say("\nNothing to add: nothing cost you points, and nothing is missing.", "bold")


def _scenario_rows() -> Iterator[tuple[str, str, str]]:
    return ((one.id, one.title, one.sector) for one in scenarios().values())


def _persona_rows() -> Iterator[tuple[str, str, str]]:
    return ((one.id, one.says, one.trains) for one in personas().values())


def _marked(rows: Iterable[tuple[Text, Text]]) -> Padding:
    """Lines that hang behind their marks."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for mark, words in rows:
        grid.add_row(mark, words)
    return Padding(grid, (0, 0, 0, 2))


def _remark(remark: Remark) -> tuple[Text, Text]:
    mark = Text("−", "red") if remark.harm else Text("·" if remark.less else "+", "green")
    return mark, Text(remark.sentence)


def _named(turn: Turn, played: Round) -> str:
    several = len(played.customer.issues) > 1
    named = [_act(act, several=several) for act in turn.acts]
    return ", ".join(named) or "nothing I know"


def _act(act: Act, *, several: bool) -> str:
    name = act.move.value.replace("_", " ")
    return f"{name} ({act.issue})" if several and act.issue else name


def _moved(old: float, new: float) -> str:
    was, is_ = round(100 * old), round(100 * new)
    return f"{was} {'→' if was == is_ else '↗' if is_ > was else '↘'} {is_}"


def _points_of(point: Point) -> str:
    return f"{point.points:.0f} of {point.most:.0f}" if point.most >= 0 else f"{point.points:.0f}"


def _quotes(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for one in evidence[:QUOTES]:
        yield f"turn {one.turn}" + (f": “{_short(one.words)}”" if one.words else "")
    if len(evidence) > QUOTES:
        yield f"and {len(evidence) - QUOTES} more"


def _counted(points: float) -> str:
    return "1 point" if round(points) == 1 else f"{points:.0f} points"


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= QUOTED else f"{plain[: QUOTED - 1]}…"


def _command(played: Round, file: Path | None) -> str:
    what = f"--file {shlex.quote(str(file))}" if file else f"--scenario {played.scenario.id}"
    return f"amends practise {what} --persona {played.persona.id} --seed {played.seed}"
