"""Where the desk stands against ISO 10002, by its records, by how Amends is made, or for people to check.

What a clause asks for is said in our own words, and its number is general knowledge that nobody compared with the text.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from amends.cases.message import Message
from amends.insights.answer import Cell, Head, Table, between, percent
from amends.insights.line import Line, closed, issues
from amends.measures.figure import Figure
from amends.prevention.models import Attribution
from amends.recovery.survey import SurveyAsked


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its number, what it asks for, and where that is seen: a line, a page, or nowhere but with people."""

    number: str
    asks: str
    line: str = ""
    says: str = ""
    page: str = ""


STANDARD = {
    "harm": Line("Written down what it did to the customer", "issues", issues, ~Q(harm="")),
    "caused": Line("Linked to a cause", "issues", issues, Exists(Attribution.objects.filter(issue=OuterRef("pk")))),
    "surveyed": Line(
        "Asked how it was", "closed cases", closed, Exists(SurveyAsked.objects.filter(case=OuterRef("case")))
    ),
    "acknowledged": Line(
        "Acknowledged at once",
        "closed cases",
        closed,
        Exists(Message.objects.filter(case=OuterRef("case"), outgoing=True, automatic="acknowledgement")),
    ),
}
YOURS = "Yours to check: no record here can tell."
CLAUSES = (
    Clause("4", "Everybody can find out how to complain.", says=YOURS),
    Clause(
        "4", "Complaining costs nothing and needs no account.", says="So by the way Amends is made: a mail is enough."
    ),
    Clause(
        "4", "Nobody handles a complaint about themselves.", says="So by the way Amends is made: every verb refuses."
    ),
    Clause(
        "4", "What happened cannot be changed unnoticed.", says="So by the way Amends is made: “amends verify” checks."
    ),
    Clause(
        "4", "What we said we would do is done in time.", says="The promises and their times", page="promise-report"
    ),
    Clause("5–6", "There is a policy, and people know it.", says="The policy in force and its versions", page="policy"),
    Clause("5–6", "People are trained.", says="Paths and certificates, shown by their holders", page="practice"),
    Clause("7.2", "What it did to the customer is written down.", line="harm"),
    Clause("7.4", "A complaint is acknowledged at once.", line="acknowledged"),
    Clause("7.5–7.6", "A person looks into what went wrong.", line="listened"),
    Clause("7.7", "It is put right, and kept from happening again.", line="prevented"),
    Clause("7.8", "The customer hears what was decided before it is done.", line="agreed"),
    Clause("7.9", "It is closed once it is carried out, and watched after.", line="gates"),
    Clause("7.9", "Customers are asked again whether it holds.", line="asked"),
    Clause("8.1–8.2", "Complaints are sorted by what caused them.", line="caused"),
    Clause("8.3", "Customers are asked how it was.", line="surveyed"),
    Clause(
        "8.4–8.7",
        "Somebody looks at all this and makes it better.",
        says="Changes, and whether they worked",
        page="prevention",
    ),
    Clause("8.5–8.6", "It is audited, and leadership reviews it.", says=YOURS),
)


def standard_table(figures: dict[str, Figure]) -> Table:
    """Each clause with what it asks for in our words, and where the desk stands."""
    heads = (Head("ISO 10002", num=False), Head("Asks for", num=False), Head("Where you stand", num=False))
    rows = tuple((Cell(one.number), Cell(one.asks), _stands(one, figures)) for one in CLAUSES)
    return Table("standard", "Against ISO 10002, to check yourselves", heads, rows)


def _stands(clause: Clause, figures: dict[str, Figure]) -> Cell:
    if not clause.line:
        return Cell(clause.says, page=clause.page)
    figure = figures[clause.line]
    if not figure.can_tell:
        return Cell(f"Too few to tell: {figure.n:,} of the {figure.fewest} {figure.noun} needed.", faint=True)
    words = f"{figure.name}: {percent(figure.value)} ({between(figure)}) of {figure.n:,} {figure.noun}"
    return Cell(words, f"not:{clause.line}" if figure.value < 1 else "")


def standard_notes() -> tuple[Cell, ...]:
    """What the comparison is, and is not."""
    return (
        Cell(
            "The clauses of ISO 10002 are told in our own words, and their numbers were not compared with the text of "
            "the standard. This is for checking yourselves; it certifies nothing. A link leads to cases that lack it."
        ),
    )
