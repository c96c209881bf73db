"""What the archive refuses, and what it needs that is not part of every installation."""

from importlib.util import find_spec
from shutil import which

from amends.errors import AmendsError

EXTRAS = {"archive": ("ibis", "duckdb", "pyarrow"), "spark": ("ibis", "pyspark", "pyarrow", "pandas")}


class NotInstalled(AmendsError):
    """The extra that this needs is not installed."""


class NotArchived(AmendsError):
    """There is no archive to ask, or it is not one of ours."""


class NoSuchEngine(AmendsError):
    """No engine of this name answers questions."""


class BeingWritten(AmendsError):
    """Another process writes the archive."""


class CannotRead(AmendsError):
    """A file of old complaints cannot be used as it is."""


def is_installed(extra: str) -> bool:
    """Whether everything of this extra can be imported; nothing is imported to find out."""
    return all(find_spec(name) is not None for name in EXTRAS[extra])


def check_installed(extra: str) -> None:
    """Raise NotInstalled, with the command that installs it, unless the extra is there (and Java, for Spark)."""
    if not is_installed(extra):
        raise NotInstalled(
            f"This needs the extra “{extra}”, which is not installed. Install it: .venv/bin/uv pip install "
            f"-c constraints.txt -e '.[{extra}]'"
        )
    if extra == "spark" and which("java") is None:
        raise NotInstalled("Spark runs on Java, which is not installed. Install Java 17, or use the embedded engine.")
