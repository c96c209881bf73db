"""Whether words tie redress to a review, praise or silence: none may ever be bought (E19: Abeler et al. 2010)."""

import re

_PUBLIC = (
    r"(?:reviews?|ratings?|stars?|testimonials?|(?:trust ?pilot|google|facebook|yelp|tripadvisor|app store)"
    r"(?: \w+)?|tweets?|(?:public |online |negative |bad |critical )(?:comments?|posts?|complaints?|feedback))"
)
_UNDO = (
    r"(?:remov\w+|delet\w+|tak(?:e|es|ing|en) down|withdraw\w*|chang\w+|amend\w*|edit\w*|updat\w+|retract\w*|revis\w+"
    r"|correct\w*|improv\w+|rais\w+|upgrad\w+)"
)
_ASKS = (
    rf"{_UNDO} (?:\w+ ){{0,6}}{_PUBLIC}",
    rf"(?:your|the|a|any) (?:\w+ ){{0,2}}{_PUBLIC} (?:\w+ ){{0,4}}{_UNDO}",
    rf"(?:in exchange|in return|provided|on condition|if you|once you|as long as)\b[^.!?]{{0,60}}\b{_PUBLIC}",
    r"(?:leav\w+|giv\w+|writ\w+|post\w*) (?:\w+ ){0,2}(?:good|positive|nice|five[- ]star|5[- ]star) (?:\w+ )?"
    rf"{_PUBLIC}",
    r"(?:leav\w+|giv\w+|writ\w+|post\w*) (?:\w+ ){0,2}(?:five|four|5|4) stars",
    r"(?:in exchange|in return|provided|on condition|if you|once you|as long as|when you)\b[^.!?]{0,60}\b"
    r"(?:recommend(?:s|ed|ing)? us|refer(?:s|red|ring)? (?:us|a|an|your|some)|(?:tell|send|bring)\w* (?:us |me )?"
    r"(?:a|your|some) friends?)",
    r"(?:agree|promise|undertake|required?|asked?|condition|you|and|will|shall|may|must|do)(?: \w+)? not to "
    r"(?:tell|share|post|publish|discuss|disclose|speak|talk|mention)",
    r"(?:you|customer) (?:must|may|will|shall|should|can) ?not "
    r"(?:tell|share|post|publish|discuss|disclose|speak|talk|mention)",
    r"(?:keep|treat|remain|stay|kept|treated) (?:\w+ ){0,3}(?:confidential|secret|quiet|silent|private|between us)",
    r"non[- ]?disclosure|non[- ]?disparagement|silence clause|gagging clause",
)
_FREE = re.compile(
    r"\b(?:need not|needn't|(?:don't|do not) (?:need|have) to|no need to|never ask(?: you)? to|free to) "
    rf"(?:\w+ ){{0,6}}{_PUBLIC}\b"
    r"|\byour (?:data|address|(?:bank )?details|information) (?:\w+ ){0,3}(?:confidential|private|secret)\b"
)
_TRADE = tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in _ASKS)
_SENTENCE = re.compile(r"[^.!?\n;]+")


def trades(words: str) -> str:
    """The sentence that asks for silence or praise, or for a review to go, to change or to be good; "" when none does.

    A rule of words for English: it is a hint that stops an offer, with a sentence to rewrite, not a reading of intent.
    """
    for found in _SENTENCE.finditer(words):
        sentence = " ".join(found[0].replace("’", "'").split())
        low = _FREE.sub(" ", sentence.casefold())
        if any(pattern.search(low) for pattern in _TRADE):
            return sentence
    return ""
