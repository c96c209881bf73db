"""The words in which a customer agreed: standing in their mail without a “but”, or said after we read it back."""

from collections.abc import Sequence
from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.message import Message
from amends.language.answer import Answer, read_answer
from amends.recovery.offer import Offer, Option


def read_back(option: Option) -> str:
    """The sentence that is read to a customer on the phone before their yes is noted."""
    amount = f", {option.amount}" if option.amount else ""
    terms = f" {option.terms.strip().rstrip('.')}." if option.terms.strip() else ""
    return f"You choose: {option.title}{amount}.{terms} We do it by {option.deliver_by:%A %-d %B}. Is that right?"


def mails_since(case: Case, at: datetime) -> list[Message]:
    """The customer's mails that came after a moment, oldest first."""
    mails = case.messages.filter(outgoing=False, automatic="", known_sender=True, at__gte=at)
    return list(mails.order_by("at", "pk"))


def first_with(mails: Sequence[Message], words: str, who: str, since: str) -> int:
    """Where among these mails the first stands that holds the words; Incomplete when none does."""
    wanted = _plain(words)
    at = next((n for n, mail in enumerate(mails) if wanted and wanted in _plain(mail.text)), None)
    if at is None:
        raise Incomplete(f"These words stand in no mail of {who}'s since {since}. Copy them from the mail.", "words")
    return at


def read_mail(message: Message, offer: Offer) -> Answer:
    """How one mail answers an offer."""
    return read_answer(message.text, [option.title for option in offer.options.all()])


def quoted_mail(offer: Offer, option: Option, words: str) -> Message:
    """The mail that holds these words of agreement.

    Raises Incomplete when no mail since the offer holds them, NotPossible when that mail or a later one says
    otherwise: the customer is asked first.
    """
    mails, who = mails_since(offer.case, offer.made_at), offer.case.customer.first_name
    at = first_with(mails, words, who, "the offer")
    for mail in mails[at:]:
        _no_contradiction(read_mail(mail, offer), offer, option, who)
    return mails[at]


def _no_contradiction(answer: Answer, offer: Offer, option: Option, who: str) -> None:
    if answer.kind in ("both", "no"):
        said = answer.but or answer.words
        raise NotPossible(f"{who} also wrote: “{said}”. That is no plain yes. Ask {who} first, then note the answer.")
    options = list(offer.options.all())
    if answer.kind == "yes" and answer.option is not None and options[answer.option] != option:
        chosen = options[answer.option].title
        raise NotPossible(f"{who} seems to have chosen “{chosen}”: “{answer.words}”. Ask {who} if that is unclear.")


def _plain(text: str) -> str:
    return " ".join(text.split())


def seeming_answer(offer: Offer, case: Case, now: datetime) -> tuple[Message, Answer] | None:
    """The newest mail that answers an open offer, and how; None where no mail does. Nothing is decided by it."""
    if not offer.is_open(now):
        return None
    for mail in reversed(mails_since(case, offer.made_at)):
        answer = read_mail(mail, offer)
        if answer.kind != "unclear":
            return mail, answer
    return None
