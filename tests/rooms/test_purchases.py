"""Purchases come in whole or not at all and veiled; “Who leaves?” says what they tell, and when they tell nothing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.errors import Incomplete, NotAllowed
from amends.channels.models import Channel
from amends.customers.models import Address, Customer
from amends.insights import leaves
from amends.insights.scope import PERIODS, Scope
from amends.loyalty.give import Given, give
from amends.loyalty.purchase import Purchase, buyers, import_purchases
from amends.loyalty.purchase_file import purchases_of
from amends.loyalty.stayed import stayed
from amends.loyalty.veil import veiled_address
from amends.measures.repurchase import QUIET
from amends.method.columns import BrokenRows
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.remedy import Remedy
from tests.conftest import NOW, mail

pytestmark = pytest.mark.django_db
HEAD = "customer,date,cents,currency,order\n"
TODAY = NOW.date()


def test_they_are_kept_veiled_and_twice_counts_once(cast):
    text = HEAD + "Maria@post.example,2026-11-09,8900,EUR,1\nmaria@post.example,2026-11-10,500,EUR,2\n"
    assert import_purchases(text, by=cast.ines, now=NOW).purchases == 2
    assert import_purchases(text.replace("500", "600"), by=cast.sam, now=NOW).purchases == 2
    bought = buyers("EUR")[veiled_address("maria@post.example")]
    assert (bought.days, bought.cents) == ((date(2026, 11, 9), date(2026, 11, 10)), (8900, 600))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM amends_purchase")
        assert "maria" not in str(cursor.fetchall()).lower()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("maria,2026-11-09,8900,EUR,1", "“maria” is no e-mail address"),
        ("a@b.example,9.11.2026,8900,EUR,1", "is no day such as 2026-11-16"),
        ("a@b.example,2026-02-30,8900,EUR,1", "is no day such as 2026-11-16"),
        ("a@b.example,2026-11-22,8900,EUR,1", "2026-11-22 is to come"),
        ("a@b.example,1999-12-31,8900,EUR,1", "before the year 2000"),
        ("a@b.example,2026-11-09,-1,EUR,1", "below nought"),
        ("a@b.example,2026-11-09,89.00,EUR,1", "is no whole number of cents"),
        ("a@b.example,2026-11-09,0,EUR,1", "cannot be what somebody paid"),
        ("a@b.example,2026-11-09,9999999999999999,EUR,1", "cannot be what somebody paid"),
        ("a@b.example,2026-11-09,8900,euro,1", "is no currency such as EUR"),
        ("a@b.example,2026-11-09,8900,EUR,", "the order needs a number"),
        ("a@b.example,2026-11-09,8900,EUR", "it has 4 columns, the first line has 5"),
        ("a@b.example,2026-11-09,8900,EUR,0", "the order 0 stands on line 2 already"),
    ],
)
def test_a_broken_row_is_named_with_its_line_and_nothing_is_kept(row, reason, cast):
    with pytest.raises(BrokenRows) as refusal:
        import_purchases(f"{HEAD}good@b.example,2026-11-09,100,EUR,0\n{row}\n", by=cast.ines, now=NOW)
    assert [one.line for one in refusal.value.rows] == [3]
    assert reason in refusal.value.rows[0].reason
    assert not Purchase.objects.exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200) | st.lists(st.text(max_size=30), min_size=5, max_size=5).map(",".join))
def test_whatever_a_file_holds_each_line_is_a_row_or_is_named(text):
    rows, broken = purchases_of(HEAD + text, TODAY)
    assert all(one.cents > 0 and one.day <= TODAY for one in rows)
    assert all(one.line >= 2 and one.reason for one in broken)
    assert len({one.order for one in rows}) == len(rows)


def test_an_agent_brings_none_in_and_an_empty_file_says_what_it_needs(cast):
    with pytest.raises(NotAllowed):
        import_purchases(HEAD + "a@b.example,2026-11-09,100,EUR,1\n", by=cast.tom, now=NOW)
    with pytest.raises(Incomplete, match="customer, date, cents, currency and order"):
        import_purchases(HEAD, by=cast.ines, now=NOW)


def test_the_database_refuses_what_cannot_be(cast):
    for wrong in ({"cents": 0}, {"day": date(1980, 1, 1)}):
        values = {"buyer": "x", "day": TODAY, "cents": 1, "currency": "EUR", "order": "1", "at": NOW} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            Purchase.objects.create(**values)


def put_right(cast, number: int, closed: date):
    """A customer whose case was put right and closed that day, as rows: sixty walks through the verbs take a minute."""
    at = NOW.replace(year=closed.year, month=closed.month, day=closed.day)
    customer = Customer.objects.create(name=f"Person {number}", since=at)
    Address.objects.create(customer=customer, value=f"right{number}@post.example")
    case = Case.objects.create(
        team=cast.tom.team,
        channel=Channel.objects.first(),
        customer=customer,
        subject="Late",
        address=f"right{number}@post.example",
        opened_at=at,
    )
    Fulfilment.objects.create(
        case=case,
        entitlement=True,
        remedy=Remedy.objects.get(key="refund"),
        title="Refund",
        amount_cents=100,
        currency="EUR",
        proof="Booking 1",
        by=cast.tom,
        at=at,
    )
    Closure.objects.create(case=case, by=cast.tom, at=at)
    return case


def bought(lines: list[str]) -> str:
    return HEAD + "".join(f"{line},EUR,{number}\n" for number, line in enumerate(lines))


def scope(cast, who="ines") -> Scope:
    return Scope(user=cast.people[who], now=NOW, period=PERIODS["all"])


def test_without_purchases_nobody_knows_and_a_few_are_too_few(cast):
    assert leaves.answer(scope(cast)).sentence == "Nobody knows: no purchases were brought in."
    closed = TODAY - timedelta(days=300)
    put_right(cast, 1, closed)
    lines = [f"right1@post.example,{closed},5000", f"other@post.example,{closed},5000", f"last@b.example,{TODAY},100"]
    import_purchases(bought(lines), by=cast.ines, now=NOW)
    said = leaves.answer(scope(cast))
    assert "Too few to tell: 1 person put right could be followed" in said.sentence
    assert "%" not in said.sentence
    assert not said.ground.charts
    assert [row[1].text for row in said.ground.tables[0].rows] == ["1", "1", "1", "0", "1"]


def test_sixty_put_right_of_whom_half_come_back_beside_twins_who_nearly_all_do(cast):
    """By hand: 30 of 60 bought again, 54 of their 60 twins did: -40 points, and the notes warn of the paradox."""
    closed, again = TODAY - timedelta(days=300), TODAY - timedelta(days=250)
    lines = [f"last@b.example,{TODAY},100"]
    for number in range(60):
        put_right(cast, number, closed)
        lines += [f"right{number}@post.example,{closed},5000", f"twin{number}@post.example,{closed},5000"]
        lines += [f"right{number}@post.example,{again},5000"] if number < 30 else []
        lines += [f"twin{number}@post.example,{again},5000"] if number < 54 else []
    import_purchases(bought(lines), by=cast.ines, now=NOW)
    said = leaves.answer(scope(cast))
    assert said.sentence.startswith(
        "People we put right leave more often. Bought again within 180 days: 50 % beside 90 %"
    )
    assert "-40 points" in said.sentence
    assert [row[1].text for row in said.ground.tables[0].rows] == ["60", "60", "60", "30", "30"]
    assert leaves.cases(scope(cast), "again").cases.count() == 30
    assert any("no reason to let things go wrong" in note.text for note in said.ground.notes)
    assert {row[0].text for row in said.ground.tables[1].rows} == {"90 days", "180 days", "365 days"}
    assert leaves.answer(scope(cast, "priya")).ground.tables[0].rows[0][1].text == "0"


def test_who_ever_complained_is_nobodys_twin(cast):
    closed = TODAY - timedelta(days=300)
    put_right(cast, 1, closed)
    put_right(cast, 2, closed - QUIET)
    lines = [f"right{number}@post.example,{closed},5000" for number in (1, 2)] + [f"last@b.example,{TODAY},100"]
    import_purchases(bought(lines), by=cast.ines, now=NOW)
    assert leaves.look(scope(cast)).found.pairs == ()


def test_who_bought_again_long_after_is_listed_until_somebody_thanked_them(cast, clock):
    closed = TODAY - timedelta(days=200)
    first, soon, never = (put_right(cast, number, closed) for number in (1, 2, 3))
    lines = [f"right1@post.example,{closed + timedelta(days=90)},500", f"right2@post.example,{closed},500"]
    lines += [f"right2@post.example,{closed + timedelta(days=89)},500"]
    import_purchases(bought(lines), by=cast.ines, now=NOW)
    assert list(stayed(cast.tom.team, NOW)) == [first]
    assert list(stayed(cast.priya.team, NOW)) == []
    thanks = Given(title="A card", reason="stayed", because="Two years on.", words="You stayed. Thank you.")
    give(first, thanks, by=cast.tom, now=NOW)
    assert list(stayed(cast.tom.team, NOW)) == []
    assert {soon.pk, never.pk} == set(Case.objects.exclude(pk=first.pk).values_list("pk", flat=True))


def test_who_has_an_open_case_is_owed_something_else_first(cast):
    closed = TODAY - timedelta(days=200)
    first = put_right(cast, 1, closed)
    import_purchases(bought([f"right1@post.example,{TODAY},500"]), by=cast.ines, now=NOW)
    assert list(stayed(cast.tom.team, NOW)) == [first]
    cast.case(mail(sender="Person 1 <right1@post.example>", message_id="<again@post.example>"))
    assert list(stayed(cast.tom.team, NOW)) == []
