"""The ten checks that are made in German, Spanish and French, each from word lists of that language."""

from collections.abc import Iterator

from amends.language.checks.blanks import empty_template
from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence
from amends.language.lexicon import Hit, words_in
from amends.language.times import times_in
from amends.language.words import Span, words_of

NEAR = 2
OPENING = 3
REACH = 4


def non_apology(case: Case) -> Iterator[Remark]:
    """C01: the sorrow is about their feelings, or only "if"."""
    for one in case.draft.sentences:
        yield from (_remark("C01", hit) for hit in one.of("reply_nonapology"))


def apology_but(case: Case) -> Iterator[Remark]:
    """C02: "but" follows the apology and what comes then does not make good."""
    for number, one in enumerate(case.draft.sentences):
        if sorry := one.of("reply_sorry"):
            turn = next((hit for hit in one.of("reply_but") if hit.start > sorry[0].end), None)
            beside = one if turn else next(iter(case.draft.sentences[number + 1 : number + 2]), one)
            turn = turn or next(
                (hit for hit in beside.of("reply_but") if 0 <= hit.start - beside.start <= OPENING), None
            )
            if turn and turn.start > sorry[0].start and not _makes_good(case, beside, turn):
                yield Remark("C02", Span(sorry[0].start, turn.end))


def excuse(case: Case) -> Iterator[Remark]:
    """C06: a reason why it is not our problem, and nobody owns it beside it."""
    sentences = case.draft.sentences
    for number, one in enumerate(sentences):
        if any(near.of("reply_own") for near in sentences[max(0, number - 1) : number + 2]):
            continue
        yield from (_remark("C06", hit) for hit in _meant(case, one, "reply_excuse"))


def blame(case: Case) -> Iterator[Remark]:
    """C07: it is put on the customer."""
    for one in case.draft.sentences:
        yield from (_remark("C07", hit) for hit in _meant(case, one, "reply_blame"))


def calm_down(case: Case) -> Iterator[Remark]:
    """C09: they are told how to feel."""
    for one in case.draft.sentences:
        yield from (_remark("C09", hit) for hit in _meant(case, one, "reply_calm"))


def policy_wall(case: Case) -> Iterator[Remark]:
    """C10: a closed door, with nothing that can be done within two sentences."""
    for number, one in enumerate(case.draft.sentences):
        near = case.draft.sentences[max(0, number - NEAR) : number + NEAR + 1]
        if not any(_acts(case, other) or other.of("reply_can") for other in near):
            yield from (_remark("C10", hit) for hit in one.of("reply_wall"))


def remedy_missing(case: Case) -> Iterator[Remark]:
    """C16: no action done, under way, or with a time."""
    done = any(_acts(case, one) or "ACT" in one.heard.says for one in case.draft.sentences)
    if case.brief.issues and not done:
        yield Remark("C16")


def vague_when(case: Case) -> Iterator[Remark]:
    """C19: soon, and no time anywhere in the message."""
    if not any(_timed(case, one) for one in case.draft.sentences):
        for one in case.draft.sentences:
            yield from (_remark("C19", hit) for hit in one.of("reply_soon"))


def over_promise(case: Case) -> Iterator[Remark]:
    """C21: a promise that nobody can keep."""
    for one in case.draft.sentences:
        yield from (_remark("C21", hit) for hit in _meant(case, one, "reply_over"))


def _acts(case: Case, one: Sentence) -> bool:
    if one.low.rstrip("\"')»").endswith("?") or one.of("reply_nonapology"):
        return False
    return bool(one.of("reply_done")) or _timed(case, one)


def _timed(case: Case, one: Sentence) -> bool:
    """Whether a sentence names a time ahead, its vague words left out."""
    low = one.low
    for hit in one.of("reply_soon"):
        low = low[: hit.start - one.start] + " " * (hit.end - hit.start) + low[hit.end - one.start :]
    past = words_in(case.draft.language, "reply_past")
    found = words_of(low)
    return past.isdisjoint(found.normal) and any(said.is_ours for said in times_in(low, found, case.draft.language))


def _meant(case: Case, one: Sentence, name: str) -> Iterator[Hit]:
    """The phrases of a list that are not denied by a word shortly before or after them."""
    negators = words_in(case.draft.language, "reply_denials")
    for hit in one.of(name):
        before = words_of(one.low[: hit.start - one.start]).normal[-REACH:]
        within = words_of(one.low[hit.start - one.start : hit.end - one.start]).normal
        after = words_of(one.low[hit.end - one.start :]).normal[:2]
        if negators.isdisjoint([*before, *within, *after]):
            yield hit


def _makes_good(case: Case, one: Sentence, turn: Hit) -> bool:
    rest = [*one.of("reply_done"), *one.of("reply_own"), *one.of("reply_can")]
    after = words_of(one.low[turn.end - one.start :]).normal[:2]
    return any(hit.start >= turn.start for hit in rest) or not words_in(case.draft.language, "negators").isdisjoint(
        after
    )


def _remark(number: str, hit: Hit) -> Remark:
    return Remark(number, Span(hit.start, hit.end))


CHECKS: dict[str, Check] = {
    "C01": non_apology,
    "C02": apology_but,
    "C06": excuse,
    "C07": blame,
    "C09": calm_down,
    "C10": policy_wall,
    "C16": remedy_missing,
    "C19": vague_when,
    "C21": over_promise,
    "C28": empty_template,
}
