"""What is said of us in public: how many stars, then and now, and how many unhappy people may stand behind it."""

from django.utils.timezone import localtime

from amends.insights.answer import Cell, Found, Head, Table, counted, found_among
from amends.insights.scope import Scope
from amends.loyalty.post import Post
from amends.measures.iceberg import iceberg
from amends.team.permissions import Right

BAD = 2  # stars; one and two of five are dissatisfied (E51)
ROWS = {
    "bad": "Posts of one or two stars about a case",
    "better": "Posts about a case whose stars rose",
    "worse": "Posts about a case whose stars fell",
}
_Said = tuple[Post, int | None, int | None]


def exposure(scope: Scope) -> tuple[tuple[Table, ...], tuple[Cell, ...]]:
    """The table of public posts of the period, and what to know of it; neither where no post is known."""
    posts = _posts(scope)
    if not posts:
        return (), (Cell("No public post of the period is known. Bring them in to see them beside this."),)
    heads = (Head("Public posts", num=False), Head("Count"))
    waiting = sum(not hasattr(post, "match") for post, _, _ in posts)
    rows = [
        (Cell("Known from the period"), Cell(f"{len(posts):,}")),
        (Cell("Nobody has looked at"), Cell(f"{waiting:,}")),
    ]
    for key, words in ROWS.items():
        many = len(_of(posts, scope, key))
        rows.append((Cell(words), Cell(f"{many:,}", key if many else "")))
    return (Table("posts", "What is said in public", heads, tuple(rows)),), _unheard(posts, scope)


def exposed(scope: Scope, of: str) -> Found | None:
    """The cases behind a number of posts."""
    return found_among(ROWS[of], _of(_posts(scope), scope, of)) if of in ROWS else None


def _posts(scope: Scope) -> list[_Said]:
    """Every post of the period, with its first stars and those it has now."""
    start, end = scope.span.start, localtime(scope.span.end).date()
    rows = Post.objects.filter(day__lte=end).select_related("match__case").prefetch_related("changes")
    found = rows.filter(day__gte=localtime(start).date()) if start else rows
    return [(post, post.stars, post.stars_now) for post in found.order_by("day", "pk")]


def _of(posts: list[_Said], scope: Scope, key: str) -> list[int]:
    """The case of each post of one kind, as far as the reader sees it."""
    linked = [(post.match.case_id, first, now) for post, first, now in posts if _case(post)]
    seen = set(scope.cases().filter(pk__in=[case for case, _, _ in linked]).values_list("pk", flat=True))
    tests = {
        "bad": lambda first, now: now is not None and now <= BAD,
        "better": lambda first, now: first is not None and now is not None and now > first,
        "worse": lambda first, now: first is not None and now is not None and now < first,
    }
    return [case for case, first, now in linked if case in seen and tests[key](first, now)]


def _case(post: Post) -> int | None:
    return post.match.case_id if hasattr(post, "match") else None


def _unheard(posts: list[_Said], scope: Scope) -> tuple[Cell, ...]:
    """How many were unhappy at least, by two roads: complaints to us and bad posts (E62), with what it takes for so."""
    if scope.team is not None or not scope.user.can(Right.SEE_ALL_TEAMS):
        return (Cell("How many were unhappy and said so nowhere is reckoned for every team together only."),)
    wrote = set(scope.rows(scope.cases(), "opened_at", case="pk").values_list("customer", flat=True))
    bad = [post for post, first, _ in posts if first is not None and first <= BAD and hasattr(post, "match")]
    people = {post.match.case.customer_id for post in bad if post.match.case is not None}
    strangers = sum(post.match.case is None for post in bad)
    both = len(people & wrote)
    found = iceberg(len(wrote), len(people) + strangers, both)
    if not found.can_tell:
        return (
            Cell(
                "How many were unhappy and said so nowhere cannot be told: "
                f"{counted(both, 'person', 'people')} both complained to us and posted one or two stars, "
                f"{found.fewest} are needed."
            ),
        )
    return (
        Cell(
            f"An estimate, no count: some {found.value:,.0f} people ({found.low:,.0f} to {found.high:,.0f}) were "
            f"unhappy. {len(wrote):,} complained to us, {len(people) + strangers:,} posted one or two stars, {both:,} "
            "did both. It takes for granted that who complains posts no more and no less than others. If the same loud "
            "people do both, there are more; if putting right keeps people from posting, fewer."
        ),
    )
