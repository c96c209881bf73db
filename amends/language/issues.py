"""What went wrong: one issue of a complaint in the customer's own words, with its kind in two levels."""

from dataclasses import dataclass

CATEGORIES = (
    "product_quality",
    "service_received",
    "price_billing",
    "delivery",
    "expectation_promise",
    "information",
    "access",
    "privacy",
    "harm_safety",
)


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """One thing that went wrong: `words` is `text[start:end]`; `second` is the next likely category."""

    words: str
    start: int
    end: int
    category: str
    subcategory: str
    second: str
    summary: str
