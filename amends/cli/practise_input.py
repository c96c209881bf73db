"""What is typed into a practice round: commands of one line, and turns that an empty line sends."""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress

from amends.cli.practise_screen import Screen

COMMAND = re.compile(r"end|help|back(?: \d+)?|=.*|\+[a-z].*")
SAME = {"quit": "end", "exit": "end", "stop": "end", "?": "help", "moves": "help"}


def entries(screen: Screen) -> Iterator[str]:
    """Return commands and turns as they are typed, until the input ends; nothing typed is no turn."""
    if not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    lines: list[str] = []
    while (line := _line("… " if lines else "You: ")) is not None:
        command = _command(line)
        if not lines and command:
            yield command
        elif line.strip():
            lines.append(line)
        elif lines:
            yield "\n".join(lines)
            lines = []
        elif sys.stdin.isatty():
            screen.waits()
    if lines:
        yield "\n".join(lines)


def _command(line: str) -> str | None:
    plain = " ".join(line.lower().split())
    plain = SAME.get(plain, plain)
    return plain if COMMAND.fullmatch(plain) else None


def _line(prompt: str) -> str | None:
    """One line without its end; None when there is no more, or Ctrl-C ended it."""
    if not sys.stdin.isatty():
        read = sys.stdin.readline()
        return read.removesuffix("\n") if read else None
    with suppress(ImportError):
        import readline  # noqa: F401  (arrow keys while typing)
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        return None
