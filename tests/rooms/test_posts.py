"""Public posts, referrals and who speaks well of us: kept whole, linked by a person only, gone with the person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.insights import advocates
from amends.insights.scope import PERIODS, Scope
from amends.loyalty.give import Given, give
from amends.loyalty.linking_wish import allow_linking, stop_linking
from amends.loyalty.post import Post, PostChange, PostMatch
from amends.loyalty.posts import Seen, import_posts, match_post, note_post, posts_about, undecided, unlink_post
from amends.loyalty.proposals import proposals
from amends.loyalty.purchase import import_purchases
from amends.loyalty.refer import note_referral, remove_referral
from amends.loyalty.referral import Referral, sent
from amends.method.columns import BrokenRows
from amends.method.survey import Kind
from amends.privacy.erase import erase_person
from amends.privacy.export import everything
from amends.recovery.survey import SurveyAnswer, SurveyAsked
from tests.conftest import NOW
from tests.rooms.erasing import figures, found_in_database
from tests.rooms.test_purchases import TODAY, put_right

pytestmark = pytest.mark.django_db
HEAD = "site,url,day,stars,author,order\n"
URL = "https://reviews.example/4711"
CLOSED = TODAY - timedelta(days=60)
AFTER = CLOSED + timedelta(days=10)


def row(url: str = URL, day=AFTER, stars: int | str = 5, author: str = "", order: str = "") -> str:
    return f"Reviews,{url},{day},{stars},{author},{order}\n"


def seen(**changed) -> Seen:
    return Seen(**{"site": "Reviews", "url": URL, "day": str(AFTER), "stars": "5"} | changed)


def scope(cast, who: str = "ada") -> Scope:
    return Scope(cast.people[who], NOW, PERIODS["all"])


def test_posts_are_kept_once_and_other_stars_are_a_change(cast):
    text = HEAD + row(stars=1, author="Maria O.") + row(f"{URL}2", stars="")
    assert (import_posts(text, by=cast.ines, now=NOW).new, Post.objects.count()) == (2, 2)
    again = import_posts(HEAD + row(stars=4), by=cast.sam, now=NOW)
    assert (again.new, again.changed, Post.objects.count()) == (0, 1, 2)
    import_posts(HEAD + row(stars=4), by=cast.sam, now=NOW)
    post, change = Post.objects.get(url=URL), PostChange.objects.get()
    assert (post.stars, post.stars_now, change.by) == (1, 4, cast.sam)
    assert Post.objects.get(url=f"{URL}2").stars_now is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (row(stars=6), "“6” are no stars from 1 to 5"),
        (row(stars="-1"), "are no stars"),
        (row(url="javascript:alert(1)"), "is no address such as https://"),
        (row(url="https://a b.example"), "is no address"),
        (row(day="9.11.2026"), "is no day such as"),
        (row(day="2026-12-24"), "is to come"),
        (row(url="https://reviews.example/0"), "the same address stands on line 2 already"),
        (f",{URL},{AFTER},5,,\n", "the site is missing"),
        (f"Reviews,{URL},{AFTER},5\n", "it has 4 columns"),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_kept(line, reason, cast):
    with pytest.raises(BrokenRows) as refusal:
        import_posts(HEAD + row("https://reviews.example/0") + line, by=cast.ines, now=NOW)
    assert [one.line for one in refusal.value.rows] == [3]
    assert reason in refusal.value.rows[0].reason
    assert not Post.objects.exists()


def test_an_agent_brings_none_in_and_the_database_knows_what_cannot_be(cast):
    with pytest.raises(NotAllowed):
        import_posts(HEAD + row(), by=cast.tom, now=NOW)
    with pytest.raises(Incomplete, match="site, url, day, stars, author and order"):
        import_posts(HEAD, by=cast.ines, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(site="x", url=URL, day=TODAY, stars=6, by=cast.ines, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(buyer="x", sender="x", day=TODAY, by=cast.ines, at=NOW)


def test_a_post_is_proposed_and_only_a_person_links_it(cast):
    """By name and week or by order; what is decided forgets name and order, and is decided once."""
    case, other = put_right(cast, 1, CLOSED), put_right(cast, 2, CLOSED)
    Case.objects.filter(pk=case.pk).update(severity=3)
    case.customer.name = "Maria Oduya"
    case.customer.save()
    import_posts(HEAD + row(day=CLOSED, author="Maria O."), by=cast.ines, now=NOW)
    post = undecided().get()
    assert [(one.case, one.why) for one in proposals(post, cast.ines)] == [(case, "name")]
    assert proposals(post, cast.priya) == []
    assert not PostMatch.objects.exists()
    match_post(post, case, by=cast.ines, now=NOW)
    post.refresh_from_db()
    assert (post.author, post.order, post.match.case) == ("", "", case)
    with pytest.raises(AlreadyDone):
        match_post(post, other, by=cast.ines, now=NOW)
    assert not undecided().exists()


def test_by_hand_at_a_case_with_the_stars_before(cast):
    case, other = put_right(cast, 1, CLOSED), put_right(cast, 2, CLOSED)
    post = note_post(case, seen(before="1"), by=cast.tom, now=NOW)
    assert (post.stars, Post.objects.get().stars_now, list(posts_about(case))) == (1, 5, [post])
    with pytest.raises(AlreadyDone):
        note_post(other, seen(), by=cast.tom, now=NOW)
    unlink_post(case, post, by=cast.tom, now=NOW)
    assert posts_about(case) == []
    note_post(other, seen(), by=cast.tom, now=NOW)
    assert list(posts_about(other)) == [post]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"url": "reviews"}, "url"),
        ({"stars": "ten"}, "stars"),
        ({"before": "0"}, "before"),
        ({"site": " "}, "site"),
        ({"day": ""}, "day"),
    ],
)
def test_what_cannot_be_used_is_named_beside_its_field(changed, field, cast):
    with pytest.raises(Incomplete) as refusal:
        note_post(put_right(cast, 1, CLOSED), seen(**changed), by=cast.tom, now=NOW)
    assert refusal.value.field == field
    assert not Post.objects.exists()


def test_who_sent_somebody_comes_with_the_purchases_and_stays_veiled(cast):
    case = put_right(cast, 1, CLOSED)
    head = "customer,date,cents,currency,order,sent_by\n"
    text = head + f"new@b.example,{AFTER},500,EUR,1,right1@post.example\nnew@b.example,{TODAY},500,EUR,2,\n"
    brought = import_purchases(text, by=cast.ines, now=NOW)
    assert (brought.purchases, brought.referrals, brought.left_out) == (2, 1, 0)
    assert (sent(case.customer).others, Referral.objects.get().day) == (1, AFTER)
    assert [column for _, column, _ in found_in_database(["new@b.example"])] == []
    import_purchases(text, by=cast.ines, now=NOW)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (f"a@b.example,{AFTER},500,EUR,1,A@b.example\n", "nobody sends themselves to us"),
        (f"a@b.example,{AFTER},500,EUR,1,nobody\n", "“nobody” is no e-mail address"),
        (
            f"a@b.example,{AFTER},500,EUR,1,x@b.example\na@b.example,{AFTER},500,EUR,2,y@b.example\n",
            "line 2 says that somebody else sent this customer",
        ),
    ],
)
def test_a_sender_who_cannot_be_stops_the_file(lines, reason, cast):
    with pytest.raises(BrokenRows, match=reason):
        import_purchases("customer,date,cents,currency,order,sent_by\n" + lines, by=cast.ines, now=NOW)
    assert not Referral.objects.exists()


def test_who_sent_them_by_hand_once_and_taken_away(cast):
    case, friend = put_right(cast, 1, CLOSED), put_right(cast, 2, CLOSED)
    for wrong, why in (("nobody", "e-mail address"), ("Right1@post.example ", "their own address")):
        with pytest.raises(Incomplete, match=why):
            note_referral(case, wrong, by=cast.tom, now=NOW)
    note_referral(case, "right2@post.example", by=cast.tom, now=NOW)
    assert (sent(case.customer).by_somebody.day, sent(friend.customer).others) == (CLOSED, 1)
    with pytest.raises(AlreadyDone):
        note_referral(case, "other@post.example", by=cast.tom, now=NOW)
    remove_referral(case, by=cast.tom, now=NOW)
    assert not Referral.objects.exists()
    with pytest.raises(NotPossible):
        remove_referral(case, by=cast.tom, now=NOW)


def test_who_wants_nothing_linked_has_nothing_linked(cast):
    case, friend = put_right(cast, 1, CLOSED), put_right(cast, 2, CLOSED)
    case.customer.name = "Maria Oduya"
    case.customer.save()
    note_post(case, seen(), by=cast.tom, now=NOW)
    note_referral(friend, "right1@post.example", by=cast.tom, now=NOW)
    stop_linking(case, by=cast.tom, now=NOW)
    assert (posts_about(case), sent(case.customer).others, Post.objects.count()) == ([], 0, 1)
    with pytest.raises(AlreadyDone):
        stop_linking(case, by=cast.tom, now=NOW)
    with pytest.raises(NotPossible):
        note_post(case, seen(url=f"{URL}2"), by=cast.tom, now=NOW)
    with pytest.raises(NotPossible):
        note_referral(case, "a@b.example", by=cast.tom, now=NOW)
    with pytest.raises(NotPossible, match="The person who sent them"):
        note_referral(friend, "right1@post.example", by=cast.tom, now=NOW)
    text = f"customer,date,cents,currency,order,sent_by\nnew@b.example,{AFTER},5,EUR,1,right1@post.example\n"
    assert import_purchases(text, by=cast.ines, now=NOW).left_out == 1
    import_posts(HEAD + row(f"{URL}3", day=CLOSED, author="Maria Oduya"), by=cast.ines, now=NOW)
    assert proposals(undecided().get(), cast.ines) == []
    allow_linking(case, by=cast.tom, now=NOW)
    assert len(proposals(undecided().get(), cast.ines)) == 1


def promotes(case: Case, value: int) -> None:
    at = NOW - timedelta(days=50)
    known = {"why": "closed", "since": at, "at": at, "kinds": ["nps"], "severity": 2, "policy": 1}
    asked = SurveyAsked.objects.create(case=case, **known)
    SurveyAnswer.objects.create(asked=asked, kind=Kind.NPS.value, value=value, at=at)


def speak(cast, people: int) -> list[Case]:
    """Of the first six: one sent somebody, one posted well, one changed to good, two answered, one posted badly."""
    made = [put_right(cast, number, CLOSED) for number in range(people)]
    text = f"customer,date,cents,currency,order,sent_by\nnew@b.example,{AFTER},5,EUR,1,right0@post.example\n"
    text += f"old@b.example,{CLOSED},5,EUR,2,right5@post.example\n"
    import_purchases(text, by=cast.ines, now=NOW)
    note_post(made[1], seen(url=f"{URL}1"), by=cast.tom, now=NOW)
    note_post(made[2], seen(url=f"{URL}2", day=str(CLOSED - timedelta(days=5)), before="1"), by=cast.tom, now=NOW)
    note_post(made[5], seen(url=f"{URL}5", day=str(CLOSED - timedelta(days=5))), by=cast.tom, now=NOW)
    promotes(made[1], 10)
    promotes(made[3], 9)
    promotes(made[5], 8)
    note_post(made[4], seen(url=f"{URL}4", stars="2"), by=cast.tom, now=NOW)
    return made


def test_who_was_put_right_and_speaks_well_of_us_by_hand(cast):
    """Of 25: one sent, two posted, two answered 9 or 10, of whom one both: four; who did so before counts not."""
    made = speak(cast, 25)
    said = advocates.answer(scope(cast))
    assert said.sentence.startswith("16 % (6 % to 35 %) of 25 people put right speak well of us since")
    counts = {rowed[0].text: rowed[1].text for rowed in said.ground.tables[0].rows}
    assert list(counts.values()) == ["25", "1", "2", "2", "4", "0", "1"]
    assert set(advocates.cases(scope(cast), "any").cases) == set(made[:4])
    assert set(advocates.cases(scope(cast), "against").cases) == {made[4]}
    assert advocates.cases(scope(cast), "nothing") is None
    posts = {rowed[0].text: rowed[1].text for rowed in said.ground.tables[1].rows}
    assert posts["Known from the period"] == "4"
    assert (posts["Posts about a case whose stars rose"], posts["Posts of one or two stars about a case"]) == ("1", "1")
    assert any("no reason to let things go wrong" in note.text for note in said.ground.notes)


def test_few_are_too_few_and_another_team_sees_none(cast):
    speak(cast, 6)
    said = advocates.answer(scope(cast))
    assert said.sentence == "Too few to tell: 6 people put right, at least 20 are needed."
    assert not said.ground.charts
    assert advocates.answer(scope(cast, "priya")).sentence.startswith("Nobody was put right")
    assert [rowed[2].text for rowed in said.ground.tables[0].rows][1] == "too few to tell"


def test_where_nothing_was_brought_in_no_share_is_told(cast):
    for number in range(25):
        put_right(cast, number, CLOSED)
    said = advocates.answer(scope(cast))
    assert said.sentence.startswith("Nobody knows: no post, no referral")
    assert not said.ground.charts
    assert {rowed[2].text for rowed in said.ground.tables[0].rows} == {"–"}


def test_how_many_were_unhappy_is_an_estimate_that_says_what_it_takes_for_granted(cast):
    """By hand (Chapman): 30 wrote, 14 posted badly, 7 did both: 31 * 15 / 8 - 1 = 57."""
    made = [put_right(cast, number, CLOSED) for number in range(30)]
    for number, case in enumerate(made[:7]):
        note_post(case, seen(url=f"{URL}{number}", stars="1"), by=cast.tom, now=NOW)
    import_posts(HEAD + "".join(row(f"{URL}x{number}", stars=2) for number in range(7)), by=cast.ines, now=NOW)
    told = " ".join(note.text for note in advocates.answer(scope(cast)).ground.notes)
    assert "cannot be told" not in told
    assert "14 posted" not in told  # nobody has looked at seven of them yet
    for post in undecided():
        match_post(post, None, by=cast.ines, now=NOW)
    told = " ".join(note.text for note in advocates.answer(scope(cast)).ground.notes)
    assert "An estimate, no count: some 57 people (" in told
    assert "30 complained to us, 14 posted one or two stars, 7 did both." in told
    assert "takes for granted" in told
    lead = " ".join(note.text for note in advocates.answer(scope(cast, "ines")).ground.notes)
    assert "for every team together only" in lead


def test_figures_stay_and_nothing_of_them_is_left_when_they_are_erased(cast, recovery):
    made = speak(cast, 25)
    customer = made[1].customer
    customer.name = "Maria Quastenberg"
    customer.save()
    import_posts(HEAD + row(f"{URL}q", author="Maria Q.", order="KX-1"), by=cast.ines, now=NOW)
    assert {"public posts about us"} <= set(everything(customer))
    assert everything(made[0].customer)["who sent whom"]
    before = figures(cast, NOW)
    for case in made[:3]:
        erase_person(case.customer, "erase", asked=True, by=cast.ines, now=NOW)
    assert figures(cast, NOW) == before
    assert found_in_database(["Quastenberg", "Maria Q.", f"{URL}1", f"{URL}2", f"{URL}q"]) == []


@pytest.mark.parametrize(
    "words",
    [
        "Give us five stars and it is yours.",
        "If you write a review, this is yours.",
        "It is yours in exchange for a good review.",
        "Please change your review, then it is yours.",
        "It is yours once you recommend us to somebody.",
        "If you send us a friend, both of you get one.",
    ],
)
def test_a_gesture_is_never_for_a_review(words, cast):
    case = put_right(cast, 1, CLOSED)
    asked = Given(title="A card", reason="stayed", because="Two years on.", words=words)
    with pytest.raises(Incomplete, match="never traded for a review"):
        give(case, asked, by=cast.tom, now=NOW)
