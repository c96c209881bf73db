"""The purse of gestures: every entry balances, nothing is given twice, nothing more than there is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, ConflictOfInterest, GateClosed, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import verify
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.policy import adopt
from amends.cases.reply import undo
from amends.cases.subject import Subject
from amends.jobs import sweep
from amends.loyalty.give import Given, give
from amends.loyalty.relation import relation_of
from amends.method.policy import to_data
from amends.purse.account import Account, Side, budget_of, month_of, promised_to, shared
from amends.purse.budget import months, set_budget
from amends.purse.entry import WAYS, Entry, Kind
from amends.purse.gesture import Gesture
from amends.purse.settle import lapse_those_due, take_gesture_back, use
from amends.purse.told import became, given_in
from amends.recovery.errors import BeyondAuthority
from amends.team.models import Team
from amends.team.policy import current
from tests.conftest import NOW, mail

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 6, 30)


def gift(**changed) -> Given:
    said = {
        "title": "Towards your next order",
        "reason": "hard",
        "because": "The present came after the birthday.",
        "words": "You told us calmly what went wrong, although the day was spoilt.",
        "amount": 2000,
        "until": UNTIL,
    }
    return Given(**said | changed)


@pytest.fixture
def heard(recovery, cast):
    """A case in which the person was heard first, and €100 to give this month."""
    one = recovery()
    one.person_first()
    set_budget(one.case.team, "EUR", 10_000, by=cast.ines, now=one.now)
    return one


def balances() -> dict[str, int]:
    return {one.side: one.balance for one in Account.objects.all()}


def left(one) -> int:
    return months(one.case.team, month_of(one.now))[0].left


def test_each_step_moves_the_same_amount_out_of_one_account_into_another(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    assert balances() == {"house": -10_000, "budget": 8000, "promised": 2000}
    use(made, 500, "Order 77", by=cast.tom, now=heard.now)
    assert (made.left, balances()["used"], balances()["promised"]) == (1500, 500, 1500)
    assert sweep(made.expires_at) >= 1
    assert balances() == {"house": -10_000, "budget": 8000, "promised": 0, "used": 500, "lapsed": 1500}
    assert lapse_those_due(made.expires_at) == 0
    assert became(Gesture.objects.get(), made.expires_at) == "Ran out, partly used"
    assert sum(balances().values()) == 0
    assert verify().holds


def test_the_letter_tells_what_it_is_until_when_and_that_nothing_is_asked(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    text = made.message.text
    assert text.startswith("Dear Maria,\n\nYou told us calmly")
    assert "Towards your next order (€20). You can use it until Wednesday 30 June 2027." in text
    assert "It is yours. We ask nothing for it." in text
    assert OutboxEntry.objects.filter(message=made.message).exists()


def test_a_german_customer_reads_it_in_german(recovery, cast):
    letter = "Guten Tag,\n\nmeine Bestellung kam neun Tage zu spät, nach dem Geburtstag, für den sie bestimmt war.\n"
    one = recovery(mail(letter, message_id="<de@post.example>", subject="Zu spät"))
    one.person_first()
    made = give(one.case, gift(amount=0, until=None), by=cast.tom, now=one.now)
    assert "Es gehört Ihnen. Wir verlangen nichts dafür." in made.message.text
    assert became(made, one.now) == "Given"


def test_nobody_is_given_anything_before_they_were_heard(recovery, cast, heard):
    other = recovery(mail(message_id="<second@post.example>", subject="And again"))
    with pytest.raises(GateClosed):
        give(other.case, gift(), by=cast.tom, now=other.now)
    with pytest.raises(NotPossible, match=f"has not been heard and apologised to in case {other.case.pk} yet"):
        give(heard.case, gift(), by=cast.tom, now=heard.now)
    assert not Gesture.objects.exists()


def test_once_for_a_reason_and_case_and_free_again_when_taken_back(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    with pytest.raises(
        AlreadyDone, match=r"Tom Becker gave “Towards your next order” for the same reason in this case"
    ):
        give(heard.case, gift(title="More"), by=cast.ines, now=heard.now)
    take_gesture_back(made, "Wrong customer", declined=False, by=cast.tom, now=heard.now)
    assert left(heard) == 10_000
    assert OutboxEntry.objects.get(message=made.message).cancelled_at
    give(heard.case, gift(), by=cast.tom, now=heard.now)
    with pytest.raises(AlreadyDone):
        take_gesture_back(made, "Again", declined=False, by=cast.tom, now=heard.now)


def test_once_a_year_for_what_is_about_no_case(heard, cast):
    give(heard.case, gift(reason="years"), by=cast.tom, now=heard.now)
    with pytest.raises(AlreadyDone, match="this year"):
        give(heard.case, gift(reason="years"), by=cast.tom, now=heard.now)
    in_january = heard.now + timedelta(days=60)
    set_budget(heard.case.team, "EUR", 2000, by=cast.ines, now=in_january)
    give(heard.case, gift(reason="years"), by=cast.ines, now=in_january)
    assert Gesture.objects.count() == 2


def test_what_they_were_told_stays_theirs_unless_they_do_not_want_it(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    OutboxEntry.objects.filter(message=made.message).update(sent_at=heard.now)
    with pytest.raises(NotPossible, match="Maria was told, and what was promised stays theirs"):
        take_gesture_back(made, "Too much", declined=False, by=cast.ines, now=heard.now)
    take_gesture_back(made, "“No need, really.”", declined=True, by=cast.tom, now=heard.now)
    assert became(Gesture.objects.get(), heard.now) == "They did not want it"
    assert left(heard) == 10_000


def test_its_letter_is_not_taken_back_without_it(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    with pytest.raises(NotPossible, match="Take the gesture back"):
        undo(Message.objects.get(pk=made.message_id), by=cast.tom, now=heard.now)


def test_what_was_used_is_not_taken_back_nor_used_twice(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    with pytest.raises(Incomplete, match="€20 of it can be used"):
        use(made, 2001, "Order 77", by=cast.tom, now=heard.now)
    use(made, 2000, "Order 77", by=cast.tom, now=heard.now)
    with pytest.raises(NotPossible, match="Nothing of"):
        use(made, 1, "Order 78", by=cast.tom, now=heard.now)
    with pytest.raises(NotPossible, match="nothing to take back"):
        take_gesture_back(made, "They said no", declined=True, by=cast.tom, now=heard.now)


def test_authority_counts_gestures_and_offers_together(heard, cast):
    set_budget(heard.case.team, "EUR", 50_000, by=cast.ines, now=heard.now)
    give(heard.case, gift(amount=8000), by=cast.tom, now=heard.now)
    with pytest.raises(BeyondAuthority, match=r"€30 with €80 granted before is above your limit of €100"):
        heard.offer(cents=3000)
    with pytest.raises(BeyondAuthority, match="Ask Ines Castellano"):
        give(heard.case, gift(reason="years", amount=3000), by=cast.tom, now=heard.now)


def test_the_budget_of_the_month_ends_and_a_lead_sets_it(heard, cast):
    give(heard.case, gift(amount=9000), by=cast.tom, now=heard.now)
    with pytest.raises(NotPossible, match=r"The Home team has €10 left for gestures this month"):
        give(heard.case, gift(reason="years", amount=1001), by=cast.ines, now=heard.now)
    with pytest.raises(Incomplete, match="€90 was given this month"):
        set_budget(heard.case.team, "EUR", 8999, by=cast.ines, now=heard.now)
    with pytest.raises(NotAllowed):
        set_budget(heard.case.team, "EUR", 90_000, by=cast.tom, now=heard.now)
    assert set_budget(heard.case.team, "EUR", 9000, by=cast.ines, now=heard.now).left == 0
    with pytest.raises(NotPossible, match="nothing left"):
        give(heard.case, gift(reason="years", amount=1), by=cast.ines, now=heard.now + timedelta(days=20))


def test_points_are_a_unit_of_their_own(heard, cast):
    set_budget(heard.case.team, "PTS", 1000, by=cast.ines, now=heard.now)
    with pytest.raises(BeyondAuthority, match="500 points is above your limit of 0 points"):
        give(heard.case, gift(amount=500, unit="PTS"), by=cast.tom, now=heard.now)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "because"}, "reason"),
        ({"title": " "}, "title"),
        ({"because": ""}, "because"),
        ({"words": ""}, "words"),
        ({"words": "Thank you. Please remove your review from Trustpilot."}, "words"),
        ({"title": "€20 if you leave a nice review"}, "title"),
        ({"words": "I will call you within two days."}, "words"),
        ({"until": None}, "until"),
        ({"until": NOW.date() + timedelta(days=29)}, "until"),
        ({"until": NOW.date() + timedelta(days=1200)}, "until"),
        ({"amount": -1}, "amount"),
    ],
)
def test_what_is_missing_or_traded_is_refused_with_its_field(changed, field, heard, cast):
    with pytest.raises(Incomplete) as refusal:
        give(heard.case, gift(**changed), by=cast.tom, now=heard.now)
    assert refusal.value.field == field
    assert not Gesture.objects.exists()


def test_who_they_complained_about_gives_them_nothing(heard, cast, recovery):
    Subject.objects.create(case=heard.case, person=cast.tom, by=cast.ines, at=heard.now)
    with pytest.raises(ConflictOfInterest):
        give(heard.case, gift(), by=cast.tom, now=heard.now)


def wrong(**changed):
    """An entry nobody should be able to write, past all functions."""
    with transaction.atomic():
        return Entry.objects.create(**{"by": None, "at": NOW, "unit": "EUR", "amount": 1} | changed)


def test_the_database_itself_refuses_what_does_not_balance(heard, cast):
    made = give(heard.case, gift(), by=cast.tom, now=heard.now)
    team, customer, month = heard.case.team, heard.case.customer, month_of(heard.now)
    budget, promised = budget_of(team, "EUR", month), promised_to(customer, "EUR")
    house, used = shared(Side.HOUSE, "EUR"), shared(Side.USED, "EUR")
    points = shared(Side.USED, "PTS")
    for entry in (
        {"kind": "set", "source": house, "target": budget, "amount": 0},
        {"kind": "set", "source": house, "target": house},
        {"kind": "set", "source": house, "target": promised},
        {"kind": "set", "source": house, "target": budget, "gesture": made},
        {"kind": "cut", "source": budget, "target": house, "amount": 8001},
        {"kind": "given", "source": budget, "target": promised, "gesture": made, "amount": 2000},
        {"kind": "used", "source": promised, "target": used, "gesture": made, "amount": 2001},
        {"kind": "used", "source": promised, "target": points, "gesture": made},
        {"kind": "used", "source": promised, "target": used, "gesture": made, "unit": "PTS"},
        {"kind": "used", "source": promised, "target": used},
        {"kind": "gone", "source": promised, "target": used, "gesture": made},
    ):
        with pytest.raises(IntegrityError):
            wrong(**entry)
    before = Entry.objects.count()
    for change in (
        lambda: Entry.objects.update(amount=1),
        lambda: Entry.objects.update(amount=1, words="(erased)"),
        lambda: Entry.objects.update(words="Another proof"),
        lambda: Entry.objects.filter(kind="given").delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Entry.objects.count() == before
    assert wrong(kind="used", source=promised, target=used, gesture=made, amount=2000)


STEPS = st.lists(
    st.tuples(st.sampled_from(["give", "use", "back", "lapse", "budget"]), st.integers(1, 4000)), max_size=12
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_the_purse_balances(heard, cast, steps):
    """Nothing appears or disappears: all accounts sum to nought, only the house is below it, each gesture adds up."""
    mark = transaction.savepoint()
    now, case = heard.now, heard.case
    for what, amount in steps:
        open_ones = [one for one in Gesture.objects.filter(taken_back=None) if one.left]
        try:
            if what == "give":
                give(
                    case,
                    gift(reason=["hard", "years", "helped", "stayed"][amount % 4], amount=amount),
                    by=cast.ada,
                    now=now,
                )
            elif what == "budget":
                set_budget(case.team, "EUR", 3 * amount, by=cast.ines, now=now)
            elif what == "lapse":
                lapse_those_due(now + timedelta(days=amount))
            elif open_ones and what == "use":
                use(open_ones[0], amount, "Order", by=cast.tom, now=now)
            elif open_ones:
                take_gesture_back(open_ones[0], "No", declined=True, by=cast.tom, now=now)
        except (Incomplete, NotPossible, AlreadyDone):
            pass
        assert sum(one.balance for one in Account.objects.all()) == 0
        assert all(one.balance >= 0 for one in Account.objects.exclude(side=Side.HOUSE))
        promised = sum(one.balance for one in Account.objects.filter(side=Side.PROMISED))
        assert promised == sum(one.left for one in Gesture.objects.filter(taken_back=None))
    transaction.savepoint_rollback(mark)


def test_the_database_knows_the_same_ways_as_the_code():
    from amends.migrations._purse import WAYS as written

    for kind, (source, target) in WAYS.items():
        assert f"NEW.kind = '{kind.value}' AND s.side = '{source.value}' AND t.side = '{target.value}'" in written
    assert written.count("NEW.kind") == len(Kind)


@pytest.mark.parametrize(
    ("zone", "minute", "month"),
    [
        ("UTC", "2026-11-30T23:59", "2026-11-01"),
        ("UTC", "2026-12-01T00:00", "2026-12-01"),
        ("Asia/Tokyo", "2026-11-30T14:59", "2026-11-01"),
        ("Asia/Tokyo", "2026-11-30T15:00", "2026-12-01"),
        ("America/Los_Angeles", "2026-12-01T07:59", "2026-11-01"),
        ("America/Los_Angeles", "2026-12-01T08:00", "2026-12-01"),
        ("Europe/Stockholm", "2027-03-31T21:59", "2027-03-01"),
        ("Europe/Stockholm", "2027-03-31T22:00", "2027-04-01"),
    ],
)
def test_a_month_begins_in_the_zone_of_the_desk(settings, heard, cast, zone, minute, month):
    """Its budget and the list of what was given begin at the same minute, in summer time too."""
    settings.TIME_ZONE = zone
    at, begins = datetime.fromisoformat(f"{minute}+00:00"), date.fromisoformat(month)
    assert month_of(at) == begins
    set_budget(heard.case.team, "EUR", 2000, by=cast.ines, now=at)
    made = give(heard.case, gift(until=date(2027, 12, 31)), by=cast.tom, now=at)
    assert [one.left for one in months(heard.case.team, begins)] == [0]
    assert list(given_in(heard.case.team, begins)) == [made]
    other = (begins + timedelta(days=31)).replace(day=1)
    assert not given_in(heard.case.team, other).exists()


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo", "UTC"])
def test_its_last_day_is_the_one_the_letter_says_wherever_the_team_is(heard, cast, zone):
    Team.objects.filter(pk=heard.case.team_id).update(calendar={"zone": zone, "hours": {"mon": "09:00-17:00"}})
    case = Case.objects.get(pk=heard.case.pk)
    made = give(case, gift(), by=cast.tom, now=heard.now)
    assert "until Wednesday 30 June 2027" in made.message.text
    assert became(Gesture.objects.get(), heard.now) == "Can be used until 30 June 2027"
    assert made.expires_at == datetime(2027, 7, 1, tzinfo=ZoneInfo(zone))


def test_two_currencies_are_two_purses(heard, cast):
    data = to_data(current())
    limits = [*data["limits"], *({**row, "currency": "SEK"} for row in data["limits"] if row["currency"] == "EUR")]
    adopt({**data, "limits": limits}, "A shop in Sweden", by=None, now=heard.now)
    set_budget(heard.case.team, "SEK", 500, by=cast.ines, now=heard.now)
    with pytest.raises(NotPossible, match="SEK 5 left"):
        give(heard.case, gift(unit="SEK", amount=501), by=cast.tom, now=heard.now)
    made = give(heard.case, gift(unit="SEK", amount=500), by=cast.tom, now=heard.now)
    give(heard.case, gift(reason="years", amount=8000), by=cast.tom, now=heard.now)
    assert {one.unit: one.left for one in months(heard.case.team, month_of(heard.now))} == {"EUR": 2000, "SEK": 0}
    take_gesture_back(made, "Wrong purse", declined=False, by=cast.tom, now=heard.now)
    assert {one.unit: one.left for one in months(heard.case.team, month_of(heard.now))} == {"EUR": 2000, "SEK": 500}
    assert sum(one.balance for one in Account.objects.filter(unit="SEK")) == 0


def test_the_line_of_a_relationship_costs_the_same_however_long_it_is(heard, cast, recovery):
    heard.deliver(heard.accept(heard.offer()))
    give(heard.case, gift(amount=100), by=cast.tom, now=heard.now)
    with CaptureQueriesContext(connection) as short:
        relation_of(heard.case, cast.tom, heard.now)
    other = recovery(mail("And again", message_id="<second@post.example>", subject="And again"))
    other.person_first()
    give(heard.case, gift(reason="years", amount=100), by=cast.tom, now=other.now)
    with CaptureQueriesContext(connection) as long:
        told = relation_of(heard.case, cast.tom, other.now)
    assert len(long) == len(short)
    assert [(one.case, one.ended, list(one.done)) for one in told.earlier] == [
        (other.case, "Open", []),
        (heard.case, "Open", ["Refund"]),
    ]
    assert [one.left for one in told.received] == [100, 100]
