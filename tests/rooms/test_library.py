"""Case studies: written from a closed case, read by a second person, published without a way back (F23, S0.28)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.closure import close
from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible, NotThere
from amends.cases.event import Event
from amends.cases.ledger import verify
from amends.cases.subject import Subject
from amends.library.errors import StillNamed
from amends.library.models import TEXTS, Study, StudyReturn, StudySource
from amends.library.people import known_of_case
from amends.library.study import Told, find_waiting, publish_study, remove_study, return_study, write_study
from amends.privacy.erase import erase_person
from tests.conftest import mail
from tests.rooms.erasing import let_leave

pytestmark = pytest.mark.django_db
LETTER = "My order KX-77120 came nine days late, and nobody at 14 Larch Road, Leeds was told. Maria Lopez"
CALM = Told(
    title="A parcel nine days late",
    what_happened="The parcel came nine days late, and nobody was told.",
    what_we_did="We gave the delivery charge back and told them why.",
    outcome="They wrote that it was right again.",
    lesson="Tell people of a delay before they ask.",
)


def told(**changed: str) -> Told:
    return Told(**{name: changed.get(name, getattr(CALM, name)) for name in TEXTS})


def closed(recovery, text=LETTER, **headers):
    """A case that was closed."""
    one = recovery(mail(text, **headers))
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(hours=1))
    return one


@pytest.fixture
def one(recovery):
    return closed(recovery)


@pytest.fixture
def study(one, cast):
    return write_study(one.case, CALM, by=cast.ines, now=cast.clock.forward(minutes=1))


def test_nobody_but_the_second_reader_sees_it_before_it_is_published(study, cast):
    assert not Study.objects.published().exists()
    assert [find_waiting(study.pk, who).pk for who in (cast.ines, cast.sam, cast.ada)] == [study.pk] * 3
    for who in (cast.tom, cast.priya):
        with pytest.raises(NotThere):
            find_waiting(study.pk, who)
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.forward(minutes=1))
    assert [one.lesson for one in Study.objects.published()] == [CALM.lesson]


def test_the_writer_is_not_the_reader(study, cast):
    with pytest.raises(NotAllowed, match="somebody else"):
        publish_study(study, looked=True, by=cast.ines, now=cast.clock.forward(minutes=1))
    with pytest.raises(NotAllowed):
        return_study(study, "Shorter, please.", by=cast.ines, now=cast.clock.forward(minutes=1))


def test_only_leads_and_quality_write_and_publish(one, study, cast):
    for act in (
        lambda: write_study(one.case, CALM, by=cast.tom, now=cast.clock.now),
        lambda: publish_study(study, looked=True, by=cast.tom, now=cast.clock.now),
        lambda: remove_study(study, by=cast.tom, now=cast.clock.now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_whoever_a_complaint_is_about_neither_writes_nor_reads_its_study(one, study, cast):
    Subject.objects.create(case=one.case, person=cast.sam, by=cast.ines, at=cast.clock.now)
    with pytest.raises(ConflictOfInterest):
        write_study(one.case, CALM, by=cast.sam, now=cast.clock.now)
    with pytest.raises(NotThere):
        publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)


def test_an_open_case_has_no_outcome_to_tell(recovery, cast):
    with pytest.raises(NotPossible, match="closed"):
        write_study(recovery().case, CALM, by=cast.ines, now=cast.clock.now)


@pytest.mark.parametrize(
    "words",
    [
        "Maria was right.",
        "LOPEZ waited.",
        "It was order kx 77120.",
        "The parcel went to 14 Larch Road.",
        "A shop in Leeds.",
        "Tom wrote back.",
        "Write to m.lopez@example.org.",
        "It came on 3 March 2026.",
        "They had paid €49.90.",
    ],
)
def test_what_tells_who_it_is_about_is_refused_where_it_stands(one, cast, words):
    with pytest.raises(StillNamed) as refused:
        write_study(one.case, told(outcome=words), by=cast.ines, now=cast.clock.now)
    assert refused.value.field == "outcome"
    assert not Study.objects.exists()


@pytest.mark.parametrize("name", TEXTS)
def test_every_part_is_told(one, cast, name):
    with pytest.raises(Incomplete) as refused:
        write_study(one.case, told(**{name: "  "}), by=cast.ines, now=cast.clock.now)
    assert refused.value.field == name


def test_marked_places_are_judged_before_it_is_published(one, cast):
    rare = told(what_happened="They run the only vegan bakery far and wide.")
    study = write_study(one.case, rare, by=cast.ines, now=cast.clock.now)
    with pytest.raises(Incomplete) as refused:
        publish_study(study, looked=False, by=cast.sam, now=cast.clock.now)
    assert refused.value.field == "looked"
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)


def test_a_study_returned_is_written_anew_and_then_published(one, study, cast):
    return_study(study, "Leave the nine days out.", by=cast.sam, now=cast.clock.now)
    again = write_study(one.case, told(title="A late parcel"), by=cast.ines, now=cast.clock.forward(minutes=1))
    assert (again.pk, again.title) == (study.pk, "A late parcel")
    publish_study(again, looked=True, by=cast.sam, now=cast.clock.now)
    assert not StudyReturn.objects.exists()


def test_it_is_published_once(study, cast):
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)
    with pytest.raises(AlreadyDone):
        publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)


def test_nothing_leads_from_a_published_study_to_its_case(one, study, cast):
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)
    assert not StudySource.objects.exists()
    rows = Event.objects.filter(kind__startswith="study_")
    assert {row.kind for row in rows} == {"study_written", "study_published"}
    assert {(row.case_id, *row.data) for row in rows} == {(None, "study")}
    assert verify().holds


def test_erasing_the_customer_takes_a_study_that_waits_and_leaves_a_published_one_true(one, study, recovery, cast):
    other = closed(recovery, "It was late as well.", sender="Olu <olu@post.example>", message_id="<9@x>")
    waiting = write_study(other.case, told(title="Another one"), by=cast.ines, now=cast.clock.now)
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)
    for each in (one, other):
        let_leave(each)
        erase_person(each.case.customer, "erase", asked=True, by=cast.ines, now=cast.clock.forward(minutes=1))
    assert not Study.objects.filter(pk=waiting.pk).exists()
    left = Study.objects.published().get()
    assert [getattr(left, name) for name in TEXTS] == [getattr(CALM, name) for name in TEXTS]


def test_it_keeps_only_what_three_closed_cases_share(one, study, recovery, cast):
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)
    alone = Study.objects.get(pk=study.pk)
    assert (alone.category, alone.cause, alone.severity, alone.period, alone.remedies.count()) == (
        "",
        None,
        None,
        "",
        0,
    )
    more = [
        closed(recovery, "It was late.", sender=f"P{n} <p{n}@post.example>", message_id=f"<{n}@y>") for n in range(2)
    ]
    second = write_study(more[0].case, CALM, by=cast.ines, now=cast.clock.now)
    publish_study(second, looked=True, by=cast.sam, now=cast.clock.now)
    kept = Study.objects.get(pk=second.pk)
    assert (kept.category, kept.cause.name, kept.remedies.get().key) == ("delivery", "Courier handover", "refund")
    opened = more[0].case.opened_at
    assert kept.period in {f"{opened.year}-Q{(opened.month + 2) // 3}", str(opened.year)}


def test_a_study_taken_away_is_gone(study, cast):
    publish_study(study, looked=True, by=cast.sam, now=cast.clock.now)
    remove_study(study, by=cast.ines, now=cast.clock.now)
    assert not Study.objects.exists()
    with pytest.raises(AlreadyDone):
        remove_study(study, by=cast.ines, now=cast.clock.now)


NAMES = st.from_regex(r"[A-Z][a-zà-ÿ]{2,9}( [A-Z][a-zà-ÿ]{2,9}){0,2}", fullmatch=True)
PARTING = st.sampled_from(["{}", "{}'s", "({})", "“{}”", "x {} x", "{},{}"])
AROUND = st.sampled_from([str, str.upper, str.lower, lambda words: words.replace(" ", "-")])


@given(name=NAMES, order=st.integers(10_000, 9_999_999), around=PARTING, spelled=AROUND, field=st.sampled_from(TEXTS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=timedelta(seconds=5))
def test_no_identifier_of_the_person_survives_in_a_study(one, cast, name, order, around, spelled, field):
    one.case.customer.name = name
    one.case.customer.save()
    for secret in (name, f"{order}", one.case.address):
        one.case.issues.update(about=f"{order}")
        words = f"It went well for {around.format(spelled(secret), spelled(secret))} in the end."
        with pytest.raises(StillNamed):
            write_study(one.case, told(**{field: words}), by=cast.ines, now=cast.clock.now)
    assert not Study.objects.exists()


def test_what_letters_told_is_known(one):
    known = known_of_case(one.case)
    assert "KX-77120" in known.numbers
    assert any("Larch Road" in place for place in known.places)
    assert "Tom Becker" in known.colleagues
