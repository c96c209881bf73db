"""The scripts that measure say what they measured, whole and under names that the page knows."""

from bench.language import adversarial, speed
from bench.language.publish import shown


def test_every_speed_is_measured_and_has_words():
    lines = list(speed.figures(2))
    assert [line["figure"] for line in lines] == list(speed.WORDS)
    assert all(line["value"] > 0 and line["texts"] >= 1 for line in lines)


def test_the_hits_of_every_kind_add_up_to_all():
    *kinds, total = adversarial.measured().rows
    assert total[0] == "all"
    for column in (1, 2):
        pairs = [tuple(map(int, row[column].split(" of "))) for row in kinds if row[column] != "–"]
        assert " of ".join(str(sum(part)) for part in zip(*pairs, strict=True)) == total[column]


def test_kept_figures_are_shown_with_the_command_the_day_and_the_commit():
    kept = {
        "command": "c",
        "date": "2026-11-22",
        "commit": "commit 0",
        "head": ["a", "b"],
        "rows": [["1", "2"]],
        "said": [],
    }
    assert shown(kept) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n`c`, 2026-11-22, at commit 0.\n"
