"""The letters recovery writes: the offer with its choices, the refusal with its reasons."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from amends.cases.case import Case
from amends.cases.links import page_link
from amends.language.follow_up import day_in, follow_up_words, language_of_mails
from amends.method.money import written
from amends.recovery.fulfilment import standing
from amends.team.calendar import zone_of
from amends.team.models import User

if TYPE_CHECKING:
    from amends.recovery.draft import Draft, Proposal
    from amends.recovery.follow_up import FollowUp


def offer_letter(case: Case, draft: "Draft", by: User, until: datetime) -> str:
    """The text of the letter that carries an offer: options, what we can and cannot do, the link to choose."""
    options = [f"{number}. {_option(one)}" for number, one in enumerate(draft.options, start=1)]
    none = "none of these is" if len(options) > 1 else "it is not"
    parts = [
        draft.opening.strip() or f"Dear {case.customer.first_name},\n\nThis is how we would like to put it right.",
        f"What we can do: {draft.can.strip()}",
        f"What we cannot do: {draft.cannot.strip()} {draft.because.strip()}" if draft.cannot.strip() else "",
        "You can choose:\n" + "\n".join(options) if len(options) > 1 else f"We suggest:\n{options[0]}",
        f"Choose here, or tell us that {none} right:\n{page_link(case.pk)}",
        f"You can take your time until {_day(case, until)}. Nothing happens before you have agreed.",
        "If you would rather have somebody else look at it, you can ask for that on the same page.",
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


def follow_up_letter(asked: "FollowUp", beside: str = "") -> str:
    """The text of the letter that asks whether it is still right, in the team's name, with one link for each answer.

    It is written in the language of the customer's own mail, where we write it; the page behind the links is English.
    `beside` is a poll that stands below it.
    """
    case = asked.case
    language = case_language(case)
    words = follow_up_words(language)
    ask = words["ask_again"] if asked.round > 1 else words["ask"]
    parts = [
        words["greeting"].replace("{name}", case.customer.first_name),
        " ".join(part for part in (words["told"], _carried_out(case, language), ask) if part),
        *(f"{words[key]}\n{page_link(case.pk, f'follow-up/?answer={key}')}" for key in ("right", "left", "no")),
        words["press"],
        words["again"],
        beside,
        case.team.signature or case.channel.name,
    ]
    return "\n\n".join(part for part in parts if part)


def case_language(case: Case) -> str:
    """The language we write to the customer of a case in: of their own newest mail, where we write it."""
    return language_of_mails(_mails(case))


def _mails(case: Case) -> Iterator[str]:
    """The customer's own mails, the newest first."""
    rows = case.messages.filter(outgoing=False, automatic="", known_sender=True)
    return rows.order_by("-at", "-pk").values_list("text", flat=True).iterator()


def _carried_out(case: Case, language: str) -> str:
    """What was carried out and when, in words; "" where nothing stands."""
    done = list(standing(case).order_by("at", "pk"))
    if not done:
        return ""
    day = day_in(language, done[-1].at.astimezone(zone_of(case.team)).date())
    words = follow_up_words(language)["done_several" if len(done) > 1 else "done"]
    return words.replace("{day}", day).replace("{titles}", "; ".join(one.title for one in done))


def _day(case: Case, at: datetime) -> str:
    """ "Monday 23 November", in the zone of the team that writes."""
    return f"{at.astimezone(zone_of(case.team)):%A %-d %B}"


def _option(one: "Proposal") -> str:
    sum_ = f" ({written(one.amount_cents, one.remedy.currency)})" if one.amount_cents else ""
    terms = f" {one.terms.strip()}" if one.terms.strip() else ""
    return f"{one.title.strip()}{sum_}, by {one.deliver_by:%A %-d %B}.{terms}"


def _signed(case: Case, by: User) -> str:
    return f"{by.name}\n{case.team.signature or case.channel.name}"
