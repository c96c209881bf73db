"""Questions: something new, something they said already, or whether it suits them."""

from collections.abc import Iterator

from amends.language.draft import Sentence, details
from amends.language.pattern import Pattern
from amends.language.words import sentences
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.putting_right import is_asked_offer, offered
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

ASKS = Pattern(
    r"^(?:(?:and|so|also|first|please|then|but|now|ok|okay|one thing)[, :]+)*(?:(?:please )?(?:tell|send|give|show"
    r"|email|confirm|provide|upload)"
    r" (?:me|us)\b(?! (?:\w+ )?(?:minutes?|a (?:moment|second|minute|day))\b)|i(?:'ll)? (?:\w+ )?need (?:to know"
    r"|to ask|your|the)|could you|can you|would you|may i|can i (?:ask|have|get|take)"
    r"|i(?:'d| would) (?:also )?(?:like to|need to) (?:know|ask)|(?:[\w ]{1,30})?(?:number|reference|name"
    r"|date of birth)(?: and [\w ]{1,30})?,? please|please (?:provide|confirm|state|describe|send|give|repeat|resend"
    r"|explain))\b"
)
AGREES = Pattern(
    r"\b(?:(?:does|do|would) (?:either|one|any) of (?:those|them|these)\b[^?]{0,20}?help|(?:can|could) we agree"
    r"|which (?:of the two |one )?do you want|is (?:this|that|it) what you|(?:does|do|would|will|is|are"
    r"|how(?:'s| does| do| would| is| about)|sounds?) (?:\w+ )?(?:now|that|this|it"
    r"|these|those|either|one|any|both|we|they|you|the (?:offer|plan|time|date|first|second)|\w+day|\w+ (?:o'clock"
    r"|one))\b[^?]{0,70}?"
    r"\b(?:works?|suits?|right(?= ?(?:[?,]|for you|by you|with you|to you|so))|fair|ok|okay|all right|alright"
    r"|good(?= ?(?:\?|for|with|enough|to|start))|enough|acceptable|agree\w*|fits?|happy|better|best|make up"
    r"|put (?:it|things) right|use to you|any use|help (?:you|at all|a|if)|good moment|what you (?:had in mind"
    r"|wanted|need(?:ed)?|expect\w*|hoped|meant)"
    r"|easier|prefer|rather|make sense|settle|do(?= ?(?:\?|for you|it for))|sound|look (?:right|like|fair|ok)|manage"
    r"|live with|something you|a start|like (?:me|us) to|like that)\b"
    r"|(?:which|what) (?:\w+ ){0,4}?(?:prefer|rather|choose|suits?|easier|best|better|works?(?= (?:for|best|better)"
    r"|\?)|fits?|pick|(?:would|do) you like|feels right)\b"
    r"|(?:have|did|do) i (?:\w+ )?(?:got|get|have|understood|understand|missed|miss|heard|hear|left"
    r"|say)\b[^?]{0,40}?(?:right|correct|so|anything|it|that|you)\b|is (?:that|this|it) (?:\w+ )?(?:right|correct"
    r"|how it|so|ok|okay|all right|alright|fair|everything|about it)\b"
    r"|(?:shall|should) (?:i|we)\b|may i (?:go|do|bring|send|book|put|start|arrange|get|fetch|call|ring)"
    r"|what (?:would|do) you (?:say|think)\b|(?:would|will|do) you (?:\w+ )?(?:prefer|rather|agree|accept)"
    r"|(?:ok|okay|agreed|deal|alright|all right|right|fair|fine|good) (?:for|with|by) you\b)"
    r"(?=[^?]*\?)"
)
TAGGED = Pattern(
    r"(?:[,.-]|^) ?(?:ok|okay|agreed|deal|alright|all right|is that right|fair enough|fair|sound good|sounds good"
    r"|good)\s?\?$"
)
SAY_WHICH = Pattern(
    r"\b(?:tell|let) (?:me|us) (?:know )?(?:which|if (?:that|this|it|you(?:'d| would))|whether (?:that|this|it"
    r"|you(?:'d| would))|what you(?:'d)? (?:prefer|think|would|rather))\b|\byour (?:choice|call|pick)\b"
    r"|\bwhichever you (?:prefer|like)|\bsay (?:yes|the word) and\b"
)
ASKS_TO_TELL = Pattern(r"\b(?:can|could|would|will) you (?:please )?(?:tell|send|give|show|describe) (?:me|us)\b")
CHOOSES = Pattern(
    r"^(?:and |so )?(?:which|what)(?: [\w']+){0,3}\?$|^(?:and |so )?(?:which|what)\b[^?]{0,20}\b(?:would|do) you\b"
    r"|, if (?:you|your)\b|^may i\b"
)
TELLING = Pattern(r"^(?:please |do |just )?(?:can you |could you |would you )?tell me (?:what|more|about)\b")
ANEW = Pattern(
    r"\b(?:(?:once|one) more (?:time )?what|(?:again|once more|one more time|re-?send|re-?submit|repeat|remind me"
    r"|remind us|a second time"
    r"|from the (?:beginning|start|top)|start over)\b"
    r"|what (?:was|is|'s|seems to be|exactly (?:is|was)) (?:\w+ )?(?:the|your) (?:\w+ )?(?:problem|issue|complaint"
    r"|matter|trouble|concern|query|question|wrong)"
    r"|what (?:exactly )?(?:happened(?! (?:next|then|after))|went wrong|is wrong|was wrong|is this about|is it about"
    r"|did you (?:say|order"
    r"|book))|what's (?:up|wrong|the matter)"
    r"|(?:describe|explain|outline|state|summari[sz]e) (?:\w+ ){0,2}(?:problem|issue|complaint|matter|what|situation"
    r"|concern|nature)"
    r"|which (?:\w+ )?(?:order|booking|product|item|one) (?:is|was) (?:this|it|that)|how can i help|how may i help"
    r"|what can i do for you)"
)
WANTED = Pattern(
    r"\b(?:what(?:'s| is| was| were)?|which|when|where|who|how (?:much|many|long|old|often)|your|the|any|a|an)\b"
)
REFERENCE = Pattern(
    r"\b(?:number|plan|reference|ref|no\.?|id|code|name|address|postcode|email|phone|amount|photo|picture|photos"
    r"|pictures|receipt|details)\b|\b(?:what|which) (?:date|day|time)\b|\bwhen (?:did|was|were)\b"
)
RHETORICAL = Pattern(
    r"\b(?:what (?:more|else) (?:do|can|should) (?:you|i|we)|how (?:am|are|was|were) (?:i|we) (?:supposed|meant"
    r"|to know)|what (?:am|are) (?:i|we) supposed|why (?:would|should) (?:i|we)|who knows|do you (?:really|honestly"
    r"|think|know how|realise|realize|have any idea)|don't you think|did you (?:honestly|seriously|expect)"
    r"|can you imagine|what (?:do|did) you expect|what (?:do|did) you want me|how (?:should|would|am) i (?:to )?know"
    r"|who do you think|are you (?:sure|serious|kidding)|isn't it|wasn't it|was it\?|didn't you"
    r"|aren't you|did you (?:\w+ )?(?:read|check|look|notice|bother|follow|even)|have you (?:\w+ )?(?:read|checked"
    r"|tried (?:turning|reading))|why (?:didn't|did|don't|haven't) you|had you|can't you"
    r"|what else (?:can|could|do) (?:i|we|you)|why should|so what|who cares|what's the big)\b"
)
TELL_ME = Pattern(
    r", (?:please )?(?:tell|send|give|show) me (?:the|your|which|when|where|how|what)\b|\bneed you to (?:send|give"
    r"|tell|provide|confirm|upload)"
)
ANY_MORE = Pattern(
    r"\bskip to\b|\bget to the point\b|\bmove on\b|\bbe (?:brief|quick)\b|\banything else (?:i|we) can\b"
    r"|\bhow are you today\b"
)
SENT = Pattern(r"\b(?:sent|gave|told|already|twice|attached|uploaded|wrote|written|submitted)\b")
HANDED = Pattern(r"\b(?:send|give|provide|upload|need|show|attach|bring)\b")
BEFORE = 6
SHORT = 9
FOR_A_WORD = Pattern(
    r"(?:and |so )?(?:would|is|does|do|shall|will|are|can|could|ok|okay|sounds?|good|fair|fine|agreed|deal)\b"
)
TAG_AT_END = Pattern(
    r", (?:is|was|did|do|does|are|were|have|has|can|could|will|would)(?:n't)? (?:it|you|that|they|we|i|he|she|there)\?$"
)
HOW_MUCH = Pattern(
    r"\bhow much (?:did|was|were|have) you (?:pay|paid|charged|spend)\b|\bwhat did (?:it|you) (?:cost|pay)\b"
)
MONEY = Pattern(r"\d[^.]{0,12}(?:euros?|pounds?|dollars?|eur|gbp|usd)\b|[€£$]")
DIGIT = Pattern(r"\d")


def asking(turn: Turn) -> Iterator[Heard]:
    """Question, ask_repeat or check_agree, sentence by sentence."""
    for at, one in enumerate(turn.sentences):
        if move := _asked(turn, at, one):
            yield turn.plain(move, at)


def is_question(one: Sentence) -> bool:
    """Return whether a sentence asks for something."""
    return one.low.rstrip("\"')").endswith("?") or bool(ASKS.search(one.low) or TELL_ME.search(one.low))


def _asked(turn: Turn, at: int, one: Sentence) -> Move | None:
    if TELLING.search(one.low) and not ANEW.search(one.low):
        return None
    if ASKS_TO_TELL.search(one.low):
        return Move.ASK_REPEAT if asks_again(turn, one) else Move.QUESTION
    if AGREES.search(one.low) or TAGGED.search(one.low) or SAY_WHICH.search(one.low):
        return Move.CHECK_AGREE
    if is_asked_offer(one):
        return Move.CHECK_AGREE
    if not is_question(one) or RHETORICAL.search(one.low) or TAG_AT_END.search(one.low) or ANY_MORE.search(one.low):
        return None
    if (CHOOSES.search(one.low) or _asks_consent(one)) and any(
        offered(other) for other in turn.sentences[max(0, at - BEFORE) : at]
    ):
        return Move.CHECK_AGREE
    return Move.ASK_REPEAT if asks_again(turn, one) else Move.QUESTION


def _asks_consent(one: Sentence) -> bool:
    """Return whether a short question can be for their word on what was offered before it."""
    return bool(FOR_A_WORD.match(one.low)) and one.low.count(" ") < SHORT


def asks_again(turn: Turn, one: Sentence) -> bool:
    """Return whether a sentence asks for what the customer or the file said."""
    if ANEW.search(one.low) or turn.remarked("C27", one):
        return True
    if HOW_MUCH.search(one.low) and any(MONEY.search(fact.lower()) for fact in turn.scene.facts_on_file):
        return True
    if HANDED.search(one.low) and any(
        SENT.search(fact.lower()) and details(fact) & one.stems for fact in told_of(turn)
    ):
        return True
    kept = [fact for fact in turn.scene.facts_on_file if details(fact) & one.stems]
    return bool(REFERENCE.search(one.low)) and any(
        DIGIT.search(fact) or len(details(fact) & one.stems) > 1 for fact in kept
    )


def told_of(turn: Turn) -> tuple[str, ...]:
    """Return the facts on file and the sentences of the customer."""
    said = " ".join((*turn.scene.told, turn.scene.said))
    return (*turn.scene.facts_on_file, *(said[span.start : span.end] for span in sentences(said)))
