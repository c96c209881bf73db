"""Who and what of a case must not be told in a study: what the records know, and what its letters told."""

from collections import Counter
from collections.abc import Iterable

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.language.anonymous.known import Known
from amends.language.anonymous.told_by import with_told
from amends.language.words import words_of
from amends.team.models import User

ENOUGH_CASES = 50  # [J]: in fewer, most words are rare
COMMON_IN = 3
READ_ISSUES = 2000


def known_of_case(case: Case) -> Known:
    """The names, addresses and numbers of everybody in a case: the customer, who wrote, and all colleagues."""
    letters = list(case.messages.filter(outgoing=False).values_list("text", "subject", "sender_name", "sender_address"))
    customer = case.customer
    named = [customer.name, customer.likes, *(name for _, _, name, _ in letters)]
    reached = [case.address, *customer.addresses.values_list("value", flat=True), *(at for *_, at in letters)]
    about = case.issues.exclude(about="").values_list("about", flat=True)
    known = Known(
        customer=_told(named),
        colleagues=_told(User.objects.values_list("name", flat=True)),
        contacts=_told(reached),
        numbers=_told(about),
    )
    return with_told([text for text, subject, *_ in letters for text in (text, subject)], known)


def common_words(case: Case) -> frozenset[str] | None:
    """The words that issues of at least three other cases hold, in lower case; None while the desk has few cases."""
    rows = Issue.objects.exclude(case=case).order_by("-pk").values_list("case", "words", "summary")[:READ_ISSUES]
    by_case: dict[int, set[str]] = {}
    for number, words, summary in rows:
        by_case.setdefault(number, set()).update(words_of(f"{summary} {words}").normal)
    if len(by_case) < ENOUGH_CASES:
        return None
    counts = Counter(word for words in by_case.values() for word in words)
    return frozenset(word for word, number in counts.items() if number >= COMMON_IN)


def _told(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in values if one))
