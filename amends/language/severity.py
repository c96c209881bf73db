"""How serious a message is, 1 to 4, and what says so."""

from amends.language.evidence import Evidence
from amends.language.facts import Fact, largest_amount

MUCH_MONEY = 500.0
FOR_SIGNAL = {
    "safety": 4,
    "privacy": 3,
    "vulnerable": 4,
    "public": 4,
    "legal": 3,
    "regulator": 3,
    "leave": 2,
    "repeat": 3,
    "serious": 3,
    "much_money": 3,
    "loss": 2,
    "money": 2,
    "shut_out": 3,
}
FOR_CATEGORY = {
    "harm_safety": ("safety", "harm or danger"),
    "privacy": ("privacy", "personal data"),
    "access": ("shut_out", "cannot get in or use it"),
    "delivery": ("loss", "late, missing or misplaced"),
    "price_billing": ("money", "price or bill"),
}


def find_severity(
    text: str,
    evidence: Evidence,
    facts: tuple[Fact, ...],
    categories: frozenset[str],
    threats: tuple[str, ...],
    flags: frozenset[str],
) -> tuple[int, tuple[str, ...]]:
    """Return the level and its signals: 1 nuisance, 2 small loss, 3 serious or repeated, 4 harm or public.

    A signal reads `repeat: third time`. The ladder is evidence part 1a (a vulnerable person is level 4 too);
    its thresholds are our judgement [J].
    """
    signals = [(hit.value, text[hit.start : hit.end]) for hit in evidence.of("severity")]
    signals += [(threat, "announced") for threat in threats]
    signals += [signal for category, signal in FOR_CATEGORY.items() if category in categories]
    named = {name for name, _ in signals}
    signals += [(flag, "the message as a whole") for flag in sorted(flags - named)]
    amount = largest_amount(facts)
    if amount:
        signals.append(("much_money" if amount >= MUCH_MONEY else "money", f"{amount:.2f}"))
    level = max((FOR_SIGNAL[name] for name, _ in signals), default=1)
    return level, tuple(dict.fromkeys(f"{name}: {words}" for name, words in signals))
