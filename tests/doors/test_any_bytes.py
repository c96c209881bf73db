"""Whatever bytes are handed to `amends read` and `amends check`: an answer or a refusal in words, never a crash."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from amends.cli import app, check, read  # noqa: F401 - each adds its command
from tests.language.test_any_text import ANY_TEXT

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["span", "category", "x"]), inner),
    max_leaves=6,
)
WORDS = ("text", "complaint", "reply", "issues", "our_fault", "channel", "other")
OBJECTS = st.dictionaries(st.sampled_from(WORDS), VALUES)
LINES = st.lists(OBJECTS.map(json.dumps) | st.text(max_size=30).filter(lambda one: "\ud800" not in one), max_size=4)
BYTES = st.binary(max_size=300) | LINES.map(lambda lines: "\n".join(lines).encode("utf-8", "replace"))
PROMPT = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def told(tmp_path):
    def invoke(given, *words, refused=False):
        file = tmp_path / "given"
        file.write_bytes(given)
        result = CliRunner().invoke(app, [str(file) if word == "FILE" else word for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert result.exit_code in ((2,) if refused else (0, 1))
        return result.stderr if refused else result.stdout

    return invoke


@PROMPT
@given(BYTES)
@example(bytes(range(256)))
@example(b"\xff\xfe\x00")
@example(b"")
def test_any_bytes_are_read(told, given):
    told(given, "read", "FILE")
    reading = json.loads(told(given, "read", "FILE", "--json"))
    assert 0 <= reading["complaint"]["probability"] <= 1


@PROMPT
@given(BYTES)
@example(b'{"text": "the parcel is broken \\ud800"}')
@example(b"[" * 100_000)
@example(b'{"text": "x", "other": ' + b"[" * 900 + b"]" * 900 + b"}")
@example(b'{"text": "x", "other": 1' + b"0" * 5000 + b"}")
@example(b'\xff\n\x00\nnull\n[1]\n3\n"text"')
def test_every_line_that_holds_anything_is_answered_with_a_reading_or_a_reason(told, given):
    answers = [json.loads(line) for line in told(given, "read", "FILE", "--jsonl").split("\n") if line]
    assert len(answers) == sum(bool(line.strip()) for line in _lines(given))
    for answer in answers:
        assert answer["reading"] or answer["error"]


@PROMPT
@given(BYTES, BYTES)
def test_any_bytes_are_checked_against_any(told, tmp_path_factory, reply, complaint):
    other = tmp_path_factory.mktemp("to") / "complaint"
    other.write_bytes(complaint)
    assert isinstance(json.loads(told(reply, "check", "FILE", "--to", str(other), "--json")), list)
    told(reply, "check", "FILE", "--to", str(other))


@PROMPT
@given(BYTES)
@example(b'{"complaint": "\\ud800", "reply": "\\udfff sorry"}')
@example(b'{"complaint": "a", "reply": "b", "channel": ["email"]}')
@example(b'{"complaint": "a", "reply": "b", "channel": {}}')
def test_every_pair_is_answered_with_findings_or_a_reason(told, given):
    for line in filter(None, told(given, "check", "FILE", "--jsonl").split("\n")):
        answer = json.loads(line)
        assert answer["findings"] is not None or answer["error"]


def _lines(given):
    """Lines as a text file has them: \\n, \\r and \\r\\n end one."""
    return given.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def test_a_file_that_is_too_long_is_refused_in_words(told):
    assert "200,000" in told(b"a" * 300_000, "read", "FILE", refused=True)
