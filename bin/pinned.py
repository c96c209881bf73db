"""Refuses an environment that holds a package which constraints.txt does not pin and hash."""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

BOOTSTRAP = {"amends", "pip", "setuptools", "uv"}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def canonical(name: str) -> str:
    """Return a package name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def unpinned(constraints: str) -> list[str]:
    """Return each installed package, as name==version, that the text of the constraints does not list."""
    pins = {(canonical(name), version) for name, version in PIN.findall(constraints)}
    installed = {(canonical(found.metadata["Name"]), found.version) for found in distributions()}
    return sorted(f"{name}=={version}" for name, version in installed - pins if name not in BOOTSTRAP)


if __name__ == "__main__":
    strangers = unpinned(Path("constraints.txt").read_text(encoding="utf-8"))
    if strangers:
        sys.exit("Installed, but neither pinned nor hashed in constraints.txt: " + ", ".join(strangers) + ".")
