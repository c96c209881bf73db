"""What a case page says above the place to write: an answer that seems to have come, a promise near, the way up."""

from datetime import datetime

from django.urls import reverse

from amends.cases.case import Case
from amends.desk.beside import Beside
from amends.loyalty.relation import remembered
from amends.method.facts import Facts
from amends.recovery.agree import open_offers
from amends.recovery.agreed_words import seeming_answer
from amends.recovery.offer import Decline
from amends.ui.words import when

ENOUGH = 2
Notice = dict[str, str]


def notices(case: Case, facts: Facts, around: Beside, now: datetime) -> list[Notice]:
    """The sentences, each with a link to where it is done; nothing here is done by itself."""
    return [*_known(case, around), *_answers(case, facts, now), *_promise(case, facts), *_way_up(case, facts)]


def _known(case: Case, around: Beside) -> list[Notice]:
    """Their history and the newest note about them, so that nobody writes to them as to a stranger."""
    last = remembered(case) if around.other_complaints else ""
    said = [words for words in (last, around.note) if words]
    href = reverse("customer", args=[case.pk])
    link = f"What we know of {case.customer.first_name}"
    return [{"text": " ".join(said), "href": href, "link": link, "icon": "heart-handshake"}] if said else []


def _answers(case: Case, facts: Facts, now: datetime) -> list[Notice]:
    made: list[Notice] = []
    if not any(one.offered_at for one in facts.issues):
        return made
    for offer in open_offers(case, now):
        seems = seeming_answer(offer, case, now)
        if seems is None:
            continue
        answer, who = seems[1], case.customer.first_name
        titles = [option.title for option in offer.options.all()]
        named = f"chosen “{titles[answer.option]}”" if answer.option is not None else "agreed"
        text = {
            "yes": f"{who} seems to have {named}: “{answer.words}”",
            "no": f"{who} seems to decline the offer: “{answer.words}”",
            "both": f"{who} agrees with a “but”: “{answer.but}” Ask before you note anything.",
        }[answer.kind]
        href = "#composer" if answer.kind == "both" else reverse("agreement", args=[case.pk])
        made.append({"text": text, "href": href, "link": "Ask" if answer.kind == "both" else "Look and note it"})
    return made


def _promise(case: Case, facts: Facts) -> list[Notice]:
    if facts.promise_due_at is None or facts.promise_warn_at is None or facts.promise_warn_at > facts.now:
        return []
    text = f"We promised: {facts.promise_words}, {when(facts.promise_due_at)}"
    return [{"text": text, "href": reverse("promises", args=[case.pk]), "link": "Kept, or something came up"}]


def _way_up(case: Case, facts: Facts) -> list[Notice]:
    """After a second no, and while nothing new is offered: somebody who can do more."""
    waiting = any(one.declined_at and one.offered_at is None and one.remedied_at is None for one in facts.issues)
    if not waiting or facts.closed_at or Decline.objects.filter(offer__case=case).count() < ENOUGH:
        return []
    text = f"{case.customer.first_name} declined twice. Somebody who may do more should look at it."
    return [{"text": text, "href": reverse("assignment", args=[case.pk]), "link": "Hand it up"}]
