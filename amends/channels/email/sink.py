"""Where letters go in a trial: one file each in the data folder, to be read in the browser."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend


class Sink(EmailBackend):
    """Django's file backend with a name of its own for every letter, in the order they left."""

    _fname: str | None

    def _get_filename(self) -> str:
        """The path of the file; Django's own name repeats within a second, and two letters would share it."""
        if self._fname is None:
            name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}.log"
            self._fname = str(Path(self.file_path) / name)
        return self._fname
