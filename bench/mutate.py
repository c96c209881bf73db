"""Changes gate code in small ways, one change at a time, and says which changes no test noticed.

Nothing is written: each change lives in a copy of this process, in which the tests that call the changed function run,
those that noticed most before first. Which files, and which tests have to notice, stands in `bench/mutants.toml`.
"""

import argparse
import inspect
import os
import signal
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import reduce
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

from bench.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
SURVIVED, NOTICED, BROKEN = 0, 1, 3


class NothingLearnt(Exception):
    """The round says nothing about the tests; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file to change, the tests that have to notice, and the changes known to change nothing, with the reason."""

    path: str
    tests: tuple[str, ...]
    known: dict[str, str]


@dataclass(slots=True)
class Tried:
    """What came of the changes of one file."""

    made: int = 0
    noticed: int = 0
    survivors: list[Mutant] = field(default_factory=list)


def read_targets(wanted: Sequence[str] = ()) -> list[Target]:
    """The files to change, all of them or the wanted ones; raises NothingLearnt for one that is not listed."""
    listed = tomllib.loads((ROOT / "bench/mutants.toml").read_text(encoding="utf-8"))["file"]
    known = [Target(one["path"], tuple(one["tests"]), one.get("known", {})) for one in listed]
    strangers = set(wanted) - {one.path for one in known}
    if strangers:
        paths = ", ".join(one.path for one in known)
        raise NothingLearnt(f"{', '.join(sorted(strangers))} is not listed in bench/mutants.toml. Listed are {paths}.")
    return [one for one in known if not wanted or one.path in wanted]


def changes_of(target: Target) -> list[tuple[str, Mutant]]:
    """Each change of a file with the name it is known by; the second of the same words in one function gets #2."""
    seen = Counter[str]()
    found = []
    for mutant in mutants((ROOT / target.path).read_text(encoding="utf-8"), str(ROOT / target.path)):
        name = f"{mutant.function}: {mutant.change}"
        seen[name] += 1
        found.append((name if seen[name] == 1 else f"{name} #{seen[name]}", mutant))
    return found


@dataclass
class Round:
    """A plugin of pytest: runs the tests once as they are, then again for each change."""

    targets: list[Target]
    jobs: int
    tell: Callable[[str], object]
    functions: dict[tuple[str, str], FunctionType] = field(default_factory=dict)
    callers: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: Counter = field(default_factory=Counter)
    noticed_by: Counter = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    results: dict[str, Tried] = field(default_factory=dict)
    trouble: str = "pytest could not collect the tests. Run them alone to see why."

    def pytest_configure(self) -> None:
        """Let the same round draw the same examples, and so give the same survivors."""
        from hypothesis import settings

        settings.register_profile("mutate", derandomize=True, deadline=None)
        settings.load_profile("mutate")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep how long each test took and which failed."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failures.setdefault(report.nodeid, report.longreprtext)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the round in the place of pytest's own loop; a failed collection is left to pytest."""
        if session.testsfailed:
            return None
        self.trouble = "The round was stopped before its end."
        try:
            self._baseline(session.items)
            for target in self.targets:
                self._try(target, session.items)
            self.trouble = ""
        except NothingLearnt as nothing:
            self.trouble = str(nothing)
        return True

    def _baseline(self, items: list[pytest.Item]) -> None:
        """Every test as it stands, noting which of our functions each one calls."""
        names = self._find_functions()
        for item in items:
            with _watching(names) as called:
                _run(item)
            for name in called:
                self.callers[name].add(item.nodeid)
        if self.failures:
            first, why = next(iter(self.failures.items()))
            raise NothingLearnt(
                f"{why}\n{len(self.failures)} tests fail before anything is changed, so nothing was tried. "
                f"The first is {first}; why stands above."
            )

    def _find_functions(self) -> dict[int, tuple[str, str]]:
        names = {}
        for target in self.targets:
            module = import_module(target.path.removesuffix(".py").replace("/", "."))
            for _, mutant in changes_of(target):
                function = reduce(inspect.getattr_static, mutant.function.split("."), module)
                function = inspect.unwrap(getattr(function, "fget", None) or function)
                self.functions[target.path, mutant.function] = function
                names[id(function.__code__)] = (target.path, mutant.function)
        return names

    def _try(self, target: Target, items: list[pytest.Item]) -> None:
        tried = self.results[target.path] = Tried()
        theirs = [item for item in items if item.nodeid.startswith(target.tests)]
        waiting: list[Mutant | None] = [None, *(one for name, one in changes_of(target) if name not in target.known)]
        running: dict[int, Mutant | None] = {}
        while waiting or running:
            while waiting and len(running) < self.jobs:
                mutant = waiting.pop(0)
                tests = self._calling(target, mutant, theirs) if mutant else theirs
                running[self._begin(mutant, target, tests)] = mutant
            self._count(tried, target, *self._wait(running))
        self.tell(report(target, tried))

    def _count(self, tried: Tried, target: Target, mutant: Mutant | None, how: int) -> None:
        """Count what came of one change; the copy in which nothing was changed has to pass."""
        if mutant is None and how == NOTICED:
            raise NothingLearnt(f"Run again unchanged, a test of {target.path} fails: it depends on those before it.")
        if mutant is None:
            return
        tried.made += 1
        tried.noticed += how == NOTICED
        if how == SURVIVED:
            tried.survivors.append(mutant)

    def _calling(self, target: Target, mutant: Mutant, items: list[pytest.Item]) -> list[pytest.Item]:
        """The tests that call the changed function: those that noticed before first, then the quickest."""
        calling = self.callers[target.path, mutant.function]
        mine = [item for item in items if item.nodeid in calling]
        return sorted(mine, key=lambda item: (-self.noticed_by[item.nodeid], self.seconds[item.nodeid]))

    def _begin(self, mutant: Mutant | None, target: Target, items: list[pytest.Item]) -> int:
        """Start a copy of this process that runs these tests with the change; returns its number."""
        sys.stdout.flush()
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            self._pipes[child] = reading
            return child
        code = BROKEN
        try:
            code = self._in_the_copy(mutant, target, items, writing)
        finally:
            os._exit(code)

    _pipes: dict[int, int] = field(default_factory=dict)

    def _in_the_copy(self, mutant: Mutant | None, target: Target, items: list[pytest.Item], told: int) -> int:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        signal.alarm(int(10 + 5 * sum(self.seconds[item.nodeid] for item in items)))
        if mutant is not None:
            self.functions[target.path, mutant.function].__code__ = mutant.code
        for item in items:
            _run(item)
            if self.failures:
                os.write(told, item.nodeid.encode())
                return NOTICED
        return SURVIVED

    def _wait(self, running: dict[int, Mutant | None]) -> tuple[Mutant | None, int]:
        """The next change that is done with, and what came of it; raises NothingLearnt when its copy broke."""
        child, status = os.wait()
        with os.fdopen(self._pipes.pop(child), "rb") as pipe:
            self.noticed_by[pipe.read().decode()] += 1
        mutant, how = running.pop(child), os.waitstatus_to_exitcode(status)
        if how == -signal.SIGALRM:  # it would have gone on for ever: that is noticed too
            how = NOTICED
        if how not in (SURVIVED, NOTICED):
            raise NothingLearnt(
                f"Trying “{mutant.change if mutant else 'no change'}” broke the round (exit code {how})."
            )
        return mutant, how


def _run(item: pytest.Item) -> None:
    """Run one test; what the session holds, such as the database, is kept, and nothing of the test's module."""
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.session)


@contextmanager
def _watching(names: dict[int, tuple[str, str]]) -> Iterator[set[tuple[str, str]]]:
    called: set[tuple[str, str]] = set()

    def see(frame: object, event: str, _: object) -> None:
        if event == "call" and (name := names.get(id(frame.f_code))):
            called.add(name)

    sys.setprofile(see)
    try:
        yield called
    finally:
        sys.setprofile(None)


def report(target: Target, tried: Tried) -> str:
    """What is printed of one file: the counts, and each survivor."""
    stale = set(target.known) - {name for name, _ in changes_of(target)}
    if stale:
        raise NothingLearnt(f"bench/mutants.toml knows a change of {target.path} that is not there: {sorted(stale)[0]}")
    if not tried.made:
        raise NothingLearnt(f"Nothing of {target.path} was changed, so nothing was tried.")
    counts = f"{tried.made} changes, {tried.noticed} noticed, {len(tried.survivors)} survived"
    known = f" ({len(target.known)} more are known to change nothing)" if target.known else ""
    lines = [f"{target.path}: {counts}{known}"]
    return "\n".join(lines + [f"  line {one.line}, {one.function}: {one.change}" for one in tried.survivors])


def main() -> int:
    """Return 0 when every change was noticed, 1 when one survived, 2 when nothing was learnt."""
    options = argparse.ArgumentParser(prog="bin/mutate", description=__doc__)
    options.add_argument(
        "file", nargs="*", help="one of the files listed in bench/mutants.toml; all when none is named"
    )
    options.add_argument("--jobs", type=int, default=2, help="how many changes to try at a time")
    chosen = options.parse_args()
    try:
        return _tried(read_targets(chosen.file), chosen.jobs)
    except NothingLearnt as nothing:
        print(nothing, file=sys.stderr)
        return 2


def _tried(targets: list[Target], jobs: int) -> int:
    tests = sorted({test for target in targets for test in target.tests})
    with tempfile.TemporaryDirectory(prefix="amends-mutate-") as home:
        os.environ["AMENDS_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        said = sys.stdout
        plugin = Round(targets, jobs, lambda text: print(text, file=said, flush=True))
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # thousands of runs: only the end is said
            pytest.main(["-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=[plugin])
    if plugin.trouble:
        raise NothingLearnt(plugin.trouble)
    survived = sum(len(tried.survivors) for tried in plugin.results.values())
    print(f"{survived} changes were noticed by no test." if survived else "Every change was noticed.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
