"""A policy in plain words, line by line, and what one version changed against another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amends.method.article import Article
from amends.method.certificate import COURSES, Raise
from amends.method.money import written
from amends.method.policy import Limit, Policy, Published

ROLE_WORDS = {"agent": "Agent", "lead": "Lead", "quality": "Quality manager", "admin": "Admin"}
SEVERITY_WORDS = {1: "Slight", 2: "Ordinary", 3: "Serious", 4: "Grave"}
MEASURE_WORDS = {"first_reply": "the first answer by a person", "refund": "from their yes to the refund"}
SURVEY_WORDS = {
    "csat": "how satisfied they are (CSAT)",
    "nps": "whether they would recommend us (NPS)",
    "ces": "whether we made it easy (CES)",
    "settled": "whether it is settled",
}
NOTHING = "—"
_NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a policy says: the question it belongs to, what it is about, where it applies, and the answer."""

    question: str
    label: str
    column: str
    words: str

    @property
    def name(self) -> str:
        """The label with where it applies: "First answer, serious"."""
        return f"{self.label}, {self.column.lower()}" if self.column else self.label


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that two versions answer differently; an answer is "—" where the version has no such line."""

    question: str
    label: str
    before: str
    after: str


def lines(policy: Policy, names: Mapping[str, str] = _NO_NAMES) -> tuple[Line, ...]:
    """Everything the policy says, in the order a reader asks: each value that has an effect stands in one line.

    `names` are those of the remedies by their key; without one the key stands.
    """
    return (
        *_authority(policy),
        *_options(policy),
        *_times(policy),
        *_money(policy),
        *_promises(policy),
        _checks(policy),
        *_surveys(policy),
        *_knowledge(policy, names),
    )


def differences(before: Policy, after: Policy, names: Mapping[str, str] = _NO_NAMES) -> tuple[Difference, ...]:
    """What `after` says otherwise than `before`, in the order of a policy; empty when they say the same."""
    then = {(line.question, line.name): line.words for line in lines(before, names)}
    now = {(line.question, line.name): line.words for line in lines(after, names)}
    return tuple(
        Difference(*place, then.get(place, NOTHING), now.get(place, NOTHING))
        for place in {**now, **then}
        if then.get(place) != now.get(place)
    )


def percent(share: float) -> str:
    """A share as people read it: `percent(1.5)` is "150 %"."""
    return f"{round(share * 100, 10):.12g} %"


def hours(value: float) -> str:
    """Hours as people read them: "15 minutes", "1 hour", "3 days"."""
    if value < 1:
        return _count(round(value * 60, 10), "minute")
    return _count(value / 24, "day") if value >= 48 and value % 24 == 0 else _count(value, "hour")


def _count(value: float, unit: str) -> str:
    return f"{value:.12g} {unit}{'' if value == 1 else 's'}"


def _authority(policy: Policy) -> Iterator[Line]:
    question = "Who may grant what"
    for limit in policy.limits:
        label = f"{ROLE_WORDS[limit.role]}, {limit.kind or 'any remedy'}, {limit.currency}"
        yield Line(question, label, "in one case", _sum(limit.per_case_cents, limit))
        yield Line(question, label, "one customer", _per_customer(limit))
    for one in policy.raises:
        label = f"With the certificate “{COURSES[one.course]}”, {one.kind or 'any remedy'}, {one.currency}"
        yield Line(question, label, "in one case", _sum(one.per_case_cents, one))
        yield Line(question, label, "one customer", _per_customer(one))
    yield Line(question, "A certificate counts for", "", _count(policy.certificate_days, "day"))
    rounds, people = policy.immersion_rounds, policy.immersion_people
    yield Line(question, "Practice before live work, rounds", "", str(rounds) if rounds else "the lessons are enough")
    yield Line(question, "Practice before live work, people", "", f"{people} different ones" if people else "any")
    bars = "before they answer customers" if policy.asks_before_live else "for the certificate only"
    yield Line(question, "Newcomers practise", "", bars)
    yield Line(question, "Looked at afterwards", "", _sample(policy.sample_share))


def _sum(cents: int | None, limit: Limit | Raise) -> str:
    return "no limit" if cents is None else written(cents, limit.currency)


def _per_customer(limit: Limit | Raise) -> str:
    if limit.per_customer_cents is None:
        return "no limit"
    return f"{_sum(limit.per_customer_cents, limit)} in {_count(limit.period_days, 'day')}"


def _sample(share: float) -> str:
    return f"{percent(share)} of what was granted and delivered" if share else "nothing, the limits are enough"


def _options(policy: Policy) -> Iterator[Line]:
    question = "What a customer can choose from"
    for severity, fewest in policy.options_min.items():
        yield Line(question, "Fewest options in an offer", SEVERITY_WORDS[severity], str(fewest))
    yield Line(question, "An offer stays open", "", _count(policy.offer_open_days, "day"))


def _times(policy: Policy) -> Iterator[Line]:
    question = "When customers hear from us"
    for channel, by_severity in policy.reply_hours.items():
        label = f"First answer by a person, {channel or 'every channel not named'}"
        for severity, value in by_severity.items():
            yield Line(question, label, SEVERITY_WORDS[severity], hours(value))
    for severity, days in policy.update_days.items():
        yield Line(question, "Never silent for longer than", SEVERITY_WORDS[severity], _count(days, "day"))
    for severity, days in policy.agree_days.items():
        yield Line(question, "Agreed what puts it right within", SEVERITY_WORDS[severity], _count(days, "day"))
    for severity, asked in policy.follow_up_days.items():
        yield Line(question, "Asked whether it is still right", SEVERITY_WORDS[severity], _after(asked))
    yield Line(question, "A promise is warned of", "", f"{hours(policy.promise_warn_hours)} before it is due")
    yield Line(question, "Still writing", "", _listening(policy.listen_minutes))


def _listening(minutes: int) -> str:
    return f"until {_count(minutes, 'minute')} after their newest message" if minutes else "nobody is waited for"


def _after(days: tuple[int, ...]) -> str:
    if not days:
        return "not asked"
    *first, last = (str(day) for day in days)
    counted = f"{', '.join(first)} and {last}" if first else last
    return f"{counted} {'day' if days == (1,) else 'days'} after"


def _money(policy: Policy) -> Iterator[Line]:
    question = "How much makes good"
    yield Line(question, "At most, of the price paid", "", percent(policy.cap_share))
    for severity, share in policy.goodwill_share.items():
        yield Line(question, "Goodwill, of the price paid", SEVERITY_WORDS[severity], percent(share))
    yield Line(question, "For each time they had to write again, of the price paid", "", percent(policy.effort_share))
    yield Line(question, "For all their trouble together, at most", "", percent(policy.effort_max))
    again = f"when it comes back within {_count(policy.double_deviation_days, 'day')}"
    yield Line(question, "The wrong solution", "", again)


def _promises(policy: Policy) -> Iterator[Line]:
    question = "What we promise in public, and what binds us"
    for one in policy.published:
        yield Line(question, f"Published: {one.key}", "", _published(one))
    if not policy.published:
        yield Line(question, "Published", "", "nothing")
    words = f"looked at again by somebody else after {_count(policy.conduct_review_days, 'day')}"
    yield Line(question, "A boundary set to a customer", "", words)
    kept = (
        f"erased {_count(policy.keep_days, 'day')} after the last case was closed, once an administrator confirmed it"
    )
    yield Line(question, "What we hold about a customer", "", kept)


def _checks(policy: Policy) -> Line:
    often = f"more than {percent(policy.aside_share)} of {_count(policy.aside_letters, 'letter')} or more"
    return Line("Checks of replies", "A check steps down one level", "", f"when it is put aside in {often}")


def _surveys(policy: Policy) -> Iterator[Line]:
    question = "Asking how it was"
    asked = f"{percent(policy.survey_share)} of those whose turn it is" if policy.survey_share else "nobody"
    first, *others = (SURVEY_WORDS[kind] for kind in policy.survey_kinds)
    reminder = f"once, after {_count(policy.survey_reminder_days, 'day')}" if policy.survey_reminder_days else "never"
    yield Line(question, "Who is asked", "", asked)
    yield Line(question, "What is asked", "", f"{first}; then {', '.join(others)}" if others else first)
    yield Line(question, "After the outcome", "", _count(policy.survey_after_days, "day"))
    yield Line(question, "Without an outcome", "", f"{_count(policy.survey_open_days, 'day')} after it began")
    yield Line(question, "One customer, at most once in", "", _count(policy.survey_every_days, "day"))
    yield Line(question, "A reminder", "", reminder)
    yield Line(question, "Who is dissatisfied hears from a person within", "", hours(policy.low_score_hours))


def _published(one: Published) -> str:
    return f"“{one.words}” ({MEASURE_WORDS[one.measure]}: {hours(one.target_hours)})"


def _knowledge(policy: Policy, names: Mapping[str, str]) -> Iterator[Line]:
    titles = [article.title for article in policy.articles]
    for article in policy.articles:
        label = article.title if titles.count(article.title) == 1 else f"{article.title} ({article.key})"
        yield Line("Knowledge at hand", label, "", _article(article, names))
    for team, words in policy.closed_words.items():
        yield Line("When we are closed", team or "Every team without words of its own", "", words or "nothing is said")


def _article(article: Article, names: Mapping[str, str]) -> str:
    remedies = ", ".join(names.get(key, key) for key in article.remedies)
    return f"{article.text} (For: {remedies or 'every remedy'}.)"
