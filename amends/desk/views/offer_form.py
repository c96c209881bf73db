"""What the offer form shows and what somebody typed into it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.facts import facts_of
from amends.desk.chrome import signed_in
from amends.desk.finding import find_issues
from amends.method.article import about, general
from amends.method.compensation import Verdict, goodwill_needed
from amends.method.gates import offer_gate
from amends.method.money import cents_of, written
from amends.method.options import Place, Ranked
from amends.recovery.approvals import asked_by, to_send
from amends.recovery.authority import Authority, authority_of
from amends.recovery.draft import Draft, Proposal
from amends.recovery.ground import handling_of
from amends.recovery.remedy import Remedy, catalogue, in_use
from amends.recovery.tried import failed_kinds
from amends.team.policy import current, current_version
from amends.ui.numbers import number

FEW = 4
_GOODWILL = {
    Verdict.REQUIRED: "Goodwill is called for on top.",
    Verdict.OFFERED: "Goodwill on top may help.",
    Verdict.NONE: "No goodwill needed on top.",
}


def offer_context(request: HttpRequest, case: Case, now: datetime) -> dict[str, Any]:
    """The issues, the remedies in the order that suits them, what is owed first, and requests under way."""
    user, post = signed_in(request), request.POST
    issues = list(case.open_issues())
    failed = failed_kinds(issue.pk for issue in issues)
    ranked = catalogue(frozenset(issue.category for issue in issues), failed)
    need = goodwill_needed(handling_of(case, now))
    theirs = authority_of(user, now)
    options = [_option(request, remedy, place, theirs, now) for remedy, place in ranked]
    return {
        "issues": issues,
        "studied": next((issue.category for issue in issues if issue.category), ""),
        "ticked": {number(value) for value in post.getlist("issues")} if post else {one.pk for one in issues},
        "options": options,
        "few": FEW,
        "owed": offer_gate(facts_of(case, now)),
        "fewest": current().options_min[case.severity],
        "open_days": current().offer_open_days,
        "goodwill": f"{_GOODWILL[need.verdict]} {need.reason}".strip(),
        "needs_reason": bool(failed) or bool(post.get("reason")),
        "to_send": to_send(case, user, now),
        "articles": general(current().articles),
        "version": current_version(),
        "earlier": list(case.offers.select_related("made_by")),
        "asked": list(asked_by(user).waiting().filter(case=case)),
    }


def _option(request: HttpRequest, remedy: Remedy, ranked: Ranked, theirs: Authority, now: datetime) -> dict[str, Any]:
    post, key = request.POST, remedy.key
    limit, why = theirs.limit(remedy.kind, remedy.currency), theirs.because(remedy.kind, remedy.currency)
    cents = 0 if limit is None else limit.per_case_cents
    within = cents is None or max(remedy.cost_cents, _asked(request, remedy)) <= cents
    return {
        "remedy": remedy,
        "articles": about(current().articles, key),
        "why": ranked.reason,
        "failed": ranked.place is Place.FAILED,
        "checked": key in post.getlist("options"),
        "title": post.get(f"title-{key}", remedy.name),
        "terms": post.get(f"terms-{key}", remedy.terms),
        "amount": post.get(f"amount-{key}", ""),
        "deliver_by": post.get(f"by-{key}", (now + timedelta(days=5)).date().isoformat()),
        "within": within,
        "limit_text": _limit_text(cents, remedy.currency, why, within=within),
    }


def _asked(request: HttpRequest, remedy: Remedy) -> int:
    """The sum typed for a remedy so far, as far as it can be read."""
    try:
        return typed_cents(request.POST.get(f"amount-{remedy.key}", ""), remedy.currency)
    except Incomplete:
        return 0


def _limit_text(cents: int | None, currency: str, why: str, *, within: bool) -> str:
    reason = f", {why}" if why else ""
    if cents is None:
        return f"Without a limit of yours{reason}"
    return f"{'Within' if within else 'Above'} your limit of {written(cents, currency)}{reason}"


def typed_draft(request: HttpRequest, case: Case) -> Draft:
    """The offer somebody wrote; raises Incomplete for a sum or a day nobody can read."""
    post = request.POST
    chosen = {one.key: one for one in in_use().filter(key__in=post.getlist("options"))}
    return Draft(
        issues=find_issues(request, case),
        opening=post.get("opening", ""),
        can=post.get("can", ""),
        cannot=post.get("cannot", ""),
        because=post.get("because", ""),
        options=[_proposal(request, chosen[key]) for key in post.getlist("options") if key in chosen],
        reason=post.get("reason", ""),
    )


def _proposal(request: HttpRequest, remedy: Remedy) -> Proposal:
    post, key = request.POST, remedy.key
    return Proposal(
        remedy=remedy,
        title=post.get(f"title-{key}", ""),
        terms=post.get(f"terms-{key}", ""),
        amount_cents=typed_cents(post.get(f"amount-{key}", ""), remedy.currency) if remedy.asks_amount else 0,
        deliver_by=typed_day(post.get(f"by-{key}", ""), "options"),
    )


def typed_cents(words: str, currency: str, field: str = "options") -> int:
    """The cents somebody typed, 0 for nothing; raises Incomplete with a sentence."""
    if not words.strip():
        return 0
    try:
        return cents_of(words, currency)
    except ValueError as error:
        raise Incomplete(str(error), field) from error


def typed_day(words: str, field: str) -> date:
    """The day somebody chose; raises Incomplete with a sentence."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Incomplete("Choose a day.", field) from error
