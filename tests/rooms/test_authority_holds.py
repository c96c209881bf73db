"""Whatever the limits and whoever tries what: nobody grants more than a limit of theirs, nor approves their own."""

import itertools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.policy import adopt
from amends.errors import AmendsError
from amends.method.authority import drawn, limit_for
from amends.method.policy import preset
from amends.recovery.approval import ApprovalDecision, ApprovalRequest
from amends.recovery.approve import ask_approval, decide_approval, send_approved
from amends.recovery.authority import granted
from amends.recovery.deliver import deliver_entitlement
from amends.recovery.draft import Draft, Proposal
from amends.recovery.make_offer import make_offer
from amends.recovery.remedy import Remedy
from amends.team import policy
from tests.conftest import mail

pytestmark = pytest.mark.django_db

WHO = ("tom", "ines", "ada")
SUMS = st.integers(0, 4).map(lambda steps: steps * 2500) | st.just("no limit")
LIMITS = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["agent", "lead", "admin"]),
            "kind": st.sampled_from(["", "refund", "credit"]),
            "per_case_cents": SUMS,
            "per_customer_cents": SUMS,
            "period_days": st.just(30),
            "currency": st.just("EUR"),
        }
    ),
    unique_by=lambda row: (row["role"], row["kind"]),
    min_size=2,
    max_size=9,
)
PICK = st.integers(0, 3)
CENTS = st.integers(1, 5).map(lambda steps: steps * 1700)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["offer", "ask", "grant", "send", "owed", "accept"]), st.sampled_from(WHO), PICK, CENTS, CENTS
    ),
    min_size=3,
    max_size=14,
)


class Desk:
    """Two cases of one customer, and everything random people try there."""

    def __init__(self, cast, cases, issues):
        self.cast, self.cases, self.issues = cast, cases, issues

    def draft(self, pick, refund, credit):
        case = self.cases[pick % 2]
        issue = self.issues[case.pk][pick // 2]
        due = self.cast.clock.now.date()
        remedies = [Remedy.objects.get(key=key) for key in ("refund", "credit")]
        options = [
            Proposal(one, one.name, "", cents, due) for one, cents in zip(remedies, (refund, credit), strict=True)
        ]
        return case, Draft(
            issues=frozenset([issue.pk]), opening="", can="One of these.", cannot="", because="", options=options
        )

    def request(self, pick):
        rows = list(ApprovalRequest.objects.all())
        return rows[pick % len(rows)] if rows else None

    def move(self, what, who, pick, refund, credit):
        by, now = self.cast.people[who], self.cast.clock.forward(minutes=1)
        case, draft = self.draft(pick, refund, credit)
        if what == "offer":
            return self.held(case, by, now, make_offer(case, draft, by=by, now=now))
        if what == "ask":
            return ask_approval(case, draft, reason="They waited.", by=by, now=now)
        if what == "owed":
            remedy = Remedy.objects.get(key="overcharge")
            done = deliver_entitlement(case, remedy, draft.issues, refund, "Booking 1", by=by, now=now)
            return self.held(case, by, now, done)
        if what == "accept":
            return self.accept(case, pick, now)
        asked = self.request(pick)
        if asked is None:
            return None
        if what == "grant":
            made = decide_approval(asked, granted=True, words="", by=by, now=now)
            return self.held(asked.case, by, now, made)
        made = send_approved(asked, by=by, now=now)
        return self.held(asked.case, asked.decision.by, now, made)

    def accept(self, case, pick, now):
        from amends.recovery.agree import accept
        from amends.recovery.offer import Via

        offers = [offer for offer in case.offers.all() if offer.is_open(now)]
        return accept(offers[pick % len(offers)].options.first(), via=Via.PAGE, now=now) if offers else None

    def held(self, case, by, now, made):
        """Right after a grant: every purse of the one who granted it holds what its limit allows, and no more."""
        for kind in ("refund", "credit"):
            row = limit_for(policy.current(), by.role, kind, "EUR")
            grants = granted(case, now)
            touched = [one for one in grants if one.at == now and one.kind == kind and one.cents]
            if not touched:
                continue
            assert row is not None
            in_case, customer = drawn(policy.current(), by.role, row, grants, now)
            assert row.per_case_cents is None or in_case <= row.per_case_cents
            assert row.per_customer_cents is None or customer <= row.per_customer_cents
        return made


@pytest.fixture
def desk(cast, recovery):
    cases, issues = [], {}
    for number in range(2):
        one = recovery(mail(f"It came late, number {number}.", message_id=f"<{number}@post.example>"))
        one.hear("Nobody called back", "The box was open")
        one.person_first()
        cases.append(one.case)
        issues[one.case.pk] = one.issues[-2:]
    return Desk(cast, cases, issues)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limits=LIMITS, moves=MOVES)
def test_no_grant_is_above_the_limit_of_the_one_who_made_it(desk, limits, moves):
    start = desk.cast.clock.now
    with transaction.atomic():
        policy._read.cache_clear()
        adopt(preset("standard") | {"limits": limits}, "A test of it", by=None, now=start)
        refused = []
        for move in moves:
            try:
                with transaction.atomic():
                    desk.move(*move)
            except AmendsError as error:
                refused.append(str(error))
        assert all(refused)
        for decision in ApprovalDecision.objects.all():
            assert decision.by_id != decision.request.requester_id
        for offer in itertools.chain.from_iterable(case.offers.all() for case in desk.cases):
            assert offer.approval is None or offer.approval.granted
        transaction.set_rollback(True)
    desk.cast.clock.now = start
