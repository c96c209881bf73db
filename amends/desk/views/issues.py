"""Listening: the page where what went wrong is confirmed, corrected, added or taken off."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.facts import understandings_of
from amends.cases.hear import Heard, hear
from amends.cases.issue import CATEGORIES, Issue, Wish
from amends.cases.learned import kinds_here
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.thread import conversation, thread
from amends.desk.views.offer_form import typed_cents
from amends.errors import AmendsError
from amends.recovery.remedy import Remedy
from amends.ui.numbers import number

NEW_LINES = 3


def issues(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the issues of a case."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/issues.html", _context(request, case), error)

    def act() -> None:
        hear(case, _lines(request), by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down. Now apologise, and say it back in their words.")


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    open_issues = list(case.open_issues().select_related("hearing", "split__of").prefetch_related("decisions__review"))
    lines = _typed_lines(request)
    typed = {line.issue: line for line in lines if line.issue}
    new = [line for line in lines if line.issue is None]
    return {
        **gone_from(case),
        "wishes": [(Wish.TEAM.value, "Ours: it is not an issue"), (Wish.CUSTOMER.value, _their_wish(case))],
        "said": their_words(case, open_issues),
        "issues": [{"issue": one, "typed": typed.get(one.pk)} for one in open_issues],
        "new_lines": (new + [Heard(None, "", "")] * NEW_LINES)[: max(NEW_LINES, len(new))],
        "categories": _categories(),
        "currency": currency(),
        "understandings": list(understandings_of(case)),
    }


def their_words(case: Case, marked: list[Issue]) -> list[dict[str, Any]]:
    """What the customer wrote, as the thread shows it, with the words of these issues marked."""
    entries = thread(case, conversation(case), marked, datetime.now(UTC))
    return [entry for entry in entries if entry["kind"] == "customer"]


def gone_from(case: Case) -> dict[str, list[Issue]]:
    """The issues that stand inside another one, and those that were taken off the case."""
    rows = case.issues.select_related("merger__into", "merger__by", "withdrawal__by")
    return {
        "merged": list(rows.exclude(merger=None)),
        "taken_off": list(rows.filter(merger=None).exclude(withdrawal=None)),
    }


def _categories() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What an issue can be about: each category with its title, and its kinds with theirs."""
    kinds = kinds_here()
    return [(name, title, list(kinds[name].kinds.items())) for name, title in CATEGORIES.items()]


def _their_wish(case: Case) -> str:
    return f"{case.customer.first_name}'s: they took it back"


def _typed_lines(request: HttpRequest) -> list[Heard]:
    """The lines as they were sent, for showing them again; a price that is none is shown by its own words."""
    try:
        return _lines(request) if request.method == "POST" else []
    except Incomplete:
        return _lines(request, prices=False)


def _lines(request: HttpRequest, *, prices: bool = True) -> list[Heard]:
    """The lines of the form: each existing issue, then new ones that hold any words."""
    post = request.POST
    existing = [_line(request, pk, value, prices) for value in post.getlist("issue") if (pk := number(value))]
    new = [_line(request, None, f"new-{number}", prices) for number in range(NEW_LINES)]
    return existing + [line for line in new if line.summary.strip() or line.words.strip()]


def _line(request: HttpRequest, issue: int | None, key: str, prices: bool) -> Heard:
    post = request.POST
    price, wish = post.get(f"price-{key}"), post.get(f"wish-{key}", "")
    category, _, kind = post.get(f"category-{key}", "").partition(".")
    return Heard(
        issue=issue,
        summary=post.get(f"summary-{key}", ""),
        category=category,
        words=post.get(f"words-{key}", ""),
        off=post.get(f"off-{key}") == "on",
        reason=post.get(f"reason-{key}", ""),
        wish=Wish(wish) if wish in Wish.values else Wish.TEAM,
        harm=post.get(f"harm-{key}"),
        about=post.get(f"about-{key}"),
        price_cents=None if price is None or not prices else typed_cents(price, currency(), f"price-{key}"),
        kind=kind,
    )


def currency() -> str:
    """The currency of this desk: that of its remedies."""
    return Remedy.objects.values_list("currency", flat=True).first() or "EUR"
