"""When reading switches to what was learned, and that an older version is never lost on the way."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from amends.errors import AmendsError
from amends.language.issues import CATEGORIES
from amends.language.learning.example import Example, Marked
from amends.language.learning.figures import Figure, compared
from amends.language.learning.verdict import FEWEST_HELD, MOST_LOST, TooFew, decided, is_held, tried
from amends.language.learning.versions import (
    NoSuchVersion,
    NotUsable,
    choose,
    chosen,
    keep,
    load,
    numbers,
    version,
)
from amends.language.learning.yardstick import yardstick
from amends.language.reading import read
from amends.language.trained.weights import shipped

ABOUT = {"date": "2026-11-22", "examples": "300", "held": "60", "by": 'Ada \\"A\\" Lind', "before": "0"}
FIGURES = {'figures."issues, F1"': "51.0 to 53.5"}
THINGS = ("kettle", "lamp", "desk", "chair", "mirror", "rug", "clock", "kettle lid", "shelf", "bench")
ENDS = ("went into the locker", "lies in the locker", "was put into a locker", "stays in the locker")


def desk(kind: str = "locker", *, also_held: str = "", times: int = 300) -> list[Example]:
    """A desk whose messages each tell one thing, in its own words; `also_held` is what held-out cases call it."""
    found = []
    for case in range(times):
        text = f"My {THINGS[case % 10]} number {case} {ENDS[case % 4]} and my code is refused."
        category, _, below = (also_held if also_held and is_held(case) else f"delivery.{kind}").partition(".")
        found.append(Example(case, text, True, (Marked(0, len(text), category, below),)))
    return found


def test_one_case_in_five_is_held_out_and_always_the_same_ones() -> None:
    held = [case for case in range(5000) if is_held(case)]
    assert 0.18 < len(held) / 5000 < 0.22
    assert held == [case for case in range(5000) if is_held(case)]


def test_too_few_messages_are_refused_with_how_many_are_missing() -> None:
    held = sum(is_held(one.case) for one in desk(times=100))
    with pytest.raises(TooFew, match=rf"{held} messages, and {FEWEST_HELD} are needed. Some {5 * (50 - held)} more"):
        tried(desk(times=100), [], None)
    with pytest.raises(TooFew, match="People went through 0 messages"):
        tried([], [], None)


def test_a_desk_that_calls_things_by_its_own_name_is_read_better() -> None:
    verdict = tried(desk(), ["delivery.locker"], None)
    kind = next(one for one in verdict.own if one.name.startswith("kind"))
    assert kind.after > kind.before
    assert verdict.examples + verdict.held == 300
    assert verdict.decision.switches
    assert "kind of found issues" in verdict.decision.reason


def as_read(one: Example) -> Example:
    """The same message, of which people say what the shipped reading says."""
    told = tuple(Marked(0, len(one.text), issue.category, "") for issue in read(one.text).issues[:1])
    return replace(one, complaint=bool(told), told=told)


def test_what_held_out_cases_speak_against_is_not_switched_to() -> None:
    held = [as_read(one) for one in desk() if is_held(one.case)]
    said = {one.told[0].category for one in held if one.told}
    wrong = next(one for one in CATEGORIES if one not in said)
    taught = [
        replace(one, told=(replace(one.told[0], category=wrong, kind=""),)) for one in desk() if not is_held(one.case)
    ]
    verdict = tried([*taught, *held], [], None)
    assert not verdict.decision.switches
    assert "category" in verdict.decision.reason


def figure(before: float, after: float, lower: float = 0.0, name: str = "issues, F1") -> Figure:
    return Figure(name, before, after, lower)


@pytest.mark.parametrize(
    ("own", "known", "switches", "sentence"),
    [
        ([figure(50, 55)], [figure(80, 80)], True, "On your held-out cases this rose: issues, F1."),
        ([figure(50, 55), figure(70, 69, 0.7, "x")], [], True, "this rose: issues, F1."),
        ([figure(50, 55), figure(70, 66, 0.9, "x")], [], False, "On your held-out cases this fell: x."),
        ([figure(50, 50)], [], False, "On your held-out cases nothing rose."),
        ([figure(50, 49, 0.6)], [], False, "nothing rose"),
        ([figure(50, 55)], [figure(80, 80 - MOST_LOST, 1.0)], True, "this rose"),
        ([figure(50, 55)], [figure(80, 79.9 - MOST_LOST, 0.2)], False, "On the yardstick this fell by more than 5"),
        ([], [], False, "nothing rose"),
    ],
)
def test_it_switches_only_where_no_figure_falls(own, known, switches, sentence) -> None:
    told = decided(own, known)
    assert (told.switches, sentence in told.reason) == (switches, True), told.reason


def test_reading_with_the_same_heads_gives_the_same_figures() -> None:
    figures = compared(yardstick(), None, shipped())
    assert {one.name for one in figures} >= {"complaint, F1", "issues, F1", "category, macro-F1"}
    assert all((one.before, one.lower) == (one.after, 0.0) for one in figures)
    assert compared([], None, None) == ()


def test_figures_are_counted_as_they_say() -> None:
    text = "The parcel never arrived. I was charged twice."
    right = read(text)
    told = tuple(Marked(one.start, one.end, one.category, one.subcategory) for one in right.issues)
    assert len(told) == 2
    missed = Example(2, text, False, (replace(told[0], category="privacy"), told[1], Marked(0, 3, "access")))
    all_right = compared([Example(1, text, True, told)], None, None)
    assert {one.before for one in all_right} == {100.0}
    some = {one.name: one.before for one in compared([missed], None, None)}
    assert some["complaint, F1"] == 0.0
    assert some["issues, F1"] == pytest.approx(100 * 2 * 2 / 5)
    assert some["kind of found issues"] == 50.0
    found = {one.category for one in right.issues}
    assert found == {"delivery", "price_billing"}
    assert some["category, macro-F1"] == pytest.approx(100 * (0 + 1 + 0) / 3)


def test_a_version_is_kept_chosen_and_left_again(tmp_path) -> None:
    folder = tmp_path / "learned"
    assert (chosen(folder), numbers(folder), load(folder, 0)) == (0, [], None)
    assert keep(folder, shipped(), ABOUT | FIGURES) == 1
    assert chosen(folder) == 0
    choose(folder, 1)
    assert keep(folder, shipped(), {**ABOUT, **FIGURES, "before": "1"}) == 2
    assert (chosen(folder), numbers(folder)) == (1, [1, 2])
    told = version(folder, 2)
    assert (told.number, told.before, told.by, told.examples) == (2, 1, 'Ada "A" Lind', 300)
    assert told.figures == {"issues, F1": "51.0 to 53.5"}
    assert read("It broke.", load(folder, 1)) == read("It broke.")
    with pytest.raises(NoSuchVersion, match="There is no version 3"):
        choose(folder, 3)
    choose(folder, 0)
    assert chosen(folder) == 0


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda home: damage(home / "weights.npz"),
        lambda home: (home / "weights.npz").unlink(),
        lambda home: (home / "weights.npz").write_bytes(b""),
        lambda home: (home / "weights.toml").unlink(),
        lambda home: (home / "weights.toml").write_text("= 1"),
        lambda home: (home / "weights.toml").write_bytes(b"\xff\xfe"),
    ],
)
def test_a_damaged_version_is_refused_with_what_to_do(tmp_path, spoil) -> None:
    keep(tmp_path, shipped(), ABOUT | FIGURES)
    spoil(tmp_path / "1")
    with pytest.raises(NotUsable, match="Version 1 of what reading learned is damaged, so reading uses what ships"):
        load(tmp_path, 1)


def test_a_version_learned_on_other_weights_is_refused(tmp_path) -> None:
    keep(tmp_path, shipped(), ABOUT | FIGURES)
    pinned = tmp_path / "1" / "weights.toml"
    base = tomllib.loads(pinned.read_text())["base"]
    pinned.write_text(pinned.read_text().replace(base, "0" * 64))
    with pytest.raises(NotUsable, match="learned on top of another Amends"):
        load(tmp_path, 1)


@pytest.mark.parametrize("words", ["", "two", "-1", "1.5", "\n"])
def test_a_choice_that_is_no_number_is_what_ships(tmp_path, words: str) -> None:
    (tmp_path / "chosen").write_text(words)
    assert chosen(tmp_path) == 0


LOOP = f"""
import sys
from pathlib import Path
from amends.language.learning.versions import choose, keep
from amends.language.trained.weights import shipped
folder, about = Path(sys.argv[1]), {ABOUT | FIGURES!r}
trained = shipped()
print("ready", flush=True)
while True:
    choose(folder, keep(folder, trained, about))
"""


@pytest.mark.parametrize("after", [0.05, 0.9, 1.7, 2.6])
def test_killed_in_the_middle_the_old_version_stays(tmp_path, after: float) -> None:
    keep(tmp_path, shipped(), ABOUT | FIGURES)
    choose(tmp_path, 1)
    writer = subprocess.Popen(
        [sys.executable, "-c", LOOP, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    with writer:
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
    assert chosen(tmp_path) in numbers(tmp_path)
    assert all(load(tmp_path, number) is not None for number in numbers(tmp_path))
    assert keep(tmp_path, shipped(), ABOUT | FIGURES) == max(numbers(tmp_path))


def test_every_refusal_is_a_sentence_for_a_person() -> None:
    assert all(issubclass(one, AmendsError) for one in (TooFew, NotUsable, NoSuchVersion))
