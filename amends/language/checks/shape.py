"""C14, C15, C24, C25 and C30: warmth where it belongs, I and we, things called by name, plain sentences."""

import re
from collections.abc import Iterator

from amends.language.checks.case import NOWHERE, Case, Check, Remark
from amends.language.draft import Sentence, details
from amends.language.lexicon import words_in
from amends.language.pattern import Pattern
from amends.language.sorry import APOLOGY, UNSAID
from amends.language.words import Span

WARM = Pattern(
    r"\b(?:sorry|sorrier|apolog\w+|regret|thanks?|thankful|grateful|glad|hope|happy|pleased?|pleasure|delighted"
    r"|wish\w*|regards"
    r"|sincerely|warm\w*|welcome|appreciate|enjoy|good luck|all the best|take care|love|care|value|touch\w*"
    r"|ashamed|awful"
    r"|terrible|embarrassed|thoughts|hearts?|sympath\w+|feel|forgive|condolences|compliments|greetings|you(?:'re"
    r"| are) right"
    r"|shame|cross|best|kind|wouldn't wish|let you down|fair|deserve\w*|yours|matters|cheers|grim)\b"
)
DOING = Pattern(
    r"\b(?:refund|return|sent|send|replace|book|call|ring|cancel|repair|credit|paid|pay|deliver|bring|check)\w*\b"
)
SINGULAR = Pattern(r"\b(?:i|me|my|mine|myself)\b")
PLURAL = Pattern(r"\b(?:we|us|our|ours|ourselves)\b")
FEWEST_FIRST_PERSON = 3
LONG_DRAFT = 6
LONG_SENTENCE, MEAN_SENTENCE = 35, 20
VAGUE = Pattern(
    r"\b(?:issues?|matters?|situation|items?|products?|services?|concerns?|inconveniences?|experience|problem"
    r"|process|case|request"
    r"|things?|circumstances|incident|feedback|complaint|solution|team|department|parties)\b"
)
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|\d+")
SPECIFIC_SHARE = 0.075
ACRONYM = re.compile(r"(?<![\w./-])(?:[A-Z]{2,5}|[A-Z]\d|\d[A-Z]{2,3})(?:s)?(?![\w@/-])")
EXPLAINED = Pattern(r"^[^.;!?\n]{0,12}?(?:, (?:that's|that is|which is|meaning|or )|\(|, i\.e\.| \(that)")
WORD = re.compile(r"\b\w[\w'’-]*")
SHORT_ANSWER = 4


def too_warm(case: Case) -> Iterator[Remark]:
    """C14: sorry said more often than there are issues, or feelings where the middle should say what is done."""
    said = [one for one in case.draft.sentences if APOLOGY.search(one.low) and not UNSAID.search(one.low)]
    body = _body(case)
    third = len(body) // 3
    middle = [one for one in body[third : len(body) - third] if WARM.search(one.low) and not DOING.search(one.low)]
    crowded = len(body) >= LONG_DRAFT and len(middle) > 1
    if len(said) > max(1, len(case.brief.issues)) + 1 or (crowded and len(said) > 1):
        place = said[-1] if said else middle[-1]
        yield Remark("C14", Span(place.start, place.end), fill={"times": str(len(said))})


def cold_edges(case: Case) -> Iterator[Remark]:
    """C15: no warm word in the first two sentences, nor in the last two."""
    body = _body(case)
    if body and not any(WARM.search(one.low) or "!" in one.low for one in (*body[:2], *body[-2:])):
        yield Remark("C15")


def i_share(case: Case) -> Iterator[Remark]:
    """C24: "we" where one person is writing; from three words of the first person on."""
    low = " ".join(one.low for one in case.draft.sentences)
    singular, plural = (sum(1 for _ in pattern.finditer(low)) for pattern in (SINGULAR, PLURAL))
    if singular + plural >= FEWEST_FIRST_PERSON and singular < plural:
        yield Remark("C24")


def concreteness(case: Case) -> Iterator[Remark]:
    """C25: hardly a thing called by its name: the customer's own things, names and numbers are few."""
    body = [one for one in _body(case) if len(one.low) > SHORT_ANSWER]
    words = sum(1 for one in body for _ in WORD.finditer(one.low))
    if words < LONG_DRAFT:
        return
    told = details(f"{case.brief.customer_text} {' '.join(one.words for one in case.brief.issues)}")
    vague = sum(1 for one in body for _ in VAGUE.finditer(one.low))
    bland = details("thank sorry please customer service product issue experience contact contacting reply message")
    named = sum(len((one.stems & told) - bland) for one in body)
    named += sum(1 for one in body for _ in NAMED.finditer(case.draft.spoken[one.start : one.end]))
    if named < SPECIFIC_SHARE * words and (vague or named <= 1):
        yield Remark("C25")


def plainness(case: Case) -> Iterator[Remark]:
    """C30: a sentence of more than 35 words, more than 20 on average, or words of the house."""
    body = _body(case)
    counts = [sum(1 for _ in WORD.finditer(one.low)) for one in body]
    for one, count in zip(body, counts, strict=True):
        if count > LONG_SENTENCE:
            yield Remark("C30", Span(one.start, one.end), fill={"plain": "two sentences"})
        elif place := _jargon(case, one):
            yield Remark("C30", place, fill={"plain": "a plain word"})
    if len(counts) > 1 and sum(counts) / len(counts) > MEAN_SENTENCE:
        yield Remark("C30", NOWHERE, fill={"plain": "shorter sentences"})


def _jargon(case: Case, one: Sentence) -> Span | None:
    for hit in one.of("reply_jargon"):
        if not EXPLAINED.search(one.low[hit.end - one.start :]):
            return Span(hit.start, hit.end)
    piece = case.draft.spoken[one.start : one.end]
    for found in ACRONYM.finditer(piece):
        plain = found.group().rstrip("s").lower() in words_in("en", "reply_plain")
        theirs = found.group() in case.brief.customer_text
        if not (plain or theirs or _shouted(piece, found) or EXPLAINED.search(piece[found.end() :])):
            return Span(one.start + found.start(), one.start + found.end())
    return None


def _shouted(piece: str, found: re.Match[str]) -> bool:
    """Capitals for stress or a blank of a template are no jargon: another word in capitals stands beside them."""
    beside = piece[max(0, found.start() - 12) : found.start()] + " " + piece[found.end() : found.end() + 12]
    return re.search(r"\b[A-Z]{6,}\b", beside) is not None or found.group().startswith("XX")


def _body(case: Case) -> list[Sentence]:
    """The sentences without a signature line of one or two words."""
    return [one for one in case.draft.sentences if one.low.count(" ") > 1 or WARM.search(one.low)]


CHECKS: tuple[Check, ...] = (too_warm, cold_edges, i_share, concreteness, plainness)
