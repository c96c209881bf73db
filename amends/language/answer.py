"""What a customer's mail answers to an offer: yes to one option, no, a yes that is contradicted, or not clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from amends.language.evidence import gather
from amends.language.lexicon import Hit, Phrases, words_in
from amends.language.pattern import Pattern
from amends.language.picks import picks_in, unknown_words
from amends.language.quoting import new_words, only_new
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.words import Span, Words, sentences, trimmed, words_of

Kind = Literal["yes", "no", "both", "unclear"]
SHORT_ANSWER = 4
CLAUSE = Pattern(r"[,;:]\s|\s[-–—]\s|\s(?=(?:and|but|und|aber|et|mais|y|pero)\s)", 2)
ASKS_WHEN = Pattern(r"\s*(?:when|wann|quand|cuándo|¿\s?cuándo)\b", 2)
MOCKING = Pattern("[🙄🤡😂🤣👏😡🤬😤]")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a mail answers an offer; `option` counts from 0, `words` is `text[start:end]`, `but` what contradicts."""

    kind: Kind
    option: int | None
    words: str
    start: int
    end: int
    but: str = ""


@dataclass(frozen=True, slots=True)
class _Heard:
    """One clause: its place and what stands in it."""

    span: Span
    kinds: frozenset[str]
    asked: bool


def read_answer(text: str, options: Sequence[str]) -> Answer:
    """Return how a customer's new words answer an offer of these options, in English, German, French or Spanish.

    Made so that a “yes” can be trusted: a condition, a doubt, a trouble that is told, or a question makes it `both`
    (with the words in `but`), a single word that is not understood makes it `unclear`.
    """
    own = only_new(text, new_words(text))
    words = words_of(own)
    language = _language(words)
    hits = _phrases(language).find(words)
    clauses = _clauses(own, words, hits, language)
    kinds = frozenset().union(*(one.kinds for one in clauses))
    if not clauses or "sarcasm" in kinds or MOCKING.search(own):
        return _answer(text, "unclear", None, clauses)
    picks = picks_in(_without_questions(own, clauses), options, language)
    agreed = _agrees(clauses, bool(picks), words)
    option = next(iter(picks)) if len(picks) == 1 else None
    against = [one for one in clauses if one.kinds & {"against", "cond", "trouble", "denied"} or one.asked]
    if "no" in kinds:
        return _refusal(text, clauses, agreed, option, picks)
    if "think" in kinds or len(picks) > 1 or not agreed:
        return _answer(text, "unclear", None, clauses)
    if against:
        return _answer(text, "both", option, clauses, text[against[0].span.start : against[0].span.end])
    if unknown_words(own, words, hits, options, language):
        return _answer(text, "unclear", option, clauses)
    return _answer(text, "yes", option, [one for one in clauses if one.kinds & {"yes", "take", "pick"}] or clauses)


def _language(words: Words) -> str:
    clear = language_of(words)
    if clear in READ_LANGUAGES:
        return clear
    return max(READ_LANGUAGES, key=lambda one: len(_phrases(one).find(words)))


def _refusal(text: str, clauses: list[_Heard], agreed: bool, option: int | None, picks: frozenset[int]) -> Answer:
    """A “no” beside a “yes” is both; a “no” that comes first, without a yes, is a no."""
    first_no = next(one for one in clauses if "no" in one.kinds)
    if agreed and any("yes" in one.kinds for one in clauses):
        return _answer(text, "both", option, clauses, text[first_no.span.start : first_no.span.end])
    taken = [one for one in clauses if one.kinds & {"take"} and "no" not in one.kinds and one is not first_no]
    if taken and len(picks) > 0 and clauses.index(first_no) > clauses.index(taken[0]):
        return _answer(text, "both", option, clauses, text[first_no.span.start : first_no.span.end])
    return _answer(text, "no", None, clauses[clauses.index(first_no) :])


def _agrees(clauses: list[_Heard], picked: bool, words: Words) -> bool:
    told = frozenset().union(*(one.kinds for one in clauses if not one.asked))
    if "yes" in told:
        return True
    return picked and ("take" in told or len([one for one in words.normal if one.isalnum()]) <= SHORT_ANSWER)


def _clauses(own: str, words: Words, hits: list[Hit], language: str) -> list[_Heard]:
    agreeing = {hit.start for hit in hits if hit.value == "yes"}
    evidence = gather(own, words, language).hits
    troubles = [Span(hit.start, hit.end) for hit in evidence if _is_trouble(hit) and hit.start not in agreeing]
    denied = _denials(words, hits, language)
    heard: list[_Heard] = []
    for sentence in sentences(own):
        asked = own[sentence.start : sentence.end].rstrip("\"')”").endswith("?")
        for span in _pieces(own, sentence):
            kinds = {hit.value.partition(" ")[0] for hit in hits if _inside(hit.start, span)}
            kinds |= {"trouble" for one in troubles if _inside(one.start, span)}
            kinds |= {"denied" for at in denied if _inside(at, span)}
            heard.append(_Heard(span, frozenset(kinds), asked and not ASKS_WHEN.match(own, sentence.start)))
    return heard


def _pieces(own: str, sentence: Span) -> list[Span]:
    starts, ends = [sentence.start], []
    for cut in CLAUSE.finditer(own, sentence.start, sentence.end):
        ends.append(cut.start())
        starts.append(cut.end())
    pieces = (trimmed(own, start, end) for start, end in zip(starts, [*ends, sentence.end], strict=True))
    return [piece for piece in pieces if piece.start < piece.end]


def _is_trouble(hit: Hit) -> bool:
    return hit.label in ("trouble", "threats") or (hit.label == "feeling" and not hit.value.endswith(" 0"))


def _denials(words: Words, hits: list[Hit], language: str) -> list[int]:
    """Where a “not” or “never” stands that belongs to no known phrase."""
    known = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    deny = words_in(language, "negators") | {"cannot", "cant", "wont", "nobody", "wouldnt", "couldnt"}
    return [words.starts[at] for at, word in enumerate(words.normal) if word in deny and at not in known]


def _inside(at: int, span: Span) -> bool:
    return span.start <= at < span.end


def _without_questions(own: str, clauses: list[_Heard]) -> str:
    return "\n".join(own[one.span.start : one.span.end] for one in clauses if not one.asked)


def _answer(text: str, kind: Kind, option: int | None, clauses: list[_Heard], but: str = "") -> Answer:
    start, end = (clauses[0].span.start, clauses[-1].span.end) if clauses else (0, 0)
    return Answer(kind, option, text[start:end], start, end, but)


@cache
def _phrases(language: str) -> Phrases:
    return Phrases(language, ("answers",))
