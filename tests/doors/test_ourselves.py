"""Asking the team through the door: a lead asks, people answer for themselves, and all read what may be told."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from amends.insights.said import LEADS
from amends.insights.standard import CLAUSES, YOURS
from amends.ourselves.asking import answer, open_round
from amends.ourselves.count import count_rounds
from amends.ourselves.models import Ballot
from tests.conftest import mail
from tests.doors.conftest import page, routes, words
from tests.doors.test_care_private import reading
from tests.doors.test_insights import rows
from tests.rooms.test_ourselves import DONE, NOT, agents, until

pytestmark = pytest.mark.django_db
HERE = "/ourselves/"


def told(cast, doing=7, others=1) -> None:
    """A round that ended and was counted: so many who do it, so many who cannot say."""
    past = datetime.now(UTC) - timedelta(days=20)
    open_round(until(past), by=cast.ines, now=past)
    for number, one in enumerate(agents(doing + others, cast.ines.team)):
        answer(DONE if number < doing else NOT, {"stops": f"quokka {number}"}, by=one, now=past)
    count_rounds(datetime.now(UTC) - timedelta(days=1))


def test_from_asking_to_having_answered(cast, door):
    ines, tom = door("ines"), door("tom")
    assert "Nobody is asked just now" in words(tom.get(HERE))
    assert page(tom.get(HERE)).css_first(f"a[href='{reverse('ourselves-round')}']") is None
    assert tom.get(reverse("ourselves-round")).status_code == 403
    refused = ines.post(reverse("ourselves-round"), {"closes_at": "soon"})
    assert refused.status_code == 422
    asked = ines.post(reverse("ourselves-round"), {"closes_at": until(datetime.now(UTC))}, follow=True)
    assert "They are asked until" in words(asked)
    shown = page(tom.get(HERE))
    assert len(shown.css("input[type=radio][value=cannot_say]")) == len(DONE)
    missing = tom.post(HERE, {**DONE, "fault": "", "stops_words": "a quokka"})
    assert missing.status_code == 422
    assert "has no answer yet" in words(missing)
    assert "quokka" in missing.content.decode()
    said = words(tom.post(HERE, {**DONE, "stops_words": "a quokka"}, follow=True))
    assert "nobody can tell which are yours" in said
    assert "You have answered" in said
    assert Ballot.objects.count() == 1
    assert tom.post(HERE, DONE).status_code == 409
    quality = words(door("sam").get(HERE))
    assert "A round is open" in quality
    assert "quokka" not in quality


def test_looking_at_the_page_answers_nothing(cast, door):
    open_round(until(datetime.now(UTC)), by=cast.ines, now=datetime.now(UTC))
    door("tom").get(HERE)
    door("tom").head(HERE)
    assert not Ballot.objects.exists()


def test_what_was_said_is_told_to_everybody_in_words_without_a_number_of_anybody(cast, door):
    told(cast)
    shown = words(door("tom").get(HERE))
    assert "Of about 10 people" in shown
    assert "Yes, for what it was like for them Nearly everybody" in shown
    assert "quokka 3" in shown
    assert "8 people" not in shown


def test_while_a_round_is_open_no_address_says_more_once_somebody_has_answered(cast, door, world):
    """The strongest form: not one byte differs for an administrator, who sees what leads see, whatever Tom answers."""
    names = [name for name in sorted(routes()) if name not in ("live", "account_logout")]
    client, now = door("ada"), datetime.now(UTC)
    open_round(until(now), by=cast.ines, now=now)
    with time_machine.travel(now, tick=False):
        before = {name: reading(client, world, name) for name in names}
        answer(DONE, {"stops": "a quokka"}, by=cast.tom, now=now)
        after = {name: reading(client, world, name) for name in names}
    assert [name for name in names if after[name] != before[name]] == []


def closed(cast, recovery, many=20):
    """Cases closed with a lead's reason: heard, and apologised for in two of five."""
    from amends.cases.closure import close

    for number in range(many):
        one = recovery(mail(message_id=f"<{number}@post.example>", sender=f"p{number}@post.example"))
        if number % 5 < 2:
            one.person_first()
        else:
            one.say()
        close(one.case, by=cast.ines, now=cast.clock.forward(minutes=1), exception="She said all is well.")


def test_the_scorecard_holds_what_the_team_says_beside_the_records(cast, door, recovery):
    told(cast)
    closed(cast, recovery)
    shown = door("ines").get("/insights/method/")
    said = rows(shown, 1)
    records, team, between = said["Apologised, for each issue"]
    assert records == "in 4 of 10 issues"
    assert team == "Nearly everybody: yes"
    assert between == (
        "The team says it more than the records show: nearly everybody says yes, the records say in 4 of 10 issues."
    )
    assert said["Closed without passing a gate"][0] == "never"
    assert said["Understood at the first try"][2] == "Too few records to hold beside it."
    places = [one.attributes["href"] for one in page(shown).css("main table")[2].css("a")]
    assert len(places) == len(LEADS)
    for who in ("ines", "sam", "ada"):
        assert {door(who).get(place).status_code for place in places} == {200}
    assert rows(shown, 3)["What I may give is too little"][0] == "Hardly anybody"
    standard_stands(shown, door("ines"))


def standard_stands(shown, ines):
    """Each clause of the standard stands on records, with the cases that lack it, or says whose it is to check."""
    table = page(shown).css("main table")[4]
    lines = [[cell.text(strip=True) for cell in row.css("th, td")] for row in table.css("tbody tr")]
    assert len(lines) == len(CLAUSES)
    assert [line[2] for line in lines if line[1].startswith("Everybody can find out")] == [YOURS]
    places = {one.attributes["href"] for one in table.css("a")}
    assert len(places) > 6
    assert {ines.get(place).status_code for place in places} == {200}
    caused = next(line for line in lines if line[1].startswith("Complaints are sorted"))
    assert caused[2].startswith("Linked to a cause: 0")
    assert "certifies nothing" in words(shown)


def test_without_a_round_the_scorecard_says_so(door):
    shown = words(door("ines").get("/insights/method/"))
    assert shown.count("Nobody was asked yet, or fewer than five answered.") == 2
    assert "folklore rather than fact" in shown
    assert "Too few customers were asked again" in shown
