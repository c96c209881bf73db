"""An answer so kept that a copy of the database does not say what it is, and that all are alike from outside."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import shake_256
from secrets import token_bytes

from django.utils.crypto import salted_hmac

SIZE = 12_288
NONCE = 16


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered: of which team, the answer to each question, and words to some."""

    team: int
    answers: Mapping[str, str]
    words: Mapping[str, str]


def sealed(said: Said) -> bytes:
    """The answer under a pad made from the desk's secret key and a number used once; always of the same length.

    Whoever runs the machine has that key; a copy of the database has not.
    """
    plain = json.dumps(asdict(said), ensure_ascii=False).encode().ljust(SIZE)
    if len(plain) > SIZE:
        raise ValueError(f"An answer of {len(plain)} bytes does not fit into {SIZE}.")
    nonce = token_bytes(NONCE)
    return nonce + _padded(plain, nonce)


def opened(kept: bytes) -> Said | None:
    """The answer again; None when the desk has another key by now, so that nobody can read it any more."""
    try:
        return Said(**json.loads(_padded(kept[NONCE:], kept[:NONCE])))
    except ValueError:
        return None


def _padded(words: bytes, nonce: bytes) -> bytes:
    key = salted_hmac("amends.ourselves.ballot", nonce, algorithm="sha256").digest()
    pad = shake_256(key).digest(len(words))
    return (int.from_bytes(words) ^ int.from_bytes(pad)).to_bytes(len(words))
