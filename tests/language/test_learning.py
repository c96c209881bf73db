"""What reading learns from a team's corrections: a little, the same each time, and nothing it was not told."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amends.language.issues import CATEGORIES
from amends.language.kinds import KindsRefused, categories, with_own
from amends.language.learning.example import Example, Marked
from amends.language.learning.fit import Correction
from amends.language.learning.fold import folded, with_heads
from amends.language.learning.refit import FEWEST, MOST, refit, within_reach
from amends.language.learning.rows import Rows
from amends.language.learning.yardstick import yardstick
from amends.language.reading import read
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.trained.weights import Trained, shipped
from amends.language.words import words_of

MESSAGES = Path(__file__).parent / "data" / "messages.jsonl"
TEMPLATES = (
    "The {word} would not take my code.",
    "I stood before the {word} with my code and its door stayed shut.",
    "My things are in a {word} that nobody can open.",
    "Your {word} does not know my code.",
    "The code for the {word} was refused three times.",
    "The {word} at the station did not open.",
)
# No word list names what is wrong here: in a short message a listed word ("refuses") outweighs what was taught.
ASKED = "The {word} will not take my code at all."
SYLLABLES = st.sampled_from(["ba", "do", "fi", "gu", "kel", "lor", "mim", "nup", "rat", "sev", "tiz", "vom", "zab"])
WORDS = st.lists(SYLLABLES, min_size=3, max_size=5, unique=True).map("".join)


def example(number: int, text: str, *told: tuple[str, str, str]) -> Example:
    """A message of which people said that these words tell an issue of this category and kind."""
    places = tuple(Marked(text.index(words), text.index(words) + len(words), *kind) for words, *kind in told)
    return Example(number, text, complaint=bool(told), told=places)


def ordinary() -> list[Example]:
    rows = [json.loads(line) for line in MESSAGES.read_text("utf-8").splitlines()]
    return [
        example(n, row["text"], *((one["words"], one["category"], "") for one in row["issues"]))
        for n, row in enumerate(rows)
        if row["split"] == "dev"
    ]


def lockers(word: str, times: int = 2) -> list[Example]:
    texts = [template.format(word=word) for template in TEMPLATES * times]
    return [example(1000 + n, text, (text, "delivery", "locker")) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def taught() -> Trained:
    return refit(shipped(), [*ordinary(), *lockers("pickup locker")], ["delivery.locker"])


def same(one: Trained, other: Trained) -> bool:
    return one.cuts == other.cuts and all(
        table.names == other.tables[name].names
        and np.array_equal(table.weights, other.tables[name].weights)
        and np.array_equal(table.scales, other.tables[name].scales)
        and np.array_equal(table.biases, other.tables[name].biases)
        for name, table in one.tables.items()
    )


def test_no_examples_change_nothing() -> None:
    assert same(refit(shipped(), [], ["delivery.locker", "delivery.late"]), shipped())


def test_what_is_in_no_language_we_read_teaches_nothing() -> None:
    text = "De bestelling is nog steeds niet aangekomen en niemand neemt de telefoon op, wat een slechte dienst."
    assert same(refit(shipped(), [example(1, text, (text, "delivery", "late"))]), shipped())


def test_the_same_examples_teach_the_same(taught) -> None:
    assert same(refit(shipped(), [*ordinary(), *lockers("pickup locker")], ["delivery.locker"]), taught)


@given(WORDS)
@settings(max_examples=12)
def test_a_new_word_moves_its_issue_to_the_category_it_was_taught_in(word: str) -> None:
    text = ASKED.format(word=word)
    before = {one.category for one in read(text).issues}
    assume(before)  # where nothing is proposed there is nothing to move
    learned = refit(shipped(), [*ordinary(), *lockers(word, 4)], ["delivery.locker"])
    assert "delivery" in {one.category for one in read(text, learned).issues} - before


def test_a_kind_of_the_teams_own_is_proposed_once_it_was_taught() -> None:
    text = ASKED.format(word="lockbox")
    learned = refit(shipped(), [*ordinary(), *lockers("lockbox", 4)], ["delivery.locker"])
    kinds = [{(one.category, one.subcategory) for one in read(text, by).issues} for by in (shipped(), learned)]
    assert ("delivery", "locker") in kinds[1] - kinds[0]


def test_a_kind_that_too_few_messages_tell_has_no_head_yet() -> None:
    few = lockers("locker")[: FEWEST - 1]
    assert "delivery.locker" not in refit(shipped(), few, ["delivery.locker"]).tables["kinds"].names
    enough = lockers("locker")[:FEWEST]
    assert "delivery.locker" in refit(shipped(), enough, ["delivery.locker"]).tables["kinds"].names


def test_what_people_took_off_is_proposed_less() -> None:
    text = "The tenor sang flat in the second act and my seat had a view of a pillar. I was not told about the pillar."
    words = "The tenor sang flat in the second act"
    before = [one.words for one in read(text).issues]
    assert any(words in one for one in before)
    place = (text.index(words), text.index(words) + len(words))
    others = tuple(
        Marked(one.start, one.end, one.category, one.subcategory) for one in read(text).issues if one.start >= place[1]
    )
    said = [Example(n, text, True, others, (place,)) for n in range(20)]
    learned = refit(shipped(), [*ordinary(), *said])
    assert not any(words in one.words for one in read(text, learned).issues)


def test_messages_said_to_be_no_complaint_are_read_less_as_one() -> None:
    text = "My subscription number has changed, the old card was cancelled. Please note the new one."
    said = [Example(n, text, False) for n in range(20)]
    learned = refit(shipped(), [*ordinary(), *said])
    assert read(text, learned).complaint.probability < read(text).complaint.probability


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "The locker refuses my code.",
                "Mein Paket liegt noch immer im Automaten.",
                "Le colis n'est jamais arrivé.",
                "El paquete nunca llegó.",
                "When do you open?",
                "> The locker ate my parcel.",
                "On Monday, Tom wrote:",
                "Order 4711, 89 euros",
                "\n",
            ]
        ),
        max_size=8,
    ).map("\n".join),
)


@given(TEXTS)
@settings(max_examples=60)
def test_learning_touches_neither_language_nor_questions_nor_facts_nor_quotations(taught, text: str) -> None:
    before, after = read(text), read(text, taught)
    assert (after.language, after.questions, after.facts) == (before.language, before.questions, before.facts)
    for one in after.issues:
        assert text[one.start : one.end] == one.words
        assert not any(line.startswith(">") for line in one.words.splitlines())


def test_heads_that_nobody_corrects_stay_as_they_are(taught) -> None:
    was, now = shipped().tables["message"], taught.tables["message"]
    others = [n for n, name in enumerate(was.names) if name != "complaint"]
    assert np.array_equal(was.weights[:, others], now.weights[:, others])
    assert not same(taught, shipped())


def test_rows_that_no_message_touches_stay_as_they_are() -> None:
    table = shipped().tables["clause"]
    step = table.scales[0, 0]
    made = folded(table, Correction(np.array([7, 40_000]), np.array([[step], [step * 2]]), np.array([0.5])), [0])
    changed = np.argwhere(made.weights != table.weights).tolist()
    assert {tuple(one) for one in changed} <= {(7, 0), (40_000, 0)}
    assert made.biases[0] == table.biases[0] + 0.5
    assert table.biases[0] == shipped().tables["clause"].biases[0]


@given(st.floats(-40, 40, allow_nan=False).filter(lambda one: abs(one) > 1e-3))
def test_a_head_that_outgrows_its_scale_is_rounded_within_one_step(added: float) -> None:
    table = shipped().tables["clause"]
    made = folded(table, Correction(np.array([3]), np.array([[added]]), np.array([0.0])), [2])
    was = table.weights[:32768, 2] * table.scales[0, 2]
    now = made.weights[:32768, 2] * made.scales[0, 2]
    was[3] += added
    assert np.abs(now - was).max() <= made.scales[0, 2] * 1.0001


def test_a_head_that_was_never_taught_says_the_least_of_its_category() -> None:
    made = with_heads(shipped().tables["kinds"], ["delivery.late", "delivery.locker"])
    below = [bias for name, bias in zip(made.names, made.biases, strict=True) if name.startswith("delivery.")]
    assert made.names[-1] == "delivery.locker"
    assert made.biases[-1] == min(below)


@given(st.data())
@settings(max_examples=40)
def test_sparse_rows_multiply_as_a_matrix_does(data) -> None:
    width = 6
    cells = st.dictionaries(st.integers(0, width - 1), st.floats(0, 4, width=32), min_size=1, max_size=width)
    found = data.draw(st.lists(cells, min_size=1, max_size=5))
    dense = np.array([[row.get(n, 0.0) for n in range(width)] for row in found])
    columns = np.array([n for row in found for n in row], dtype=np.int32)
    values = np.array([value for row in found for value in row.values()], dtype=np.float32)
    rows = Rows(columns, values, np.cumsum([0, *(len(row) for row in found)]))
    numbers = np.random.default_rng(1)
    weights, scores = numbers.normal(size=(width, 2)), numbers.normal(size=(len(found), 2))
    assert rows.times(weights) == pytest.approx(dense @ weights, abs=1e-4)
    assert rows.back(scores, width) == pytest.approx(dense.T @ scores, abs=1e-4)


def test_no_more_is_learned_from_at_once_than_a_machine_can_hold() -> None:
    short = [Example(n, "Late.", True) for n in range(MOST + 5)]
    assert within_reach(short) == short[:MOST]
    long = [Example(n, "x" * 2_000_000, True) for n in range(5)]
    assert within_reach(long) == long[:2]


def test_the_yardstick_holds_every_category_in_languages_that_are_read() -> None:
    kinds = {f"{name}.{kind}" for name, category in categories().items() for kind in category.kinds}
    marked = [one for message in yardstick() for one in message.told]
    assert {one.category for one in marked} == set(CATEGORIES)
    assert {f"{one.category}.{one.kind}" for one in marked} <= kinds
    assert {language_of(words_of(message.text)) for message in yardstick()} <= {*READ_LANGUAGES, ""}
    assert 80 <= len(yardstick()) <= 100
    assert not any("{" in message.text or "}" in message.text for message in yardstick())


def test_nothing_of_the_yardstick_stands_in_the_corpora() -> None:
    corpora = Path(__file__).parents[2] / "corpora"
    written = "\n".join(path.read_text("utf-8") for path in sorted(corpora.glob("*/train/*.txt")))
    written += "\n".join(path.read_text("utf-8") for path in sorted(corpora.glob("phrases/*.txt")))
    assert [one.text for one in yardstick() if one.text in written] == []


def test_a_team_adds_kinds_of_its_own() -> None:
    made = with_own('[delivery.kinds]\nlocker = " Locker did not open "\n')
    assert made["delivery"].kinds == {**categories()["delivery"].kinds, "locker": "Locker did not open"}
    assert made["privacy"] == categories()["privacy"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("= 1", "cannot be read as TOML"),
        ("[weather.kinds]\nrain = 'Rain'", "there is no category “weather”"),
        ("[delivery.kinds]\n'Not a name' = 'x'", "“Not a name” has to be a name in small letters"),
        ("[delivery.kinds]\nlocker = ''", "“locker” needs the words people see"),
        ("[delivery.kinds]\nlocker = 3", "“locker” needs the words people see"),
        ("[delivery]\nkinds = 3", "write the kinds of delivery"),
        ("delivery = 3", "write the kinds of delivery"),
    ],
)
def test_kinds_that_cannot_be_used_are_refused_with_the_entry(words: str, sentence: str) -> None:
    with pytest.raises(KindsRefused, match=sentence):
        with_own(words)
