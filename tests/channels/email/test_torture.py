"""No mail of the torture set crashes the walker, takes a second, or leaves anything unsafe behind."""

import re
import time

import pytest

from amends.channels.email.enclosures import enclosure_bytes
from amends.channels.email.parse import Unreadable, parse
from tests.channels.email.safety import assert_safe
from tests.channels.email.torture import ALL, HTML

REFUSED = {"50,000 headers"}
TAG = (
    r"(?:a|p|br|div|b|strong|i|em|u|s|del|ins|sub|sup|small|code|pre|blockquote|ul|ol|li|dl|dt|dd|hr|"
    r"table|caption|thead|tbody|tfoot|tr|td|th|h[1-6])[ >/]"
)
UNSAFE = re.compile(rf"<(?!/?{TAG})|<[^>]*\s(?:style|on\w+|src|srcdoc|action)=|href=\"(?!https?:|mailto:|tel:)")


def test_the_set_is_large_enough():
    assert len(ALL) >= 60


@pytest.mark.parametrize("name", sorted(ALL.keys() - REFUSED))
def test_torture(name):
    started = time.process_time()
    envelope = parse(ALL[name])
    taken = time.process_time() - started
    assert taken < 1
    assert_safe(envelope)
    for enclosure in envelope.enclosures:
        if enclosure.index % 250 == 0 or len(envelope.enclosures) < 5:
            assert len(enclosure_bytes(ALL[name], enclosure.index)) == enclosure.size


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_refused_says_why_and_what_to_do(name):
    with pytest.raises(Unreadable, match=r"It was not read; the raw mail is kept\. Ask the sender"):
        parse(ALL[name])


@pytest.mark.parametrize("name", HTML)
def test_sanitised_html_holds_only_what_is_allowed(name):
    assert not UNSAFE.search(parse(HTML[name]).html)


@pytest.mark.parametrize(
    "name",
    ["20,000 open div", "20,000 open font", "20,000 attributes", "50,000 open comments",
     "50,000 open scripts",     "unclosed attribute", "image of 3 MB", "base and meta", "css",
     "frames"],
)  # fmt: skip
def test_words_in_hostile_html_are_kept(name):
    assert "words" in parse(HTML[name]).text


def test_bombs_are_not_unpacked():
    for name in ("zip bomb", "gzip bomb", "png bomb", "pdf bomb"):
        assert all(enclosure.size < 50_000 for enclosure in parse(ALL[name]).enclosures)
