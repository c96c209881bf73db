"""What a move gives way to: when a plainer one is heard in the same words, the other was misheard."""

from bisect import bisect_right
from collections.abc import Iterable

from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.moves import Move

OFFERS = frozenset({Move.OFFER_ONE, Move.OFFER_OPTIONS, Move.OFFER_MISMATCH, Move.GOODWILL})
SORRY = frozenset({Move.APOLOGISE, Move.APOLOGISE_GENERIC, Move.NON_APOLOGY})
BLAME = frozenset({Move.BLAME_CUSTOMER, Move.BLAME_OTHER, Move.EXCUSE})
NO = frozenset({Move.REFUSE_FLAT, Move.REFUSE_FAIR})
AHEAD = frozenset({Move.COMMIT, Move.FOLLOW_UP, Move.PREVENT, Move.OVERPROMISE})
AWAY = frozenset({Move.TRANSFER_COLD, Move.ESCALATE_WARM})
GIVES_WAY = {
    Move.BLAME_CUSTOMER: frozenset({Move.INTERRUPT, Move.PREVENT, Move.PREVENT_VAGUE, Move.EXCUSE, Move.ASK_REPEAT}),
    Move.REFLECT: OFFERS | BLAME | NO | AHEAD | AWAY | {Move.EXPLAIN, Move.REFLECT_WRONG},
    Move.EXPLAIN: OFFERS
    | BLAME
    | NO
    | AHEAD
    | AWAY
    | SORRY
    | {Move.JARGON, Move.ACK_FEELING, Move.LISTEN, Move.INTERRUPT, Move.BOUNDARY, Move.REFLECT_WRONG, Move.THANK},
    Move.VAGUE_COMMIT: NO
    | BLAME
    | {Move.ACK_FEELING, Move.JARGON}
    | AWAY
    | {Move.COMMIT, Move.PREVENT, Move.PREVENT_VAGUE, Move.LISTEN, Move.OVERPROMISE},
    Move.REFUSE_FLAT: SORRY
    | AWAY
    | OFFERS
    | {
        Move.BLAME_CUSTOMER,
        Move.EXCUSE,
        Move.REFLECT_WRONG,
        Move.EXPLAIN,
        Move.JARGON,
        Move.PREVENT,
        Move.BLAME_OTHER,
        Move.REFUSE_FAIR,
    },
    Move.REFUSE_FAIR: AWAY | {Move.JARGON, Move.PREVENT, Move.BLAME_OTHER, Move.BLAME_CUSTOMER, Move.REFLECT_WRONG},
    Move.COMMIT: frozenset({Move.OFFER_MISMATCH, Move.OVERPROMISE, Move.PREVENT}),
    Move.TRANSFER_COLD: frozenset({Move.FOLLOW_UP, Move.PREVENT, Move.COMMIT, Move.ESCALATE_WARM, Move.REFLECT}),
    Move.PREVENT_VAGUE: SORRY | {Move.PREVENT, Move.COMMIT, Move.OVERPROMISE},
    Move.EXCUSE: OFFERS | {Move.BLAME_OTHER, Move.LISTEN, Move.COMMIT, Move.REFUSE_FAIR},
    Move.BLAME_OTHER: frozenset({Move.APOLOGISE}),
    Move.JARGON: frozenset({Move.PREVENT_VAGUE}),
    Move.LISTEN: frozenset({Move.INTERRUPT}),
    Move.OFFER_ONE: BLAME | {Move.INTERRUPT, Move.JARGON, Move.ESCALATE_WARM},
    Move.QUESTION: frozenset({Move.CHECK_AGREE, Move.LISTEN, Move.REFLECT, Move.REFLECT_WRONG, Move.BLAME_CUSTOMER}),
    Move.ACK_FEELING: frozenset({Move.REFLECT_WRONG, Move.NON_APOLOGY, Move.BLAME_CUSTOMER}),
    Move.ASK_REPEAT: frozenset({Move.LISTEN, Move.REFLECT, Move.REFLECT_WRONG, Move.BLAME_CUSTOMER}),
}


def sifted(found: Iterable[Heard]) -> list[Heard]:
    """Return the moves without those that another in the same sentence takes the place of."""
    every = sorted(found, key=lambda one: one.end)
    ends = [one.end for one in every]
    return [one for one in every if not GIVES_WAY.get(one.move, frozenset()) & _beside(one, every, ends)]


def _beside(one: Heard, every: list[Heard], ends: list[int]) -> set[Move]:
    return {other.move for other in every[bisect_right(ends, one.start) : bisect_right(ends, one.end)]}
