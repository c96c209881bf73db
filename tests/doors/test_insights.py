"""The insight pages: figures reckoned by hand from cases made by the real verbs, and the cases behind each number."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.hear import Heard, hear
from amends.insights.questions import QUESTIONS
from tests.conftest import mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db

PLAIN = "Hello,\n\nplease look at order 4711.\n"
LATE, TWICE = ("The order came late", "delivery", "late"), ("Charged twice", "price_billing", "double_charged")


@pytest.fixture
def complaint(cast, recovery):
    """A case with exactly these issues, heard by Tom."""

    def made(*issues, to="complaints@lindqvist.example"):
        made.number += 1
        sender = f"Person {made.number} <person{made.number}@post.example>"
        one = recovery(mail(PLAIN, sender=sender, to=to, message_id=f"<{made.number}@post.example>"))
        assert one.issues == []
        lines = [Heard(None, summary, category, kind=kind) for summary, category, kind in issues]
        hear(one.case, lines, by=cast.ada, now=cast.clock.now)
        return one

    made.number = 0
    return made


@pytest.fixture
def delivered(complaint):
    """A case about a late order, put right with a refund of €30."""

    def made():
        one = complaint(LATE)
        one.person_first()
        return one, one.deliver(one.accept(one.offer()))

    return made


def rows(response, table=0) -> dict[str, list[str]]:
    """The rows of a table by their first cell, as a reader sees them."""
    body = page(response).css("main table")[table].css("tbody tr")
    said = [[_seen(cell) for cell in row.css("th, td")] for row in body]
    return {one[0]: one[1:] for one in said}


def _seen(cell) -> str:
    for hidden in cell.css(".vh"):
        hidden.decompose()
    return cell.text(strip=True).replace("\xa0", " ")


def sentence(response) -> str:
    return page(response).css_first(".insight-sentence").text().replace("\xa0", " ")


def links(response) -> dict[str, str]:
    """Each link to the cases behind a number, by its address, with the number it stands on."""
    found = page(response).css('main a[href*="/cases/?"]')
    return {one.attributes["href"]: _seen(one) for one in found}


def listed(response) -> int:
    return len(page(response).css("main .rows .row"))


def test_who_reads_them(door):
    for address in ("/insights/", "/insights/wrong/", "/insights/wrong/kinds/file/"):
        found = {who: door(who).get(address).status_code for who in ("tom", "ines", "sam", "ada")}
        assert found == {"tom": 403, "ines": 200, "sam": 200, "ada": 200}
    assert "Insights" not in words(door("tom").get("/prevention/"))
    assert "Insights" in words(door("ines").get("/prevention/"))


def test_an_empty_desk_says_so_on_every_page(door):
    ines = door("ines")
    index = words(ines.get("/insights/"))
    for key, one in QUESTIONS.items():
        response = ines.get(f"/insights/{key}/")
        assert one.title in index
        assert sentence(response) in index.replace("\xa0", " ")
        assert "0 %" not in sentence(response)
        assert page(response).css("main .plot") == []


def test_the_index_asks_for_its_sentences_and_not_for_their_tables(door):
    """The names of causes stand in tables alone: whoever asks for them has begun to work out a table."""

    def asks_for_causes(address):
        with CaptureQueriesContext(connection) as made:
            assert door("ines").get(address).status_code == 200
        return any(one["sql"].startswith('SELECT "amends_cause"') for one in made)

    assert asks_for_causes("/insights/wrong/")
    assert asks_for_causes("/insights/remedies/")
    assert not asks_for_causes("/insights/")


def test_what_goes_wrong_most_by_hand(door, complaint):
    """15 late and 5 charged twice: 75 % and 25 %; Wilson's ends are 53.1 to 88.8 % and 11.2 to 46.9 % (by hand)."""
    for _ in range(5):
        complaint(LATE, LATE, LATE, TWICE)
    response = door("ines").get("/insights/wrong/")
    assert sentence(response) == "Most of all “Delivery: late”: 75 % (53 % to 89 %) of 20 issues."
    assert rows(response) == {
        "Delivery: late": ["1", "15", "75 %", "53 % to 89 %", "75 %"],
        "Price or billing: charged twice": ["2", "5", "25 %", "11 % to 47 %", "100 %"],
    }
    assert "20 issues without a cause yet" in words(response)


def test_nineteen_issues_are_too_few_and_their_counts_are_shown(door, complaint):
    for _ in range(4):
        complaint(LATE, LATE, LATE, LATE)
    complaint(TWICE, TWICE, TWICE)
    response = door("ines").get("/insights/wrong/")
    assert sentence(response) == "Too few to tell what goes wrong most: 19 issues, at least 20 are needed."
    assert rows(response)["Delivery: late"] == ["–", "16", "too few to tell", "–", "–"]
    assert page(response).css("main .plot") == []


def test_what_nobody_confirmed_is_left_out_and_said(door, cast):
    cast.case()
    response = door("ines").get("/insights/wrong/")
    assert "Nothing that went wrong has been confirmed" in sentence(response)
    assert "proposed by Amends and not confirmed, left out." in words(response)


def test_what_it_cost_is_shared_among_the_issues_it_was_for(door, cast, complaint):
    """€30 for a late order and a double charge together: €15 each; one more late order for €30 alone."""
    both, alone = complaint(LATE, TWICE), complaint(LATE)
    for one in (both, alone):
        one.person_first()
        one.deliver(one.accept(one.offer(cents=3000)))
    response = door("ines").get("/insights/wrong/?by=money")
    assert rows(response)["Delivery: late"][:3] == ["–", "2", "€45"]
    assert rows(response)["Price or billing: charged twice"][:3] == ["–", "1", "€15"]


def test_sums_are_in_the_currency_of_the_cases_asked_about(door, cast, complaint):
    """Two remedies in euro at another office do not hide the one in pounds at home."""
    from amends.recovery.fulfilment import Fulfilment

    for to in ("complaints@lindqvist.example", "office@lindqvist.example", "office@lindqvist.example"):
        one = complaint(LATE, to=to)
        one.person_first()
        one.deliver(one.accept(one.offer(cents=3000)))
    Fulfilment.objects.filter(case__team=cast.ines.team_id).update(currency="GBP")
    assert rows(door("ines").get("/insights/wrong/?by=money"))["Delivery: late"][:3] == ["–", "1", "£30"]
    assert rows(door("sam").get("/insights/wrong/?by=money"))["Delivery: late"][:3] == ["–", "2", "€60"]
    assert "1 paid remedy" in sentence(door("ines").get("/insights/fair/"))


def test_only_what_one_may_see_is_counted(door, cast, complaint):
    complaint(LATE, LATE)
    complaint(TWICE, to="office@lindqvist.example")
    home = cast.ines.team_id
    assert list(rows(door("ines").get("/insights/wrong/"))) == ["Delivery: late"]
    assert set(rows(door("sam").get("/insights/wrong/"))) == {"Delivery: late", "Price or billing: charged twice"}
    assert list(rows(door("sam").get(f"/insights/wrong/?team={home}"))) == ["Delivery: late"]
    other = door("ines").get(f"/insights/wrong/?team={cast.priya.team_id}")
    assert list(rows(other)) == ["Delivery: late"]
    cases = door("ines").get("/insights/wrong/cases/?of=kind:price_billing.double_charged")
    assert listed(cases) == 0
    assert listed(door("sam").get("/insights/wrong/cases/?of=kind:price_billing.double_charged")) == 1


def test_the_period_begins_on_a_monday_and_older_ones_wait_behind_all(door, cast, complaint):
    now = cast.clock.now
    cast.clock.now = now - timedelta(weeks=14)
    complaint(TWICE)
    cast.clock.now = now
    complaint(LATE)
    assert list(rows(door("ines").get("/insights/wrong/"))) == ["Delivery: late"]
    assert len(rows(door("ines").get("/insights/wrong/?period=6-months"))) == 2
    assert len(rows(door("ines").get("/insights/wrong/?period=all"))) == 2


def promise(one, words_, due, by):
    from amends.recovery.answer import Promised, answer

    answer(one.case, "Thank you, I have it.", promises=[Promised(words_, due, by)], by=by, now=one.now)
    return one.case.promises.get(words=words_)


def test_what_became_of_promises(door, cast, complaint):
    """One each: kept, broken and not done, moved and kept, let off, not due yet. One of two due was kept: 50 %."""
    from amends.recovery.keep import keep_promise, release, renegotiate
    from amends.recovery.offer import Via

    one, soon = complaint(LATE), cast.clock.now + timedelta(hours=2)
    made = {name: promise(one, name, soon, cast.tom) for name in ("kept", "broken", "moved", "let off")}
    promise(one, "later", cast.clock.now + timedelta(days=3), cast.tom)
    then = cast.clock.forward(hours=1)
    keep_promise(made["kept"], "Sent", by=cast.tom, now=then)
    renegotiate(made["moved"], soon + timedelta(hours=1), "Later is fine", Via.PHONE, by=cast.tom, now=then)
    keep_promise(made["moved"], "Sent", by=cast.tom, now=then)
    release(made["let off"], "Never mind", Via.PHONE, by=cast.tom, now=then)
    response = door("ines").get("/insights/promises/")
    assert sentence(response) == "Too few to tell: 2 promises due, at least 20 are needed. 1 promise is overdue now."
    assert {name: row[0] for name, row in rows(response).items()} == {
        "Kept in time": "1",
        "Broken": "1",
        "Of the broken, still not done": "1",
        "Agreed anew before they were due": "1",
        "The customer let us off": "1",
        "Not due yet": "1",
    }


def test_what_was_done_late_or_made_good_is_broken_and_not_overdue(cast, complaint):
    """Broken: a refund that came after its day, and two calls, one of which was made good. One is left to do."""
    from amends.insights.promises import answer as promises
    from amends.insights.scope import Scope
    from amends.recovery.broken import break_overdue

    one, other = complaint(LATE), complaint(TWICE)
    for case in (one, other):
        promise(case, "A call", cast.clock.now + timedelta(hours=2), cast.tom)
    one.person_first()
    agreed = one.accept(one.offer())
    break_overdue(cast.clock.forward(days=12))
    assert promises(Scope(cast.ines, cast.clock.now)).sentence.endswith("3 promises are overdue now.")
    one.deliver(agreed)
    assert promises(Scope(cast.ines, cast.clock.now)).sentence.endswith("2 promises are overdue now.")
    one.person_first()
    broken = [issue for issue in one.issues if issue.source == "promise" and issue.words == "A call"]
    one.deliver(one.accept(one.offer(issues=broken)))
    assert promises(Scope(cast.ines, cast.clock.now)).sentence.endswith("1 promise is overdue now.")


def test_eight_of_ten_remedies_held(door, cast, delivered):
    """Wilson's interval of 8 of 10 is 49.0 to 94.3 % (by hand); the two came back when asked again."""
    from amends.recovery.follow_up import follow_up

    cases = [delivered()[0] for _ in range(10)]
    for number, one in enumerate(cases):
        right = number > 1
        follow_up(one.case, still_right=right, words="So it is.", by=cast.tom, now=cast.clock.forward(minutes=1))
    response = door("ines").get("/insights/remedies/")
    assert sentence(response) == "80 % (49 % to 94 %) of 10 remedies held so far. None stands out from the others."
    assert rows(response)["Refund"] == ["10", "2", "80 %", "49 % to 94 %", "80 %", "49 % to 94 %"]
    counts = {number: listed(door("ines").get(href)) for href, number in links(response).items()}
    assert counts == {"10": 10, "2": 2, "80 %": 8}


def test_equal_sums_for_the_same_are_fair(door, delivered):
    assert {delivered()[0].case.severity for _ in range(10)} == {1}
    response = door("ines").get("/insights/fair/")
    assert rows(response)["Delivery: late"] == ["1, slight", "10", "€30", "€30 to €30", "€30 to €30"]
    assert "All remedies came by one channel" in sentence(response)


def test_how_long_the_first_answer_took(door, cast, complaint):
    """Twenty cases of a team that is always open: 15 answered after one hour, 5 after 30; policy gives fewer hours."""
    from amends.cases.outbox import OutboxEntry

    cast.clock.now -= timedelta(days=3)
    for number in range(20):
        one = complaint(LATE)
        letter = one.person_first()
        took = timedelta(hours=30 if number < 5 else 1)
        OutboxEntry.objects.filter(message=letter).update(sent_at=one.case.opened_at + took)
    response = door("ines").get("/insights/waits/")
    assert sentence(response).startswith("Half the customers heard from a person within 1 h (1 h to ")
    assert ", 75 % within the time the policy sets" in sentence(response)
    assert rows(response)["First answer by a person"][:2] == ["20", "0"]
    assert rows(response)["First answer by a person"][-3:] == ["75 %", "53 % to 89 %", "5"]
    assert rows(response, 1)["within 1 working hour"] == ["15", "75 %", "53 % to 89 %"]
    assert rows(response, 1)["within 40 working hours"][0] == "20"


def test_a_week_with_many_complaints_stands_out(door, cast, complaint):
    """Eight weeks of one complaint each, then fifteen in one: far more than such weeks lead to expect."""
    now = cast.clock.now
    monday = now - timedelta(days=now.weekday())
    for back in range(21, 12, -1):
        cast.clock.now = monday - timedelta(weeks=back, hours=-1)
        complaint(LATE)
    cast.clock.now = monday - timedelta(weeks=2)
    for _ in range(15):
        complaint(LATE)
    response = door("ines").get("/insights/better/")
    assert "1 brought more complaints than chance explains" in sentence(response)
    out = [row for row in rows(response, 1).values() if row[2] == "more than chance explains"]
    assert [row[0] for row in out] == ["15"]
    assert len(page(response).css("main .plot-weeks .plot-out")) == 1
    assert 15 in [listed(door("ines").get(href)) for href in links(response)]


def test_the_method_counts_what_was_done_and_shows_what_was_not(door, cast, complaint):
    from amends.cases.closure import close

    one, other = complaint(LATE, TWICE), complaint(LATE)
    one.person_first()
    other.say()
    for each in (one, other):
        close(each.case, by=cast.ines, now=cast.clock.forward(minutes=1), exception="She said all is well.")
    response = door("ines").get("/insights/method/")
    assert "Too few to tell" in sentence(response)
    counts = {name: (row[0], row[1], row[-1]) for name, row in rows(response).items()}
    assert counts["Listened: a person confirmed what went wrong"] == ("3 issues", "3", "0")
    assert counts["Apologised, for each issue"] == ("3 issues", "2", "1")
    assert counts["Told what changes"] == ("3 issues", "0", "3")
    assert counts["Closed without passing a gate"] == ("2 closed cases", "0", "2")
    missing = door("ines").get("/insights/method/cases/?of=not:apologised")
    assert [row.attributes["href"] for row in page(missing).css("main .row")] == [f"/cases/{other.case.pk}/?list=team"]


def test_every_number_leads_to_cases(door, cast, delivered, complaint):
    from amends.cases.closure import close
    from amends.cases.outbox import OutboxEntry
    from amends.recovery.follow_up import follow_up

    (one, _), (two, _) = delivered(), delivered()
    complaint(TWICE)
    cast.case()
    one.prevent()
    close(one.case, by=cast.ines, now=cast.clock.forward(minutes=1))
    follow_up(two.case, still_right=False, words="It broke.", by=cast.tom, now=cast.clock.forward(minutes=1))
    OutboxEntry.objects.update(sent_at=cast.clock.now)
    ines = door("ines")
    for key in QUESTIONS:
        found = links(ines.get(f"/insights/{key}/?period=all"))
        for href, number in found.items():
            response = ines.get(href)
            assert response.status_code == 200, href
            assert listed(response) > 0, (href, number)
            if number.isdigit():
                assert listed(response) <= int(number), href


UNKNOWN = ["kind", "kind:", "cause:x", "cause:99", "fate:kept:x", "nothing:1", "done:1:2:3"]
HOSTILE = ["cause:²", "cause:99999999999999999999", "kind:\0.\0", "channel:\0:a.b", "severity:²:a.b"]


@pytest.mark.parametrize("of", [*UNKNOWN, *HOSTILE])
def test_a_number_nobody_knows_is_not_there(door, of):
    for key in QUESTIONS:
        response = door("ines").get(f"/insights/{key}/cases/", {"of": of})
        assert response.status_code == 404 or listed(response) == 0
    assert door("ines").get("/insights/nothing/").status_code == 404
    assert door("ines").get("/insights/wrong/cases/")["Location"] == "/insights/wrong/"
    assert door("ines").get("/insights/wrong/nothing/file/").status_code == 404
    assert door("ines").get("/insights/promises/cases/", {"of": of}).status_code == 404


def test_long_lists_come_in_pages(door, cast):
    from bench.fill import fill

    fill(60)
    ines = door("ines")
    first = ines.get("/insights/wrong/cases/?of=unconfirmed")
    assert "60 cases" in words(first)
    second = ines.get("/insights/wrong/cases/" + page(first).css_first(".rows-more a").attributes["href"])
    seen = [{row.attributes["href"] for row in page(response).css("main .row")} for response in (first, second)]
    assert [len(one) for one in seen] == [50, 10]
    assert not seen[0] & seen[1]


def test_the_number_of_questions_to_the_database_does_not_grow(door, delivered):
    ines = door("ines")

    def asked() -> dict[str, int]:
        counts = {}
        for key in QUESTIONS:
            with CaptureQueriesContext(
                connection,
            ) as caught:
                ines.get(f"/insights/{key}/?period=all")
            counts[key] = len(caught)
        return counts

    delivered()
    few = asked()
    for _ in range(4):
        delivered()
    assert asked() == few
    assert max(few.values()) <= 30


def test_a_table_is_saved_with_no_cell_a_spreadsheet_runs(door, cast, complaint):
    from amends.prevention.models import Cause
    from amends.prevention.verbs import attribute

    one = complaint(LATE)
    cause = Cause.objects.create(name="=HYPERLINK(1)", owner=cast.ines)
    attribute(one.issues[0], cause, by=cast.tom, now=cast.clock.now)
    response = door("ines").get("/insights/wrong/causes/file/")
    assert response["Content-Disposition"] == 'attachment; filename="wrong-causes.csv"'
    lines = list(csv.reader(response.getvalue().decode().splitlines()))
    assert lines[0] == ["Cause", "Place", "Issues", "Share", "Between", "Up to here"]
    assert lines[1][:3] == ["'=HYPERLINK(1)", "–", "1"]


def test_nobody_is_named_or_counted(door, cast, delivered):
    delivered()
    for key in QUESTIONS:
        main = page(door("ines").get(f"/insights/{key}/")).css_first("main").text()
        assert not any(one.name in main for one in cast.people.values())


def test_now_is_the_only_clock(door, complaint):
    """A case opened this minute is in the running week."""
    complaint(LATE)
    response = door("ines").get("/insights/promises/?period=all")
    today = datetime.now(UTC)
    monday = today - timedelta(days=today.weekday())
    assert f"{monday:%-d %b %Y}" in rows(response, 1)
