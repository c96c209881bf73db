"""The table: every verb by its name, in the order people meet them."""

from amends.cases.errors import NotThere
from amends.verbs import approvals, causes, hands, judging, promises, remedies, tending, words
from amends.verbs.verb import Verb

VERBS: dict[str, Verb] = {
    verb.name: verb
    for room in (words, hands, remedies, promises, approvals, causes, tending, judging)
    for verb in room.VERBS
}


def verb_named(name: str) -> Verb:
    """The verb of this name; raises NotThere with the names there are."""
    if name not in VERBS:
        raise NotThere(f"There is no verb “{name[:40]}”. There are {', '.join(VERBS)}.")
    return VERBS[name]
