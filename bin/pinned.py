"""Refuses an environment in which Amends stands on a package that constraints.txt does not pin and hash."""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

BOOTSTRAP = {"amends", "pip", "setuptools", "uv"}
NAME = re.compile(r"[A-Za-z0-9._-]+")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def canonical(name: str) -> str:
    """Return a package name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stood_on() -> dict[str, str]:
    """Return name and version of each installed package that Amends needs; what an older version left is no matter."""
    found = {canonical(one.metadata["Name"]): one for one in distributions()}
    needed, to_look_at = set[str](), ["amends"]
    while to_look_at:
        name = to_look_at.pop()
        if name in found and name not in needed:
            needed.add(name)
            to_look_at += [canonical(match[0]) for line in found[name].requires or [] if (match := NAME.match(line))]
    return {name: found[name].version for name in needed}


def unpinned(constraints: str) -> list[str]:
    """Return each package Amends needs, as name==version, that the text of the constraints does not list."""
    pins = {(canonical(name), version) for name, version in PIN.findall(constraints)}
    strangers = set(stood_on().items()) - pins
    return sorted(f"{name}=={version}" for name, version in strangers if name not in BOOTSTRAP)


if __name__ == "__main__":
    strangers = unpinned(Path("constraints.txt").read_text(encoding="utf-8"))
    if strangers:
        sys.exit("Installed, but neither pinned nor hashed in constraints.txt: " + ", ".join(strangers) + ".")
