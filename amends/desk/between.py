"""What a case page says to one reader alone: a hint, a draft to look at, what was said of their own, looking back."""

from django.urls import reverse

from amends.cases.case import Case
from amends.coaching.debrief import debrief_of
from amends.coaching.hint import hints_between
from amends.coaching.models import Hint, Look
from amends.desk.notices import Notice
from amends.team.models import User


def between(case: Case, reader: User) -> list[Notice]:
    """The notices that colleagues' words to this reader make on this case; nobody else's page has them."""
    return [*_hints(case, reader), *_looks(case, reader), *_back(case, reader)]


def _looks(case: Case, reader: User) -> list[Notice]:
    rows = Look.objects.seen_by(reader).unsettled().filter(case=case).select_related("by", "to", "given")
    return [_look(one, reader) for one in rows if one.by_id == reader.pk or not hasattr(one, "given")]


def _hints(case: Case, reader: User) -> list[Notice]:
    return [_hint(one, reader) for one in hints_between(case, reader)]


def _hint(one: Hint, reader: User) -> Notice:
    mine = one.by_id == reader.pk
    who = f"You to {one.to.first_name} alone" if mine else f"{one.by.first_name}, for you alone"
    href = reverse("hint-dismissal", args=[one.case_id, one.pk])
    link = "Take it back" if mine else "Put it aside"
    return {"text": f"{who}: {one.words}", "press": href, "link": link, "icon": "feather"}


def _back(case: Case, reader: User) -> list[Notice]:
    """To whoever closed the case: a moment to look back on it, until they did or it is opened again."""
    closed = getattr(case, "closure", None)
    if closed is None or closed.by_id != reader.pk or debrief_of(case, reader) is not None:
        return []
    href = reverse("debrief", args=[case.pk])
    return [{"text": "You closed this case.", "href": href, "link": "Look back on it", "icon": "notebook-pen"}]


def _look(one: Look, reader: User) -> Notice:
    whom = one.to.first_name if one.to else "whoever is free"
    if one.by_id != reader.pk:
        asks = "you" if one.to_id else "whoever is free"
        text, link = f"{one.by.first_name} asks {asks} to look at a draft.", "Look at it"
    elif hasattr(one, "given"):
        text, link = f"{whom} looked at your draft.", "Read what they say"
    else:
        text, link = f"You asked {whom} to look at your draft. You can send it at any time.", "Open"
    return {"text": text, "href": reverse("look", args=[one.case_id, one.pk]), "link": link, "icon": "eye"}
