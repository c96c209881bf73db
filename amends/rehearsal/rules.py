"""The rules that change what a move does: too early, too often, before owning it, in the middle."""

from collections.abc import Mapping

from amends.rehearsal.moment import Moment
from amends.rehearsal.moves import Move
from amends.rehearsal.state import Part
from amends.rehearsal.table import Effect

OFFERS = frozenset({Move.OFFER_ONE, Move.OFFER_OPTIONS, Move.OFFER_MISMATCH, Move.GOODWILL, Move.OVERPROMISE})
APOLOGIES = frozenset({Move.APOLOGISE, Move.APOLOGISE_GENERIC})
PREVENTIONS = frozenset({Move.PREVENT, Move.PREVENT_VAGUE})
OWNED = 0.5
"""An issue is owned from here on: a general apology (.3) or one taken back (.4) does not own it."""
APOLOGIES_WELCOME = 2


def effect_of(moment: Moment, move: Move, part: Part) -> Effect:
    """Return a move's effect, or what a rule puts in its place."""
    name = _instead(moment, move, part)
    return moment.customer.table.instead[name] if name else moment.customer.table.effects[move]


def _instead(moment: Moment, move: Move, part: Part) -> str | None:
    persona = moment.customer.persona
    if move in APOLOGIES and part.apologies >= APOLOGIES_WELCOME:
        return "rule_apology_third"
    if move is Move.EXPLAIN and part.acknowledged < OWNED:
        return "rule_explain_before_own"
    if move is Move.PREVENT_VAGUE and persona.earlier_failures:
        return "rule_vague_after_repeat"
    if move is Move.BOUNDARY and persona.abusive and (move, None) not in moment.used:
        return "rule_abusive_boundary"
    return None


def sizes_of(moment: Moment, move: Move, part: Part, effect: Effect) -> dict[str, float]:
    """Return how much a move shifts each feeling now, scaled by persona, repetition, issues and rules."""
    scale = _scale(moment, move, effect)
    sizes = {name: size * scale for name, size in effect.sizes.items()}
    if move in OFFERS:
        _too_early(moment, sizes)
    if move in PREVENTIONS and part.acknowledged < OWNED and effect.helps:
        share = moment.customer.table.numbers["rule_prevent_before_own"]["share"]
        sizes = {name: size * share for name, size in sizes.items()}
    if effect.warm and moment.in_the_middle:
        sizes = _padding(moment, sizes)
    return sizes


def _scale(moment: Moment, move: Move, effect: Effect) -> float:
    persona = moment.customer.persona
    if not effect.helps:
        return persona.react
    number = moment.customer.table.numbers["scaling"]
    issue = moment.topic if effect.per_issue else None
    scale = persona.soothe * number["repeated"] ** moment.used.get((move, issue), 0)
    return float(scale * len(moment.customer.issues) ** -number["issues"] if effect.per_issue else scale)


def _too_early(moment: Moment, sizes: dict[str, float]) -> None:
    """An offer before being heard wins less and angers (E27)."""
    number, heard = moment.customer.table.numbers["rule_premature_offer"], moment.feelings["heard"]
    if heard >= number["heard"]:
        return
    ready = min(1.0, max(0.0, (heard - number["from"]) / number["width"]))
    factor = number["least"] + (1 - number["least"]) * ready
    for name in ("outcome", "agreement"):
        sizes[name] = sizes.get(name, 0.0) * factor
    early = (number["heard"] - heard) / number["heard"] * moment.customer.persona.react
    for name in ("anger", "manner"):
        sizes[name] = sizes.get(name, 0.0) + number[name] * early


def _padding(moment: Moment, sizes: Mapping[str, float]) -> dict[str, float]:
    number = moment.customer.table.numbers["rule_warm_in_middle"]
    less = {name: size * number["share"] for name, size in sizes.items()}
    return less | {"patience": less.get("patience", 0.0) + number["patience"] * moment.customer.persona.bored}
