"""The tree of causes: tended by name, merged without losing an issue, retired without faking a proof; named twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible
from amends.cases.event import Event
from amends.cases.hear import Heard, hear
from amends.cases.issue import Issue, Wish
from amends.cases.ledger import verify
from amends.cases.withdraw import withdraw
from amends.prevention.board import board_of
from amends.prevention.claim import Claim, state_claim
from amends.prevention.coding import ONE_IN, SecondCoding, code_again, is_drawn, waiting_for
from amends.prevention.models import Attribution, Cause, ChangeKind, Retirement
from amends.prevention.proposals import proposals
from amends.prevention.tending import Card, merge_cause, put_back_cause, retire_cause, tend
from amends.prevention.tree import inside, roots, tree_of
from amends.prevention.verbs import agree_change, attribute, make_change
from amends.recovery.recurrence import Recurrence
from tests.conftest import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast) -> Cause:
    """The cause of the cast, which one change stands against."""
    return Cause.objects.get(name="Courier handover")


@pytest.fixture
def cause(cast):
    def made(name: str, definition: str = "It happens.", parent: Cause | None = None) -> Cause:
        return Cause.objects.create(name=name, definition=definition, owner=cast.ines, parent=parent)

    return made


@pytest.fixture
def told(cast, recovery):
    """An issue in these words, heard by Tom."""

    def made(words: str, *, by=None, category: str = "delivery", kind: str = "late") -> Issue:
        made.number += 1
        raw = mail("Hello,\n\nplease look at order 4711.\n", sender=f"P <p{made.number}@post.example>",
                   message_id=f"<{made.number}@post.example>")  # fmt: skip
        case = recovery(raw).case
        hear(case, [Heard(None, words, category, words=words, kind=kind)], by=by or cast.tom, now=cast.clock.now)
        return case.issues.latest("pk")

    made.number = 0
    return made


def card(cause: Cause, **changed) -> Card:
    known = {"name": cause.name, "definition": cause.definition, "owner": cause.owner, "parent": cause.parent}
    return Card(**{**known, **changed})


def test_what_was_done_to_a_cause_stands_there_with_who_and_when(cast, cause):
    one, wide = cause("Late van"), cause("Transport")
    now = cast.clock.forward(days=1)
    done = tend(one, card(one, name="Van  leaves late", owner=cast.tom, parent=wide), by=cast.sam, now=now)
    one.refresh_from_db()
    assert (one.name, one.owner, one.parent) == ("Van leaves late", cast.tom, wide)
    assert done == ("Renamed from “Late van”.", "Tom Becker looks after it, before Ines Castellano.",
                    "Moved below “Transport”.")  # fmt: skip
    assert {(row.words, row.by, row.at) for row in one.tended.all()} == {(words, cast.sam, now) for words in done}
    assert Event.objects.get(kind="cause_tended").actor == f"user:{cast.sam.pk}"
    with pytest.raises(AlreadyDone):
        tend(one, card(one), by=cast.sam, now=now)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "courier HANDOVER"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"definition": ""}, "definition"),
        ({"definition": "It is late. It is also wet."}, "definition"),
        ({"definition": "x" * 301}, "definition"),
    ],
)
def test_a_cause_has_a_name_of_its_own_and_one_sentence(cast, cause, known, changed, field):
    one = cause("Late van")
    with pytest.raises(Incomplete) as refused:
        tend(one, card(one, **changed), by=cast.sam, now=cast.clock.now)
    assert refused.value.field == field
    assert not one.tended.exists()


def test_three_levels_and_no_circle(cast, cause):
    top = cause("Top")
    middle = cause("Middle", parent=top)
    low = cause("Low", parent=middle)
    other = cause("Other", parent=cause("Else"))
    for one, parent, says in [(top, low, "below this cause"), (top, top, "below this cause"), (other, low, "4 levels"),
                              (top, other, "4 levels")]:  # fmt: skip
        with pytest.raises(Incomplete, match=says):
            tend(one, card(one, parent=parent), by=cast.sam, now=cast.clock.now)
    assert inside(top.pk) == {top.pk, middle.pk, low.pk}
    assert roots()[low.pk] == top.pk
    shown = [(twig.cause.name, twig.level) for twig in tree_of()]
    assert shown[-3:] == [("Top", 0), ("Middle", 1), ("Low", 2)]


def test_merging_loses_no_issue_and_finds_what_came_back(cast, cause, told):
    one, other = cause("Van late"), cause("Late van")
    issues = [told("The van came at night"), told("The van came on Sunday")]
    for issue, why in zip(issues, (one, other), strict=True):
        attribute(issue, why, by=cast.tom, now=cast.clock.now)
    assert merge_cause(one, other, by=cast.sam, now=cast.clock.now) == 1
    assert {row.cause for row in Attribution.objects.all()} == {other}
    gone = Retirement.objects.get()
    assert (gone.cause, gone.into, gone.by) == (one, other, cast.sam)
    with pytest.raises(NotPossible, match="Choose “Late van”, which stands for it"):
        attribute(issues[0], one, by=cast.tom, now=cast.clock.now)
    with pytest.raises(NotPossible, match="Name a new cause"):
        put_back_cause(one, by=cast.sam, now=cast.clock.now)
    assert one.name not in [twig.cause.name for twig in tree_of()]
    assert verify().holds


def test_a_proposal_taken_before_a_merger_is_still_one_that_was_taken(cast, cause, told):
    one, other = cause("Van late"), cause("Late van")
    attribute(told("The van came at night"), one, by=cast.tom, now=cast.clock.now, proposed=one)
    merge_cause(one, other, by=cast.sam, now=cast.clock.now)
    assert (Attribution.objects.get().cause, Attribution.objects.get().proposed) == (other, other)


def test_a_customer_hurt_by_both_had_the_same_again(cast, cause, recovery):
    early = recovery(mail("Hello,\n\nplease look at order 4711.\n"))
    early.person_first()
    early.deliver(early.accept(early.offer()))
    cast.clock.forward(days=3)
    later = recovery(mail("Hello,\n\nplease look at order 4712.\n", subject="Other", message_id="<two@post.example>"))
    later.hear("It came late")
    one, other = cause("Van late"), cause("Late van")
    attribute(early.issues[0], one, by=cast.tom, now=cast.clock.now)
    attribute(later.issues[0], other, by=cast.tom, now=cast.clock.now)
    assert later.case != early.case
    assert not Recurrence.objects.exists()
    merge_cause(one, other, by=cast.sam, now=cast.clock.now)
    assert Recurrence.objects.get().issue == Issue.objects.get(pk=later.issues[0].pk)


def test_what_a_proof_counts_by_is_not_merged_away(cast, cause, known):
    other = cause("Late van")
    with pytest.raises(NotPossible, match="judged by its issues"):
        merge_cause(known, other, by=cast.sam, now=cast.clock.now)
    with pytest.raises(Incomplete, match="another cause"):
        merge_cause(other, other, by=cast.sam, now=cast.clock.now)
    cause("Van stolen", parent=other)
    with pytest.raises(NotPossible, match="“Van stolen” stands below"):
        merge_cause(other, known, by=cast.sam, now=cast.clock.now)


def test_a_cause_is_not_retired_while_that_would_look_like_success(cast, cause):
    one, now = cause("Late van"), cast.clock.now
    due = now.date() + timedelta(days=7)
    change = agree_change(one, "A second van", ChangeKind.SYSTEM, owner=cast.ines, due=due, by=cast.ines, now=now)
    with pytest.raises(NotPossible, match="still to be made"):
        retire_cause(one, "The van is sold.", by=cast.sam, now=now)
    claim = Claim(action="corrective", population="all", baseline_weeks=12, trigger_weeks=4, drop_percent=50,
                  review_date=due + timedelta(weeks=12))  # fmt: skip
    state_claim(change, claim, by=cast.ines, now=now)
    make_change(change, by=cast.ines, now=now)
    with pytest.raises(NotPossible, match="would seem to have worked"):
        retire_cause(one, "The van is sold.", by=cast.sam, now=now)
    later = cast.clock.forward(weeks=14)
    retire_cause(one, "The van is sold.", by=cast.sam, now=later)
    with pytest.raises(NotPossible, match="have it put back"):
        attribute(Issue(pk=0), one, by=cast.tom, now=later)
    assert one.name not in [item.cause.name for column in board_of() for item in column.cards]
    put_back_cause(one, by=cast.sam, now=later)
    assert one.name in [item.cause.name for column in board_of() for item in column.cards]
    with pytest.raises(AlreadyDone):
        put_back_cause(one, by=cast.sam, now=later)


def test_a_cause_put_back_stands_at_the_top_where_what_it_stood_below_is_gone(cast, cause):
    wide = cause("Transport")
    one, now = cause("Late van", parent=wide), cast.clock.now
    for gone in (one, wide):
        retire_cause(gone, "The van is sold.", by=cast.sam, now=now)
    put_back_cause(one, by=cast.sam, now=now)
    assert ("Late van", 0) in [(twig.cause.name, twig.level) for twig in tree_of()]
    assert "No longer below “Transport”." in one.tended.values_list("words", flat=True)


def test_nothing_is_agreed_against_a_cause_that_is_out_of_use(cast, cause):
    one, now = cause("Late van"), cast.clock.now
    retire_cause(one, "The van is sold.", by=cast.sam, now=now)
    with pytest.raises(NotPossible, match="is out of use"):
        agree_change(one, "A van", ChangeKind.SYSTEM, owner=cast.ines, due=now.date(), by=cast.ines, now=now)


def test_the_board_counts_the_issues_the_tree_counts(cast, cause, told):
    one, issue = cause("Late van"), told("The van came at night")
    attribute(issue, one, by=cast.tom, now=cast.clock.now)
    withdraw(issue, "It came after all.", wish=Wish.CUSTOMER, by=cast.tom, now=cast.clock.now)
    assert [twig.issues for twig in tree_of() if twig.cause == one] == [0]
    assert [item.cause.cases for column in board_of() for item in column.cards if item.cause == one] == [0]


def test_a_retirement_says_why(cast, cause):
    with pytest.raises(Incomplete):
        retire_cause(cause("Late van"), " ", by=cast.sam, now=cast.clock.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Retirement.objects.create(cause=cause("Van"), by=cast.sam, at=cast.clock.now)


def test_a_cause_that_only_holds_others_is_not_on_the_board(cast, cause):
    wide = cause("Transport")
    cause("Late van", parent=wide)
    named = [item.cause.name for column in board_of() for item in column.cards]
    assert "Late van" in named
    assert "Transport" not in named


def drawn(told, count: int = 1) -> list[Issue]:
    """So many issues that belong to those named twice."""
    found: list[Issue] = []
    while len(found) < count:
        issue = told("The van came at night")
        if is_drawn(issue.pk):
            found.append(issue)
    return found


def test_about_one_in_five_is_drawn_by_its_number():
    share = sum(is_drawn(number) for number in range(20_000)) / 20_000
    assert abs(share - 1 / ONE_IN) < 0.012  # four standard errors


def test_the_second_names_it_blind_and_what_is_linked_stays(cast, known, cause, told):
    (issue,) = drawn(told)
    other = cause("Late van")
    attribute(issue, known, by=cast.tom, now=cast.clock.now)
    assert waiting_for(cast.sam, cast.clock.now) == [issue.pk]
    code_again(issue, other, by=cast.sam, now=cast.clock.forward(hours=1))
    made = SecondCoding.objects.get()
    assert (made.first, made.first_by, made.cause, made.by) == (known, cast.tom, other, cast.sam)
    assert Attribution.objects.get(issue=issue).cause == known
    assert waiting_for(cast.sam, cast.clock.now) == []
    told_of = Event.objects.get(kind="cause_coded_again")
    assert "cause" not in told_of.data
    attribute(issue, other, by=cast.ines, now=cast.clock.now)
    made.refresh_from_db()
    assert made.first == known
    with pytest.raises(AlreadyDone):
        code_again(issue, other, by=cast.ada, now=cast.clock.now)


def test_who_may_not_name_it_a_second_time(cast, known, told):
    from amends.cases.subject import Subject

    (issue,) = drawn(told)
    with pytest.raises(NotPossible, match="none of those"):
        code_again(issue, known, by=cast.sam, now=cast.clock.now)
    attribute(issue, known, by=cast.ines, now=cast.clock.now)
    with pytest.raises(NotAllowed, match="You named this cause first"):
        code_again(issue, known, by=cast.ines, now=cast.clock.now)
    assert waiting_for(cast.ines, cast.clock.now) == []
    assert waiting_for(cast.tom, cast.clock.now) == []  # he heard it
    assert waiting_for(cast.priya, cast.clock.now) == []  # another team
    assert waiting_for(cast.sam, cast.clock.forward(weeks=13)) == []
    cast.clock.forward(weeks=-13)
    Subject.objects.create(case=issue.case, person=cast.sam, by=cast.ines, at=cast.clock.now)
    assert waiting_for(cast.sam, cast.clock.now) == []
    with pytest.raises(ConflictOfInterest):
        code_again(issue, known, by=cast.sam, now=cast.clock.now)


def test_nobody_is_both_coders_even_in_the_database(cast, known, told):
    (issue,) = drawn(told)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondCoding.objects.create(
            issue=issue, first=known, first_by=cast.sam, cause=known, by=cast.sam, at=cast.clock.now
        )


def test_a_cause_is_proposed_from_issues_like_it(cast, cause, told):
    van, bank = cause("Late van"), cause("Paid twice")
    for words, why in [("The driver came two days late with the sofa", van), ("Our driver was late again", van),
                       ("The bank shows the payment twice", bank), ("My payment was taken twice", bank)]:  # fmt: skip
        attribute(told(words), why, by=cast.tom, now=cast.clock.now)
    issue = told("The driver with our table was three days late")
    found = proposals([issue], cast.tom)[issue.pk]
    assert found.cause == van
    assert {one.summary for one in found.like} <= {"The driver came two days late with the sofa",
                                                   "Our driver was late again"}  # fmt: skip
    assert found.like


def test_before_anything_is_linked_its_definition_proposes_a_cause(cast, cause, told):
    cause("Label swapped", "Two carpets share one shelf label, and the picker scans the shelf.")
    cause("Paid twice", "The payment page takes the money a second time.")
    issue = told("The money was taken a second time from my payment card")
    assert proposals([issue], cast.tom)[issue.pk].cause.name == "Paid twice"
    vague = told("I am not happy at all")
    assert vague.pk not in proposals([vague], cast.tom)


def test_what_another_team_holds_is_not_shown_as_like(cast, cause, told):
    van = cause("Late van")
    first = told("The driver came two days late with the sofa")
    attribute(first, van, by=cast.tom, now=cast.clock.now)
    issue = told("The driver came three days late with the sofa")
    assert [one.pk for one in proposals([issue], cast.tom)[issue.pk].like] == [first.pk]
    assert proposals([issue], cast.priya)[issue.pk].like == ()
