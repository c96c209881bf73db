"""Saying sorry and owning it in a sentence of a reply, and their counterfeits."""

from functools import lru_cache

from amends.language.draft import Sentence
from amends.language.pattern import Pattern
from amends.language.words import Span

REMEMBERED = 256
SORRY = r"(?:sorry|apologi[sz]e|apologi[sz]ing|apolog(?:y|ies)|regret)"
APOLOGY = Pattern(rf"\b{SORRY}\b")
UNSAID = Pattern(
    r"\b(?:not|never|cannot|can't|won't|nothing|without|nobody|no one)\s(?:\w+\s){0,2}(?:sorry"
    r"|apolog\w{1,6})\b"
    r"|\bno apolog|\b(?:better )?safe than sorry|\bregret to (?:inform|tell|say|advise)"
    r"|\bsorry[,]?\s(?:but\s)?(?:i|we)"
    r"\s(?:can't|cannot|are unable|am unable|won't|do not|don't)\b|\bdon't be sorry|\bfeel sorry for\b"
)
TO_HEAR = Pattern(r"\bsorry (?:to (?:hear|learn|read|see)|you had to|you've had|you have had)\b")
FEELINGS = (
    r"(?:feel|felt|are feeling|were feeling|(?:are|were|got|became) (?:upset|unhappy|disappointed"
    r"|frustrated|offended"
    r"|annoyed|angry|dissatisfied|not satisfied|not happy)|see it|think so|perceive\w?|took it"
    r"|found (?:it|this|us))"
)
NON_APOLOGY = Pattern(
    rf"\b{SORRY}\b[^.,;!?\n]{{0,40}}\bif (?:you|your|we|i|the|this|that|any|anything|anyone|it|our"
    rf"|there|my)\b"
    rf"|\b{SORRY}\b(?: for the way| about how| for how)?(?: that| because)?(?: how)? you(?:'re (?:\w+ )?(?:upset"
    rf"|unhappy|disappointed|frustrated|offended|annoyed|angry|dissatisfied|cross|hurt)| {FEELINGS})\b"
    rf"|\b{SORRY}\b for any(?: \w+){{0,3}} (?:you may|this may|that may|caused if|we may)\b"
    rf"|\b{SORRY}\b (?:for|about) (?:how you feel|your feelings|your frustration|your disappointment)\b"
    r"|\bif [^.;!?\n]{1,80}, (?:then )?(?:i|we)(?: do| am| are|'m|'re)? (?:apologi[sz]e|sorry)\b"
)
MISTAKE = (
    r"(?:mistakes?|faults?|errors?|failures?|failings?|responsibility|oversight|doing|slip|blunder|bug|neglect"
    r"|mix-?up|misprint"
    r"|slip-?up|carelessness|lapse|shame|omission|delay|muddle|job|bad|negligence|sloppiness|mess|shortcoming"
    r"|to check|to mend"
    r"|miscalculation|misjudg\w+|broken promise|wrong)"
)
BAD = (
    r"(?:failed|fell short|missed|forgot|forgotten|messed|mixed up|muddled|mis(?!s)[a-z-]*\w+|botched|bungled"
    r"|broke|lost"
    r"|damaged|scratched|overlooked|over\w+ed|under\w+ed|ignored|neglected|doubted|delayed|confused|skipped|blew"
    r"|wrecked"
    r"|wronged|spoiled|ruined|double-?\s?\w+|let (?:\w+ ){1,3}(?:down|slide|slip|lie|run out)|took too long"
    r"|were (?:too )?(?:slow|late|wrong|careless|at fault|to blame)|was (?:too )?(?:slow|late|wrong|careless"
    r"|at fault)"
    r"|should (?:never |not )?have|shouldn't have|ought to have|did not|didn't|never \w+ed|haven't|had not|hadn't"
    r"|kept you|left you|made you wait|cost you|own (?:this|that|it)|stood you up|dropped the ball|charged you"
    r"|billed you"
    r"|sent you (?:round|off|away|in circles|from|back and forth))"
)
DID = (
    r"(?:packed|picked|charged|billed|debited|took|kept|left|sent|delivered|put|gave|told|planned|booked|let|sold"
    r"|made"
    r"|matched|opened|closed|wrote|printed|shipped|served|cancelled|entered|assigned|locked|deleted|wiped|swapped|ran"
    r"|turned|were|was|had|got|set|used|cut|sat|said|promised|read|installed|fitted|handed|posted|poured|cooked"
    r"|washed"
    r"|treated|passed|held|pushed|answered|listed|quoted|paid|refused|bricked|flooded|confirmed|advertised|measured)"
)
AMISS = (
    r"(?:wrong\w*|late\w?|twice|too \w+|without|instead|by mistake|in error|nothing|nobody|no one|never|unanswered"
    r"|incorrect\w*|badly|waiting|behind|rather than|although|though|not|two \w+ for one|faulty|broken|dirty|empty"
    r"|unread"
    r"|lying|careless\w*|poor\w*|shabb\w+|short|stale|cold|dead|in the dark|in circles|n't)"
)
OTHERS = r"(?!(?:\w+ )?(?:sub)?(?:couriers?|carriers?|suppliers?|partners?|providers?|contractors?|manufacturers?)\b)"
OUR = rf"(?:our|my)(?: own)? {OTHERS}\w+(?: \w+)?"
OWN = Pattern(
    rf"\b(?:our|my)(?: (?!(?:team|best)\b)[\w-]+){{0,3}} {MISTAKE}\b"
    rf"|\b{MISTAKE} (?:\w+ )?(?:was|is|were|are|lies|sits) (?:\w+ ){{0,3}}(?:ours|mine|us|me)\b"
    r"|\b(?:that|this|it|which|both|all(?: \w+)?|each)(?:'s| is| was| are| were) (?:\w+ )?(?:on (?:us|me)\b|ours\b"
    r"|mine\b"
    r"|down to us|due to us|because of us|us who)"
    r"|\b(?:is|was|are|were|doing was) (?:\w+ )?(?:on us|ours|mine|of our making)\b|\b(?:careless|wrong|sloppy"
    r"|poor|thoughtless"
    r"|slow|unfair|rude|bad|stupid|clumsy) of (?:us|me)\b|\bbecause of us\b"
    r"|\bnobody'?s? (?:fault )?(?:else'?s?)? ?but ours\b"
    r"|\b(?:i|we)(?: \w+)? (?:take|accept|bear|shoulder) (?:\w+ )?(?:responsibility|blame)\b"
    rf"|\b(?:i|we|{OUR})(?:'ve| have)?(?: (?:then|also|simply|just|both|all|clearly|wrongly|twice|even|again"
    rf"|really|still"
    rf"|carelessly|mistakenly))? {BAD}\b"
    rf"|\b(?:i|we|{OUR}) (?:\w+ly )?{DID}\b[^.;!?\n]{{0,70}}\b{AMISS}\b"
    r"|\b(?:i|we|our \w+) \w+ (?:\w+ ){0,4}(?:wrong|badly|poorly|carelessly|blindly|too \w+|in error|by mistake"
    r"|a bad \w+)\b"
    r"|\b(?:mistakes?|making|doing) of (?:ours|mine|us)\b|\b(?:my|our) own making\b|\b(?:we|i) lied\b"
    r"|\bboth (?:are )?on us\b"
    r"|\b(?:is|was|were|are|that's) (?:\w+ )?(?!each|all|some|one|none|both|most|any)\w+ of (?:us|me)\b"
    r"|\bour \w+ (?:\w+ )?did (?:it|that|this)\b|\bnot (?:you|yours)[.,;]?$|\bon our (?:end|side|part)\b"
    r"|\b(?:that|this|it)(?:'s| is| was|'d be| would be) (?:us|me)\b|\b(?:we|i)(?:'re| are|'m| am) at fault\b"
    r"|\bguilty as charged\b|\bthat(?:'s| is| was) our (?:system|sensor|kitchen|printer|machine|computer|clerk)\b"
    r"|\b(?:i|we) got (?:\w+ ){1,3}wrong\b|\bwrongly \w+ed\b|\b(?:we|i) made (?:a|an|the|this"
    r"|such) (?:\w+ ){0,2}(?:mistake|error|mess)"
    r"|\byou should (?:not|never) have (?:had|been|to)\b|\byou shouldn't have (?:had|been)\b|\bno excuse\b"
)
OWNED_SORRY = Pattern(
    rf"\b(?:we|i|our \w+) (?:\w+ly |then )?(?:{DID}|\w{{2,}}ed)\b[^.!?\n]{{0,80}}?\b{SORRY}\b|"
    rf"\b{SORRY}\b[^.!?\n]{{0,60}}?\b(?:(?:that|because|,|:) ?(?:i|we)|i|we|{OUR}) (?:have |had |\w+ly |then )?"
    rf"(?:{DID}|\w{{2,}}ed|did|broke|lost|sank|tore|bit|drove|left|forgot|spilt|spoke|shut|struck)\b"
)
DISOWN = Pattern(
    r"\b(?:not|never|isn't|wasn't|no|neither)\s(?:\w+\s){0,2}(?:our|my)\s(?:\w+\s)?(?:mistake|fault"
    r"|error|failure|"
    r"responsibility)|\b(?:did not|didn't|never)\s(?:make|made)\b|\bif (?:we|i|it|this"
    r"|there)\b[^.;!?]{0,60}\b(?:mistake"
    r"|fault|error|failed|missed|wrong)|\bwe (?:did not|didn't) (?:do anything|make|cause|find|receive)\b"
    r"|\b(?:we|i) (?:did not|didn't) \w+ (?:a|any) mistake|\bnot (?:entirely |really |only )?(?:ours|our fault)\b"
)
AFFECT = (
    r"(?:upset|unhappy|disappointed|frustrated|offended|annoyed|angry|dissatisfied|embarrassed|worried|hurt"
    r"|concerned|distressed"
    r"|bothered|displeased|irritated|confused|shocked|alarmed|uncomfortable|disturbed|aggrieved|put out"
    r"|taken aback|let down"
    r"|disbelieved|misunderstood|ignored|unwelcome|neglected|stressed|anxious|uneasy|insulted|inconvenienced"
    r"|unsettled|troubled)"
)
SEE = (
    r"(?:sees?|saw|seen|took|takes?|taken|finds?|found|feels?|felt|views?|viewed|perceives?d?|regards?|regarded"
    r"|interprets?|interpreted"
    r"|considers?|considered|thinks?|thought|believes?|believed|reads?|experienced?|understood|remembers?|judged?"
    r"|hears?|heard)"
)
ABOUT_THEM = Pattern(
    rf"\b(?:{SORRY}|regrets)\b(?: \w+){{0,2}}? (?:to (?:anyone|anybody|those|whoever|everyone|all|people|any \w+)"
    rf"|for (?:anyone|those who|whoever))\b"
    rf"|\b(?:{SORRY}|regrets)\b,? should (?:you|your|our|we|the|this|that|it|any|i|there|anything|anyone)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,30}}?\b(?:you|he|she|they|your \w+) (?:\w+ )?{SEE} (?:it|this|that|us"
    rf"|our|the|so|as|\w+) ?"
    rf"(?:\w+ ){{0,4}}?(?:as|so|that way|this way|like|badly|hard|unfair|rude|differently|personally|wrong"
    rf"|negative\w*|offence|otherwise)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,30}}?\b(?:you|he|she|they|your \w+) (?:were|was|are|is|felt|feel|got"
    rf"|became|have been|might be|may be)"
    rf" (?:\w+ ){{0,2}}?{AFFECT}\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,60}}?\b(?:was|were|is|are|been|being) (?:\w+ )?(?:felt|perceived|seen"
    rf"|taken|considered|experienced"
    r"|received|found|interpreted|understood|viewed|deemed) (?:to be|as|so|badly|differently)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,60}}?\b(?:a source of|a cause of|cause for|caused? (?:you )?(?:any )?"
    rf"|gave (?:you )?|given (?:you )?)(?:\w+ )?"
    r"(?:worry|alarm|concern|offence|offense|upset|annoyance|distress|displeasure|anxiety|irritation"
    r"|the (?:wrong )?impression|the feeling|wrong impression)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,60}}?\b(?:not|n't|fail(?:ed|s)? to|never|fell|falls|below"
    rf"|short of) (?:\w+ )?(?:live up to|meet|match|reach|satisfy"
    r"|short of|up to|fulfil|suit)?\s?(?:your|the customer's) (?:\w+ )?(?:expectations?|taste|liking|standards?"
    r"|satisfaction|needs|hopes)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,20}}?\b(?:it|this|that|the \w+) (?:\w+ )?(?:wasn't|weren't|was not"
    rf"|were not) (?:\w+ )?(?:for you|to your|what you (?:hoped|expected|wanted))\b"
)
WE_MADE = Pattern(r"\b(?:we|i|our \w+) (?:\w+ )?(?:made|let|left|kept|caused|gave)\b")


def says_sorry(low: str) -> bool:
    """Return whether a word of apology is in a sentence at all, which is quick to see."""
    return "sorr" in low or "apolog" in low or "regret" in low


def apologises(low: str) -> bool:
    """Return whether a sentence in lower case says sorry for something, as its own words."""
    if not says_sorry(low):
        return False
    return bool(APOLOGY.search(low)) and not (UNSAID.search(low) or TO_HEAR.search(low) or NON_APOLOGY.search(low))


@lru_cache(maxsize=REMEMBERED)
def owns(low: str) -> bool:
    """Return whether a sentence says plainly that it was our doing."""
    sorry = says_sorry(low)
    if DISOWN.search(low) or (sorry and NON_APOLOGY.search(low)):
        return False
    return bool(OWN.search(low) or (sorry and OWNED_SORRY.search(low) and not UNSAID.search(low)))


def is_non_apology(one: Sentence) -> bool:
    """Return whether a sentence is sorry for their feelings, or only "if"."""
    return non_apology_in(one) is not None


def non_apology_in(one: Sentence) -> Span | None:
    """Return where a sentence is sorry for their feelings, or only "if"; None where it owns what was done."""
    if not says_sorry(one.low):
        return None
    if found := NON_APOLOGY.search(one.low):
        return Span(one.start + found.start(), one.start + found.end())
    if hits := one.of("reply_nonapology"):
        return Span(hits[0].start, hits[0].end)
    found = ABOUT_THEM.search(one.low)
    if found and not (OWN.search(one.low) or WE_MADE.search(one.low)):
        return Span(one.start + found.start(), one.start + found.end())
    return None
