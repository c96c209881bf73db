"""What happened to a customer in a scenario: the setting, the file, and the issues with what fits them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """One issue of a scenario: the customer's clause, the words that say it back, and what answers it.

    `keys` are groups of words: saying it back names a word of at least two groups.
    `held_back` is told only when asked, `question` is one that asks for it; `cause` and `change` are the real ones.
    """

    id: str
    category: str
    said: str
    keys: tuple[tuple[str, ...], ...]
    details: tuple[str, ...]
    held_back: str
    promised: str
    remedy: str
    remedy_kinds: tuple[str, ...]
    mismatch: str
    cause: str
    change: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A setting to practise in; its issues stand gravest first, a persona brings up as many as it has.

    `suits` are the ids of the personas it was written for; none named means everybody.
    """

    id: str
    sector: str
    title: str
    setting: str
    firm: str
    customer: str
    facts_on_file: tuple[str, ...]
    may_grant: str
    cannot: str
    issues: tuple[Trouble, ...]
    suits: tuple[str, ...] = ()

    def issue(self, name: str) -> Trouble:
        """Return the issue with an id; raises KeyError when the scenario has none such."""
        for one in self.issues:
            if one.id == name:
                return one
        raise KeyError(name)
