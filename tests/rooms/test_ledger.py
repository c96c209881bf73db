"""The ledger: every change leaves a sealed row, and no row changes after."""

import random
import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

import amends
from amends.cases.closure import close, reopen
from amends.cases.customer_writes import customer_writes
from amends.cases.event import Event
from amends.cases.hear import confirm_understanding, correct_understanding
from amends.cases.history import history_of
from amends.cases.kinds import KINDS
from amends.cases.ledger import record, verify, writing
from amends.cases.note import Note, add_note
from amends.errors import AmendsError
from amends.recovery.agree import decline
from amends.recovery.escalate import escalate
from amends.recovery.offer import Via

pytestmark = pytest.mark.django_db
IS_POSTGRES = connection.vendor == "postgresql"


def write_rows(cast, count: int = 5) -> None:
    for number in range(count):
        with writing():
            record("note_added", None, "system", cast.clock.now, note=number)


def by_hand(statement: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def unguarded(cast):
    """The ledger without its triggers, until the transaction of the test is rolled back."""

    def drop() -> None:
        connection.check_constraints()
        names = ["no_change ON amends_event"] if IS_POSTGRES else ["no_update", "no_delete"]
        for name in names:
            by_hand(f"DROP TRIGGER ledger_{name}")

    return drop


def test_the_chain_starts_empty_and_grows_without_gaps(cast):
    assert (verify().length, verify().holds) == (0, True)
    write_rows(cast, 5)
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    assert (verify().length, verify().holds) == (5, True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE amends_event SET kind = 'assigned' WHERE seq = 2",
        "UPDATE amends_event SET kind = kind",
        "DELETE FROM amends_event WHERE seq = 3",
        "DELETE FROM amends_event",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(cast, statement):
    write_rows(cast)
    with pytest.raises(DatabaseError, match="append-only"):
        by_hand(statement)
    assert (verify().length, verify().holds) == (5, True)


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_ledger(cast):
    write_rows(cast)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="append-only"):
        by_hand("TRUNCATE amends_event CASCADE")


@pytest.mark.skipif(IS_POSTGRES, reason="PostgreSQL has no REPLACE")
def test_the_database_refuses_to_replace_a_row(cast):
    write_rows(cast)
    with pytest.raises(DatabaseError, match="append-only"):
        by_hand(
            "REPLACE INTO amends_event SELECT seq, at, 'assigned', actor, data, previous, hash, case_id "
            "FROM amends_event WHERE seq = 2"
        )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "assigned"),
        ("actor", "user:1"),
        ("data", '{"note": 99}'),
        ("at", "2026-11-20 09:00:00+00:00"),
        ("hash", "0" * 64),
    ],
)
def test_a_row_changed_behind_our_back_is_named(cast, unguarded, column, value):
    write_rows(cast)
    unguarded()
    by_hand(f"UPDATE amends_event SET {column} = %s WHERE seq = 3", value)
    chain = verify()
    assert (chain.holds, chain.broken_at, chain.length) == (False, 3, 2)
    assert chain.reason == "its content is not what was sealed"


def test_a_row_resealed_behind_our_back_breaks_the_next_one(cast, unguarded):
    write_rows(cast)
    unguarded()
    row = Event.objects.get(seq=3)
    row.kind = "assigned"
    by_hand("UPDATE amends_event SET kind = 'assigned', hash = %s WHERE seq = 3", row.sealed())
    chain = verify()
    assert (chain.broken_at, chain.reason) == (4, "it does not continue the row before it")


@pytest.mark.parametrize("missing", [1, 3])
def test_a_missing_row_is_named(cast, unguarded, missing):
    write_rows(cast)
    unguarded()
    by_hand("DELETE FROM amends_event WHERE seq = %s", missing)
    chain = verify()
    assert (chain.holds, chain.broken_at, chain.reason) == (False, missing + 1, f"row {missing} is missing")


def test_an_event_outside_a_transaction_of_ours_is_refused(cast):
    with pytest.raises(RuntimeError, match="outside writing"):
        record("note_added", None, "system", cast.clock.now)
    assert Event.objects.count() == 0


def test_an_unknown_kind_is_refused_and_its_change_with_it(cast):
    case = cast.case()
    events = Event.objects.count()

    def invent() -> None:
        with writing():
            Note.objects.create(case=case, author=cast.tom, at=cast.clock.now, text="x")
            record("invented", case.pk, cast.tom, cast.clock.now)

    with pytest.raises(KeyError, match="registry of event kinds"):
        invent()
    assert (Event.objects.count(), Note.objects.count()) == (events, 0)


def test_what_is_rolled_back_leaves_no_event(cast):
    def fail_inside() -> None:
        with writing():
            write_rows(cast, 1)
            raise LookupError

    with pytest.raises(LookupError):
        fail_inside()
    assert Event.objects.count() == 0
    write_rows(cast, 1)
    assert verify().length == 1


def test_a_time_in_any_zone_is_sealed_as_the_same_moment(cast):
    with writing():
        record("note_added", None, "system", cast.clock.now.astimezone(ZoneInfo("Europe/Berlin")))
    assert verify().holds


def recorded_words(kind: str) -> set[str]:
    """What the code hands over with events of this kind, and the two words the history makes of it."""
    source = "\n".join(path.read_text() for path in Path(amends.__file__).parent.rglob("*.py"))
    calls = re.findall(rf'\brecord\(\s*"{kind}",([^)]*(?:\([^)]*\)[^)]*)*)\)', source)
    named = {word for call in calls for word in re.findall(r"\b(\w+)=", call)}
    return named | ({"issues_counted"} if "count" in named else set())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_as_a_sentence(cast, kind):
    asked = set(re.findall(r"{(\w+)}", KINDS[kind]))
    assert asked <= {"who", *recorded_words(kind)}
    sentence = KINDS[kind].format_map(dict.fromkeys(asked, "Tom"))
    assert sentence[0].isupper()
    assert not re.search(r"[{}]", sentence)


def test_the_registry_holds_what_the_code_records_and_nothing_else():
    source = "\n".join(path.read_text() for path in Path(amends.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'\brecord\(\s*"(\w+)"', source))
    assert len(recorded) > 20
    assert recorded == set(KINDS)


def test_the_history_of_a_whole_recovery_reads_without_gaps(recovery, cast):
    one = recovery()
    one.person_first()
    confirm_understanding(one.case, one.now)
    decline(one.offer(), "Not enough", via=Via.PAGE, now=one.now)
    escalate(one.case, "Somebody else, please", one.now)
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=cast.tom, now=one.now)
    sentences = [one.sentence for one in history_of(one.case)]
    assert len(sentences) >= 20
    assert not [words for words in sentences if "…" in words or "{" in words or "user:" in words]
    assert "Maria Oduya wrote" in sentences
    assert "Tom Becker closed the case" in sentences


@pytest.mark.parametrize("seed", range(6))
def test_the_chain_holds_after_any_verbs_in_any_order(recovery, cast, seed):
    dice, one = random.Random(seed), recovery()
    verbs = [
        lambda: one.hear("Nobody called back"),
        one.person_first,
        lambda: one.offer(cents=dice.choice([3000, 30000])),
        lambda: one.accept(one.case.offers.last()),
        lambda: decline(one.case.offers.last(), "No", via=Via.PAGE, now=one.now),
        lambda: one.deliver(one.case.offers.last().acceptance),
        one.prevent,
        lambda: close(one.case, by=cast.ines, now=one.now, exception=dice.choice(["", "By phone"])),
        lambda: reopen(one.case, by=cast.tom, now=one.now, reason=dice.choice(["", "It broke"])),
        lambda: customer_writes(one.case, dice.choice(["", "It is late again."]), one.now),
        lambda: correct_understanding(one.case, {}, dice.choice(["", "You forgot the lamp"]), one.now),
        lambda: add_note(one.case, "Call her", by=cast.tom, now=one.now),
        cast.write,
    ]
    done = 0
    for _ in range(25):
        cast.clock.forward(minutes=dice.randrange(1, 90))
        events = Event.objects.count()
        try:
            dice.choice(verbs)()
            done += 1
        except (AmendsError, AttributeError):
            assert Event.objects.count() >= events
    assert done >= 5
    chain = verify()
    assert chain.holds, chain.reason
    assert chain.length == Event.objects.count()
    assert not Event.objects.filter(at__gt=one.now + timedelta(seconds=1)).exists()
