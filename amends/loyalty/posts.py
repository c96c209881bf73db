"""Public posts about us: brought in, or written down at a case; linked to a case by a person only, never by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.loyalty.no_linking import check_linking
from amends.loyalty.post import Post, PostChange, PostMatch
from amends.loyalty.post_file import OddPost, Row, post_of, posts_of, stars_of
from amends.method.columns import BrokenRows
from amends.team.models import User
from amends.team.permissions import Right


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file of posts brought: how many new ones, and how many whose stars had changed."""

    new: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody types of a post: where, on which day, its stars now, and before if its writer changed them."""

    site: str
    url: str
    day: str
    stars: str = ""
    before: str = ""


def import_posts(text: str, *, by: User, now: datetime) -> Kept:
    """Keep the posts of a CSV file; of a known address only stars that changed are kept, so twice counts once.

    One row that cannot be used stops them all: raises BrokenRows with the line and the reason of each, Incomplete for a
    file without rows, NotAllowed without the right.
    """
    _may_import(by)
    rows, broken = posts_of(text, now.date())
    if broken:
        raise BrokenRows(broken)
    if not rows:
        raise Incomplete(
            "There is no row in this file. It needs the columns site, url, day, stars, author and order.", "file"
        )
    with writing():
        found = Post.objects.prefetch_related("changes").filter(url__in=[row.url for row in rows])
        known = {post.url: post for post in found}
        new = [row for row in rows if row.url not in known]
        Post.objects.bulk_create([_post(row, by, now) for row in new], batch_size=500)
        changed = sum(_changed(known[row.url], row.stars, by, now) for row in rows if row.url in known)
        record("posts_imported", None, by, now, count=len(rows))
    return Kept(len(new), changed)


def note_post(case: Case, seen: Seen, *, by: User, now: datetime) -> Post:
    """Write down at a case what its customer said in public, also when the post was brought in before.

    Raises Incomplete with the field, AlreadyDone for a post of another case, NotPossible against the customer's wish.
    """
    _may_link(by)
    row, before = _typed(seen, now)
    with writing():
        check_linking(case.customer)
        post = Post.objects.filter(url=row.url).first()
        if post is None:
            first = Row(row.site, row.url, row.day, row.stars if before is None else before)
            post = _post(first, by, now)
            post.save()
        _changed(post, row.stars, by, now)
        _match(post, case, by, now)
        record("post_noted", case.pk, by, now, post=post.pk)
    return post


def match_post(post: Post, case: Case | None, *, by: User, now: datetime) -> None:
    """Decide which case a post is about, or that it is about none; its writer's name and order are gone then.

    Raises AlreadyDone when somebody decided it before, NotPossible against the customer's wish.
    """
    _may_import(by)
    with writing():
        if case is not None:
            check_linking(case.customer)
        if PostMatch.objects.filter(post=post).exists():
            raise AlreadyDone("Somebody decided before whose post this is.")
        _match(post, case, by, now)
        if case is None:
            record("post_put_aside", None, by, now, post=post.pk)
        else:
            record("post_noted", case.pk, by, now, post=post.pk)


def unlink_post(case: Case, post: Post, *, by: User, now: datetime) -> None:
    """Take a post off a case it is not about; it counts as one about none of ours until somebody links it again."""
    _may_link(by)
    with writing():
        if not PostMatch.objects.filter(post=post, case=case).update(case=None, by=by, at=now):
            raise NotPossible("This post stands at this case no more.")
        record("post_unlinked", case.pk, by, now, post=post.pk)


def posts_about(case: Case) -> Sequence[Post]:
    """The posts linked to any complaint of the customer of a case, the latest first."""
    found = Post.objects.filter(match__case__customer=case.customer_id).prefetch_related("changes")
    return list(found.select_related("match__by").order_by("-day", "-pk"))


def undecided() -> "QuerySet[Post]":
    """The posts nobody has looked at yet, the oldest first."""
    return Post.objects.filter(match=None).order_by("day", "pk")


def _typed(seen: Seen, now: datetime) -> tuple[Row, int | None]:
    cells = {name: getattr(seen, name).strip() for name in ("site", "url", "day", "stars")}
    try:
        row = post_of(cells, now.date())
    except OddPost as reason:
        raise Incomplete(_sentence(reason), reason.field) from reason
    try:
        return row, stars_of(seen.before.strip())
    except OddPost as reason:
        raise Incomplete(_sentence(reason), "before") from reason


def _sentence(reason: OddPost) -> str:
    said = str(reason)
    return f"{said[0].upper()}{said[1:]}."


def _post(row: Row, by: User, now: datetime) -> Post:
    return Post(
        site=row.site, url=row.url, day=row.day, stars=row.stars, author=row.author, order=row.order, by=by, at=now
    )


def _changed(post: Post, stars: int | None, by: User, now: datetime) -> bool:
    """Keep that the stars are others than they were, if they are."""
    if stars is None or stars == post.stars_now:
        return False
    PostChange.objects.create(post=post, stars=stars, by=by, at=now)
    return True


def _match(post: Post, case: Case | None, by: User, now: datetime) -> None:
    before = PostMatch.objects.filter(post=post).first()
    if before is not None and before.case_id is not None:
        raise AlreadyDone("This post is linked to a case already. Take it off there first if that was wrong.")
    PostMatch.objects.update_or_create(post=post, defaults={"case": case, "by": by, "at": now})
    Post.objects.filter(pk=post.pk).update(author="", order="")


def _may_import(by: User) -> None:
    if not by.can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager brings public posts in. Ask one.")


def _may_link(by: User) -> None:
    if not by.can(Right.WORK_CASES):
        raise NotAllowed("What a customer said in public is written down by the people who write to them.")
