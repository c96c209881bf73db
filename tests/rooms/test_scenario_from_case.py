"""A scenario made from a closed case: without who it was, read by a second person, and then without a way back."""

from dataclasses import replace

import pytest

from amends.cases.closure import close
from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible, NotThere
from amends.cases.event import Event
from amends.cases.name_subject import name_subject
from amends.language.anonymous.known import NOBODY
from amends.library.people import known_of_case
from amends.practice.keep import share
from amends.practice.own.find import find_kept, kept
from amends.practice.own.from_case import Behind, check_source, draft_from, marks
from amends.practice.own.models import OwnScenario
from amends.practice.own.write import change_scenario, keep_from_case, read_scenario_through
from amends.practice.play import begin, end, say
from amends.privacy.erase import erase_person
from amends.rehearsal.shelf import named_scenario
from tests.conftest import mail
from tests.rooms.erasing import let_leave

pytestmark = pytest.mark.django_db

LETTER = (
    "Hello,\n\nthe lamp came broken and your driver shouted at me. My order is KX-77120, call me on +44 7700 900123 or "
    "write to me at 12 Tallow Lane, Hexbridge.\n\nWilhelmina Quastenberg"
)
SENDER = "Wilhelmina Quastenberg <wilhelmina@quastenberg.example>"
SOFA = replace(named_scenario("retail-sofa-leg"), title="Our own sofa")
WHO = (
    "Wilhelmina", "QUASTENBERG", "wilhelmina@quastenberg.example", "KX-77120", "KX 77120", "07700 900123", "Tallow Lane"
)  # fmt: skip


@pytest.fixture
def closed(recovery):
    one = recovery(mail(LETTER, sender=SENDER, message_id="<q@x>"))
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(hours=1))
    let_leave(one)
    return one.case


@pytest.fixture
def known(closed):
    return known_of_case(closed)


@pytest.fixture
def made(closed, known, cast, clock):
    return keep_from_case(closed, SOFA, known, by=cast.ines, now=clock.now).scenario


def test_the_form_begins_with_what_went_wrong_and_without_who_it_was(closed, known):
    told = "The lamp came broken and your driver shouted at Wilhelmina Quastenberg of 12 Tallow Lane, order KX-77120."
    closed.issues.update(words=told)
    draft = draft_from(closed, Behind(known, None))
    everything = " ".join(str(value) for issue in draft.issues for value in issue.values())
    assert "lamp" in everything
    assert not [who for who in WHO if who.casefold() in everything.casefold()]
    assert draft.issues[0]["category"] == closed.open_issues().first().category
    assert draft.issues[0]["remedy"]


@pytest.mark.parametrize("who", WHO)
def test_what_is_known_of_the_customer_is_refused_wherever_it_stands(who, closed, known, cast, clock):
    told = f"they wrote about {who} twice"
    for said, field in (
        (replace(SOFA, setting=told), "setting"),
        (replace(SOFA, facts_on_file=("a", told)), "facts_on_file"),
        (replace(SOFA, issues=(replace(SOFA.issues[0], held_back=told),)), "held_back-1"),
        (replace(SOFA, issues=(SOFA.issues[0], replace(SOFA.issues[1], question=told))), "question-2"),
    ):
        with pytest.raises(Incomplete, match="of the case it was made from") as refused:
            keep_from_case(closed, said, known, by=cast.ines, now=clock.now)
        assert refused.value.field == field
    assert not OwnScenario.objects.exists()


def test_a_stand_in_is_made_up_before_it_is_kept(closed, known, cast, clock):
    said = replace(SOFA, setting="It cost [about 100 EUR].")
    with pytest.raises(Incomplete, match="stands for what was taken out"):
        keep_from_case(closed, said, known, by=cast.ines, now=clock.now)


def test_only_from_a_closed_case_and_not_by_whom_it_is_about(closed, recovery, cast, clock):
    open_case = recovery(mail("It is late.", message_id="<o@x>")).case
    with pytest.raises(NotPossible, match="closed case"):
        check_source(open_case, by=cast.ines)
    name_subject(closed, cast.ines, by=cast.ines, now=clock.now)
    with pytest.raises(ConflictOfInterest):
        check_source(closed, by=cast.ines)


def test_nobody_but_its_writer_plays_it_before_a_second_person_has_read_it(made, known, cast, clock):
    assert begin(made.key, "steady", by=cast.ines, now=clock.now).version.scenario == made
    assert find_kept(made.pk, cast.sam).waits
    for who in (cast.tom, cast.priya, cast.sam):
        with pytest.raises(Exception, match=r"There is no s"):
            begin(made.key, "steady", by=who, now=clock.now)
    assert kept(cast.tom) == []
    with pytest.raises(NotThere):
        find_kept(made.pk, cast.tom)
    with pytest.raises(NotAllowed, match="You wrote this version"):
        read_scenario_through(find_kept(made.pk, cast.ines), 1, by=cast.ines, now=clock.now, known=known)
    read_scenario_through(find_kept(made.pk, cast.sam), 1, by=cast.sam, now=clock.now, known=known)
    assert begin(made.key, "steady", by=cast.tom, now=clock.now).version.scenario == made
    with pytest.raises(AlreadyDone):
        read_scenario_through(find_kept(made.pk, cast.sam), 1, by=cast.sam, now=clock.now)


def test_nothing_leads_back_to_the_case_once_it_was_read(made, closed, known, cast, clock):
    assert find_kept(made.pk, cast.sam).case == closed
    read_scenario_through(find_kept(made.pk, cast.sam), 1, by=cast.sam, now=clock.now, known=known)
    assert find_kept(made.pk, cast.sam).case is None
    for kind in ("scenario_made", "scenario_read"):
        assert Event.objects.get(kind=kind).case_id is None


def test_a_later_version_waits_again_while_the_one_that_was_read_is_played(made, known, cast, clock):
    read_scenario_through(find_kept(made.pk, cast.sam), 1, by=cast.sam, now=clock.now, known=known)
    later = replace(SOFA, title="Our sofa, told anew")
    change_scenario(find_kept(made.pk, cast.ines), later, 1, by=cast.ines, now=clock.now)
    assert begin(made.key, "steady", by=cast.tom, now=clock.now).round().scenario == SOFA
    assert [one.number for one in find_kept(made.pk, cast.tom).versions] == [1]
    read_scenario_through(find_kept(made.pk, cast.sam), 2, by=cast.sam, now=clock.now)
    assert begin(made.key, "steady", by=cast.tom, now=clock.now).round().scenario == later


def test_a_change_before_it_was_read_is_looked_through_as_well(made, known, cast, clock):
    named = replace(SOFA, setting="Mrs Quastenberg bought it.")
    with pytest.raises(Incomplete, match="Quastenberg"):
        change_scenario(find_kept(made.pk, cast.sam), named, 1, by=cast.sam, now=clock.now, known=known)
    with pytest.raises(NotPossible, match="nobody has looked up"):
        change_scenario(find_kept(made.pk, cast.sam), SOFA, 1, by=cast.sam, now=clock.now)
    with pytest.raises(NotPossible, match="newer version"):
        read_scenario_through(find_kept(made.pk, cast.sam), 7, by=cast.sam, now=clock.now, known=NOBODY)


def test_a_round_of_it_is_shown_to_nobody_before_it_was_read(made, cast, clock):
    played = begin(made.key, "steady", by=cast.ines, now=clock.now)
    say(played, "I am sorry that the leg cracked.", 1, now=clock.now)
    end(played, now=clock.now)
    played.refresh_from_db()
    with pytest.raises(NotPossible, match="Nobody but you has read"):
        share(played, "tom", now=clock.now)


def test_the_places_to_judge_are_named_with_their_field(closed, known):
    draft = draft_from(closed, Behind(known, None))
    issue = {**draft.issues[0], "held_back": "The courier Bartholomew saw it, and Grace Mutua wept."}
    top = {"customer": "Grace Mutua", "setting": "She paid [about 100 EUR]."}
    found = marks(replace(draft, top=top, issues=(issue,)), Behind(known, None))
    assert {(one.field, one.words) for one in found} >= {("setting", "[about 100 EUR]"), ("held_back-1", "Bartholomew")}
    assert not [one for one in found if "Grace" in one.words]
    assert all(one.label and one.what for one in found)


def test_what_was_not_read_yet_goes_when_the_customer_is_erased(made, closed, cast, clock):
    erase_person(closed.customer, "erase", asked=False, by=cast.ines, now=clock.now)
    with pytest.raises(NotThere):
        find_kept(made.pk, cast.ines)
