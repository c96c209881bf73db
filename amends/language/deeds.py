"""What a sentence of a reply says is done: for this customer, or so that it does not happen again."""

from functools import lru_cache

from amends.language.pattern import Pattern
from amends.language.sorry import DID, REMEMBERED, SORRY

WHEN = Pattern(
    r"\b(?:today|tonight|tomorrow|now|right away|straight away|immediately|already|overnight|this (?:morning"
    r"|afternoon"
    r"|evening|minute|week)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|within (?:the next |the )?\w+ (?:\w+ )?"
    r"(?:minutes?|hours?|days?|weeks?)\b|in (?:\w+|\d+) (?:more )?(?:minutes|hours?|(?:working |business )?days?"
    r"|weeks?)\b"
    r"|(?:by|before|at|until|around|about|from|to) (?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|o'clock|sharp)?\b|noon"
    r"|midday|midnight"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|lunch|lunchtime)\b"
    r"|(?:by|on|until|the) (?:the )?\d{1,2}(?:st|nd|rd|th)\b|noon|\d{1,2}:\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}|next (?:week|month)|end of (?:the )?(?:day|week|month|business)"
    r"|next working day"
    r"|first thing|same day|the hour|as (?:i|we) (?:write|type|speak)|while (?:you|i|we) (?:write|type|speak))"
)
PAST_ACTS = (
    r"(?:refunded|replaced|resent|re-sent|sent|shipped|dispatched|posted|mailed|booked|rebooked|credited|cancelled"
    r"|canceled"
    r"|corrected|fixed|repaired|mended|waived|removed|reversed|ordered|restored|unlocked|reset|reopened|paid|returned"
    r"|arranged|issued|deleted|updated|upgraded|scheduled|reserved|asked|spoken|told|contacted|called|rung|phoned"
    r"|started"
    r"|opened|transferred|added|taken|put|set|halved|moved|switched|packed|enclosed|held|kept|blocked|stopped|claimed"
    r"|written|noted|given|split|cut|lifted|extended|knocked|deducted|changed|cleared|closed|reported|checked"
    r"|reviewed"
    r"|cleaned|collected|delivered|assigned|enrolled|registered|released|reinstated|reprinted|remade|exchanged|marked"
    r"|made|printed|sealed|forwarded|brought|found|got|had|activated|settled|compensated|reimbursed|upheld|granted"
    r"|renewed"
    r"|rescheduled|swapped|walked|rewritten|traced|located|secured|pulled|freed|wired|sorted|sat)"
)
BASE_ACTS = (
    r"(?:refund|replace|resend|send|ship|dispatch|post|mail|book|rebook|credit|cancel|correct|fix|repair|mend"
    r"|waive|remove"
    r"|reverse|order|restore|unlock|reset|reopen|pay|return|arrange|issue|delete|update|upgrade|schedule|reserve"
    r"|collect"
    r"|deliver|call|ring|phone|write|email|check|investigate|find out|look into|speak|exchange|bring|visit|come"
    r"|give|take"
    r"|put|set|halve|move|switch|pack|hold|keep|stop|claim|answer|tell|reply|have|be|get|know|show|fit|meet|drive"
    r"|reach"
    r"|sort|sit|go|lay|make|let|hear|receive|see|arrive|leave|start|open|transfer|add|print|bake|cook|clean|knock"
    r"|swap|pick"
    r"|rewrite|process|reimburse|compensate|report|review|hand|drop|pull|work|wire|cover|extend|lift)"
)
ING_ACTS = (
    r"(?:(?!looking|working|doing|trying|having|hoping|going|being|getting|writing to|thinking|striving|sorry"
    r"|feeling|asking"
    r"|aiming|calling about|taking this|taking your|taking the)\w{3,}ing)"
)
SELF = r"(?:i|we|my (?:colleague|boss|manager)(?: \w+)?|our (?:\w+ )?\w+)"
NOW = (
    r"(?: (?:just|now|already|also|today|this minute|this morning|personally|myself|immediately|since|both|even|then"
    r"|\w+ly))?"
)
DONE = Pattern(
    rf"\b{SELF}(?:'ve| have| has){NOW}{NOW} {PAST_ACTS}\b|\b(?:i|we|i've|we've){NOW} (?:{PAST_ACTS}|rang|wrote"
    rf"|took|gave|drew|spoke"
    r"|came|went)\b(?! (?:that|to know|the impression|your (?:e-?mail|message|letter|call|complaint)|it wrong|no "
    r"|nothing))"
    rf"|\b(?:have|has)(?:n't)? {NOW}(?:\w+ )?been {PAST_ACTS}\b"
    r"|\b(?:is|are|'s|'re) (?:\w+ )?(?:on (?:its|their|the) way|in the post|on the van|under way|underway|done\b"
    r"|through\b|yours"
    r"|enclosed|attached|sorted|waiting for you|ready for you|back on|off your|unlocked|packed)"
    rf"|\b(?:is|are) (?:now |already |just )?being {PAST_ACTS}\b|\b(?:i|we)(?:'m| am|'re| are){NOW} {ING_ACTS}\b"
    r"|\b(?:you(?:'ll| will)? find|please find|here is|here are|enclosed (?:is|are)|attached (?:is|are))\b"
    r"|\bon (?:its|their|the) way\b|\b(?:refund|money|credit|amount)(?:'s| is| has) (?:\w+ )?(?:done|through|gone"
    r"|out|back|made|sent)"
    rf"|\bin this envelope\b|\bwhat (?:i|we)(?:'ve| have) (?:just )?done\b|\b(?:and|which) (?:have|has) {PAST_ACTS}\b"
    r"|\b(?:is|are|was|were) (?:now |already |all |also )?(?:refunded|credited|cancelled|reopened|replaced"
    r"|restored|waived|corrected|fixed|repaired|void"
    r"|voided|reset|reinstated|paid back|deleted|unlocked|reversed|attached|enclosed)\b|\b(?:credit|refund"
    r"|replacement)s? (?:\w+ )?(?:done|sent|made|issued)\b"
    r"|\b(?:posted|sent|refunded|booked|cancelled|credited) (?:at|today|this|just|already)\b"
)
WILL_DO = Pattern(
    rf"(?:\b\w+(?:'ll| will|'m going to| am going to| are going to| is going to|'d)(?: \w+)? {BASE_ACTS}\b"
    rf"|\bwill be {PAST_ACTS}\b|\bwill be (?:there|with you|back|in your|on your|at your|on))"
)
CAN_DO = Pattern(
    rf"\b(?:i|we)(?:'d| can| could| would like to| would be happy to| am able to| are able to|'d like to"
    rf"|'d be happy to"
    rf"| suggest| offer| propose| want to|'m happy to)(?: \w+)? (?:{BASE_ACTS}|you|a|an|the|to)\b"
    rf"|\byou (?:can|may|could) (?:\w+ )?(?:choose|have|keep|get|take|pick|send)\b|\byou(?:'ll)? (?:have|get) (?:a"
    rf"|an|the|your|new)\b"
    r"|\byou(?:'re| are) welcome to\b|\blet me\b|\bnew \w+ (?:or|are yours|is yours)|\bhappy to\b"
    r"|\byours?\b[^.!?\n]{0,40}\bor\b"
)
NOT_DONE = Pattern(
    r"\b(?:not|cannot|can't|won't|unable|never|haven't|hasn't|isn't|aren't)\s(?:\w+\s){0,3}?(?:be\s"
    r"|been\s|being\s)?"
    rf"(?:{PAST_ACTS}|{BASE_ACTS}|{ING_ACTS})\b"
)
WRONG_ACT = Pattern(
    rf"\b(?:i|we) {DID}\b[^.;!?\n]{{0,40}}\b(?:wrong\w*|twice|late|instead|by mistake|in error|to the wrong"
    rf"|incorrect\w*)\b"
    r"|\b(?:i|we) (?:told|asked|called|contacted|kept|put|sat|had|found|got|made|left) you\b"
)
ORDERED_WRONG = Pattern(
    r"\byou (?:had )?(?:ordered|booked|asked|paid|bought|requested|told|gave|sent|chose)\b[^.;!?\n]{0,90}?\b(?:and"
    r"|but|yet) (?:we|i|got)\b"
)
VAGUE_ACT = Pattern(
    r"\b(?:has|have|is|are|will|'s|'re)\b(?: \w+)? (?:been|being|be) (?:\w+ )?(?:noted|taken up|looked|reviewed"
    r"|dealt|worked|passed|forwarded"
    r"|logged|recorded|escalated|raised|registered|addressed|handled|processed|investigated|communicated"
    r"|considered|taken seriously|marked|shared)\b"
    r"|\b(?:closed the issue|noted the|looking into|on it|working on it|see what (?:i|we) can do|do (?:our"
    r"|my) best)\b"
)
SORRY_ACT = Pattern(rf"\b{SORRY}\b[^.;!?\n]{{0,60}}\b(?:i|we)(?:'ve| have)? " + PAST_ACTS)
DONE_TODAY = Pattern(
    rf"\b(?:was|were) {PAST_ACTS}\b[^.;!?]{{0,40}}\b(?:today|this (?:morning|afternoon)|just now|yesterday)\b"
)
COMES = Pattern(
    r"\b(?:leaves?|ships?|goes|go|comes?|arrives?|rings|calls|phones|collects|brings|reach(?:es)?|fits|lands"
    r"|drops off|starts"
    r"|delivers|picks|returns|flies|lays|opens?|works?|lies|waits|changes|gets? \w+ed|get \w+|sees|visits|stands"
    r"|begins|meets"
    r"|left|went|(?:is|are|'s|'re) (?:\w+ )?(?:with you|back|there|yours|here|out|due|booked|scheduled|arranged"
    r"|held|reserved|set"
    r"|moved|put|sent|coming|on|in|at|off|gone|paid|ready|live|up)|will (?:\w+ )?\w+|going back|'ll|bring|call"
    r"|ring|write"
    r"|post|send|deliver|collect|pay|replace|repair|refund|fit|fly|lay)\b"
)
CLAUSE = Pattern(r", (?:and|but|so|yet) |: | and (?=(?:i|we|it|the|my|our|he|she|they)\b)|;|, (?=(?:i|we|it|that's)\b)")
CHANGED = Pattern(
    r"\b(?:i|we|the \w+|our (?:team|warehouse|\w+))(?:'ve| have| has)?(?: now| also"
    r"| already)? (?:changed|added|updated"
    r"|introduced|trained|retrained|replaced|fixed|rewritten|rewrote|corrected|removed|switched"
    r"|put in place|set up|now"
    r" (?:check|checks|require|requires|confirm|confirms|test|tests))\b|\bfrom (?:now|today|\w+day) on\b"
    r"|\b(?:i|we)(?:'re| are) (?:changing|adding|updating|introducing|training|retraining|switching"
    r"|putting)\b"
)
AGAIN = Pattern(
    r"\b(?:(?:not|n't|never|cannot|no longer|prevent|stop|stops|avoid|without"
    r"|again)\b[^.;!?]{0,60}\b(?:happen\w{0,3}"
    r"|recur\w{0,4}|repeat\w{0,2}|again)|from (?:now|today|\w+day) on|in (?:the )?future|do better"
    r"|future (?:orders"
    r"|customers|visits|deliveries)|every (?:order|parcel|invoice|delivery|visit|\w+) (?:is|will be"
    r"|gets) (?:now )?checked)\b"
)
INVITES = Pattern(
    r"\b(?:contact|call|write|reply|ask|email|tell|order|shop|try|visit"
    r"|do business with) (?:\w+ ){0,3}again\b"
)
FROM_THEN = Pattern(r"\bfrom (?:now|today|tomorrow|\w+day|next \w+|\d{1,2} \w+|\w+ \d{1,2})\b")


@lru_cache(maxsize=REMEMBERED)
def acts(low: str, offer: bool = False) -> bool:
    """Return whether a sentence names an action done, under way, or with a time; in an offer also "can"."""
    if ORDERED_WRONG.search(low):
        return False
    return any(_clause_acts(clause, offer) for clause in CLAUSE.split(low) if clause)


def _clause_acts(low: str, offer: bool) -> bool:
    if VAGUE_ACT.search(low) and not WHEN.search(low):
        return False
    if NOT_DONE.search(low) or WRONG_ACT.search(low) or SORRY_ACT.search(low) or low.rstrip().endswith("?"):
        return False
    if DONE.search(low) or DONE_TODAY.search(low):
        return True
    if WHEN.search(low) and (WILL_DO.search(low) or COMES.search(low)):
        return True
    return offer and bool(CAN_DO.search(low) or WILL_DO.search(low))


def speaks_of_prevention(low: str) -> bool:
    """Return whether a sentence speaks of the trouble not coming again, backed or not."""
    return bool(AGAIN.search(low)) and not INVITES.search(low) and not low.endswith("?")


def prevents(low: str) -> bool:
    """Return whether a sentence says what has changed or is changing so that it does not happen again."""
    return bool(CHANGED.search(low)) and (speaks_of_prevention(low) or bool(FROM_THEN.search(low)))
