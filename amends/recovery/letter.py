"""The letters recovery writes: the offer with its choices, the refusal with its reasons."""

from typing import TYPE_CHECKING

from amends.cases.case import Case
from amends.cases.links import page_link
from amends.method.money import written
from amends.team.models import User

if TYPE_CHECKING:
    from amends.recovery.make_offer import Draft, Proposal


def offer_letter(case: Case, draft: "Draft", by: User) -> str:
    """The text of the letter that carries an offer: options, what we can and cannot do, the link to choose."""
    options = [f"{number}. {_option(one)}" for number, one in enumerate(draft.options, start=1)]
    parts = [
        draft.opening.strip() or f"Dear {case.customer.first_name},\n\nthis is how we would like to put it right.",
        f"What we can do: {draft.can.strip()}",
        f"What we cannot do: {draft.cannot.strip()} {draft.because.strip()}" if draft.cannot.strip() else "",
        "You can choose:\n" + "\n".join(options) if len(options) > 1 else f"We suggest:\n{options[0]}",
        f"Choose here, or tell us that none of these is right:\n{page_link(case.pk)}",
        "Nothing happens before you have agreed.",
        _signed(case, by),
    ]
    return "\n\n".join(part for part in parts if part)


def refusal_letter(case: Case, reasons: str, recourse: str, by: User) -> str:
    """The text of a letter that refuses a remedy: the reasons, and where the customer can go next."""
    parts = [
        f"Dear {case.customer.first_name},",
        reasons.strip(),
        f"If you do not agree: {recourse.strip()}",
        f"You can follow your complaint, and ask for somebody else to look at it, here:\n{page_link(case.pk)}",
        _signed(case, by),
    ]
    return "\n\n".join(parts)


def _option(one: "Proposal") -> str:
    sum_ = f" ({written(one.amount_cents, one.remedy.currency)})" if one.amount_cents else ""
    terms = f" {one.terms.strip()}" if one.terms.strip() else ""
    return f"{one.title.strip()}{sum_}, by {one.deliver_by:%A %-d %B}.{terms}"


def _signed(case: Case, by: User) -> str:
    return f"{by.name}\n{case.team.signature or case.channel.name}"
