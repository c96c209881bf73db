"""Putting a policy in force: by whom, with which words, never over a version its maker did not see."""

import pytest

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.event import Event
from amends.cases.policy import adopt
from amends.method.policy import PolicyRefused, preset, to_data
from amends.team.policy import PolicyVersion, current, current_version

pytestmark = pytest.mark.django_db


def changed(**keys):
    return {**to_data(current()), **keys}


def limits(**sums):
    """The limits in force, with other sums in one case for these roles."""
    return [
        {**row, "per_case_cents": sums.get(row["role"], row["per_case_cents"])} for row in to_data(current())["limits"]
    ]


def test_a_version_says_who_when_and_why_and_the_ledger_says_it_too(cast):
    made = adopt(changed(offer_open_days=21), "People are away in July", by=cast.ines, now=cast.clock.now)
    assert (made.number, made.by, made.at) == (2, cast.ines, cast.clock.now)
    assert made.note == "People are away in July"
    assert current().offer_open_days == 21
    event = Event.objects.get(kind="policy_adopted")
    assert (event.actor, event.data["policy"]) == (f"user:{cast.ines.pk}", 2)


def test_an_earlier_version_stays_as_it_was(cast):
    before = PolicyVersion.objects.values().get(number=1)
    adopt(changed(offer_open_days=21), "Summer", by=cast.ines, now=cast.clock.now)
    assert PolicyVersion.objects.values().get(number=1) == before


def test_a_version_made_before_a_key_existed_can_still_be_read(cast):
    first = PolicyVersion.objects.get(number=1)
    first.data = {key: value for key, value in first.data.items() if key not in ("articles", "closed_words")}
    first.save()
    assert current().articles == ()
    assert current().when_closed("Home") == ""


def test_the_preset_is_found_not_told(cast):
    told = adopt({**preset("cautious"), "preset": "empowered"}, "A new year", by=cast.ada, now=cast.clock.now)
    assert told.preset == "cautious"
    own = adopt(changed(offer_open_days=9), "Shorter", by=cast.ada, now=cast.clock.now)
    assert own.preset == "own"


def test_what_cannot_be_followed_is_refused_whole(cast):
    with pytest.raises(PolicyRefused, match="offer_open_days"):
        adopt(changed(offer_open_days=0), "Why", by=cast.ines, now=cast.clock.now)
    assert current_version().number == 1


@pytest.mark.parametrize("note", ["", "  \n"])
def test_without_a_reason_nothing_changes(cast, note):
    with pytest.raises(Incomplete, match="Say why") as refused:
        adopt(changed(offer_open_days=21), note, by=cast.ines, now=cast.clock.now)
    assert refused.value.field == "note"


def test_the_same_policy_again_is_no_version(cast):
    with pytest.raises(Incomplete, match="Nothing is different"):
        adopt(changed(), "Why", by=cast.ines, now=cast.clock.now)


def test_somebody_else_was_quicker(cast):
    adopt(changed(offer_open_days=21), "Summer", by=cast.ada, now=cast.clock.now)
    with pytest.raises(AlreadyDone, match="Ada Lind put version 2 in force while you were writing"):
        adopt(changed(offer_open_days=7), "Shorter", by=cast.ines, now=cast.clock.now, base=1)
    assert current().offer_open_days == 21


@pytest.mark.parametrize("who", ["tom", "sam", "priya"])
def test_who_does_not_lead_changes_nothing(cast, who):
    with pytest.raises(NotAllowed, match="Only a lead or an admin"):
        adopt(changed(offer_open_days=21), "Why", by=cast.people[who], now=cast.clock.now)


def test_a_lead_changes_what_agents_may_grant_and_not_their_own(cast):
    adopt(changed(limits=limits(agent=20000)), "They ask every day", by=cast.ines, now=cast.clock.now)
    with pytest.raises(
        NotAllowed, match=r"This changes what leads may grant.*Nobody raises their own limit.*Ask an admin"
    ):
        adopt(changed(limits=limits(lead=90000)), "I would like to", by=cast.ines, now=cast.clock.now)
    with pytest.raises(NotAllowed, match="This changes what admins and leads may grant"):
        adopt(preset("empowered"), "Trust", by=cast.ines, now=cast.clock.now)
    adopt(changed(limits=limits(lead=10000)), "Less for me", by=cast.ines, now=cast.clock.now)


def test_a_lead_does_not_take_from_those_above_either(cast):
    with pytest.raises(NotAllowed, match=r"This changes what admins may grant\. Ask an admin, who may"):
        adopt(changed(limits=limits(admin=0)), "Less for them", by=cast.ines, now=cast.clock.now)


def test_an_admin_raises_leads_and_nobody_on_the_desk_raises_admins(cast):
    adopt(changed(limits=limits(lead=90000)), "Ines asks every week", by=cast.ada, now=cast.clock.now)
    with pytest.raises(NotAllowed, match=r"Nobody raises their own limit\. That is done at the terminal"):
        adopt(changed(limits=limits(admin=900000)), "More", by=cast.ada, now=cast.clock.now)
    made = adopt(changed(limits=limits(admin=900000)), "The owner says so", by=None, now=cast.clock.now)
    assert made.by is None
    assert Event.objects.filter(kind="policy_adopted").last().actor == "system"


def test_an_offer_keeps_the_policy_it_was_made_under(cast, recovery):
    one = recovery()
    one.person_first()
    offer = one.offer()
    adopt(changed(offer_open_days=21), "Summer", by=cast.ines, now=cast.clock.now)
    offer.refresh_from_db()
    assert offer.policy.number == 1
    assert one.offer().policy.number == 2
