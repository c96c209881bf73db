"""What a case page says to one reader alone: a draft to look at, and what was said of their own."""

from django.urls import reverse

from amends.cases.case import Case
from amends.coaching.models import Look
from amends.desk.notices import Notice
from amends.team.models import User


def between(case: Case, reader: User) -> list[Notice]:
    """The notices that colleagues' words to this reader make on this case; nobody else's page has them."""
    rows = Look.objects.seen_by(reader).unsettled().filter(case=case).select_related("by", "to", "given")
    return [_look(one, reader) for one in rows if one.by_id == reader.pk or not hasattr(one, "given")]


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
