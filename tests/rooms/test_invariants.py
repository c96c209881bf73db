"""The founding invariants as properties: random people do random things, and after each step the tables are asked.

| No. | What holds | Where it is checked |
|---|---|---|
| 1 | no offer before the person was treated | rules "1 …" |
| 2 | no delivery without agreement or entitlement | rules "2 …" |
| 3 | sums within what somebody may grant; no own approvals | rules "3 …", `test_sums_stay_within…`; concurrency: test_concurrency |
| 4 | closed means every part of every issue | rule "4 closed" |
| 5 | commands are the only writers | `_what_a_step_leaves`: no change without an event; test_architecture |
| 6 | every mail is kept | rule "6 stored" |
| 7 | a note has no way out | rule "7 note" |
| 8 | merge then unmerge restores; threading needs a mark or a participant | rule "8 thread"; test_merge |
| 9 | a deadline computed again is the same | `_deadlines` |
| 10 | a second look is a second person's | rules "10 …" |
| 11 | effective changes have a verdict | no records yet |
| 12 | a survey token votes once | no records yet |
| 13 | erasure leaves sums and chain | no records yet |
| 14 | load is private | no records yet |
| 15 | machines are not answered by machines | rule "15 automatic", `_automatic_letters` |
| 16 | a broken promise is an issue | rule "16 broken" |
| 17 | what did not hold is not first again | rule "17 again" |
| 18 | times are UTC, zones have names | rule "18 order", `test_every_moment_is_kept_in_utc` |

Hypothesis chooses what happens and shrinks what breaks a rule to the few steps that matter. A step is the name of a
move and a number for its dice, so a failing walk is printed as lines that can be run again. `make invariants` walks longer.
"""

import os
import random
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail as sent_mail
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from amends.cases.event import Event
from amends.cases.message import Message
from amends.cases.standing import Standing
from amends.errors import AmendsError
from amends.method.deadlines import reply_due
from bench.proofs import broken
from tests.conftest import NOW, Cast
from tests.rooms.walker import MOVES, SECONDS, Walk

pytestmark = pytest.mark.django_db
WALKS, STEPS = int(os.environ.get("AMENDS_WALKS", "40")), 60
LIKELY = [
    *["the_next_right_thing"] * 20,
    "accepts",
    "delivers_what_was_agreed",
    "links_the_cause",
    "closes",
    "letters_leave",
]
LATER = re.compile(r"verdict|effect|survey|invitation|erasure|load|breather", re.IGNORECASE)


class Desk(RuleBasedStateMachine):
    """A small desk with one customer's complaints; each example is rolled back at its end."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk(self.cast, random.Random(0), NOW)
        self.cast.clock.now = NOW
        sent_mail.outbox.clear()
        self.example = transaction.atomic()
        self.example.__enter__()

    @initialize()
    def somebody_complains(self) -> None:
        self.cast.case()

    @rule(name=some.sampled_from([*MOVES, *LIKELY]), dice=some.integers(0, 2**16), seconds=some.sampled_from(SECONDS))
    def step(self, name: str, dice: int, seconds: int) -> None:
        self.walk.dice = random.Random(dice)
        self.cast.clock.forward(seconds=seconds)
        before, events = rows_of_every_table(), Event.objects.count()
        try:
            with transaction.atomic():
                MOVES[name](self.walk)
        except AmendsError as refusal:
            assert rows_of_every_table() == before, f"{name} was refused and changed something: {refusal}"
            assert str(refusal)[-1:] in ".!?”", f"a refusal is a sentence: {refusal}"
        else:
            self.walk.done[name] = self.walk.done.get(name, 0) + 1
            changed = rows_of_every_table() != before
            assert not changed or Event.objects.count() > events or name in SILENT, f"{name} left no event"
        self.all_is_well()

    def all_is_well(self) -> None:
        now = self.cast.clock.now
        assert broken(now, self.walk.swept) == {}
        assert wrong_deadlines() == []
        assert automatic_letters_too_close() == []

    def teardown(self) -> None:
        connection.check_constraints()
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)


# A mail set aside is kept and no case hears of it; a rest that is over was told with its end.
SILENT = {"mail_bounces", "mails_anew", "mails_again", "machine_mails", "a_mail_comes_twice", "the_clock_is_asked"}


def rows_of_every_table() -> list[tuple[str, int, int]]:
    """How many rows each table has, and its highest number."""
    tables = [(one._meta.db_table, one._meta.pk.column) for one in apps.get_app_config("amends").get_models()]
    numbered = [table for table in tables if table[0] != "amends_heartbeat"]
    pieces = [f"SELECT '{table}', COUNT(*), COALESCE(MAX({pk}), 0) FROM {table}" for table, pk in numbered]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces))
        return sorted(cursor.fetchall())


def wrong_deadlines() -> list[tuple[int, object, object]]:
    """Cases whose time to answer is not what their messages give when it is worked out again."""
    ended = Q(outbox__cancelled_at__isnull=False) | Q(outbox__failed_at__isnull=False)
    said = Message.objects.filter(automatic="").exclude(ended).order_by("at", "pk")
    waiting: dict[int, object] = {}
    for case, at, outgoing, answered in said.values_list("case_id", "at", "outgoing", "answered"):
        waiting[case] = None if outgoing or answered else waiting.get(case) or at
    kept = Standing.objects.values_list("case_id", "case__severity", "due_at")
    again = [(case, due, reply_due(waiting[case], how) if waiting.get(case) else None) for case, how, due in kept]
    return [row for row in again if row[1] != row[2]]


def automatic_letters_too_close() -> list[str]:
    """Addresses that got two acknowledgements within one hour."""
    last: dict[str, object] = {}
    close = []
    for address, at in Message.objects.filter(automatic="acknowledgement").values_list("case__address", "at"):
        if address in last and at - last[address] < timedelta(hours=1):
            close.append(address)
        last[address] = at
    return close


def walk(cast: Cast, walks: int, *, phases=(Phase.generate, Phase.shrink), number: int = 0, steps: int = STEPS) -> None:
    """Walk so many times; raises at the first rule that does not hold, with the steps that lead there."""
    machine = type("Desk", (Desk,), {"cast": cast})
    chosen = settings(
        max_examples=walks,
        stateful_step_count=steps,
        phases=phases,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(seeded(number)(machine), settings=chosen)


def test_whatever_people_do_the_invariants_hold(cast):
    walk(cast, WALKS)


def test_they_hold_on_a_walk_nobody_took_before(cast):
    number = int(os.environ.get("AMENDS_SEED", random.SystemRandom().randrange(2**32)))
    print(f"AMENDS_SEED={number}")
    walk(cast, max(5, WALKS // 8), number=number)
