"""A reply: a letter with the steps of the path it covers, checked, queued, and stoppable for a moment."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.assignment import Snooze, take
from amends.cases.case import Case
from amends.cases.check_levels import forget_showings
from amends.cases.closure import pass_gate
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.facts import facts_of, known_of
from amends.cases.ledger import acting_rule, record, writing
from amends.cases.letters import queue_letter
from amends.cases.links import page_link
from amends.cases.message import Answered, Coverage, Message
from amends.cases.outbox import OutboxEntry, miss, take_back
from amends.cases.shape import Shape
from amends.cases.standing import stand
from amends.method.facts import Facts, IssueFacts
from amends.method.gates import Gate, letter_gate
from amends.method.steps import SPOKEN_STEPS, Step
from amends.team.models import User

_NEWEST = Shape(
    lambda case: Message.objects.filter(case=case, outgoing=False, automatic="").order_by("-pk").values_list("pk")[:1]
)
_ASKED = "\n\nIs that what happened?"


@dataclass(frozen=True, slots=True)
class Covered:
    """One step of one issue that a letter covers: the words that do it when the check found them."""

    issue: int
    step: Step
    words: str = ""
    found: bool = False


def reply(
    case: Case,
    text: str,
    covers: tuple[Covered, ...],
    *,
    by: User,
    now: datetime,
    seen: int | None = None,
    exception: str = "",
) -> Message:
    """Queue a letter to the customer and note the steps it covers; it can be taken back for a moment.

    A letter a rule writes covers no step: nobody has listened, and nobody is sorry.
    Raises Incomplete for an empty letter or a step that is not the letter's to cover, GateClosed when it says what
    we do before the person was treated (a lead's `exception` passes that), NotPossible when the customer wrote
    something the author has not seen (`seen` is the last message they saw).
    """
    if not text.strip():
        raise Incomplete("Write the reply first.", "text")
    with writing():
        check_hands(case, by)
        _nothing_new(case, seen)
        known = known_of(case, now)
        facts = facts_of(case, now, known)
        issues = {issue.id: issue for issue in facts.issues}
        _coverable(covers, issues)
        _not_sorry_alone(covers, issues)
        said = frozenset((one.issue, one.step) for one in covers)
        if any(step is Step.REMEDY for _, step in said):
            missing = letter_gate(facts, said)
            pass_gate(case, Gate.OFFER, missing, exception=exception, by=by, now=now)
        asks = acting_rule() is None and _all_reflected(covers, facts)
        message = queue_letter(case, text.strip() + (_question(case) if asks else ""), now=now, author=by)
        if message.automatic:
            covers = ()
        else:
            _write_down(message, covers, by, now)
            if known.rests:
                Snooze.objects.filter(case=case).delete()
            known = known.with_letter(said, now)
        listed = [{"issue": one.issue, "step": one.step.value, "found": one.found} for one in covers]
        record("reply_queued", case.pk, by, now, message=message.pk, covers=listed)
        stand(case, now, known)
    return message


def _write_down(message: Message, covers: tuple[Covered, ...], by: User, now: datetime) -> None:
    """What follows from a letter of a person: the steps it covers, and that they have the case now."""
    Coverage.objects.bulk_create(
        Coverage(message=message, issue_id=one.issue, step=one.step.value, words=one.words, found=one.found)
        for one in {(one.issue, one.step): one for one in covers}.values()
    )
    take(message.case, by=by, now=now)


def _all_reflected(covers: tuple[Covered, ...], facts: Facts) -> bool:
    """Whether with this letter every issue has been said back, so that the customer can say whether that is it (F5)."""
    now = {one.issue for one in covers if one.step is Step.REFLECT}
    return bool(now) and all(issue.id in now or issue.reflected_at for issue in facts.issues)


def _question(case: Case) -> str:
    """Two links below the letter, each to a page with one button: opening them changes nothing."""
    yes, no = page_link(case.pk, "yes/"), page_link(case.pk, "not-quite/")
    return f"{_ASKED}\nYes, that's it: {yes}\nNot quite: {no}"


def own_words(message: Message) -> str:
    """What its writer wrote, without the question that was put below it."""
    return message.text.partition(_ASKED)[0]


def _nothing_new(case: Case, seen: int | None) -> None:
    if seen is None:
        return
    if any(newest > seen for (newest,) in _NEWEST.rows(case.pk)):
        raise NotPossible("A new message arrived while you were writing. Read it, then send; your draft is still here.")


def _coverable(covers: tuple[Covered, ...], issues: dict[int, IssueFacts]) -> None:
    """A letter covers spoken steps of issues that were heard; listening and delivering happen elsewhere."""
    for one in covers:
        issue = issues.get(one.issue)
        if issue is None or one.step not in SPOKEN_STEPS:
            raise Incomplete("This letter names an issue or a step that the case does not have. Load the page again.")
        if one.step is Step.PREVENT and not issue.change:
            raise Incomplete(
                f"Link the cause of “{issue.summary}” and a change with an owner and a date. "
                "Then say what changes (E18).",
                "cause",
            )
        if issue.heard_at is None:
            raise Incomplete(
                f"First confirm what went wrong: “{issue.summary}”. Then your letter can answer it.", "issues"
            )


def _not_sorry_alone(covers: tuple[Covered, ...], issues: dict[int, IssueFacts]) -> None:
    """After a failure that came back, words alone do harm: the letter also says what we do now (E16, E18)."""
    acted = {one.issue for one in covers if one.step is Step.REMEDY}
    for one in covers:
        if one.step is Step.APOLOGISE and one.issue not in acted and issues[one.issue].came_back:
            raise Incomplete(
                f"“{issues[one.issue].summary}” came back after we had put it right, so being sorry is not enough. "
                "Say in the same letter what we do now (E16, E18).",
                "covers",
            )


def undo(message: Message, *, by: User, now: datetime) -> None:
    """Take a reply back before it leaves; what it covered no longer counts.

    Raises NotPossible once it is leaving, or when an offer was built on what it said.
    """
    with writing():
        entry = OutboxEntry.objects.get(message=message)
        if message.case.offers.filter(made_at__gte=message.at, withdrawal=None).exists():
            raise NotPossible("An offer was made after this letter. Withdraw the offer first.")
        if Message.objects.filter(pk=message.pk, gesture__isnull=False, gesture__taken_back=None).exists():
            raise NotPossible("This letter tells of a gesture. Take the gesture back, and the letter stays with it.")
        take_back(entry, now)
        forget_showings(message)
        record("reply_undone", message.case_id, by, now, message=message.pk)
        miss(message, by, now)
        stand(message.case, now)


def mark_answered(message: Message, *, by: User, now: datetime) -> None:
    """Say that a customer's message needs no further answer; raises AlreadyDone when somebody said so before."""
    with writing():
        _, fresh = Answered.objects.get_or_create(message=message, defaults={"by": by, "at": now})
        if not fresh:
            raise AlreadyDone("This message is marked as answered already.")
        record("answered", message.case_id, by, now, message=message.pk)
        stand(message.case, now)
