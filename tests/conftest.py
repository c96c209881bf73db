"""The cast: Ines (lead), Tom (agent), Priya (agent of another team), Sam (quality), Maria (customer)."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cached_property

import pytest
from hypothesis import settings as hypothesis_settings

# Our properties say what is true, not how fast a busy machine shows it; speed has its own programs in bench/.
# Every run tries the same examples, so that a change fails for what it changed; `make explore` looks for new ones.
hypothesis_settings.register_profile("amends", deadline=None, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=500)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "amends"))

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PASSWORD = "make-it-right"
TEXT = """Hello,

My order arrived nine days late, after the birthday it was meant for. Now I see you have charged me €89 twice.

Maria Oduya
"""


def mail(
    text: str = TEXT,
    *,
    sender: str = "Maria Oduya <maria@post.example>",
    to: str = "complaints@lindqvist.example",
    subject: str = "Late, and billed twice",
    message_id: str = "<one@post.example>",
    **headers: str,
) -> bytes:
    """A plain mail as a mail program would send it."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = sender, to, subject, message_id
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()


def on_a_database(request) -> bool:
    """Whether the test, or a fixture it asks for, uses the database."""
    marked = request.node.get_closest_marker("django_db") is not None
    return marked or bool({"db", "transactional_db"} & {*request.fixturenames})


@pytest.fixture(autouse=True)
def _plain_static(request, settings):
    if on_a_database(request):
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    """A data folder in which nothing was learned."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _nothing_learned(request, settings, empty_home):
    """Reading stands on what ships, whatever the desk learned in whose folder the tests run."""
    if on_a_database(request):
        settings.AMENDS_HOME = empty_home


@pytest.fixture(autouse=True)
def _policy_unread():
    """What a test made and rolled back must not be remembered for the next one: a policy, the levels of checks."""
    from django.core.cache import cache

    from amends.team import policy

    policy._read.cache_clear()
    cache.clear()


@dataclass
class Clock:
    """The time of a test, moved by hand."""

    now: datetime = NOW

    def forward(self, **span: float) -> datetime:
        """The time so much later."""
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Cast:
    """The people of a small desk, and how mail reaches it."""

    clock: Clock
    people: dict = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def write(self, raw: bytes = b"", *, mail_from: str | None = None, recipients: list[str] | None = None):
        """Let a mail arrive as the worker would read it; returns the receipt."""
        from amends.channels.models import RawMail
        from amends.jobs import read_one

        raw = raw or mail()
        row = RawMail.objects.create(
            received_at=self.clock.now,
            mail_from=mail_from,
            recipients=recipients or [],
            size=len(raw),
            body=raw,
            tries=1,
        )
        return read_one(row, self.clock.now)

    def case(self, raw: bytes = b""):
        """The case a mail opened."""
        return self.write(raw).message.case


@pytest.fixture
def cast(db, clock) -> Cast:
    from amends.channels.models import Channel
    from amends.prevention.models import Cause, Change
    from amends.recovery.remedy import Remedy
    from amends.team.models import Team, User
    from amends.team.permissions import Role

    home, office = Team.objects.create(name="Home"), Team.objects.create(name="Office")
    Channel.objects.create(address="complaints@lindqvist.example", name="Lindqvist Home", team=home)
    Channel.objects.create(address="office@lindqvist.example", name="Lindqvist Office", team=office)
    staff = [
        ("ines", "Ines Castellano", Role.LEAD, home),
        ("tom", "Tom Becker", Role.AGENT, home),
        ("priya", "Priya Shah", Role.AGENT, office),
        ("sam", "Sam Okafor", Role.QUALITY, home),
        ("ada", "Ada Lind", Role.ADMIN, home),
    ]
    people = {
        username: User.objects.create_user(username, PASSWORD, name=name, role=role, team=team)
        for username, name, role, team in staff
    }
    Remedy.objects.create(
        key="refund", kind="refund", name="Refund", description="Money back", asks_amount=True, suits=["price_billing"]
    )
    Remedy.objects.create(
        key="credit",
        kind="credit",
        name="Credit",
        description="For the next order",
        asks_amount=True,
        suits=["delivery"],
    )
    Remedy.objects.create(
        key="overcharge",
        kind="refund",
        name="Refund of an overcharge",
        description="What was taken too much",
        asks_amount=True,
        entitlement=True,
        suits=["price_billing"],
    )
    cause = Cause.objects.create(name="Courier handover", definition="The courier comes late", owner=people["ines"])
    Change.objects.create(
        cause=cause,
        what="A second courier collects at noon",
        kind="procedure",
        owner=people["ines"],
        due_date=NOW.date() + timedelta(days=14),
        agreed_by=people["ines"],
        agreed_at=NOW,
    )
    return Cast(clock, people)


@dataclass
class Recovery:
    """Takes a case step by step along its path, as its people would."""

    cast: Cast
    case: object

    @property
    def now(self) -> datetime:
        return self.cast.clock.now

    @cached_property
    def token(self) -> str:
        """The customer's link, signed once: a second later it would be signed differently."""
        from amends.cases.links import page_token

        return page_token(self.case.pk)

    @property
    def issues(self) -> list:
        return list(self.case.open_issues())

    def hear(self, *summaries: str) -> None:
        from amends.cases.hear import Heard, hear

        lines = [Heard(issue.pk, issue.summary, issue.category or "delivery") for issue in self.issues]
        lines += [Heard(None, summary, "delivery") for summary in summaries]
        hear(self.case, lines, by=self.cast.tom, now=self.cast.clock.forward(minutes=1))

    def say(self, *steps, issues=None):
        from amends.cases.reply import Covered, reply

        covers = tuple(Covered(issue.pk, step) for issue in (issues or self.issues) for step in steps)
        return reply(self.case, "A letter.", covers, by=self.cast.tom, now=self.cast.clock.forward(minutes=1))

    def person_first(self):
        from amends.method.steps import Step

        if not self.issues or not all(hasattr(issue, "hearing") for issue in self.issues):
            self.hear(*([] if self.issues else ["The order arrived nine days late"]))
        return self.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)

    def decide(self, issue, fault="none", outcome="not_upheld", *, by=None):
        from amends.cases.decide import decide
        from amends.cases.decision import Fault, Outcome

        now = self.cast.clock.forward(minutes=1)
        return decide(issue, Fault(fault), Outcome(outcome), "The courier's scans.", by=by or self.cast.tom, now=now)

    def draft(self, *, cents: int = 3000, issues=None, options: int = 2, reason: str = ""):
        from amends.recovery.draft import Draft, Proposal
        from amends.recovery.remedy import Remedy

        names = ["refund", "credit", "overcharge"][:options]
        due = self.now.date() + timedelta(days=5)
        return Draft(
            issues=frozenset(issue.pk for issue in (issues or self.issues)),
            opening="",
            can="We can give you one of these.",
            cannot="",
            because="",
            options=[Proposal(Remedy.objects.get(key=key), key.title(), "", cents, due) for key in names],
            reason=reason,
        )

    def offer(self, *, by=None, exception: str = "", **kwargs):
        from amends.recovery.make_offer import make_offer

        return make_offer(
            self.case,
            self.draft(**kwargs),
            by=by or self.cast.tom,
            now=self.cast.clock.forward(minutes=1),
            exception=exception,
        )

    def ask(self, *, by=None, reason: str = "They waited nine days.", **kwargs):
        from amends.recovery.approve import ask_approval

        now = self.cast.clock.forward(minutes=1)
        return ask_approval(self.case, self.draft(**kwargs), reason=reason, by=by or self.cast.tom, now=now)

    def accept(self, offer):
        from amends.recovery.agree import accept
        from amends.recovery.offer import Via

        return accept(offer.options.first(), via=Via.PAGE, now=self.cast.clock.forward(minutes=1))

    def deliver(self, acceptance):
        from amends.recovery.deliver import deliver_option

        now = self.cast.clock.forward(minutes=1)
        return deliver_option(acceptance.option, "Booking 4711", by=self.cast.tom, now=now)

    def prevent(self):
        from amends.method.steps import Step
        from amends.prevention.models import Cause
        from amends.prevention.verbs import attribute

        for issue in self.issues:
            attribute(issue, Cause.objects.get(), by=self.cast.tom, now=self.cast.clock.forward(minutes=1))
        return self.say(Step.PREVENT)


@pytest.fixture
def recovery(cast) -> Callable[..., Recovery]:
    def begin(raw: bytes = b"") -> Recovery:
        return Recovery(cast, cast.case(raw))

    return begin
