"""After a case was closed: complaining again, buying, satisfaction and value, beside people who had no failure."""

from datetime import timedelta

import pytest

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotAllowed
from amends.insights import leaves
from amends.loyalty.purchase import import_purchases
from amends.loyalty.score import OutsideScore, import_scores
from amends.method.columns import BrokenRows
from amends.privacy.erase import erase_person
from amends.privacy.export import everything
from amends.team.policy import current
from tests.conftest import NOW
from tests.rooms.erasing import figures, found_in_database
from tests.rooms.test_purchases import TODAY, bought, put_right, scope

pytestmark = pytest.mark.django_db
CLOSED = TODAY - timedelta(days=400)
HEAD = "customer,date,score\n"


def table(said, key: str) -> dict[str, list[str]]:
    found = next(one for one in said.ground.tables if one.key == key)
    return {row[0].text: [cell.text for cell in row[1:]] for row in found.rows}


def again(case: Case, days: int) -> None:
    """The customer of this case complains again so many days after it was closed."""
    at = case.closure.at + timedelta(days=days)
    Case.objects.create(
        team=case.team,
        channel=case.channel,
        customer=case.customer,
        subject="Again",
        address=case.address,
        opened_at=at,
    )


def failed(cast, number: int, closed) -> Case:
    """A customer whose case was closed without anything put right."""
    case = put_right(cast, number, closed)
    case.fulfilments.all().delete()
    return case


def test_who_complains_again_while_we_watch_by_hand(cast):
    """25 closed; five wrote again within 90 days, one later, which counts not: 80 % did not."""
    assert current().double_deviation_days == 90
    made = [put_right(cast, number, CLOSED) for number in range(25)]
    for case in made[:5]:
        again(case, 30)
    again(made[5], 91)
    import_purchases(bought([f"right7@post.example,{CLOSED + timedelta(days=90)},500"]), by=cast.ines, now=NOW)
    said = leaves.answer(scope(cast))
    found = table(said, "watched")
    assert [row[0] for row in found.values()] == ["25", "5", "1", "–"]
    assert found["No further complaint after 90 days"][1] == "80 %"
    assert set(leaves.cases(scope(cast), "complained").cases) == set(made[:5])
    assert set(leaves.cases(scope(cast), "bought").cases) == {made[7]}
    assert leaves.cases(scope(cast, "priya"), "watched").cases.count() == 0


def test_who_cannot_be_followed_yet_counts_as_far_as_they_were(cast):
    """Kaplan and Meier by hand: 24 for 90 days of whom one left on day 10, 24 more seen for 5 days only: 23 of 24."""
    made = [put_right(cast, number, CLOSED) for number in range(24)]
    again(made[0], 10)
    for number in range(24, 48):
        put_right(cast, number, TODAY - timedelta(days=5))
    found = table(leaves.answer(scope(cast)), "watched")
    assert found["No further complaint after 90 days"][1] == "96 %"
    assert found["Customers with a closed case"][0] == "48"


def test_few_are_too_few_to_tell(cast):
    put_right(cast, 1, CLOSED)
    found = table(leaves.answer(scope(cast)), "watched")
    assert found["No further complaint after 90 days"][1] == "too few to tell"


def many(cast, people: int) -> None:
    """All bought alike; those put right are one point less happy than people like them, those not put right two."""
    before, after = CLOSED - timedelta(days=20), CLOSED + timedelta(days=20)
    lines, answers = [f"last@b.example,{TODAY},100"], []
    for number in range(people):
        put_right(cast, number, CLOSED)
        failed(cast, 1000 + number, CLOSED)
        for who in (f"right{number}@post.example", f"right{1000 + number}@post.example", f"twin{number}@b.example"):
            lines += [f"{who},{CLOSED - timedelta(days=10)},5000"]
            lines += [f"{who},{after},3000"]
            answers += [f"{who},{before},4"]
        answers += [f"right{number}@post.example,{after},4", f"right{1000 + number}@post.example,{after},3"]
        answers += [f"twin{number}@b.example,{after},5"]
    import_purchases(bought(lines), by=cast.ines, now=NOW)
    import_scores(HEAD + "\n".join(answers) + "\n", by=cast.ines, now=NOW)


def test_satisfaction_buying_again_and_value_beside_people_without_a_failure(cast):
    many(cast, 60)
    said = leaves.answer(scope(cast))
    satisfied = table(said, "satisfied")
    assert satisfied["Put right"] == ["60", "60", "-1.00", "-1.03 to -0.97"]
    assert satisfied["Not put right"] == ["60", "60", "-2.00", "-2.03 to -1.97"]
    assert table(said, "again")["Put right"][1:3] == ["100 %", "100 %"]
    value = table(said, "value")
    assert value["Put right"][0] == "€50 (€50 to €50)"
    assert value["Difference of the changes"][2] == "€0 (€0 to €0)"
    notes = " ".join(note.text for note in said.ground.notes)
    assert "found for satisfaction and not for buying again" in notes
    assert "Recovery does not make it up: recovered people score -1.00 (-1.03 to -0.97, 60 pairs)." in notes


def test_without_answers_or_with_few_it_says_so(cast):
    put_right(cast, 1, CLOSED)
    import_purchases(
        bought([f"right1@post.example,{CLOSED},500", f"last@b.example,{TODAY},100"]), by=cast.ines, now=NOW
    )
    said = leaves.answer(scope(cast))
    tables = {one.key: one for one in said.ground.tables}
    assert (tables["satisfied"].rows, tables["satisfied"].empty) == (
        (),
        "No answers of a survey of everybody were brought in.",
    )
    assert tables["value"].empty.startswith("Too few to tell: 0 of the 50 pairs")
    import_scores(f"{HEAD}right1@post.example,{CLOSED},4\n", by=cast.ines, now=NOW)
    assert table(leaves.answer(scope(cast)), "satisfied")["Put right"][2] == "too few to tell"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"maria,{TODAY},4", "“maria” is no e-mail address"),
        (f"a@b.example,{TODAY},0", "“0” is no answer from 1 to 5"),
        (f"a@b.example,{TODAY},10", "“10” is no answer from 1 to 5"),
        ("a@b.example,2027-01-01,4", "is to come"),
        (f"good@b.example,{TODAY},5", "line 2 holds an answer of the same person and day already"),
    ],
)
def test_a_broken_answer_is_named_and_nothing_is_kept(row, reason, cast):
    with pytest.raises(BrokenRows, match=reason):
        import_scores(f"{HEAD}good@b.example,{TODAY},5\n{row}\n", by=cast.ines, now=NOW)
    assert not OutsideScore.objects.exists()


def test_an_agent_brings_no_answers_in_and_an_empty_file_says_what_it_needs(cast):
    with pytest.raises(NotAllowed):
        import_scores(f"{HEAD}a@b.example,{TODAY},4\n", by=cast.tom, now=NOW)
    with pytest.raises(Incomplete, match="customer, date and score"):
        import_scores(HEAD, by=cast.ines, now=NOW)


def test_answers_stay_one_persons_when_they_are_erased(cast):
    many(cast, 50)
    customer = Case.objects.get(address="right3@post.example").customer
    assert len(everything(customer)["answers of a survey of everybody"]) == 2
    before = figures(cast, NOW)
    erase_person(customer, "erase", asked=True, by=cast.ines, now=NOW)
    assert figures(cast, NOW) == before
    assert found_in_database(["right3@post.example"]) == []
