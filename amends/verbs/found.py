"""Finding what a field names, only among what belongs to the case or is in use."""

from amends.cases.boundary import Boundary
from amends.cases.case import Case
from amends.cases.decision import Decision
from amends.cases.issue import Issue
from amends.cases.message import Message
from amends.cases.phrase import Phrase
from amends.prevention.models import Cause, Change
from amends.prevention.telling import LeftOut
from amends.recovery.approval import ApprovalRequest
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.offer import Offer, Option
from amends.recovery.promise import Promise
from amends.recovery.remedy import Remedy
from amends.recovery.sample import SpotCheck
from amends.team.models import Team, User
from amends.verbs.field import number_in


def person(_case: Case | None, word: str) -> User | None:
    """Somebody who can sign in, by their username."""
    return User.objects.filter(username=word, is_active=True).first()


def team(_case: Case | None, word: str) -> Team | None:
    """A team, by its name."""
    return Team.objects.filter(name=word).first()


def letter(case: Case | None, word: str) -> Message | None:
    """A letter of ours in this case, by its number."""
    return _message(case, word, outgoing=True)


def received(case: Case | None, word: str) -> Message | None:
    """A message of the customer in this case, by its number."""
    return _message(case, word, outgoing=False)


def _message(case: Case | None, word: str, *, outgoing: bool) -> Message | None:
    rows = Message.objects.filter(case=case, outgoing=outgoing).select_related("case__customer")
    return rows.filter(pk=number_in(word) or 0).first()


def offer(case: Case | None, word: str) -> Offer | None:
    """An offer of this case, by its number."""
    return Offer.objects.filter(case=case, pk=number_in(word) or 0).first()


def option(case: Case | None, word: str) -> Option | None:
    """An option of an offer of this case, by its number."""
    return Option.objects.select_related("offer", "remedy").filter(offer__case=case, pk=number_in(word) or 0).first()


def remedy(_case: Case | None, word: str) -> Remedy | None:
    """A remedy in use, by its key."""
    return Remedy.objects.filter(key=word, retired_at=None).first()


def cause(_case: Case | None, word: str) -> Cause | None:
    """A cause, by its number or its name."""
    number = number_in(word)
    return Cause.objects.filter(name=word).first() if number is None else Cause.objects.filter(pk=number).first()


def change(_case: Case | None, word: str) -> Change | None:
    """A change against a cause, by its number."""
    return Change.objects.select_related("cause").filter(pk=number_in(word) or 0).first()


def left_out(_case: Case | None, word: str) -> LeftOut | None:
    """Somebody left out of the news of a change, by its number."""
    return LeftOut.objects.select_related("customer").filter(pk=number_in(word) or 0).first()


def phrase(case: Case | None, word: str) -> Phrase | None:
    """A phrase in use, by its number, of the case's team or of everybody."""
    rows = Phrase.objects.filter(retired_at=None, pk=number_in(word) or 0)
    return next((one for one in rows if one.team_id is None or (case and one.team_id == case.team_id)), None)


def any_issue(case: Case | None, word: str) -> Issue | None:
    """An issue of this case by its number, whether it is on the case or off it."""
    return Issue.objects.filter(case=case, pk=number_in(word) or 0).first()


def decision(case: Case | None, word: str) -> Decision | None:
    """A decision about an issue of this case, by its number."""
    return Decision.objects.select_related("issue", "by").filter(issue__case=case, pk=number_in(word) or 0).first()


def boundary(case: Case | None, word: str) -> Boundary | None:
    """A boundary set in this case, by its number."""
    return Boundary.objects.filter(case=case, pk=number_in(word) or 0).first()


def fulfilment(case: Case | None, word: str) -> Fulfilment | None:
    """A delivery in this case, by its number."""
    return Fulfilment.objects.filter(case=case, pk=number_in(word) or 0).first()


def promise(case: Case | None, word: str) -> Promise | None:
    """A promise made in this case, by its number."""
    return Promise.objects.filter(case=case, pk=number_in(word) or 0).first()


def request(case: Case | None, word: str) -> ApprovalRequest | None:
    """A request for approval in this case, by its number."""
    return ApprovalRequest.objects.filter(case=case, pk=number_in(word) or 0).first()


def check(case: Case | None, word: str) -> SpotCheck | None:
    """A spot check of a delivery in this case, by its number."""
    return SpotCheck.objects.filter(fulfilment__case=case, pk=number_in(word) or 0).first()
