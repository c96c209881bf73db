"""What a letter covers: the check's findings and its writer's word, the same for every way a letter is written."""

from collections.abc import Collection

from amends.cases.case import Case
from amends.cases.message import Message
from amends.cases.questions import CHANGES
from amends.cases.reply import Covered
from amends.cases.shape import Shape
from amends.language.brief import Brief, IssueBrief, Parts
from amends.language.reply_check import parts
from amends.method.steps import Step

PARTS = {
    Step.APOLOGISE: "apologise",
    Step.REFLECT: "reflect",
    Step.ACKNOWLEDGE: "acknowledge",
    Step.REMEDY: "remedy",
    Step.PREVENT: "prevent",
}
_HEARD = Shape(
    lambda case: (
        Case(pk=case)
        .open_issues()
        .exclude(hearing=None)
        .values_list("pk", "words", "summary", "category", "attribution__cause_id")
    )
)
# A check that runs while somebody types must not wait for a conversation that is a book: judgement [J].
MESSAGES_READ, CHARACTERS_READ = 20, 10_000
_WRITTEN = Shape(
    lambda case: (
        Message.objects.filter(case=case, outgoing=False, automatic="", known_sender=True)
        .order_by("-at", "-pk")
        .values_list("text", "pieces")[:MESSAGES_READ]
    )
)


def brief_of(case: Case) -> Brief:
    """What a draft for this case is checked against: the issues somebody confirmed, and what the customer wrote."""
    heard = _HEARD.rows(case.pk)
    changed = {issue for issue, *_ in CHANGES.rows(case.pk)} if any(cause for *_, cause in heard) else set()
    return Brief(
        issues=tuple(IssueBrief(*columns) for *columns, _ in heard),
        customer_text=_their_words(case),
        customer_name=case.customer.first_name,
        severity=case.severity,
        prevention_linked=frozenset(changed & {issue for issue, *_ in heard}),
    )


def _their_words(case: Case) -> str:
    """What the customer wrote themselves in this case, the newest last, without what their mails quote."""
    newest_last = reversed(_WRITTEN.rows(case.pk))
    said = (text[start:end] for text, pieces in newest_last for kind, start, end in pieces if kind == "new")
    return "\n\n".join(said)[-CHARACTERS_READ:]


def covered(draft: str, brief: Brief, stated: Collection[tuple[int, Step]]) -> tuple[Covered, ...]:
    """The steps a letter covers: those the check found, and those its writer says it covers in other words."""
    done = parts(draft, brief)
    found = {(one.id, step): span_of(done[one.id], step) for one in brief.issues for step in PARTS}
    made = {}
    for (issue, step), span in found.items():
        backed = step is not Step.PREVENT or issue in brief.prevention_linked
        if span and backed:
            made[issue, step] = Covered(issue, step, draft[span[0] : span[1]], found=True)
    said = {one: Covered(*one) for one in stated if one not in made}
    return (*made.values(), *said.values())


def span_of(found: Parts, step: Step) -> tuple[int, int] | None:
    """Where in the draft a step is said, None when it is not."""
    span = getattr(found, PARTS[step])
    return (span[0], span[1]) if span is not None else None
