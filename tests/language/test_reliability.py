"""The reliability diagram is reckoned and drawn right, on figures small enough to check by hand."""

import xml.etree.ElementTree as ET

import pytest

from bench.language.reliability import binned, calibration_error, picture

TEN = [(0.9, True)] * 8 + [(0.9, False)] * 2
FOUR = [(0.25, True)] + [(0.25, False)] * 3


def test_what_is_said_is_held_against_what_is_true():
    low, high = binned(TEN + FOUR)
    assert (low.low, low.high, low.count, low.said, low.true) == (0.2, 0.3, 4, 0.25, 0.25)
    assert (high.low, high.high, high.count) == (0.9, 1.0, 10)
    assert (high.said, high.true) == pytest.approx((0.9, 0.8))
    assert calibration_error([low, high]) == pytest.approx(10 / 14 * 0.1)


def test_the_interval_is_wilsons():
    """8 of 10: .490 to .943 (Brown, Cai & DasGupta 2001, the formula reckoned by hand)."""
    assert binned(TEN)[0].interval == pytest.approx((0.490, 0.943), abs=0.001)


def test_certain_is_in_the_last_bin():
    assert [(one.low, one.count) for one in binned([(1.0, True), (0.0, False)])] == [(0.0, 1), (0.9, 1)]


def test_the_picture_is_sound_and_says_in_words_what_it_shows():
    root = ET.fromstring(picture(binned(TEN + FOUR)))
    svg = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{svg}circle")) == 2
    assert root.findtext(f"{svg}desc") == "said 0.25, true 0.25, 4 messages; said 0.90, true 0.80, 10 messages"
    assert "prefers-color-scheme: dark" in root.findtext(f"{svg}style")
