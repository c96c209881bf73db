"""A complaint with every kind of word in it, and a look through every column of every table for what is left."""

import json
from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage

from django.apps import apps
from django.db import connection

from amends.cases.assignment import snooze
from amends.cases.closure import close
from amends.cases.hear import Heard, correct_understanding, hear
from amends.cases.issue import Issue, Wish
from amends.cases.note import add_note
from amends.cases.outbox import OutboxEntry, claim_letters, deliver
from amends.cases.policy import adopt
from amends.cases.reply import Covered, reply
from amends.cases.withdraw import withdraw
from amends.insights.questions import QUESTIONS
from amends.insights.scope import PERIODS, Scope
from amends.loyalty.give import Given as Gift
from amends.loyalty.give import give
from amends.method.policy import to_data
from amends.method.steps import Step
from amends.method.survey import Kind
from amends.prevention.verdict import Verdict
from amends.privacy.places import PLACES
from amends.purse.budget import set_budget
from amends.purse.settle import take_gesture_back, use
from amends.recovery.agree import decline
from amends.recovery.answer_survey import Given, answer_survey
from amends.recovery.ask_survey import ask_surveys
from amends.recovery.escalate import escalate
from amends.recovery.offer import Via
from amends.recovery.published import track_record
from amends.recovery.scores import Which, left_out, scores, surveys
from amends.recovery.survey import SurveyAsked
from amends.team.models import Team
from amends.team.policy import current
from amends.ui.table_file import table_file

NAME, ADDRESS = "Wilhelmina Quastenberg", "wilhelmina@quastenberg.example"
SAID = "The porcelain heron of my grandmother came in eleven shards."
FILE = b"A photograph of the eleven shards"


def long_mail(number: int, text: str, *, sender: str = f"{NAME} <{ADDRESS}>", **headers: str) -> bytes:
    """A mail with a file, as a mail program sends it."""
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, "complaints@lindqvist.example"
    letter["Subject"], letter["Message-ID"] = "The heron, order KX-77120", f"<{number}@quastenberg.example>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(f"{text}\n\n{NAME}\nTallow Lane 5\n")
    letter.add_attachment(FILE, maintype="image", subtype="jpeg", filename="quastenberg-shards.jpg")
    return letter.as_bytes()


def let_leave(one) -> None:
    for entry in claim_letters(one.now + timedelta(minutes=1), 100):
        deliver(entry, one.now)
    OutboxEntry.objects.filter(sent_at__isnull=False).update(sent_at=one.now)


def whole_story(recovery, cast, *, closed: bool = True):
    """Heard, corrected, declined, agreed, delivered, asked how it was and answered, with a word of somebody's each."""
    one = recovery(long_mail(1, SAID))
    adopt({**to_data(current()), "survey_share": 1.0}, "We want to know", by=None, now=one.now)
    tell(one, cast)
    until = one.now + timedelta(hours=1)
    snooze(one.case, until=until, reason="Waiting for Quastenberg's photograph", by=cast.tom, now=one.now)
    decline(one.offer(), "No voucher mends a heron", via=Via.PAGE, now=cast.clock.forward(minutes=1))
    acceptance = one.accept(one.offer())
    one.deliver(acceptance)
    make_gestures(one, cast)
    let_leave(one)
    cast.clock.forward(days=3)
    if closed:
        one.prevent()
        let_leave(one)
        close(one.case, by=cast.tom, now=one.now, words="Wilhelmina has her heron again")
    ask_surveys(one.now)
    let_leave(one)
    given = [Given(Kind.CSAT, 4)]
    answer_survey(SurveyAsked.objects.get(case=one.case), given, "The glue smells of plums", one.now)
    return one


def make_gestures(one, cast) -> None:
    """One that was used in part and runs on, and one that was taken back."""
    set_budget(one.case.team, "EUR", 10_000, by=cast.ines, now=cast.clock.forward(minutes=1))
    said = {"words": "Thank you for your patience.", "amount": 2000, "until": one.now.date() + timedelta(days=365)}
    made = give(
        one.case,
        Gift(title="A new heron", reason="hard", because="Eleven shards on her lap", **said),
        by=cast.tom,
        now=one.now,
    )
    use(made, 500, "Receipt of Quastenberg's second heron", by=cast.tom, now=one.now)
    card = give(
        one.case,
        Gift(title="Plum cake", reason="years", because="Quastenberg bakes", words="For tea."),
        by=cast.tom,
        now=one.now,
    )
    take_gesture_back(card, "Wilhelmina eats no plums", declined=True, by=cast.tom, now=one.now)


def tell(one, cast) -> None:
    lines = [Heard(issue.pk, issue.summary, issue.category or "delivery") for issue in one.issues]
    told = {"kind": "damaged", "harm": "No wedding gift", "about": "KX-77120"}
    about = Heard(None, "The heron came in shards", "delivery", **told)
    hear(one.case, [*lines, about], by=cast.tom, now=cast.clock.forward(minutes=1))
    wordings = {one.issues[0].pk: "Eleven shards, not ten"}
    correct_understanding(one.case, wordings, "And nobody rang at Tallow Lane", one.now)
    one.hear()
    escalate(one.case, "I want the owner of the kiln", cast.clock.forward(minutes=1))
    add_note(one.case, "Quastenberg sounds close to tears", by=cast.tom, now=one.now)
    extra = Issue.objects.filter(case=one.case, summary__startswith="And nobody").get()
    withdraw(extra, "Wilhelmina found the card", wish=Wish.CUSTOMER, by=cast.tom, now=one.now)
    text = f"Dear {NAME}, I am sorry about the heron of your grandmother."
    steps = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    covers = tuple(Covered(issue.pk, step) for issue in one.issues for step in steps)
    reply(one.case, text, covers, by=cast.tom, now=cast.clock.forward(minutes=1))


def figures(cast, now) -> dict:
    """Every figure there is: each insight in each period and for each team, its tables as CSV, scores and verdicts.

    Not the hints of "What is new?": they are made of words, and erased words are gone.
    """
    found: dict = {"verdicts": [(one.pk, one.found, one.again()) for one in Verdict.objects.order_by("pk")]}
    for who in (cast.ada, cast.sam, cast.ines):
        for key, question in ((key, one) for key, one in QUESTIONS.items() if key != "new"):
            for period in PERIODS.values():
                for team in (None, *Team.objects.values_list("pk", flat=True)):
                    for by in ("", *question.choices):
                        scope = Scope(who, now, period, team, by)
                        said = question.answer(scope)
                        lines = [_file(table) for table in said.ground.tables]
                        found[who.username, key, period.key, team, by] = (said.sentence, said.ground, lines)
        which = Which(who, now - timedelta(days=365))
        asked = surveys(which)
        found[who.username, "scores"] = (scores(asked), left_out(which))
    found["published"] = track_record(now)
    return found


def _file(table) -> list[bytes]:
    rows = ([cell.text for cell in row] for row in table.rows)
    return list(table_file("x.csv", [head.label for head in table.heads], rows).streaming_content)


def columns() -> Iterable[tuple[str, tuple[str, ...], list[tuple]]]:
    """Every table of the database with the names of its columns and its rows."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, tuple(one[0] for one in cursor.description), cursor.fetchall()


def found_in_database(needles: Iterable[str]) -> list[tuple[str, str, str]]:
    """Where any of these words stands: in which table, in which column, which words."""
    wanted = {form.casefold(): needle for needle in needles for form in (needle, json.dumps(needle)[1:-1])}
    return [
        (table, name, needle)
        for table, names, rows in columns()
        for row in rows
        for name, value in zip(names, row, strict=True)
        for form, needle in wanted.items()
        if form in _text(value)
    ]


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").casefold()
    return str(value).casefold() if isinstance(value, str | dict | list) else ""


def words_held(customer: int) -> set[str]:
    """Every word or sentence our list of places leads to, as it stands in its column."""
    held: set[str] = set()
    for place in PLACES:
        for row in place.rows(customer):
            held |= {value for name in place.words if (value := getattr(row, name))}
    return held


def written_columns() -> set[str]:
    """Every column of ours that can hold words."""
    kinds = ("CharField", "TextField", "JSONField", "BinaryField", "EmailField", "SlugField")
    return {
        f"{model.__name__}.{one.name}"
        for model in apps.get_app_config("amends").get_models()
        for one in model._meta.concrete_fields
        if one.get_internal_type() in kinds
    }
