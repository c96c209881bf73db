"""What the company learns in its history: first measures, three changes that claim something, figures, and the news."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from amends.cases.issue import Issue
from amends.cases.ledger import writing
from amends.errors import AmendsError
from amends.prevention.claim import Claim, state_claim
from amends.prevention.coding import code_again, waiting_for
from amends.prevention.exposure import import_exposure
from amends.prevention.models import Cause, Change, ChangeKind
from amends.prevention.tell import Review, tell
from amends.prevention.verbs import agree_change, make_change
from amends.team.models import User
from bench.history.clock import HOUR, WEEK, ZONE, monday
from bench.history.plan import AGREED, MADE, REVIEW
from bench.history.script import Script, script

BASELINE, TRIGGER, CLAIMED = 26, 4, 50
SECOND, SAME, ANOTHER = 4, 0.84, 0.96  # o'clock; of a hundred 84 are named the same and 12 mistaken for another
FIGURES = 3  # o'clock: a week that is over in UTC as well
CLAIMED_CHANGES = {
    "Wrong variant picked": (
        "The picker scans the carton, not the shelf; the scanner refuses what is not on the order.",
        ChangeKind.SYSTEM,
        "sam",
        "everything that is picked in the warehouse",
        "https://wiki.lindqvist.example/scan-the-carton",
    ),
    "Corners and glass not protected": (
        "Drivers sign a sheet that they were told to handle cartons with glass with care.",
        ChangeKind.TRAINING,
        "sam",
        "everything with glass or corners",
        "https://wiki.lindqvist.example/drivers-sheet",
    ),
    "Cancellation not passed to billing": (
        "Whoever takes a cancellation enters it in billing before the conversation ends.",
        ChangeKind.PROCEDURE,
        "ada",
        "everybody who cancels a plan",
        "https://wiki.lindqvist.example/cancelling",
    ),
}
NEWS = (
    "You told us that we had sent you something other than what you ordered. The cause was a shelf label that two "
    "sizes shared. Since then every carton is scanned itself, and the scanner refuses what is not on the order. "
    "Complaints like yours have become far fewer, and that is thanks to those who wrote to us."
)


def first_measures(script: Script, now: datetime) -> None:
    """What is done against each cause from the beginning, so that customers can be told something."""
    with writing():
        for cause in Cause.objects.filter(below=None).select_related("owner"):
            change = agree_change(
                cause,
                script.trouble(cause.name).first_change,
                ChangeKind.PROCEDURE,
                owner=cause.owner,
                due=(now + WEEK).date(),
                by=User.objects.get(username="ines"),
                now=now,
            )
            make_change(change, by=cause.owner, now=now + HOUR)


def events(begins: datetime, weeks: int) -> Iterator[tuple[datetime, str, int]]:
    """When something is learned: the figures of each week and second opinions on the Monday after it, the three
    changes, the news."""
    for week in range(1, weeks + 1):
        yield monday(begins, week, hour=FIGURES), "figures", week
        yield monday(begins, week, hour=SECOND), "second opinions", week
    if weeks > REVIEW:
        yield monday(begins, AGREED, days=2, hour=10), "agree", AGREED
        yield monday(begins, MADE, hour=9), "make", MADE
        yield monday(begins, REVIEW, days=2, hour=11), "tell", REVIEW


def happen(what: str, week: int, begins: datetime, ordered: list[int], now: datetime) -> None:
    """Let one of these happen."""
    if what == "figures":
        _figures(week - 1, begins, ordered, now)
    elif what == "second opinions":
        second_opinions(script(), now)
    elif what == "agree":
        _agree(begins, now)
    elif what == "make":
        _make(now)
    else:
        _tell(now)


def second_opinions(script: Script, now: datetime) -> None:
    """Sam names the cause of every issue that waits for it, mostly as the first did."""
    sam = _person("sam")
    for issue in Issue.objects.filter(pk__in=waiting_for(sam, now)).select_related("attribution__cause").order_by("pk"):
        first, chance = issue.attribution.cause, Random(f"second {issue.pk}").random()
        other = Cause.objects.filter(name=script.trouble(first.name).mistaken).first()
        code_again(issue, first if chance < SAME else other if chance < ANOTHER else None, by=sam, now=now)


def _figures(week: int, begins: datetime, ordered: list[int], now: datetime) -> None:
    day = monday(begins, week).astimezone(ZONE).date()
    import_exposure(f"name,week,count\norders,{day},{ordered[week]}", by=_person("sam"), now=now)


def _agree(begins: datetime, now: datetime) -> None:
    made, review = monday(begins, MADE, hour=9), monday(begins, REVIEW) - HOUR
    for name, (what, kind, owner, population, _) in CLAIMED_CHANGES.items():
        person = _person(owner)
        change = agree_change(
            Cause.objects.get(name=name), what, kind, owner=person, due=made.date(), by=_person("ines"), now=now
        )
        claim = Claim(
            action="corrective",
            population=population,
            exposure="orders",
            baseline_weeks=BASELINE,
            trigger_weeks=TRIGGER,
            drop_percent=CLAIMED,
            review_date=review.astimezone(ZONE).date(),
        )
        state_claim(change, claim, by=person, now=now)


def _make(now: datetime) -> None:
    for name, (what, _, owner, _, evidence) in CLAIMED_CHANGES.items():
        change = Change.objects.get(cause__name=name, what=what)
        make_change(change, evidence, by=_person(owner), now=now)


def _tell(now: datetime) -> None:
    """Those the proven change is for are told; where nothing is proven, nobody is."""
    for change in Change.objects.exclude(proof=None):
        try:
            tell(change, Review(NEWS), by=_person("ines"), now=now)
        except AmendsError as reason:
            raise RuntimeError(f"The news could not be told: {reason}") from reason


def _person(username: str) -> User:
    return User.objects.get(username=username)
