"""The steps of a recovery: which are done, which can be done next, which are blocked, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.method.facts import Facts, IssueFacts
from amends.method.steps import PERSON_STEPS, Step

SHORT = 42
PROMISED = "Promised: "
NOT_CONTENT = " was not content with how it went"
WROTE = "wrote"
ANSWERS = (" seems to ", " agrees with ")


class State(StrEnum):
    """Where one step stands."""

    DONE = "done"
    NEXT = "next"
    BLOCKED = "blocked"


class Attention(StrEnum):
    """Whose turn it is: ours, somebody else's, nobody's."""

    TO_DO = "to do"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step with its state, a sentence saying why, and the time it was done (the latest, for a case)."""

    step: Step
    state: State
    why: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A whole recovery: the steps of the case, the steps of each issue by its id, and whose turn it is."""

    steps: tuple[PathStep, ...]
    issues: dict[int, tuple[PathStep, ...]]
    next: PathStep | None
    attention: Attention
    reason: str


def recovery_path(facts: Facts) -> Path:
    """The path of a case: each step done, next or blocked, with its reason (S3.21, S4.9; F1, F2, F10)."""
    issues = {issue.id: issue_path(issue, facts) for issue in facts.issues}
    steps = tuple(_case_step(step, facts, issues) for step in Step)
    ready = [step for step in steps if step.state is State.NEXT]
    following = _following(facts, ready)
    attention, reason = _attention(facts, ready, following)
    return Path(steps, issues, following, attention, reason)


def issue_path(issue: IssueFacts, facts: Facts) -> tuple[PathStep, ...]:
    """The nine steps for one issue."""
    return tuple(_issue_step(step, issue, facts) for step in Step)


def _issue_step(step: Step, issue: IssueFacts, facts: Facts) -> PathStep:
    at = _done_at(step, issue, facts)
    if at is not None:
        return PathStep(step, State.DONE, _done_words(step, issue), at)
    blocked = _blocked_by(step, issue, facts)
    if blocked:
        return PathStep(step, State.BLOCKED, blocked)
    return PathStep(step, State.NEXT, _help(step, issue, facts))


def _done_at(step: Step, issue: IssueFacts, facts: Facts) -> datetime | None:
    return {
        Step.LISTEN: issue.heard_at,
        Step.APOLOGISE: issue.apologised_at,
        Step.REFLECT: _reflected_at(issue, facts),
        Step.ACKNOWLEDGE: issue.acknowledged_at or _not_upheld_at(issue),
        Step.REMEDY: issue.offered_at or issue.remedied_at,
        Step.PREVENT: issue.prevention_told_at or _not_upheld_at(issue),
        Step.AGREE: issue.agreed_at or issue.remedied_at,
        Step.DELIVER: issue.remedied_at,
        Step.FOLLOW_UP: _followed_up_at(issue, facts),
    }[step]


def _reflected_at(issue: IssueFacts, facts: Facts) -> datetime | None:
    """A reflection the customer has since corrected does not count: it has to be said again."""
    if issue.reflected_at and facts.corrected_at and facts.corrected_at > issue.reflected_at:
        return None
    return issue.reflected_at


def _not_upheld_at(issue: IssueFacts) -> datetime | None:
    return issue.refused_at if issue.is_refused_with_reasons else None


def _followed_up_at(issue: IssueFacts, facts: Facts) -> datetime | None:
    """Asking counts only for what had been put right before, until the next time to ask: “still fixed?”."""
    if facts.follow_up_due_at and facts.follow_up_due_at <= facts.now:
        return None
    if issue.remedied_at and facts.followed_up_at and facts.followed_up_at >= issue.remedied_at:
        return facts.followed_up_at
    return None


def _done_words(step: Step, issue: IssueFacts) -> str:
    if issue.is_refused_with_reasons and step in (Step.ACKNOWLEDGE, Step.PREVENT):
        return "Not upheld, with reasons"
    if step in (Step.REMEDY, Step.DELIVER, Step.AGREE) and issue.refused_at and not issue.delivered_at:
        return "Refused with reasons"
    return ""


def _blocked_by(step: Step, issue: IssueFacts, facts: Facts) -> str:
    if step is Step.LISTEN:
        return ""
    if issue.heard_at is None:
        return "First confirm what went wrong"
    if step in (Step.REMEDY, Step.PREVENT):
        return person_first(facts)
    if step is Step.AGREE:
        return _waiting_for_choice(issue, facts)
    if step is Step.DELIVER and issue.agreed_at is None:
        return f"Not before {facts.customer} has agreed"
    if step is Step.FOLLOW_UP:
        return _follow_up_blocked(issue, facts)
    return ""


def person_first(facts: Facts) -> str:
    """The sentence naming the first step owed to the person for any open issue, "" when none is owed (S4.9)."""
    for issue in facts.issues:
        for step in PERSON_STEPS:
            if _done_at(step, issue, facts) is None:
                return f"First {step} for “{shortened(issue.summary)}”"
    return ""


def shortened(summary: str) -> str:
    """A summary short enough to stand inside a sentence, cut at a word."""
    if len(summary) <= SHORT:
        return summary
    return f"{summary[:SHORT].rpartition(' ')[0] or summary[:SHORT]}…"


def _waiting_for_choice(issue: IssueFacts, facts: Facts) -> str:
    if issue.offered_at is None:
        return person_first(facts) or "First offer a remedy"
    return f"{facts.customer} is choosing"


def _follow_up_blocked(issue: IssueFacts, facts: Facts) -> str:
    if issue.remedied_at is None:
        return "After the remedy is delivered"
    if facts.asked_again_at is not None:
        return f"Asked on {facts.asked_again_at:%-d %b}, no answer yet"
    if facts.follow_up_due_at is None:
        return f"No answer by {facts.silent_at:%-d %b}" if facts.silent_at else "None is planned"
    if facts.follow_up_due_at > facts.now:
        return f"Due on {facts.follow_up_due_at:%-d %b}"
    return ""


def _help(step: Step, issue: IssueFacts, facts: Facts) -> str:
    if step is Step.REFLECT and issue.reflected_at:
        return f"{facts.customer} corrected us: say it back again"
    if step is Step.REMEDY and issue.declined_at:
        return f"{facts.customer} declined: offer something else"
    if step is Step.APOLOGISE and issue.attempts:
        return "It did not hold: say sorry for that, and what we do now"
    if step is Step.PREVENT:
        return _prevent_help(issue, facts)
    return {
        Step.LISTEN: "Confirm what went wrong",
        Step.APOLOGISE: "Name it, without excuses",
        Step.REFLECT: f"Say back what happened, in {facts.customer}'s words",
        Step.ACKNOWLEDGE: "Own our part, no excuses",
        Step.REMEDY: "Offer what would put it right",
        Step.DELIVER: "Carry out what was agreed",
        Step.FOLLOW_UP: "Ask whether it is still right",
    }[step]


def _prevent_help(issue: IssueFacts, facts: Facts) -> str:
    if not issue.cause:
        return "Link the cause, then say what changes"
    if not issue.change:
        return f"Known cause: {issue.cause}. Agree a change"
    return f"Tell {facts.customer}: {issue.change}"


def _case_step(step: Step, facts: Facts, issues: dict[int, tuple[PathStep, ...]]) -> PathStep:
    """A step of the case is as far as its least advanced issue."""
    position = list(Step).index(step)
    rows = [path[position] for path in issues.values()]
    if not rows:
        return _without_issues(step)
    ready = [row for row in rows if row.state is State.NEXT]
    if ready:
        return PathStep(step, State.NEXT, _counted(ready, rows))
    blocked = [row for row in rows if row.state is State.BLOCKED]
    if blocked:
        return PathStep(step, State.BLOCKED, blocked[0].why)
    latest = max(row.at for row in rows if row.at)
    return PathStep(step, State.DONE, rows[0].why if len(rows) == 1 else "", latest)


def _counted(ready: list[PathStep], rows: list[PathStep]) -> str:
    if len(rows) == 1:
        return ready[0].why
    return f"{ready[0].why} · {len(ready)} of {len(rows)} issues"


def _without_issues(step: Step) -> PathStep:
    if step is Step.LISTEN:
        return PathStep(step, State.NEXT, "Take down what went wrong")
    return PathStep(step, State.BLOCKED, "First take down what went wrong")


def _following(facts: Facts, ready: list[PathStep]) -> PathStep | None:
    """The first step that can be done; of a closed case only its follow-up, of an erased one none."""
    if facts.erased_at is not None:
        return None
    return next((one for one in ready if facts.closed_at is None or one.step is Step.FOLLOW_UP), None)


def _attention(facts: Facts, ready: list[PathStep], following: PathStep | None) -> tuple[Attention, str]:
    if facts.erased_at is not None:
        return Attention.DONE, "Erased"
    if called := _called(facts):
        return Attention.TO_DO, called
    if facts.closed_at is not None and following is None:
        return Attention.DONE, "Closed"
    if facts.snoozed_until is not None:
        return Attention.WAITING, "Put aside"
    if facts.approver:
        return Attention.WAITING, f"{facts.approver} is deciding"
    if _only_prevention(ready) and any(_undecided(issue) for issue in facts.issues):
        return Attention.WAITING, f"{facts.customer} is choosing"
    if following is None:
        return Attention.TO_DO, "Ready to close"
    return Attention.TO_DO, following.why


def _called(facts: Facts) -> str:
    """What the customer waits for whichever step is next: an answer, a promise near, a word with them; else ""."""
    if facts.unanswered_since is not None:
        return f"{facts.customer} {facts.seems or WROTE}"
    if facts.promise_warn_at is not None and facts.promise_warn_at <= facts.now:
        return f"{PROMISED}{shortened(facts.promise_words)}"
    return f"{facts.customer}{NOT_CONTENT}" if facts.low_score_due_at is not None else ""


def says_more(reason: str) -> bool:
    """Whether a reason tells more than the next step does: an answer that seems to have come, a promise near."""
    return reason.startswith(PROMISED) or any(words in reason for words in (*ANSWERS, NOT_CONTENT))


def tells_of_promise(reason: str) -> bool:
    """Whether a reason tells of a promise near, or of what comes before one: a message nobody answered."""
    wrote = reason.endswith(f" {WROTE}") or any(words in reason for words in ANSWERS)
    return wrote or reason.startswith(PROMISED)


def _only_prevention(ready: list[PathStep]) -> bool:
    """Whether nothing but prevention, which can be told later, is left for us to do."""
    return all(one.step is Step.PREVENT for one in ready)


def _undecided(issue: IssueFacts) -> bool:
    return issue.offered_at is not None and issue.agreed_at is None and issue.remedied_at is None
