"""The limits the walker keeps, and the list of what it had to mend to stay inside them."""

from dataclasses import dataclass, field

MESSAGE_BYTES = 150_000_000
HEAD_BYTES = 256_000
HEADER_BYTES = 64_000
PARTS = 1_000
DEPTH = 50
TEXT_BYTES = 2_000_000
HTML_CHARS = 1_000_000
REFERENCES = 100
RECIPIENTS = 1_000
ID_BYTES = 998
NOTES = 20


@dataclass(slots=True)
class Mended:
    """Plain sentences about what was repaired or cut while reading one mail, each once."""

    sentences: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Remember the sentence unless it is already there or the list is full."""
        if sentence not in self.sentences and len(self.sentences) < NOTES:
            self.sentences.append(sentence)
