"""Questions: something new, something they said already, or whether it suits them."""

from collections.abc import Iterator

from amends.language.draft import Sentence, details
from amends.language.pattern import Pattern
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

ASKS = Pattern(
    r"^(?:(?:and|so|also|first|please|then|but|now|ok|okay|one thing)[, :]+)*(?:(?:please )?(?:tell|send|give|show|email|confirm|provide|upload|let)"
    r" (?:me|us)\b|i(?:'ll)? (?:\w+ )?need (?:to know|to ask|you to|your|the)|could you|can you|would you|may i|can i (?:ask|have|get|take)"
    r"|i(?:'d| would) (?:also )?(?:like to|need to) (?:know|ask)|please (?:provide|confirm|state|describe|send|give|repeat|resend|explain))\b"
)
AGREES = Pattern(
    r"\b(?:(?:does|do|would|will|is|are|was|how|how's|sound|sounds|ok|okay|alright|all right|fair|deal|agreed|happy|right|correct)\b[^?]{0,60}?"
    r"\b(?:work|works|suit|suits|right|help|fair|ok|okay|all right|alright|good|enough|acceptable|agree|settle|fit|do it|like|happy|better|best|sound|make up|put it right|go"
    r"|easier|correct|sense|cover|do)\b"
    r"|(?:which|what) (?:\w+ ){0,3}?(?:would|do|of|one|is|'s|suits|works|option|way|will|should|shall|sounds)\b[^?]{0,50}?(?:you|suit\w*|better|best|easier|prefer|rather|like|choose|pick|work\w*|help\w*)?"
    r"|(?:have|did) i (?:\w+ )?(?:got|get|understood|understand|missed|miss|heard|hear|left)|is (?:that|this|it) (?:\w+ )?(?:right|correct|how|what|so|ok|okay|all right|alright|fair|it|everything)"
    r"|(?:shall|should|may|can) (?:i|we)\b|(?:would|will|do) you (?:\w+ )?(?:prefer|like|rather|agree|accept|want|be (?:happy|ok|okay|all right))"
    r"|(?:ok|okay|agreed|deal|alright|all right|right|yes|correct|fair) (?:for|with|by) you|with you)"
    r"(?=[^?]*\?)"
)
TAGGED = Pattern(r"(?:,|\.|^|-) ?(?:ok|okay|agreed|deal|alright|all right|right|yes|correct|is that right|fair enough|fair|sound good|yeah)\s?\?$")
SAY_WHICH = Pattern(
    r"\b(?:tell|let) (?:me|us) (?:know )?(?:which|if (?:that|this|it|you)|whether|what you(?:'d)? (?:prefer|think|would)|your (?:choice|preference))"
    r"|\b(?:you (?:choose|decide|pick|tell me)|your (?:choice|call|pick)|up to you|whichever you|say (?:which|the word|yes))\b"
)
FOR_CONSENT = Pattern(r"\b(?:work|suit|prefer|rather|easier|best|better|ok|okay|right|fair|agree|choose|pick|happy|like)\w*")
ANEW = Pattern(
    r"\b(?:(?:again|once more|one more time|re-?send|re-?submit|repeat|remind me|remind us|a second time|from the (?:beginning|start|top)|start over)\b"
    r"|what (?:was|is|'s|seems to be|exactly (?:is|was)) (?:\w+ )?(?:the|your) (?:\w+ )?(?:problem|issue|complaint|matter|trouble|concern|query|question|wrong)"
    r"|what (?:exactly )?(?:happened|went wrong|is wrong|was wrong|is this about|is it about|did you (?:say|order|book))|what's (?:up|wrong|the matter)"
    r"|(?:describe|explain|outline|state|summari[sz]e) (?:\w+ ){0,2}(?:problem|issue|complaint|matter|what|situation|concern|nature)"
    r"|which (?:\w+ )?(?:order|booking|product|item|one) (?:is|was) (?:this|it|that)|how can i help|how may i help|what can i do for you)"
)
WANTED = Pattern(
    r"\b(?:what(?:'s| is| was| were)?|which|when|where|who|how (?:much|many|long|old|often)|your|the|any|a|an)\b"
)
REFERENCE = Pattern(r"\b(?:number|reference|ref|no\.?|id|code|name|date|day|time|address|postcode|email|phone|amount|photo|picture|photos|pictures|receipt|details)\b")
RHETORICAL = Pattern(
    r"\b(?:what (?:do|did) you expect|what (?:do|did) you want me|how (?:should|would|am) i (?:to )?know|who do you think|are you (?:sure|serious|kidding)|isn't it|wasn't it|was it\?|didn't you"
    r"|aren't you|did you (?:\w+ )?(?:read|check|look|notice|bother|follow|even)|have you (?:\w+ )?(?:read|checked|tried (?:turning|reading))|why (?:didn't|did|don't|haven't) you|had you|can't you"
    r"|what else (?:can|could|do) (?:i|we|you)|why should|so what|who cares|what's the big)\b"
)
DIGIT = Pattern(r"\d")


def asking(turn: Turn) -> Iterator[Heard]:
    """Question, ask_repeat or check_agree, sentence by sentence."""
    for at, one in enumerate(turn.sentences):
        if move := _asked(turn, at, one):
            yield turn.plain(move, at)


def is_question(one: Sentence) -> bool:
    """Return whether a sentence asks for something."""
    return one.low.rstrip("\"')").endswith("?") or bool(ASKS.search(one.low))


def _asked(turn: Turn, at: int, one: Sentence) -> Move | None:
    if AGREES.search(one.low) or TAGGED.search(one.low) or SAY_WHICH.search(one.low):
        return Move.CHECK_AGREE
    if not is_question(one) or RHETORICAL.search(one.low):
        return None
    return Move.ASK_REPEAT if asks_again(turn, one) else Move.QUESTION


def asks_again(turn: Turn, one: Sentence) -> bool:
    """Return whether a sentence asks for what the customer or the file said."""
    if ANEW.search(one.low):
        return True
    kept = [fact for fact in turn.scene.facts_on_file if details(fact) & one.stems]
    return bool(REFERENCE.search(one.low)) and any(DIGIT.search(fact) or len(details(fact) & one.stems) > 1 for fact in kept)
