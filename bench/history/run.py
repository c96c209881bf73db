"""Letting the history happen: every mail, every life, every week's figures and every sweep, in the order of time."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from random import Random

from amends.cases.ledger import writing
from amends.cases.outbox import claim_letters, deliver
from amends.cases.policy import adopt
from amends.channels.models import RawMail
from amends.jobs import read_one, sweep
from amends.method.policy import LATER, preset
from amends.prevention.models import Change
from amends.team.models import User
from bench.history import learn
from bench.history.clock import DAY, WEEK, monday
from bench.history.life import Lived
from bench.history.person import World
from bench.history.plan import Complaint, complaints, weeks_of_orders
from bench.history.script import script

AT_ONCE = 60
NIGHT = timedelta(hours=4)  # in which the last week's figures come, and nothing else
ASKS = 0.6
LATELY, TELLS_WHAT_IS_NEW = 7 * WEEK, 0.9
INBOX = {"home": "complaints@lindqvist.example", "office": "office@lindqvist.example"}


@dataclass(order=True)
class Step:
    """Something that goes on at a moment; `order` keeps what comes at the same time apart."""

    at: datetime
    order: int
    goes_on: Iterator[datetime] = field(compare=False)


def run(ends: datetime, weeks: int, seed: int, most: int | None = None) -> World:
    """Let so many weeks happen that end at this Monday; `most` complaints only, to try it out."""
    begins = monday(ends, -weeks)
    world = World(script(), {one.username: one for one in User.objects.all()}, ends, begins - 2 * WEEK)
    Change.objects.all().delete()  # those of the sample company belong to its present
    adopt({**LATER, **preset("standard"), "survey_share": ASKS}, "We ask how it was.", by=None, now=world.now)
    learn.first_measures(world.script, world.now)
    ordered = weeks_of_orders(begins, weeks, seed)
    steps = _steps(world, begins, weeks, seed, ordered, most)
    heapq.heapify(steps)
    while steps and steps[0].at <= ends + NIGHT:
        with writing():
            _some(world, steps)
    world.now = ends
    return world


def _steps(world: World, begins: datetime, weeks: int, seed: int, ordered: list[int], most: int | None) -> list[Step]:
    steps = [
        Step(one.at, number, _arrives(world, one, Random(f"life {seed} {one.number}")))
        for number, one in enumerate(complaints(world.script, begins, weeks, seed)[:most])
    ]
    learned = learn.events(begins, weeks)
    steps += [Step(at, -2, _learns(world, what, week, begins, ordered)) for at, what, week in learned]
    return [*steps, Step(begins + timedelta(hours=7), -1, _sweeps(world))]


def _some(world: World, steps: list[Step]) -> None:
    """A handful of steps in one transaction, as a busy desk commits them."""
    for _ in range(AT_ONCE):
        if not steps or steps[0].at > world.ends + NIGHT:
            return
        step = heapq.heappop(steps)
        world.now = step.at
        post(world.now)
        then = next(step.goes_on, None)
        if then is not None:
            heapq.heappush(steps, Step(max(then.replace(microsecond=0), world.now), step.order, step.goes_on))


def post(now: datetime) -> None:
    """Hand over every letter that is due."""
    for entry in claim_letters(now, 100):
        deliver(entry, now)


def _sweeps(world: World) -> Iterator[datetime]:
    """What the worker does by itself, here once a day, early."""
    while True:
        sweep(world.now)
        yield world.now + DAY


def _learns(world: World, what: str, week: int, begins: datetime, ordered: list[int]) -> Iterator[datetime]:
    learn.happen(what, week, begins, ordered, world.now)
    return
    yield


def _arrives(world: World, one: Complaint, dice: Random) -> Iterator[datetime]:
    """A mail comes in at the door, and its life begins."""
    body = letter(world, one, dice)
    inbox = INBOX[one.trouble.team]
    raw = RawMail.objects.create(
        received_at=world.now, mail_from=one.address, recipients=[inbox], size=len(body), body=body, tries=1
    )
    receipt = read_one(raw, world.now)
    if receipt.message is None:
        raise RuntimeError(f"Complaint {one.number} was not taken: {receipt.reason}")
    yield from Lived(world, receipt.message.case_id, dice, one).lived()


def letter(world: World, one: Complaint, dice: Random) -> bytes:
    """The mail as their mail program sends it."""
    trouble, told = one.trouble, world.script
    new = trouble.lately and one.at >= world.ends - LATELY and dice.random() < TELLS_WHAT_IS_NEW
    facts = [dice.choice(trouble.lately if new else trouble.facts), dice.choice(trouble.hurts)]
    if one.second is not None:
        facts.append(dice.choice(one.second.facts))
    before, order = told.one("since_when", dice), f"My order is {one.details['order']}."
    body = [told.one("openings", dice), " ".join(facts), " ".join(part for part in (before, order) if part)]
    text = "\n\n".join([*body, told.one("asks", dice), f"{told.one('goodbyes', dice)}\n{one.name}"])
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{one.name} <{one.address}>", INBOX[trouble.team]
    mail["Subject"] = dice.choice(trouble.subjects).format_map(one.details)
    mail["Message-ID"] = f"<history-{one.number}@letters.example>"
    mail.set_content(text.format_map(one.details))
    return mail.as_bytes()
