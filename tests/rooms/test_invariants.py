"""The founding invariants as properties: random people do random things, and after each step the tables are asked.

| No. | What holds | Where it is checked |
|---|---|---|
| 1 | no offer before the person was treated | rules "1 …" of `bench.proofs` |
| 2 | no delivery without agreement or entitlement | rules "2 …" |
| 3 | sums within what somebody may grant; no own approvals | rules "3 …", `beyond_every_limit`; test_concurrency |
| 4 | closed means every part of every issue | rule "4 closed" |
| 5 | commands are the only writers | `step`: no change without an event, none after a refusal |
| 6 | every mail is kept | rule "6 stored" |
| 7 | a note has no way out | rule "7 note" |
| 8 | merge then unmerge restores; threading needs a mark or a participant | `merged_and_parted`, rule "8 thread" |
| 9 | a deadline worked out again is the same | `wrong_deadlines` |
| 10 | a second look is a second person's | rules "10 …" |
| 11 | effective changes have a verdict | `test_judge.py` |
| 12 | a survey token votes once; a low answer waits for a person | rules "12 …" |
| 13 | erasure leaves sums and chain | `test_erase.py`, `test_erased_folder.py` |
| 14 | load is private | `tests/doors/test_care_private.py` |
| 15 | machines are not answered by machines | rule "15 automatic", `automatic_letters_too_close` |
| 16 | a broken promise is an issue | rule "16 broken" |
| 17 | what did not hold is not first again | rule "17 again" |
| 18 | times are UTC | rule "18 order", `test_every_moment_is_kept_in_utc` |

Hypothesis chooses what happens and shrinks what breaks a rule to the few steps that matter. A step is the name of a
move and a number for its dice, so a failing walk is printed as lines that can be run again. `make invariants` walks
longer; `AMENDS_SEED=…` walks again what a red run printed.
"""

import os
import random
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail as sent_mail
from django.db import IntegrityError, connection, transaction
from django.db.models import UUIDField
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from amends.cases import closure, ledger, letters, outbox, thread
from amends.cases.case import Case
from amends.cases.event import Event
from amends.cases.facts import facts_of
from amends.cases.issue import Issue
from amends.cases.merge import merge, unmerge
from amends.cases.message import Message
from amends.cases.policy import adopt
from amends.cases.standing import columns
from amends.errors import AmendsError
from amends.method.path import recovery_path
from amends.method.policy import to_data
from amends.method.steps import SPOKEN_STEPS
from amends.recovery import agree, deliver, escalate, make_offer
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.offer import Acceptance, Offer
from amends.team.models import Team
from amends.team.policy import current
from bench.proofs import RULES, broken
from tests.conftest import NOW, Cast
from tests.rooms.walker import MOVES, Move
from tests.rooms.walker.walk import SECONDS, Walk

pytestmark = pytest.mark.django_db
WALKS, STEPS = int(os.environ.get("AMENDS_WALKS", "15")), 60
LIKELY = [
    *["the_next_right_thing"] * 20,
    "accepts",
    "delivers_what_was_agreed",
    "links_the_cause",
    "closes",
    "letters_leave",
]
QUIET = ["letter_sent", "note_added", "bounce_received"]
HIGHEST_LIMIT = 200_000
LONGEST_STROLL = 60


def _leaking(case, letter, chain):
    """The envelope of a letter with every note of its case in it."""
    notes = "".join(case.notes.values_list("text", flat=True))
    return replace(ENVELOPE(case, letter, chain), text=notes)


ENVELOPE = letters._outgoing
BROKEN = [
    ("1 offer", make_offer, "offer_gate", lambda _facts: (), "offers_at_once"),
    ("1 refusal", deliver, "offer_gate", lambda _facts: (), "refuses_what_was_looked_at"),
    ("2 answer", agree, "_open_offer", lambda pk, _now, chosen=None: Offer.objects.get(pk=pk), "accepts"),
    ("4 closed", closure, "closing_gate", lambda _facts: (), "closes"),
    ("4 closed", outbox, "miss", lambda *_: None, "a_letter_fails"),
    ("7 note", letters, "_outgoing", _leaking, "writes_a_note"),
    ("8 thread", thread, "_takes_part", lambda _case, _address: True, "mails_again"),
    ("10 subject", ledger, "check_hands", lambda *_: None, "is_about_somebody"),
    ("10 higher", escalate, "first_stage_people", lambda _case: frozenset(), "customer_goes_higher"),
]


class Desk(RuleBasedStateMachine):
    """A small desk with one customer's complaints; each example is rolled back at its end."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        Team.objects.update(profile="uk_ombudsman")
        self.walk = Walk(self.cast, random.Random(0), NOW)
        self.cast.clock.now = NOW
        sent_mail.outbox.clear()
        self.example = transaction.atomic()
        self.example.__enter__()
        adopt({**to_data(current()), "survey_share": 0.8}, "Nearly everybody is asked", by=None, now=NOW)

    @initialize()
    def somebody_complains(self) -> None:
        self.cast.case()

    @rule(name=some.sampled_from([*MOVES, *LIKELY]), dice=some.integers(0, 2**16), seconds=some.sampled_from(SECONDS))
    def step(self, name: str, dice: int, seconds: int) -> None:
        self.walk.dice = random.Random(dice)
        self.cast.clock.forward(seconds=seconds)
        before, events = rows_of_every_table(), Event.objects.count()
        refusal = self._try(MOVES[name])
        changed = rows_of_every_table() != before
        if refusal:
            assert not changed, f"{name} was refused and changed something: {refusal}"
            assert str(refusal)[-1:] in ".!?”", f"a refusal is a sentence: {refusal}"
        elif name not in SILENT:
            assert not changed or Event.objects.count() > events, f"{name} left no event"
        self.all_is_well()

    def _try(self, act: Move) -> AmendsError | None:
        try:
            with transaction.atomic():
                act(self.walk)
        except AmendsError as refusal:
            return refusal
        return None

    def all_is_well(self) -> None:
        now = self.cast.clock.now
        assert broken(now, self.walk.swept) == {}
        assert wrong_deadlines(now) == []
        assert automatic_letters_too_close() == []
        assert beyond_every_limit() == []

    def teardown(self) -> None:
        connection.check_constraints()
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)


# A mail set aside is kept and no case hears of it; a rest that is over was told with its end.
SILENT = {"mail_bounces", "mails_anew", "mails_again", "machine_mails", "a_mail_comes_twice", "the_clock_is_asked"}


def rows_of_every_table() -> list[tuple[str, int, str]]:
    """How many rows each table has, and its highest number, or name where rows have names."""
    models = [one for one in apps.get_app_config("amends").get_models() if one._meta.db_table != "amends_heartbeat"]
    pieces = [f"SELECT '{one._meta.db_table}', COUNT(*), {_highest(one)} FROM {one._meta.db_table}" for one in models]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces))
        return sorted(cursor.fetchall())


def _highest(model) -> str:
    own = model._meta.pk
    if isinstance(own.target_field if own.is_relation else own, UUIDField):
        return f"COALESCE(MAX(CAST({own.column} AS text)), '')"
    return f"CAST(COALESCE(MAX({own.column}), 0) AS text)"


def wrong_deadlines(now: datetime) -> list[tuple[int, object, object]]:
    """Cases something happened to now whose time in the queue is not what is worked out again."""
    touched = Case.objects.select_related("customer", "standing").filter(events__at=now).distinct()
    again = [(case, facts_of(case, now)) for case in touched.exclude(events__at=now, events__kind__in=QUIET)]
    due = [(case, columns(case, facts, recovery_path(facts), now)["due_at"]) for case, facts in again]
    return [(case.pk, case.standing.due_at, at) for case, at in due if case.standing.due_at != at]


def beyond_every_limit() -> list[tuple[int, int]]:
    """Cases in which more was agreed and given as owed than anybody may grant in one case."""
    given: dict[int, int] = {}
    for case, cents in Fulfilment.objects.filter(acceptance=None).values_list("case_id", "amount_cents"):
        given[case] = given.get(case, 0) + cents
    for case, cents in Acceptance.objects.values_list("offer__case_id", "option__amount_cents"):
        given[case] = given.get(case, 0) + cents
    return [(case, cents) for case, cents in given.items() if cents > HIGHEST_LIMIT]


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
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(seeded(number)(machine), settings=chosen)


def test_whatever_people_do_the_invariants_hold(cast):
    walk(cast, WALKS if connection.vendor == "sqlite" else max(3, WALKS // 4))


def test_they_hold_on_the_walk_of_a_seed(cast, record_property):
    number = int(os.environ.get("AMENDS_SEED", "20261122"))
    record_property("AMENDS_SEED", number)
    try:
        walk(cast, max(5, WALKS // 8), number=number)
    except BaseException as error:
        error.add_note(f"Walk it again with AMENDS_SEED={number}")
        raise


@pytest.mark.parametrize("number", range(3))
def test_merging_and_parting_again_restores_the_path(recovery, cast, number):
    dice, one = random.Random(number), recovery()
    one.hear("Nobody called back", "The box was wet")
    if number:
        one.say(*SPOKEN_STEPS[: dice.randint(1, 3)])
    first, second = dice.sample(one.issues, 2)
    before = recovery_path(facts_of(one.case, one.now)).issues
    merge(first, second, by=cast.tom, now=one.now)
    assert first.pk not in recovery_path(facts_of(one.case, one.now)).issues
    unmerge(Issue.objects.get(pk=first.pk), by=cast.tom, now=one.now)
    assert recovery_path(facts_of(one.case, one.now)).issues == before


def test_every_moment_is_kept_in_utc(recovery, cast):
    berlin = ZoneInfo("Europe/Berlin")
    cast.clock.now = NOW.astimezone(berlin)
    one = recovery()
    one.person_first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM amends_message ORDER BY id")
        kept = [row[0] for row in cursor.fetchall()]
    moments = [at if isinstance(at, datetime) else datetime.fromisoformat(at) for at in kept]
    assert moments[0].replace(tzinfo=UTC) == NOW
    assert {at.utcoffset() or timedelta(0) for at in moments} == {timedelta(0)}


@pytest.mark.parametrize(("rule", "where", "guard", "instead", "move"), BROKEN)
def test_a_guard_taken_away_is_found(cast, monkeypatch, rule, where, guard, instead, move):
    """Each rule can fail: with one guard off, a walk finds it within a few dozen complaints."""
    monkeypatch.setattr(where, guard, instead)
    with pytest.raises(AssertionError, match=re.escape(rule)):
        stroll(cast, rule, move)


def stroll(cast: Cast, rule: str, often: str) -> None:
    """Walk without Hypothesis, which would spend its time on shrinking what is known to be broken."""
    for number in range(LONGEST_STROLL):
        cast.clock.now = NOW
        with transaction.atomic():
            Team.objects.update(profile="uk_ombudsman")
            walk, dice = Walk(cast, random.Random(number), NOW), random.Random(number)
            cast.case()
            for _ in range(STEPS):
                cast.clock.forward(seconds=dice.choice(SECONDS))
                with suppress(AmendsError, IntegrityError), transaction.atomic():
                    MOVES[dice.choice([*MOVES, *LIKELY, *[often] * 10])](walk)
                found = broken(cast.clock.now, walk.swept, {rule: RULES[rule]})
                assert not found, rule
            transaction.set_rollback(True)
