"""A policy in plain words says all of it: two policies that differ in anything differ in their words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from amends.method.policy import PRESETS, Article, Limit, Raise, parse, preset
from amends.method.policy_words import differences, lines
from tests.method.test_policy import LIMITS, PUBLISHED, RAISES, each

STANDARD = parse(preset("standard"))
SAID = st.text("abc", min_size=1, max_size=8)
ARTICLES = st.lists(
    st.builds(
        Article,
        key=SAID,
        title=SAID,
        text=SAID,
        remedies=st.lists(st.sampled_from(["refund", "credit"]), unique=True).map(tuple),
    ),
    unique_by=lambda article: article.key,
).map(tuple)
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
HOURS = st.integers(1, 8000).map(lambda quarters: quarters / 4)
KEYS = {
    "limits": LIMITS,
    "raises": RAISES,
    "certificate_days": st.integers(1, 3660),
    "immersion_rounds": st.integers(0, 40),
    "immersion_people": st.integers(0, 17),
    "immersion_before_live": st.integers(0, 1),
    "published": PUBLISHED,
    "articles": ARTICLES,
    "closed_words": st.dictionaries(st.sampled_from(["", "Home", "Office"]), SAID),
    "options_min": each(st.integers(1, 10)),
    "follow_up_days": each(st.lists(st.integers(1, 365), max_size=3).map(tuple)),
    "update_days": each(st.integers(1, 60)),
    "agree_days": each(st.integers(1, 60)),
    "reply_hours": st.dictionaries(st.sampled_from(["email", "social"]), each(HOURS)).flatmap(
        lambda rest: each(HOURS).map(lambda default: rest | {"": default})
    ),
    "goodwill_share": each(SHARES),
    **dict.fromkeys(("sample_share", "effort_share", "effort_max", "aside_share"), SHARES),
    "cap_share": st.integers(100, 1000).map(lambda hundredths: hundredths / 100),
    "promise_warn_hours": HOURS,
    "keep_days": st.integers(30, 36_600),
    "listen_minutes": st.integers(0, 240),
    "aside_letters": st.integers(1, 10_000),
    "survey_share": SHARES,
    "survey_kinds": st.lists(st.sampled_from(["csat", "nps", "ces", "settled"]), min_size=1, unique=True).map(tuple),
    "survey_reminder_days": st.integers(0, 25),
    "low_score_hours": st.integers(1, 720),
    **dict.fromkeys(("survey_after_days", "survey_open_days", "survey_every_days"), st.integers(1, 60)),
    **dict.fromkeys(("offer_open_days", "double_deviation_days", "conduct_review_days"), st.integers(1, 365)),
}
POLICIES = st.builds(
    lambda name, changes: replace(parse(preset(name)), **changes),
    st.sampled_from(sorted(PRESETS)),
    st.fixed_dictionaries({}, optional=KEYS),
)


@given(POLICIES, POLICIES)
def test_what_is_told_differs_and_the_other_way_round_it_is_told_too(before, after):
    told = differences(before, after)
    assert all(one.before != one.after for one in told)
    back = {(one.label, one.after, one.before) for one in differences(after, before)}
    assert back == {(one.label, one.before, one.after) for one in told}
    assert differences(after, after) == ()


@given(POLICIES, st.sampled_from(sorted(KEYS)), st.data())
def test_a_change_of_any_key_is_told(policy, key, data):
    """What may go untold has no effect: an order of rows, the days in which there is no limit."""
    changed = replace(policy, **{key: data.draw(KEYS[key])})
    if _unordered(getattr(changed, key)) != _unordered(getattr(policy, key)):
        assert differences(policy, changed) != ()


def test_every_key_of_a_policy_is_tried_above():
    assert set(KEYS) == set(STANDARD.__dataclass_fields__) - {"preset"}


def _unordered(value):
    return {_felt(row) for row in value} if isinstance(value, tuple) else value


def _felt(row):
    limitless = isinstance(row, Limit | Raise) and row.per_customer_cents is None
    return replace(row, period_days=1) if limitless else row


def test_standard_reads_as_a_person_would_say_it():
    said = {line.name: line.words for line in lines(STANDARD)}
    assert said["Agent, any remedy, EUR, in one case"] == "€100"
    assert said["Agent, any remedy, EUR, one customer"] == "€300 in 365 days"
    assert said["Admin, any remedy, EUR, one customer"] == "no limit"
    assert said["Fewest options in an offer, slight"] == "1"
    assert said["First answer by a person, social, grave"] == "15 minutes"
    assert said["First answer by a person, letter, slight"] == "3 days"
    assert said["Asked whether it is still right, grave"] == "1 and 28 days after"
    assert said["At most, of the price paid"] == "150 %"


def test_the_empowered_preset_tells_what_it_changes():
    told = {one.label: (one.before, one.after) for one in differences(STANDARD, parse(preset("empowered")))}
    assert told["Agent, any remedy, EUR, in one case"] == ("€100", "€2,000")
    assert told["Looked at afterwards"] == (
        "nothing, the limits are enough",
        "10 % of what was granted and delivered",
    )
    assert "At most, of the price paid" not in told
