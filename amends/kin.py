"""What ties the processes of a desk together: a name for each, and an end when the one that began it is gone."""

import ctypes
import os
import signal
import sys

SET_DEATH_SIGNAL, SET_NAME = 1, 15
LONGEST_NAME = 15


def end_with_parent(number: signal.Signals) -> None:
    """Have the kernel send us this signal when our parent ends, however it ends (prctl(2)); only Linux can."""
    if sys.platform == "linux":
        parent = os.getppid()
        _prctl(SET_DEATH_SIGNAL, number)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)


def call_ourselves(name: str) -> None:
    """Show this name, at most 15 letters, where processes are listed (`ps`, `top`); only Linux can."""
    if sys.platform == "linux":
        _prctl(SET_NAME, ctypes.create_string_buffer(name[:LONGEST_NAME].encode()))


def _prctl(option: int, value: object) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
