"""Looking back on a case in three questions: its writer's alone, until they show it to somebody."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.errors import Incomplete, NotThere
from amends.cases.ledger import writing
from amends.coaching.models import Debrief, DebriefShared, visible_cases
from amends.coaching.whom import may_look
from amends.team.models import User

NOT_THERE = "There is no such looking back that is shown to you."


def debrief_of(case: Case, person: User) -> Debrief | None:
    """What this person wrote when they looked back on the case, None when they did not."""
    return Debrief.objects.filter(case=case, by=person).first()


def debriefs_of(person: User) -> QuerySet[Debrief]:
    """Everything this person looked back on, newest first; of cases they may see."""
    return Debrief.objects.filter(visible_cases(person), by=person).select_related("case__customer")


def keep_debrief(case: Case, answers: tuple[str, str, str], *, by: User, now: datetime) -> Debrief:
    """Keep what went well, what was hard and what should change, anew or changed; raises Incomplete without a word."""
    well, hard, change = (words.strip() for words in answers)
    if not (well or hard or change):
        raise Incomplete("Answer one of the three, in a few words.", "well")
    with writing():
        check_hands(case, by)
        values = {"well": well, "hard": hard, "change": change}
        return Debrief.objects.update_or_create(
            case=case, by=by, defaults=values, create_defaults={**values, "at": now}
        )[0]


def share_debrief(debrief: Debrief, username: str, *, now: datetime) -> DebriefShared:
    """Show it to one colleague who may see the case; to show it twice changes nothing."""
    to = may_look(debrief.case, debrief.by).filter(username=username).first()
    if to is None:
        raise Incomplete("Choose a colleague to show it to.", "to")
    with writing():
        return DebriefShared.objects.get_or_create(debrief=debrief, to=to, defaults={"at": now})[0]


def take_debrief_back(debrief: Debrief, number: int) -> None:
    """Stop showing it to somebody; to take it back twice changes nothing."""
    with writing():
        DebriefShared.objects.filter(debrief=debrief, pk=number).delete()


def delete_debrief(debrief: Debrief) -> None:
    """Delete it for its writer and for whoever it was shown to."""
    with writing():
        Debrief.objects.filter(pk=debrief.pk).delete()


def shown_to(reader: User) -> QuerySet[Debrief]:
    """What colleagues show to this person, of cases they may see, newest first."""
    rows = Debrief.objects.filter(visible_cases(reader), shares__to=reader, by__is_active=True)
    return rows.select_related("by", "case__customer")


def find_shown(number: int, reader: User) -> Debrief:
    """One that is shown to this person; raises NotThere for any other, alike."""
    found = shown_to(reader).filter(pk=number).first()
    if found is None:
        raise NotThere(NOT_THERE)
    return found
