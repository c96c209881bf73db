"""Whole requests: people signed in, a case with everything an address can name, pages read as a browser reads them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from selectolax.lexbor import LexborHTMLParser

BACKEND = "django.contrib.auth.backends.ModelBackend"

# Addresses that answer only to a pressed button. An address is here or it can be looked at: both are checked.
POST_ONLY = {
    "practice-comparison",
    "theme",
    "answered",
    "reply",
    "reply-check",
    "remark-aside",
    "reply-undo",
    "person-file",
    "person-hold",
    "person-answer",
    "note",
    "issue-return",
    "offer-withdrawal",
    "approval-sending",
    "approval-withdrawal",
    "portal-choice",
    "portal-copy",
    "phrase-insertion",
    "clarification",
    "practice-correction",
    "practice-again",
    "practice-end",
    "practice-sharing",
    "practice-scenario-retirement",
    "practice-scenario-reading",
    "practice-scenario-counting",
    "practice-certificate-showing",
    "take-next",
    "care-switch",
    "coaching-said",
    "hint-dismissal",
    "debrief-sharing",
    "study-removal",
    "care-moment",
    "care-break",
    "care-later",
    "api-verb",
    "api-do",
    "api-read",
    "api-check",
}
# Addresses that can only be looked at.
GET_ONLY = {
    "comparison",
    "portal",
    "policy",
    "policy-version",
    "overrides",
    "overrides-file",
    "scores",
    "scores-cases",
    "scores-file",
    "api-cases",
    "api-case",
    "api-studies",
    "api-study",
    "published-promises",
    "promise-report",
    "published-complaints",
    "published-complaints-version",
    "published-complaints-file",
    "practice-debrief",
    "practice-shared",
    "practice-path",
    "practice-scenarios",
    "practice-scenario",
    "practice-scenario-file",
    "practice-packaged",
    "practice-certificate",
    "practice-certificate-shown",
    "causes",
    "insights",
    "insight",
    "insight-cases",
    "insight-file",
    "thanks",
    "team-load",
    "care",
    "care-cards",
    "gestures-file",
    "person",
    "colleagues",
    "coaching",
    "debrief-shown",
    "privacy",
    "library",
    "study",
    "other-firm",
    "studies-waiting",
}
# Addresses of what one person alone can open: for everybody else they are not there.
PRIVATE = {
    "practice-round",
    "practice-correction",
    "practice-again",
    "practice-end",
    "practice-debrief",
    "practice-sharing",
    "practice-deletion",
    "practice-shared",
}

OWN_SCENARIO = (
    "practice-scenario",
    "practice-scenario-file",
    "practice-scenario-change",
    "practice-scenario-retirement",
    "practice-scenario-reading",
    "practice-scenario-counting",
)

# What its holder shows: who can open it, and nobody else.
SHOWN_TO = {
    "practice-certificate-shown": {"tom", "ines", "ada"},
    "look": {"tom", "ines"},
    "hint-dismissal": {"tom", "ines"},
    "debrief-shown": {"ines"},
    "coaching-said": {"tom", "ines"},
    "coaching-letter": {"ines"},
}


@pytest.fixture
def clock(clock):
    """Views ask the real clock, so what happened before a request happened six hours ago."""
    clock.now = datetime.now(UTC) - timedelta(hours=6)
    return clock


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    """No memory of earlier tries at a door, and no need for `amends up` to have laid out the styles before."""
    from django.core.cache import cache

    cache.clear()
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def door(cast) -> Callable[..., Client]:
    """A browser with this person signed in ("" for nobody)."""

    def open_door(username: str = "tom", **options: Any) -> Client:
        client = Client(raise_request_exception=False, **options)
        if username:
            client.force_login(cast.people[username], backend=BACKEND)
        return client

    return open_door


@pytest.fixture
def sink(settings, tmp_path):
    """The folder a trial desk keeps its letters in."""
    settings.AMENDS_SINK = tmp_path
    return tmp_path


def page(response) -> LexborHTMLParser:
    """The response as a browser reads it."""
    return LexborHTMLParser(response.content.decode())


def words(response) -> str:
    """All text a reader sees, on one line."""
    return " ".join(page(response).body.text(separator=" ").split())


def typed(response, name: str) -> str:
    """What stands in a field of the page."""
    node = page(response).css_first(f'[name="{name}"]')
    assert node is not None, f"there is no field {name}"
    if node.tag == "textarea":
        return node.text().removeprefix("\n")
    if node.tag == "select":
        chosen = node.css_first("option[selected]")
        return chosen.attributes["value"] or "" if chosen else ""
    if node.attributes.get("type") in ("radio", "checkbox"):
        chosen = page(response).css_first(f'[name="{name}"][checked]')
        return chosen.attributes["value"] or "" if chosen else ""
    return node.attributes.get("value") or ""


def letter_with_file(name: str = "receipt.html", body: bytes = b"<script>1</script>", **headers: str) -> bytes:
    """A complaint with one attached file."""
    letter = EmailMessage()
    letter["From"] = headers.get("sender", "Maria Oduya <maria@post.example>")
    letter["To"] = headers.get("to", "complaints@lindqvist.example")
    letter["Subject"] = headers.get("subject", "Late, and billed twice")
    letter["Message-ID"] = headers.get("message_id", "<file@post.example>")
    letter.set_content("My order arrived nine days late.\n\nAnd you have charged me €89 twice.\n")
    letter.add_attachment(body, maintype="text", subtype="html", filename=name)
    return letter.as_bytes()


def let_letters_leave() -> None:
    """Everything in the outbox has been sent."""
    from amends.cases.outbox import OutboxEntry

    OutboxEntry.objects.waiting().update(sent_at=datetime.now(UTC))


def everything() -> dict[str, str]:
    """Each table with its number of rows and a digest of them: what a request that changes nothing leaves alike."""
    from django.apps import apps

    made = {}
    for model in apps.get_models():
        rows = sorted(repr(sorted(row.items())) for row in model._default_manager.values())
        made[model._meta.label] = f"{len(rows)} {hashlib.sha256('|'.join(rows).encode()).hexdigest()}"
    return made


def picked_remedy(one):
    """A remedy Tom gave, picked to be looked at afterwards."""
    from amends.recovery.fulfilment import Fulfilment
    from amends.recovery.remedy import Remedy
    from amends.recovery.sample import SpotCheck

    done = Fulfilment.objects.create(
        case=one.case,
        entitlement=True,
        remedy=Remedy.objects.get(key="overcharge"),
        title="Money back",
        amount_cents=100,
        currency="EUR",
        proof="Booking 1",
        by=one.cast.tom,
        at=one.now,
    )
    return SpotCheck.objects.create(fulfilment=done, picked_at=one.now)


def a_gesture(one):
    """Something Tom gave beside what is owed, from the budget Ines set."""
    from amends.loyalty.give import Given, give
    from amends.purse.budget import set_budget

    set_budget(one.case.team, "EUR", 10_000, by=one.cast.ines, now=one.now)
    until = one.now.date() + timedelta(days=90)
    given = Given(
        title="Towards your next order",
        reason="hard",
        because="The present came too late.",
        words="You stayed kind all the way.",
        amount=1000,
        until=until,
    )
    return give(one.case, given, by=one.cast.tom, now=one.now)


def an_own_scenario(writer, now):
    """A scenario of the house."""
    from amends.practice.own.write import keep_scenario
    from amends.rehearsal.shelf import named_scenario

    return keep_scenario(named_scenario("retail-sofa-leg"), by=writer, now=now).scenario


def a_round(trainee, now):
    """A round with one turn that has ended, and that it is shown to nobody but its own trainee."""
    from amends.practice.models import Shared
    from amends.practice.play import begin, end, say

    played = begin("retail-sofa-leg", "steady", by=trainee, now=now)
    say(played, "I am sorry that the leg of your sofa cracked.", 1, now=now)
    end(played, now=now)
    played.refresh_from_db()
    return played, Shared.objects.create(played=played, to=trainee, at=now)


def a_certificate(person, now):
    """A certificate that this person shows to the leads of their team."""
    from amends.team.certificate import ShownCertificate

    return ShownCertificate.objects.create(
        person=person, team=person.team, course="newcomers", passed_at=now, shown_at=now
    )


def a_look(one):
    """A draft that Tom asked Ines to look at."""
    from amends.coaching.second_pair import ask_look

    return ask_look(one.case, "Dear Maria, I am sorry.", "", "ines", by=one.cast.tom, now=one.now)


def a_comment(letter, one):
    """What Ines said to Tom about a letter of his."""
    from amends.coaching.models import Comment

    said = {"kind": "comment", "words": "You named the birthday: good."}
    return Comment.objects.create(
        case=one.case, letter=letter, by=one.cast.ines, to=one.cast.tom, at=datetime.now(UTC), **said
    )


def a_subscription(cast, now):
    """Ines wants what goes wrong most by mail each Monday."""
    from amends.reporting.subscription import Wanted, subscribe

    wanted = Wanted("wrong", "week", 0, 8, "Europe/Stockholm", "ines@lindqvist.example")
    return subscribe(cast.ines, wanted, now=now)


def a_report(cast, now):
    """The complaint report of the last quarter that is over, published by Ines."""
    from amends.reporting.publish import publish_quarter
    from amends.reporting.quarter import quarter_of

    return publish_quarter(quarter_of(now.date()).back(1), "", {}, by=cast.ines, now=now)


def a_debrief(one):
    """What Tom wrote when he looked back, shown to Ines."""
    from amends.coaching.debrief import keep_debrief, share_debrief

    made = keep_debrief(one.case, ("She said thanks.", "", ""), by=one.cast.tom, now=one.now)
    return share_debrief(made, "ines", now=one.now).debrief


def some_studies(one):
    """A study of this case that waits for a reader, and a published one of another."""
    from amends.library.models import TEXTS, Publication, Study, StudySource

    told = dict.fromkeys(TEXTS, "A parcel came late.")
    waits, shown = (Study.objects.create(**told, by=one.cast.sam, at=one.now) for _ in range(2))
    StudySource.objects.create(study=waits, case=one.case)
    Publication.objects.create(study=shown, by=one.cast.ines, at=one.now)
    return waits, shown


@dataclass
class World:
    """One case with everything an address of the product can name."""

    case: Any
    path: dict[str, dict[str, Any]]

    def url(self, name: str, case: int | None = None) -> str:
        """The address of a route; `case` puts another number where the case stands."""
        kwargs = dict(self.path[name])
        if case is not None:
            kwargs["pk"] = case
        return reverse(name, kwargs=kwargs)


@pytest.fixture
def world(cast, recovery, sink) -> World:
    """The case at an open offer, with a file, a letter inside its undo window, a mail nobody could read."""
    from amends.cases.limits import limit_contact
    from amends.cases.links import page_token
    from amends.cases.message import Attachment
    from amends.channels.models import RawMail
    from amends.coaching.hint import leave_hint
    from amends.method.survey import Kind
    from amends.prevention.models import Cause, Change
    from amends.recovery.poll_link import poll_token
    from amends.recovery.survey_link import survey_token
    from tests.asked import asked_how_it_was, polled

    one = recovery(letter_with_file())
    one.person_first()
    offer = one.offer()
    one.decide(one.issues[0], "conduct", "not_upheld")
    limits = limit_contact(one.case, "Forty calls", "None named", "Letters", by=cast.ada, now=one.now)
    asked = one.ask(cents=20000)
    gesture = a_gesture(one)
    picked = picked_remedy(one)
    cast.clock.now = datetime.now(UTC) - timedelta(seconds=30)
    later = one.say()
    survey = asked_how_it_was(one.case, one.now)
    cast.write(b"Subject: nobody\n\nhello\n")
    (sink / "20261121-1.log").write_bytes(b"To: maria@post.example\nSubject: Sent\n\nDear Maria\n" + b"-" * 79 + b"\n")
    rounds = a_round(cast.tom, one.now)
    studies = some_studies(one)
    said = one.case.messages.filter(outgoing=False).first()
    special = {
        "attachment": Attachment.objects.get().pk,
        "offer": offer.pk,
        "gesture": gesture.pk,
        "issue": one.issues[0].pk,
        "boundary": limits.pk,
        "asked": asked.pk,
        "check": picked.pk,
        "message": said.pk,
        "token": page_token(one.case.pk),
        "ask": survey_token(survey.pk, Kind.CSAT, 4),
        "vote": poll_token(polled(one.case, cast.ines, one.now).pk, 1),
        "key": "team",
        "number": 1,
        "look": a_look(one).pk,
        "hint": leave_hint(one.case, "Name the birthday.", by=cast.ines, now=one.now).pk,
        "verb": "note",
        "rest": "nowhere/",
        "letter": a_subscription(cast, one.now).token,
        "quarter": a_report(cast, one.now).of.key,
        "question": "wrong",
        "table": "kinds",
        "name": "20261121-1.log",
        "course": "newcomers",
        "lesson": "listening",
    }
    numbers = {
        **dict.fromkeys(("change", "cause-card", "training"), Cause.objects.get().pk),
        **dict.fromkeys(("news", "watch"), Change.objects.get().pk),
        **dict.fromkeys(("team-settings", "newcomers"), one.case.team_id),
        "debrief-shown": a_debrief(one).pk,
        "coaching-said": a_comment(later, one).pk,
        "unreadable": RawMail.objects.set_aside().get().pk,
        **dict.fromkeys(PRIVATE, rounds[0].pk),
        **dict.fromkeys(OWN_SCENARIO, an_own_scenario(cast.ines, one.now).pk),
        "practice-shared": rounds[1].pk,
        "study-reading": studies[0].pk,
        **dict.fromkeys(("study", "study-removal", "api-study"), studies[1].pk),
        "practice-certificate-shown": a_certificate(cast.tom, one.now).pk,
    }
    paths = {}
    for name, pattern in routes().items():
        converters = pattern.pattern.converters
        known = {**special, "pk": numbers.get(name, one.case.pk)}
        if name == "practice-drill":
            known["key"] = "options"
        if name == "practice-packaged":
            known["key"] = "retail-sofa-leg"
        if name == "other-firm":
            known["key"] = "ice-storm"
        if name in ("reply-undo", "coaching-letter"):
            known["message"] = later.pk
        missing = set(converters) - set(known)
        assert not missing, f"say in tests/doors/conftest.py what {missing} of {name} is"
        paths[name] = {key: known[key] for key in converters}
    return World(one.case, paths)


def routes() -> dict[str, URLPattern]:
    """Every address of the product by its name, as the resolver knows it."""
    return dict(_walk(get_resolver().url_patterns))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            found += _walk(one.url_patterns, prefix + space)
        else:
            assert one.name, f"the address {one.pattern} has no name, so it cannot have a row"
            found.append((prefix + one.name, one))
    return found


def of_a_case(name: str) -> bool:
    """Whether the address stands under a case."""
    return str(routes()[name].pattern).startswith("cases/<int:pk>/")
