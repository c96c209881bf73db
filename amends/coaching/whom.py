"""Who can be asked to look at a draft: those who may see the case, who is here and who wrote that language first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from amends.cases.case import Case
from amends.cases.conflict import who_sees
from amends.cases.event import Event
from amends.cases.message import Message
from amends.language.news import LANGUAGE_NAMES
from amends.team.models import User

# Who did something at the desk within half an hour is taken to be there ([J]); breaks are nobody's business.
HERE = timedelta(minutes=30)
NEWEST = 500


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to ask: whether they are here, and the language of the customer where they have written it before."""

    user: User
    here: bool
    language: str


def may_look(case: Case, by: User) -> QuerySet[User]:
    """The people who may see the case and whom it is not about, without whoever asks."""
    return who_sees(case).exclude(pk=by.pk)


def colleagues_to_ask(case: Case, by: User, now: datetime) -> list[Colleague]:
    """Those who may look, in the order in which one would ask them: here, with the language, by name."""
    newest = Event.objects.order_by("-seq").values_list("actor", "at")[:NEWEST]
    here = {actor for actor, at in newest if at > now - HERE}
    language = case.customer.language
    wrote = Message.objects.filter(author=OuterRef("pk"), outgoing=True, case__customer__language=language)
    people = may_look(case, by).annotate(wrote=Exists(wrote))
    named = LANGUAGE_NAMES.get(language, "")
    found = [Colleague(one, f"user:{one.pk}" in here, named if one.wrote else "") for one in people]
    return sorted(found, key=lambda one: (not one.here, not one.language, one.user.name))
