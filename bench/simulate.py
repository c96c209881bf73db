"""`python -m bench.simulate --cases 10000`: so many complaints through the method, then what the tables say of them.

Prints one JSON line. The lives are told in `bench/life.py`, what must not be found in `bench/proofs.py`.
"""

import argparse
import heapq
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.life import World

AT_ONCE = 60
A_DAY = 250
BEGIN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HEADLINES = {
    "deliveries_without_agreement": "2 delivery",
    "closures_with_a_part_missing": "4 closed",
    "broken_promises_without_issue": "16 broken",
    "own_approvals": "3 approval",
}


def prepare(home: Path) -> None:
    """A desk of its own in a new folder, with the sample company."""
    os.environ.update(AMENDS_HOME=str(home), DJANGO_SETTINGS_MODULE="amends.settings")
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from amends.demo.load import load_company

    call_command("migrate", verbosity=0)
    load_company()


def simulate(cases: int, seed: int = 1) -> dict[str, object]:
    """Let so many complaints live and return what came of them."""
    from amends.cases.ledger import writing
    from amends.jobs import sweep
    from bench.proofs import RULES, broken

    world, dice = _world(), Random(seed)
    person_first = {name: rule for name, rule in RULES.items() if name.startswith("1 ")}
    rest = {name: rule for name, rule in RULES.items() if not name.startswith("1 ")}
    found: dict[str, list[object]] = {}
    queue: list[tuple[datetime, int, Iterator[timedelta]]] = []
    arrivals = iter((BEGIN + one * timedelta(days=1) / A_DAY, one) for one in range(cases))
    coming, swept = next(arrivals, None), BEGIN
    while queue or coming:
        began = coming[0] if coming and (not queue or coming[0] <= queue[0][0]) else queue[0][0]
        with writing():
            for _ in range(AT_ONCE):
                if coming and (not queue or coming[0] <= queue[0][0]):
                    world.now, number = coming
                    life = _complaint(world, number, Random(dice.random()))
                    coming = next(arrivals, None)
                elif queue:
                    world.now, number, life = heapq.heappop(queue)
                else:
                    break
                rest_of = next(life, None)
                if rest_of is not None:
                    heapq.heappush(queue, (world.now + rest_of, number, life))
        found |= broken(began, swept, person_first)
        if world.now - swept > timedelta(hours=6):
            swept = world.now
            sweep(swept)
    swept = world.now
    sweep(swept)
    return _figures(cases, world, found | broken(BEGIN, swept, rest))


def _world() -> "World":
    from amends.prevention.models import Cause
    from amends.recovery.remedy import Remedy
    from amends.team.models import User
    from amends.team.permissions import Role
    from bench.life import World

    team = User.objects.get(username="tom").team
    people = User.objects.filter(team=team)
    priced = [one for one in Remedy.objects.filter(retired_at=None) if one.asks_amount]
    causes = [one for one in Cause.objects.prefetch_related("changes") if one.change_in_words()]
    return World(list(people.filter(role=Role.AGENT)), list(people.filter(role=Role.LEAD)), priced, causes, BEGIN)


def _complaint(world: "World", number: int, dice: Random) -> Iterator[timedelta]:
    """A mail arrives and opens a case, whose life begins."""
    from amends.channels.models import RawMail
    from amends.jobs import read_one
    from bench.corpus import corpus
    from bench.life import Life

    sender, body = corpus(1, seed=number + 1)[0]
    raw = RawMail.objects.create(
        received_at=world.now,
        mail_from=sender,
        recipients=["complaints@lindqvist.example"],
        size=len(body),
        body=body,
        tries=1,
    )
    receipt = read_one(raw, world.now)
    assert receipt.message is not None, receipt.reason
    return Life(world, receipt.message.case_id, dice).lived()


def _figures(cases: int, world: "World", found: dict[str, list[object]]) -> dict[str, object]:
    from amends.cases.closure import Closure, Exemption
    from amends.cases.event import Event
    from amends.cases.ledger import verify
    from amends.recovery.fulfilment import Fulfilment, Refusal
    from amends.recovery.offer import Acceptance, Decline

    shortcuts = {name: count for name, count in world.refused.items() if name.startswith("shortcut")}
    return {
        "cases": cases,
        **{name: len(found.get(rule, [])) for name, rule in HEADLINES.items()},
        "broken_rules": found,
        "acceptances": Acceptance.objects.count(),
        "declines": Decline.objects.count(),
        "deliveries": Fulfilment.objects.count(),
        "refusals": Refusal.objects.count(),
        "closed": Closure.objects.count(),
        "overrides_counted": Exemption.objects.count(),
        "shortcuts_refused": sum(shortcuts.values()),
        "events": Event.objects.count(),
        "chain_holds": verify().holds,
        "done": world.done,
        "refused": world.refused,
    }


def main() -> None:
    """Simulate in a folder of its own and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-simulate-") as folder:
        prepare(Path(folder))
        began, cpu = time.monotonic(), time.process_time()
        figures = simulate(chosen.cases, chosen.seed)
        figures["seconds"] = round(time.monotonic() - began, 1)
        figures["cpu_seconds"] = round(time.process_time() - cpu, 1)
        figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))
    sys.exit(bool(figures["broken_rules"]))


if __name__ == "__main__":
    main()
