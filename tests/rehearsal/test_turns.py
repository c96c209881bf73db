"""The corpus of trainee turns is sound, and what is heard in its open part does not fall below what was measured.

The floors stand a little below the figures of the day they were set, on the part that the rules were made with. The
honest figures are those of the part held out, in docs/practice/heard.md.
"""

from functools import cache

import pytest

from amends.rehearsal.moves import SAYABLE, Move
from bench.language.complaints import CORPORA
from bench.language.near import near_copies
from bench.language.score_turns import HEAD, counted, table_of
from bench.language.turns import PARTS, turns

ENOUGH_TURNS = 400
ENOUGH_OF_EACH = 10
TOO_SHORT_TO_COPY = 20
MICRO, MACRO, EXACT, EACH = 0.85, 0.84, 0.62, 0.45
IN_NO_SCENE = {Move.OFFER_MISMATCH}
"""A scene of the corpus does not say what would not fit, so nobody could label it there."""


@cache
def heard_in_dev():
    return counted(turns("dev"))


def test_there_are_turns_enough_and_enough_of_every_move_in_each_part():
    assert sum(len(turns(part)) for part in PARTS) >= ENOUGH_TURNS
    for part in PARTS:
        for move in set(SAYABLE) - IN_NO_SCENE:
            assert sum(move in one.moves for one in turns(part)) >= ENOUGH_OF_EACH, (part, move)


def test_no_author_is_in_two_parts():
    authors = [{path.name.split("-")[0] for path in (CORPORA / "turns" / part).glob("*.toml")} for part in PARTS]
    assert all(authors)
    assert authors[0] & authors[1] == set()


def test_no_answer_is_a_near_copy_of_one_in_the_other_part():
    ones, others = ([one for one in turns(part) if len(one.trainee) > TOO_SHORT_TO_COPY] for part in PARTS)
    near = near_copies([one.trainee for one in ones], [one.trainee for one in others])
    assert [(ones[pair.one].file, ones[pair.one].number, others[pair.other].file) for pair in near] == []


def test_what_is_heard_does_not_fall_below_what_was_measured():
    counts = heard_in_dev()
    assert counts.micro >= MICRO
    assert counts.macro >= MACRO
    assert counts.share >= EXACT


@pytest.mark.parametrize("move", [move for move in SAYABLE if move not in IN_NO_SCENE])
def test_each_move_is_heard_more_often_rightly_than_not(move):
    assert heard_in_dev().f1(move) >= EACH


def test_the_figures_of_a_part_are_reckoned_from_its_turns():
    table = table_of(heard_in_dev())
    assert table.head == HEAD
    assert {row[0] for row in table.rows} >= {move.value for move in SAYABLE if move not in IN_NO_SCENE}
    assert table.said[0].startswith(f"{len(turns('dev'))} turns")
