"""What an insight page costs on a full desk. Usage: python -m bench.insights [CASES] (30,000; SQLite, in a new folder).

The cases of bench/fill.py are spread over 18 months and get what pages count: issues heard, causes, letters that left,
promises, remedies, follow-ups, closings, and what they and as many others bought. Printed for each page and period: the
CPU milliseconds of the second request, whole, with its template.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.simulate import prepare

WEEKS = 78


def furnish(seed: int = 1) -> None:
    """Give every case a past."""
    from amends.cases.case import Case
    from amends.cases.closure import Closure
    from amends.cases.issue import Hearing, Issue
    from amends.cases.message import Coverage, Message
    from amends.cases.outbox import OutboxEntry
    from amends.prevention.models import Attribution, Cause
    from amends.recovery.follow_up import FollowUp
    from amends.recovery.fulfilment import Fulfilment
    from amends.recovery.promise import Promise
    from amends.recovery.remedy import Remedy
    from amends.team.models import User

    dice, now = Random(seed), datetime.now(UTC)
    tom, causes, remedies = User.objects.get(username="tom"), list(Cause.objects.all()), list(Remedy.objects.all())
    kinds = ["late", "damaged", "never_came", "courier", "wrong_place"]
    cases = list(Case.objects.order_by("pk"))
    for case in cases:
        case.opened_at = now - timedelta(weeks=WEEKS) * dice.random()
        case.severity = dice.choice((1, 2, 2, 3, 4))
    Case.objects.bulk_update(cases, ["opened_at", "severity"], batch_size=200)
    at = {case.pk: case.opened_at for case in cases}
    issues = list(Issue.objects.order_by("pk"))
    for issue in issues:
        issue.raised_at, issue.kind = at[issue.case_id], dice.choice(kinds)
    Issue.objects.bulk_update(issues, ["raised_at", "kind"], batch_size=200)
    Hearing.objects.bulk_create((Hearing(issue=one, by=tom, at=one.raised_at) for one in issues), 2000)
    Attribution.objects.bulk_create(
        (Attribution(issue=one, cause=dice.choice(causes), by=tom, at=one.raised_at) for one in issues), 2000
    )
    hours = {pk: timedelta(hours=dice.lognormvariate(1, 1)) for pk in at}
    letters = Message.objects.bulk_create(
        (Message(case_id=pk, at=start + hours[pk], outgoing=True, text="Sorry.") for pk, start in at.items()), 2000
    )
    OutboxEntry.objects.bulk_create(
        (OutboxEntry(message=one, envelope={}, not_before=one.at, sent_at=one.at) for one in letters), 2000
    )
    of_case = {one.case_id: one for one in issues}
    Coverage.objects.bulk_create(
        (Coverage(message=one, issue=of_case[one.case_id], step="apologise", found=True) for one in letters), 2000
    )
    Promise.objects.bulk_create((_promise(Promise, one, dice) for one in letters), 2000)
    done = Fulfilment.objects.bulk_create((_remedy(Fulfilment, one, remedies, tom, dice) for one in letters), 2000)
    through = Fulfilment.issues.through
    through.objects.bulk_create((through(fulfilment=one, issue=of_case[one.case_id]) for one in done), 2000)
    FollowUp.objects.bulk_create(
        (
            FollowUp(
                case_id=one.case_id, due_at=one.at, planned_at=one.at, done_at=one.at, still_right=dice.random() < 0.9
            )
            for one in done
        ),
        2000,
    )
    Closure.objects.bulk_create(
        (Closure(case_id=one.case_id, by=tom, at=one.at) for one in done[: len(done) * 9 // 10]), 2000
    )
    _purchases(dice, now)


def _promise(model: Any, letter: Any, dice: Random) -> Any:
    due = letter.at + timedelta(days=3)
    kept = due - timedelta(hours=4) if dice.random() < 0.9 else None
    return model(case_id=letter.case_id, message=letter, words="A call", due_at=due, made_at=letter.at, kept_at=kept)


def _remedy(model: Any, letter: Any, remedies: list[Any], by: Any, dice: Random) -> Any:
    return model(
        case_id=letter.case_id,
        entitlement=True,
        remedy=dice.choice(remedies),
        title="Refund",
        amount_cents=dice.randrange(500, 6000, 100),
        currency="EUR",
        proof="Booked",
        by=by,
        at=letter.at + timedelta(days=2),
    )


def _purchases(dice: Random, now: datetime) -> None:
    """Three purchases of everybody who wrote, and of as many people who never did."""
    from amends.customers.models import Address
    from amends.loyalty.purchase import Purchase, veiled_address

    wrote = list(Address.objects.values_list("value", flat=True))
    buyers = [veiled_address(one) for one in [*wrote, *(f"quiet.{one}" for one in wrote)]]
    Purchase.objects.bulk_create(
        (
            Purchase(
                buyer=buyer,
                day=(now - timedelta(weeks=WEEKS) * dice.random()).date(),
                cents=dice.randrange(1000, 40_000, 100),
                currency="EUR",
                order=f"{number}-{which}",
                at=now,
            )
            for number, buyer in enumerate(buyers)
            for which in range(3)
        ),
        2000,
    )


def measure(cases: int) -> None:
    """Print what each page costs."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from amends.insights.questions import QUESTIONS
    from amends.team.models import User

    settings.ALLOWED_HOSTS = ["*"]
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client()
    client.force_login(User.objects.get(username="ada"), backend="django.contrib.auth.backends.ModelBackend")
    choices = [f"{one.key}/?by={choice}" for one in QUESTIONS.values() for choice in one.choices]
    pages = [
        "",
        *(f"{key}/" for key in QUESTIONS),
        *choices,
        "wrong/cases/?of=no-cause",
        "promises/cases/?of=fate:kept",
    ]
    for page in pages:
        for period in ("12-weeks", "all"):
            address = f"/insights/{page}{'&' if '?' in page else '?'}period={period}"
            assert client.get(address).status_code == 200, address
            began = time.process_time()
            client.get(address)
            spent = 1000 * (time.process_time() - began)
            print(f"{cases:>7,} cases  {address:<50} {spent:>7.0f} CPU-ms", flush=True)


def main() -> None:
    """Fill, furnish, measure."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        prepare(Path(folder))
        from bench.fill import fill

        fill(cases)
        furnish()
        measure(cases)


if __name__ == "__main__":
    main()
