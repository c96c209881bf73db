"""The trained parts: what ships is what was pinned, small and quick to load; places add up; kinds are data."""

import time

import numpy as np
import pytest

from amends.language.issues import CATEGORIES
from amends.language.kinds import categories
from amends.language.reading import read
from amends.language.trained.features import features, outside
from amends.language.trained.heads import of_each, of_message, of_spans
from amends.language.trained.weights import PINNED, WEIGHTS, WeightsChanged, load, save, shipped
from amends.language.words import words_of

TEXT = 'The lamp came nine days late. "You should have called us before", she said. Its foot is broken!'
MOST_BYTES = 8_000_000
LONGEST_LOAD = 0.15


def test_weights_that_were_changed_are_refused(tmp_path) -> None:
    save(shipped(), tmp_path, {"date": "2026-11-22"})
    assert load(tmp_path).cuts.keys() == shipped().cuts.keys()
    content = bytearray((tmp_path / WEIGHTS).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / WEIGHTS).write_bytes(content)
    with pytest.raises(WeightsChanged, match=PINNED):
        load(tmp_path)


def test_the_weights_are_small_and_quick_to_load(tmp_path) -> None:
    save(shipped(), tmp_path, {})
    assert (tmp_path / WEIGHTS).stat().st_size <= MOST_BYTES
    spent = []
    for _ in range(5):
        began = time.process_time()
        load(tmp_path)
        spent.append(time.process_time() - began)
    assert min(spent) <= LONGEST_LOAD


def test_every_kind_that_can_be_read_has_its_words() -> None:
    assert tuple(categories()) == CATEGORIES
    kinds = {f"{name}.{kind}" for name, category in categories().items() for kind in category.kinds}
    assert set(shipped().tables["kinds"].names) == kinds


def test_one_place_that_is_the_whole_scores_as_the_whole() -> None:
    table = shipped().tables["clause"]
    found = features(TEXT, words_of(TEXT), ())
    whole = np.array([[0, len(TEXT) + 9]])
    assert of_spans(table, found, whole)[0] == pytest.approx(of_message(table, found))
    halves = np.array([[0, 30], [30, len(TEXT)]])
    assert of_spans(table, found, halves) == pytest.approx(of_each(table, found, halves))


def test_features_of_what_others_said_are_left_out() -> None:
    start, end = TEXT.index('"'), TEXT.rindex('"') + 1
    found = outside(features(TEXT, words_of(TEXT), ()), ((start, end),))
    assert not ((found.kept >= start) & (found.kept < end)).any()
    assert not ((found.word_starts >= start) & (found.word_starts < end)).any()
    assert len(found.word_starts) + 7 == len(words_of(TEXT).starts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I was charged twice for the same order.", ("price_billing", "double_charged")),
        ("Die Lampe ist kaputt.", ("product_quality", "broken")),
        ("Le livreur n'a même pas sonné.", ("delivery", "courier")),
        ("No puedo entrar en mi cuenta.", ("access", "login")),
    ],
)
def test_an_issue_has_its_kind_in_two_levels(text: str, kind: tuple[str, str]) -> None:
    assert [(issue.category, issue.subcategory) for issue in read(text).issues] == [kind]
    assert read(text).issues[0].second in set(CATEGORIES) - {kind[0]}
