"""A small set of made-up public posts and complaints, each post labelled with the complaint it is about, or none.

Written before the rule was run on it, by us, to be hard: namesakes in one week, nicknames, mistyped orders, strangers
with another shop's number, posts long after. It says how the rule does on this set and no more. The figures are printed
by `python -m tests.method.labelled_posts`.
"""

import sys
from datetime import date

from amends.method.rates import wilson
from amends.method.same_writer import Complained, Likely, Said, Why, likely


def _day(month: int, number: int) -> date:
    return date(2026, month, number)


def _case(case: int, name: str, orders: str, opened: date, closed: date | None) -> Complained:
    return Complained(case, name, frozenset(orders.split()), opened, closed)


COMPLAINTS = (
    _case(1, "Maria Oduya", "LH-48213", _day(3, 2), _day(3, 12)),
    _case(2, "Jonas Lindqvist", "LH-48300", _day(3, 4), _day(3, 9)),
    _case(3, "Anna Schmidt", "LH-48555", _day(3, 10), _day(3, 20)),
    _case(4, "Anna Schmidt", "LH-48777", _day(3, 14), None),
    _case(5, "Siobhán O'Neill", "LH-49001", _day(4, 1), _day(4, 8)),
    _case(6, "Piet de Vries", "LH-49002", _day(4, 2), _day(4, 30)),
    _case(7, "Fatima Zahra Benali", "LH-49100", _day(4, 6), _day(4, 16)),
    _case(8, "José García", "", _day(5, 1), _day(5, 5)),
    _case(9, "Lee Wong", "LH-49555", _day(5, 3), _day(5, 18)),
    _case(10, "Katarzyna Nowak", "LH-49666 LH-49667", _day(5, 10), _day(5, 25)),
    _case(11, "Tom Baker", "LH-50001", _day(6, 1), _day(6, 4)),
    _case(12, "Thomas Baker", "LH-50002", _day(6, 3), _day(6, 20)),
    _case(13, "Ines", "", _day(6, 10), _day(6, 15)),
    _case(14, "Olu Adebayo", "LH-50500", _day(7, 1), None),
)

# Author, order, day, and the complaint it truly is about (0: none of ours).
POSTS: tuple[tuple[str, str, date, int], ...] = (
    ("Maria Oduya", "", _day(3, 5), 1),
    ("Maria O.", "", _day(3, 18), 1),
    ("mariaoduya", "lh 48213", _day(3, 30), 1),
    ("Maria", "", _day(3, 6), 0),
    ("M. Oduya", "", _day(3, 3), 1),
    ("Maria O.", "", _day(3, 8), 0),  # another Maria O., who bought a lamp and never wrote
    ("Jonas L", "", _day(3, 6), 2),
    ("Jonas Lindqvist", "", _day(4, 22), 2),  # six weeks later
    ("jonny_l", "LH48300", _day(3, 7), 2),
    ("Jonas Lindgren", "", _day(3, 6), 0),
    ("Anna Schmidt", "", _day(3, 19), 3),
    ("Anna S.", "", _day(3, 22), 4),
    ("Schmidt, Anna", "LH-48777", _day(3, 24), 4),
    ("Anna Schmidt", "", _day(6, 2), 0),  # a namesake, while case 4 is open
    ("Siobhan O Neill", "", _day(4, 3), 5),
    ("Siobhan", "LH-49001", _day(4, 3), 5),
    ("S. O'Neill", "", _day(4, 12), 5),
    ("Piet de Vries", "", _day(4, 20), 6),
    ("P. de Vries", "", _day(4, 21), 6),
    ("Piet V.", "", _day(4, 10), 6),
    ("Vries", "", _day(4, 11), 0),
    ("Fatima Benali", "", _day(4, 9), 7),
    ("Fatima Z.", "", _day(4, 9), 7),
    ("F.Z.B.", "LH-49100", _day(4, 12), 7),
    ("Jose Garcia", "", _day(5, 2), 8),
    ("José G.", "", _day(5, 9), 0),  # a common name in the same week
    ("Garcia Jose", "", _day(5, 4), 8),
    ("Lee W", "", _day(5, 10), 9),
    ("Wong Lee", "LH-49556", _day(5, 6), 9),  # mistyped
    ("Katarzyna N.", "", _day(5, 30), 10),
    ("Kasia Nowak", "", _day(5, 15), 10),
    ("kasia", "49666", _day(5, 15), 10),
    ("Tom Baker", "", _day(6, 5), 11),
    ("T. Baker", "", _day(6, 18), 12),
    ("Tom B.", "", _day(6, 19), 12),  # calls himself Tom
    ("Ines", "", _day(6, 12), 13),
    ("Olu A.", "", _day(7, 3), 14),
    ("Adebayo", "LH-50500", _day(9, 1), 14),
    ("Nina Berg", "LH-50500", _day(8, 2), 0),  # copied the number from Olu's post
    ("A disappointed customer", "", _day(7, 3), 14),
    ("Nina Berg", "", _day(4, 4), 0),
    ("Sam Carter", "12", _day(3, 11), 0),
)


def first_proposals() -> list[tuple[Likely | None, int]]:
    """For each post what is proposed first, or nothing, and what is true."""
    found = [(likely(Said(author, order, day), COMPLAINTS), true) for author, order, day, true in POSTS]
    return [(proposed[0] if proposed else None, true) for proposed, true in found]


def precision(why: Why | None = None) -> tuple[int, int]:
    """How many of the first proposals are right, of how many; of one kind or of all."""
    made = [(one.case, true) for one, true in first_proposals() if one and (why is None or one.why is why)]
    return sum(case == true for case, true in made), len(made)


def recall() -> tuple[int, int]:
    """For how many of the posts about a complaint the right one is proposed first."""
    about = [(one, true) for one, true in first_proposals() if true]
    return sum(one is not None and one.case == true for one, true in about), len(about)


if __name__ == "__main__":
    rows = [("right, of all proposed", precision()), ("by order", precision(Why.ORDER))]
    rows += [("by name and week", precision(Why.NAME)), ("found, of all about a complaint", recall())]
    for name, (count, of) in rows:
        low, high = wilson(count, of)
        sys.stdout.write(f"{name}: {count} of {of}, {count / of:.0%} ({low:.0%} to {high:.0%})\n")
