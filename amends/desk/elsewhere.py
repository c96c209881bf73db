"""What a customer says and does elsewhere, on their page: who sent them, what they posted, and their wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.loyalty.linking_wish import allow_linking, stop_linking
from amends.loyalty.no_linking import NoLinking
from amends.loyalty.post import Post
from amends.loyalty.posts import Seen, note_post, posts_about, unlink_post
from amends.loyalty.refer import note_referral, remove_referral
from amends.loyalty.referral import Sent, sent
from amends.team.models import User
from amends.ui.numbers import number


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Who sent them and whom they sent, their public posts, and whether they want nothing linked."""

    sent: Sent
    posts: Sequence[Post]
    wish: NoLinking | None


def elsewhere(case: Case) -> Elsewhere:
    """What is known of the customer of a case from elsewhere."""
    wish = NoLinking.objects.select_related("by").filter(customer=case.customer_id).first()
    return Elsewhere(sent(case.customer), posts_about(case), wish)


def say_elsewhere(case: Case, post: Mapping[str, str], *, by: User, now: datetime) -> str:
    """Do what was pressed and say so; raises NotPossible for a button that is not there."""
    match post["act"]:
        case "sent":
            note_referral(case, post.get("sender", ""), by=by, now=now)
            return "Kept, under a veil."
        case "not-sent":
            remove_referral(case, by=by, now=now)
            return "Taken away."
        case "posted":
            note_post(case, _seen(post), by=by, now=now)
            return "Linked to this case."
        case "not-posted":
            unlink_post(case, get_object_or_404(Post, pk=number(post.get("post", ""))), by=by, now=now)
            return "Taken off this case."
        case "no-linking":
            stop_linking(case, by=by, now=now)
            return "Nothing is linked to them any more."
        case "linking":
            allow_linking(case, by=by, now=now)
            return "It may be linked again."
    raise NotPossible("There is no such button. Open the page anew.")


def _seen(post: Mapping[str, str]) -> Seen:
    return Seen(**{name: post.get(name, "") for name in ("site", "url", "day", "stars", "before")})
