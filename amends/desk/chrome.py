"""What stands around every page of the desk: navigation with counts, who is signed in, what just happened."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from amends.care.own import suggestion
from amends.desk.counts import MOST, waiting_counts
from amends.method.exposure import Offered
from amends.privacy.ask import requests_to_answer
from amends.team.models import User
from amends.team.permissions import Right

# Cookies: somebody who switched care on uses this device; a suggestion was put aside on it. Nobody else is asked about.
CARE, LATER = "care", "later"
_LISTS = [
    ("mine", "My queue", "inbox"),
    ("unassigned", "Unassigned", "users"),
    ("team", "Everyone's", "layers"),
    ("needs-lead", "Needs a lead", "circle-alert"),
    ("waiting", "Waiting", "clock"),
    ("follow-ups", "Follow-ups", "phone-call"),
    ("closed", "Closed", "circle-check"),
]
TITLES = {key: title for key, title, _ in _LISTS}
_LEARNING = {"label": "Learning", "icon": "lightbulb"}
_DESK = {"label": "The desk", "icon": "settings"}
_Entry = tuple[str, str, str, str]


def chrome(request: HttpRequest, current: str = "") -> dict[str, Any]:
    """The context every desk page shares; `current` names the list or page that is open."""
    user = signed_in(request)
    counts = waiting_counts(user)
    counts["colleagues"] = counts["looks"] + counts["comments"]
    counts["privacy"] = len(requests_to_answer(user))
    return {
        "nav_items": _entries(user, counts, current),
        "counts": {key: _capped(count) for key, count in counts.items()},
        "me": {"name": user.name, "href": reverse("keys")},
        "letter_keys": "" if user.letter_keys else "off",
        "panes": "hidden" if request.COOKIES.get("panes") == "hidden" else "",
        "theme_href": reverse("theme"),
        "sign_out_href": reverse("account_logout"),
        "suggested": _suggested(request, user),
        "flashes": [{"text": str(one), "kind": one.tags or "good"} for one in get_messages(request)],
    }


def _suggested(request: HttpRequest, user: User) -> Offered | None:
    if CARE not in request.COOKIES or LATER in request.COOKIES:
        return None
    return suggestion(user, datetime.now(UTC))


def _entries(user: User, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    """The navigation: the lists of cases, what else a day brings, and the rest behind a word for each group."""
    lists = [(key, title, icon, reverse("queue", args=[key])) for key, title, icon in _LISTS]
    made: list[dict[str, Any]] = []
    for fold, pages in [(None, lists), (None, _beside(user)), (_LEARNING, _learning(user)), (_DESK, _desk(user))]:
        folded = fold and {**fold, "count": _capped(sum(counts.get(key, 0) for key, *_ in pages))}
        shared = {"group": len(made), "folded": folded}
        made += [
            {"label": label, "icon": icon, "href": href, "count": _capped(counts.get(key)), "current": current == key}
            | shared
            for key, label, icon, href in pages
        ]
    return made


def _beside(user: User) -> list[_Entry]:
    """The pages beside the lists of cases: what waits for a second person, and one's own."""
    return [
        *_approvals(user),
        *([("second-look", "Second look", "eye", reverse("second-look"))] if user.can(Right.REVIEW_CONDUCT) else []),
        ("care", "You", "heart", reverse("care")),
    ]


def _learning(user: User) -> list[_Entry]:
    """The pages on which something is learnt: by practice, and from what happened."""
    scores = ("scores", "How was it", "message-circle-question-mark", reverse("scores"))
    return [
        ("practice", "Practice", "messages-square", reverse("practice")),
        ("colleagues", "Colleagues", "users-round", reverse("colleagues")),
        ("library", "Case library", "library", reverse("library")),
        ("prevention", "Prevention", "shield-check", reverse("prevention")),
        *([scores] if user.can(Right.READ_SCORES) else []),
        *([("insights", "Insights", "chart-line", reverse("insights"))] if user.can(Right.READ_INSIGHTS) else []),
        *([("gestures", "Gestures", "gift", reverse("gestures"))] if user.can(Right.READ_BUDGET) else []),
        *([("overrides", "Overrides", "scale", reverse("overrides"))] if user.can(Right.READ_OVERRIDES) else []),
    ]


def _desk(user: User) -> list[_Entry]:
    """The pages on which a desk is set up and looked after."""
    team = user.team_id if user.can(Right.MANAGE_TEAM) else None
    return [
        ("mailroom", "Mail room", "mailbox", reverse("mailroom")),
        ("rota", "Rota", "calendar-days", reverse("rota")),
        *([("load", "Load", "gauge", reverse("team-load"))] if team else []),
        *([("phrases", "Phrases", "quote", reverse("phrases"))] if user.can(Right.WORK_CASES) else []),
        *([("rules", "Rules", "workflow", reverse("rules"))] if user.can(Right.MAKE_RULES) else []),
        *([("checks", "Checks", "spell-check", reverse("checks"))] if user.can(Right.READ_OVERRIDES) else []),
        *([("policy", "Policy", "scroll-text", reverse("policy"))] if user.can(Right.READ_OVERRIDES) else []),
        *([("privacy", "Privacy", "lock-keyhole", reverse("privacy"))] if user.can(Right.ERASE) else []),
        *([("settings", "My team", "calendar-clock", reverse("team-settings", args=[team]))] if team else []),
    ]


def _approvals(user: User) -> list[_Entry]:
    """The entry for deciding above a limit, or for looking afterwards, for those who may."""
    if user.can(Right.GRANT):
        return [("approvals", "Approvals", "user-check", reverse("approvals"))]
    if user.can(Right.SPOT_CHECK):
        return [("approvals", "Spot checks", "user-check", reverse("spot-checks"))]
    return []


def _capped(count: int | None) -> str:
    if not count:
        return ""
    return f"{MOST - 1}+" if count >= MOST else str(count)


def signed_in(request: HttpRequest) -> User:
    """The user behind a request the doorkeeper has let in."""
    assert isinstance(request.user, User)
    return request.user
