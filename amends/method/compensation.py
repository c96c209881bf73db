"""How much makes good, in which order: whole first, then their trouble, then goodwill, and where it stops."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amends.method.policy import Policy
from amends.method.trade import trades

WHOLE_KINDS = frozenset({"refund", "replacement", "repair", "redelivery", "correction"})
GOODWILL = "goodwill"


class Verdict(StrEnum):
    """Whether goodwill on top is needed."""

    NONE = "none"
    OFFERED = "offered"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Need:
    """A verdict on goodwill, its reason in words, and where that comes from."""

    verdict: Verdict
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which an offer is not fair: a sentence with the way on, its source, and whether a reason opens it."""

    sentence: str
    source: str
    reason_opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What is known when goodwill is weighed; only facts, no guesses about the customer."""

    severity: int
    ours: bool
    mistaken: bool = False
    double_deviation: bool = False
    repeated_cause: bool = False
    fast: bool = False
    apologised: bool = False
    direct_loss: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One option of an offer: its kind, its sum in cents, and the words the customer would read."""

    kind: str
    cents: int
    title: str
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an offer is judged against, sums in cents: None for a price nobody knows, `paid` for the same issues."""

    severity: int
    price_cents: int | None
    paid_cents: int = 0
    loss_open: bool = False
    extra_contacts: int = 0
    in_incident: tuple[int, ...] = ()


def goodwill_needed(handling: Handling) -> Need:
    """Whether goodwill is needed on top; the first rule that fits wins (E10, E11, E16)."""
    if handling.mistaken:
        return Need(Verdict.NONE, "Nothing went wrong on our side: a courtesy at most.", "E11")
    if handling.double_deviation:
        return Need(Verdict.REQUIRED, "We failed them twice: an apology and goodwill belong together.", "E16")
    if handling.ours and handling.repeated_cause:
        return Need(Verdict.REQUIRED, "It was ours and it keeps happening.", "E11")
    if handling.fast and handling.apologised and not handling.direct_loss:
        return Need(Verdict.NONE, "Answered fast, apologised, nothing lost: money adds nothing.", "E10")
    if handling.fast is handling.apologised:
        verdict = Verdict.OFFERED if handling.severity >= 3 else Verdict.NONE
        return Need(
            verdict, "A serious loss deserves more than the loss itself." if verdict is Verdict.OFFERED else "", "[J]"
        )
    late = "We answered late." if not handling.fast else "They have no apology from us yet."
    return Need(Verdict.OFFERED, late, "E10")


def cap_cents(policy: Policy, price_cents: int) -> int:
    """The most that all payments for one purchase may come to, in cents: above it loyalty falls (E9)."""
    return int(price_cents * policy.cap_share)


def allowance_cents(policy: Policy, price_cents: int, *, severity: int, extra_contacts: int) -> int:
    """What effort and goodwill come to by the policy's shares, in cents; it is never shown, only held against ([J]).

    Shares are of the price: goodwill by severity, effort for each contact that should not have been needed.
    """
    effort = min(policy.effort_share * extra_contacts, policy.effort_max)
    return int(price_cents * (policy.goodwill_share[severity] + effort))


def unfair(policy: Policy, options: Sequence[Sum], ground: Ground) -> Iterable[Finding]:
    """Every way in which these options break the rules of compensation, the firmest first; none when all is fair."""
    yield from _trades(options)
    yield from _over_cap(policy, options, ground)
    yield from _goodwill_alone(options, ground)
    yield from _unequal(options, ground)
    yield from _much_goodwill(policy, options, ground)


def _trades(options: Sequence[Sum]) -> Iterable[Finding]:
    for option in options:
        words = trades(option.title) or trades(option.terms)
        if words:
            yield Finding(
                f"“{words}” asks for something in return for putting it right. Take it out: nobody has to be silent "
                "or change a review to get what they are owed.",
                "E19: Abeler et al. 2010",
                reason_opens=False,
            )


def _over_cap(policy: Policy, options: Sequence[Sum], ground: Ground) -> Iterable[Finding]:
    if ground.price_cents is None:
        return
    cap = cap_cents(policy, ground.price_cents)
    for option in options:
        if option.cents and ground.paid_cents + option.cents > cap:
            repays = option.kind in WHOLE_KINDS
            way_on = "Say what loss it makes good" if repays else "Offer less, or make the loss itself good"
            yield Finding(
                f"“{option.title}” goes above {policy.cap_share:.0%} of what was paid. {way_on}.",
                "E9: Haesevoets et al. 2017",
                reason_opens=repays,
            )


def _goodwill_alone(options: Sequence[Sum], ground: Ground) -> Iterable[Finding]:
    if ground.loss_open and options and all(option.kind == GOODWILL for option in options):
        yield Finding(
            "Goodwill comes on top of making whole, not instead. Add an option that gives back what was lost.",
            "E7: Roschk & Gelbrich 2014",
            reason_opens=False,
        )


def _unequal(options: Sequence[Sum], ground: Ground) -> Iterable[Finding]:
    sums = [option.cents for option in options if option.kind == GOODWILL and option.cents]
    if sums and ground.in_incident and any(one not in ground.in_incident for one in sums):
        yield Finding(
            "Others hit by the same incident were given another sum. Give the same goodwill, or say why this differs.",
            "E12: Albrecht et al. 2018",
            reason_opens=True,
        )


def _much_goodwill(policy: Policy, options: Sequence[Sum], ground: Ground) -> Iterable[Finding]:
    if ground.price_cents is None:
        return
    most = allowance_cents(policy, ground.price_cents, severity=ground.severity, extra_contacts=ground.extra_contacts)
    for option in options:
        if option.kind == GOODWILL and option.cents > most:
            yield Finding(
                f"“{option.title}” is more goodwill than the policy gives for this. Say why their trouble is worth it.",
                "our judgement",
                reason_opens=True,
            )
