"""Naming what they must feel."""

from collections.abc import Iterator

from amends.language.pattern import Pattern
from amends.language.sorry import non_apology_in
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

FEEL = (
    r"(?:upset\w*|angry|anger|furious|fuming|livid|frustrat\w+|disappoint\w+|annoy\w+|worr(?:y|ied|ying|ies)"
    r"|scar(?:ed|y|ing)"
    r"|fright\w+|terrif\w+|anxi\w+|humiliat\w+|embarrass\w+|miserable|awful|horribl[ey]|horrid|terribl[ey]|dreadful"
    r"|exhaust\w+|stress\w*"
    r"|shak(?:en|y|ing)|hurt(?:s|ful|ing)?|sad(?:dening|ness)?|heart-?\s?breaking|heart-?\s?broken|heartbreak"
    r"|galling"
    r"|infuriat\w+|madden\w+|mad|panic\w*|fed up|sick of|let down|tired|tiring|helpless\w*|lonely|alone|alarm\w+"
    r"|distress\w*|rotten"
    r"|grim|painful|pain|cruel|unfair|insult(?:ed|ing)|cross|nerve\W?\w+|unnerving|betray\w+|cheated|ignored"
    r"|abandon\w+|robbed|foolish"
    r"|hell|hellish|nightmare|shock\w*|devastat\w+|crush\w+|gutted|unsettl\w+|unbearable|wretched|bitter|degrading"
    r"|demoralis\w+|demeaning"
    r"|sting(?:s|ing)?|lousy|sickening|disgust\w+|afraid|fear|dread|grie(?:f|ving)|loss|tough|heavy|hard|rough|sore"
    r"|sick|outrag\w+|indignant|powerless|uneasy"
    r"|nervous|overwhelm\w+|draining|wearing|disheartening|deflat\w+|unpleasant|irritat\w+|exasperat\w+|distrust"
    r"|uncomfortable"
    r"|desperat\w+|kick in the teeth|slap in the face|blow|last (?:straw|thing you)|at the end of your|like (?:a"
    r"|an) (?:fool|idiot|mug|number"
    r"|beggar|criminal|thief|nobody)|ashamed|small|stupid|invisible|unwelcome|unsafe|trapped|torn|lost)"
)
THEIRS = Pattern(
    rf"\b(?:(?:that|this|it|which|what|there|to \w+ [^.!?,;\n]{{0,50}}|\w+ing [^.!?,;\n]{{0,40}})(?:'s| is| was"
    rf"| must| sounds?"
    rf"| feels?| felt| would| can| has)"
    rf"(?:n't| not)?(?: have)?(?: be| been| feel| felt)?(?: \w+){{0,6}}? {FEEL}"
    rf"|(?:must|would|can|could|should) (?:\w+ )?(?:have )?(?:feel|felt|be|been)(?: \w+){{0,4}}? {FEEL}"
    rf"|you(?:'re| are| were| must| sound| feel| felt| have| had|'ve|r)(?: \w+){{0,4}}? {FEEL}"
    rf"|(?:how|why) (?:\w+ )?{FEEL}|what an? (?:\w+ )?{FEEL}"
    rf"|(?:i|we|anyone|anybody|any \w+|everyone|who|most people)(?:'d| would| wouldn't|'ll)(?: also| all)?(?: be"
    rf"| feel| have been| hate)(?: \w+){{0,3}}? {FEEL}"
    rf"|your (?:\w+ )?(?:anger|worry|worries|fear|fears|distress|grief)"
    rf"|{FEEL}(?: \w+){{0,2}} for you\b)\b"
)
SHARED = Pattern(
    r"\b(?:(?:would|must) (?:wear (?:anyone|anybody|you) (?:out|down)|be worn out)|worn out|i(?:'d| would) (?:be"
    r"|have been) (?:in tears|beside myself|lost for words)|no wonder|(?:i )?(?:don't|can't"
    r"|cannot|wouldn't) blame you|not surprised|every (?:right|reason)|(?:quite "
    r"|perfectly )?(?:right|entitled)"
    r" to be|(?:makes|make) (?:you|me|anyone)(?: \w+){0,2} (?:angry|furious|sad|mad|sick|cross)|(?:of course"
    r"|naturally) you(?:'re| are| feel| were)"
    r"|i(?:'d| would) (?:be|feel|have been|have felt|have \w+ed|hate|be \w+ing)(?: \w+){0,3} (?:too|as well|the same"
    r"|in your)|that hurts|that stings|(?:i )?feel for you|my heart"
    r"|i can(?: only| well| quite| really| just)? (?:hear|see|imagine|feel|understand) (?:\w+ )?(?:how|why|what|that"
    r"|the|your)"
    r"|i (?:\w+ )?(?:understand|get|see|know|hear|realise|realize) (?:\w+ )?(?:how|why|what) (?:\w+ ){0,2}(?:you"
    r"|this|that|it|upset\w*|frustrat\w+|hard|much)"
    r"|understandabl[ye]|(?:it(?:'s| is)|is|was) (?:only )?(?:natural|human)|sorry for you\b(?! (?:to|if))"
    r"|i can tell (?:that )?you|would have stopped|never heard anything so|anyone would|anybody would|who wouldn't\?"
    r"|feel (?:so |very )?(?:bad |sorry )?for (?:her|him|them|your)|(?:you )?(?:shouldn't"
    r"|should not) have to (?:feel|sit"
    r"|lie|live|go through|be)|nobody should (?:have to )?(?:feel|sit|lie|live|go through|be)|(?:that|it)(?:'s| is"
    r"| was)(?: \w+)? not (?:ok|okay|fair|right|nice)"
    r"|(?:you )?deserved? better)"
)
NOT_FELT = Pattern(
    r"\b(?:don't|do not|no need to|please|stop|try not to|needn't|shouldn't) (?:be|get|feel|worry)\b|\bnot (?:that"
    r"|so|as) (?:bad|hard|sad)"
    r"|\b(?:you(?:'ll| will)) (?:be|feel)\b|\bif you (?:feel|are|were|felt)\b|\bcalm\b|\bi(?:'m"
    r"| am) (?:\w+ )?(?:afraid|ashamed|embarrassed)\b(?! of how)"
    r"|\b(?:was|is|are|were) lost\b|\bi understand but\b|\b(?:unfair|wrong|rude) of (?:me|us)\b"
    r"|\bunderstand your (?:frustration|concerns?|disappointment)\b"
)


def feeling(turn: Turn) -> Iterator[Heard]:
    """Ack_feeling: what they feel is named, and not put to them as their problem."""
    for at, one in enumerate(turn.sentences):
        if non_apology_in(one) or NOT_FELT.search(one.low):
            continue
        if THEIRS.search(one.low) or SHARED.search(one.low):
            yield turn.plain(Move.ACK_FEELING, at)
