"""What a text means: the model is believed only if it is the measured one, and a desk without it reads as before.

The tests at the end need the model itself (`make embeddings`) and say so where it is not there.
"""

import math
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from amends.language.ear import TABLE
from amends.language.reading import Reading, read
from amends.language.sense.learned import FOLDER, senses, shipped_sense, within
from amends.language.sense.model import FILES, ModelMissing, curved, load
from amends.language.trained.signs import FEELINGS
from amends.language.trained.weights import shipped

with_model = pytest.mark.skipif(not os.environ.get(FOLDER), reason="needs MiniLM: make embeddings")
LATE = "The lamp came nine days late. Nobody answered my mails."
SPAET = "Die Lampe kam neun Tage zu spät. Niemand hat auf meine Mails geantwortet."


def test_a_folder_without_the_model_says_what_belongs_there(tmp_path):
    with pytest.raises(
        ModelMissing, match=r"AMENDS_EMBEDDINGS names a folder with model.safetensors and tokenizer.json"
    ):
        load(tmp_path)


def test_another_file_of_that_name_is_not_believed(tmp_path):
    for name in FILES:
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(ModelMissing, match="another file than the one that was measured"):
        load(tmp_path)


def test_the_curve_is_that_of_the_normal_distribution():
    values = np.linspace(-6, 6, 97, dtype=np.float32)
    wanted = [one / 2 * (1 + math.erf(one / math.sqrt(2))) for one in values.tolist()]
    assert np.allclose(curved(values), wanted, atol=2e-6)


def test_a_clause_is_looked_at_within_its_message():
    clauses, message = np.array([[1.0, 0.0], [0.6, 0.8]]), np.array([0.0, 1.0])
    seen = within(clauses, message)
    assert seen.shape == (2, 6)
    assert seen[:, :2].tolist() == clauses.tolist()
    assert seen[:, 2:4].tolist() == [[0.0, 1.0]] * 2
    assert seen[0, 4:].tolist() == [0.0, 0.0]
    assert seen[1, 5] > 0


def test_what_ships_fits_the_heads_that_ship():
    learned = shipped_sense()
    assert learned.moves.names == shipped().tables[TABLE].names
    assert learned.mix.shape == (3, len(learned.moves.names))
    assert learned.message.names == ("complaint", *FEELINGS)
    assert set(learned.stages) <= set(shipped().stages)
    assert set(learned.cuts) <= set(shipped().cuts)


@pytest.mark.skipif(bool(os.environ.get(FOLDER)), reason="this desk has the model")
def test_without_the_model_nothing_is_asked_of_it():
    assert senses() is None


@with_model
def test_texts_that_mean_alike_are_nearer():
    model = load(Path(os.environ[FOLDER]))
    cheque, refund, lamp = model.vectors(["The cheque never surfaced.", "I still have no refund.", "A blue lamp."])
    assert cheque @ refund > cheque @ lamp


@with_model
def test_a_text_has_one_vector_whatever_stands_beside_it():
    model = load(Path(os.environ[FOLDER]))
    texts = [LATE, "Nobody answered.", "", "x" * 5000, "Café ☕ — 9 days\x00late"]
    together = model.vectors(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    for text, row in zip(texts, together, strict=True):
        assert np.allclose(model.vectors([text])[0], row, atol=1e-4)


@pytest.fixture
def without(monkeypatch):
    """What a text says to a desk that does not have the model."""

    def unmeant(text: str) -> Reading:
        with monkeypatch.context() as desk:
            desk.delenv(FOLDER)
            senses.cache_clear()
            found = read(text)
        senses.cache_clear()
        return found

    return unmeant


@with_model
def test_only_english_is_read_with_it(without):
    assert read(SPAET) == without(SPAET)
    assert read(LATE).complaint.probability != without(LATE).complaint.probability


@with_model
def test_a_desk_that_learned_reads_with_it_too(without):
    learned = replace(shipped())
    assert read(LATE, learned) == read(LATE)
    assert read(LATE, learned) != without(LATE)
