"""The labels a writer may give, as the guides had them, and what is wrong with a message or draft that breaks them."""

from collections.abc import Iterator

from bench.language.complaints import Message
from bench.language.replies import Draft

CATEGORIES = {
    "product_quality": "broken wrong_item missing_parts wears_out not_as_described spoiled",
    "service_received": "rude slow careless_work no_answer passed_around no_show staff_knowledge",
    "price_billing": "overcharged double_charged refund_missing hidden_fee wrong_bill price_changed unauthorised",
    "delivery": "late lost damaged wrong_place courier tracking",
    "expectation_promise": "broken_promise not_delivered_as_agreed cancelled_by_firm misleading_ad changed_terms",
    "information": "wrong missing contradictory unclear",
    "access": "login outage website closed_or_unreachable queue_full accessibility cannot_cancel",
    "privacy": "data_shared unwanted_marketing wrong_recipient data_kept account_takeover",
    "harm_safety": "injury illness danger allergy property_damage discrimination harassment",
}
KINDS = {f"{top}.{low}" for top, lows in CATEGORIES.items() for low in lows.split()}
ONE_OF = {
    "channel": {"email", "chat", "review", "social", "phone", "form"},
    "kind": {"", "question", "thanks", "praise", "spam", "others", "order", "remark", "other"},
    "feeling": {"", "anger", "disappointment", "anxiety", "sadness", "confusion", "disgust", "none"},
    "strength": {0, 1, 2, 3},
    "severity": {0, 1, 2, 3, 4},
}
SOME_OF = {
    "asks": {
        *("refund", "replacement", "repair", "delivery", "explanation", "apology", "compensation"),
        *("callback", "correction", "cancellation", "prevention"),
    },
    "threats": {"leave", "public", "legal", "regulator"},
    "flags": {"repeat", "safety", "vulnerable"},
}
CHECKS = tuple(f"C{number:02}" for number in range(1, 32))


def wrong_in_message(message: Message) -> Iterator[str]:
    """Yield what is wrong with a message's labels, without a word of its text."""
    yield from (f"{name} {getattr(message, name)}" for name, known in ONE_OF.items() if _odd(message, name, known))
    for name, known in SOME_OF.items():
        yield from (f"{name} {value}" for value in getattr(message, name) - known)
    for issue in message.issues:
        if f"{issue.category}.{issue.subcategory}" not in KINDS:
            yield f"category {issue.category}.{issue.subcategory}"
        if not all(0 <= start < end <= len(message.text) for start, end in issue.places):
            yield "a span that is no place in the text"
    if set("{}") & set(message.text):
        yield "a brace that marks nothing"
    if message.complaint is False and message.issues:
        yield "an issue in what is no complaint"


def wrong_in_draft(draft: Draft) -> Iterator[str]:
    """Yield what is wrong with a draft's labels, without a word of its text."""
    labels = draft.fires | draft.silent
    yield from (f"check {check}" for check, _ in labels if check not in CHECKS)
    yield from (f"{check}:{issue} of no issue" for check, issue in labels if issue > len(draft.to.issues))
    yield from (f"{check} both + and -" for check, _ in draft.fires & draft.silent)
    yield from (f"words marked {check} without +" for check in draft.places.keys() - {one for one, _ in draft.fires})
    yield from ("an issue that is not in the complaint" for _, words in draft.to.issues if words not in draft.to.text)
    if set("{}") & set(draft.text):
        yield "a brace that marks nothing"
    if not draft.text:
        yield "no words"


def _odd(message: Message, name: str, known: set[str] | set[int]) -> bool:
    return getattr(message, name) not in known
