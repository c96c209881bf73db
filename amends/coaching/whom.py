"""Who can be asked to look at a draft: those who may see the case, who is here and who wrote that language first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases.case import Case
from amends.cases.event import Event
from amends.cases.message import Message
from amends.language.news import LANGUAGE_NAMES
from amends.team.models import User
from amends.team.permissions import RIGHTS, Right, Role

# Who did something at the desk within half an hour is taken to be there ([J]); breaks are nobody's business.
HERE = timedelta(minutes=30)
NEWEST = 500
_SEE_ALL = [role.value for role in Role if Right.SEE_ALL_TEAMS in RIGHTS[role]]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to ask: whether they are here, and the language of the customer where they have written it before."""

    user: User
    here: bool
    language: str


def may_look(case: Case, by: User) -> QuerySet[User]:
    """The people who may see the case and whom it is not about, without whoever asks."""
    people = User.objects.filter(is_active=True).filter(Q(team=case.team_id) | Q(role__in=_SEE_ALL))
    return people.exclude(pk=by.pk).exclude(pk__in=case.subjects.values("person"))


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
