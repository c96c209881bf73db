"""The moves a sentence of a reply can make: apologise, own, act, prevent, and their counterfeits."""

from amends.language.draft import Sentence
from amends.language.pattern import Pattern

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
    rf"|\b{SORRY}\b(?: for the way| about how| for how)?(?: that| because)?(?: how)? you(?:'re| {FEELINGS})\b"
    rf"|\b{SORRY}\b for any(?: \w+){{0,3}} (?:you may|this may|that may|caused if|we may)\b"
    rf"|\b{SORRY}\b (?:for|about) (?:how you feel|your feelings|your frustration|your disappointment)\b"
    r"|\bif [^.;!?\n]{1,80}, (?:then )?(?:i|we)(?: do| am| are|'m|'re)? (?:apologi[sz]e|sorry)\b"
)
OWN = Pattern(
    r"\b(?:(?:our|my) (?:own )?(?:\w+ )?(?:mistakes?|fault|errors?|failures?|responsibility|oversight"
    r"|doing|slip)\b"
    r"|(?:mistake|fault|error|failure|responsibility) (?:was|is) (?:entirely |all |wholly )?(?:ours|mine)\b"
    r"|(?:that|this|it)(?:'s| is| was) (?:entirely |all |squarely )?on (?:us|me)\b"
    r"|(?:i|we) (?:take|accept|bear) (?:full |the |all )?(?:responsibility|blame)\b"
    r"|(?:i|we) (?:should (?:never |not )?have|shouldn't have|ought to have|failed|missed|forgot|messed"
    r"|let you down"
    r"|got (?:it|this|that|your \w+|the \w+) wrong|made (?:a|an|the|this) (?:\w+ )?(?:mistake|error)"
    r"|were wrong|was wrong"
    r"|lost|broke|overlooked|overcharged|charged you|billed you|kept you|ignored|mishandled"
    r"|sent (?:you )?(?:the|a) wrong"
    r"|did not|didn't|gave you the wrong|neglected|took too long|were too slow|misled|double.charged"
    r"|damaged)\b"
    r"|you should (?:not|never) have (?:had|been)\b|you shouldn't have (?:had|been)\b)"
)
DISOWN = Pattern(
    r"\b(?:not|never|isn't|wasn't|no|neither)\s(?:\w+\s){0,2}(?:our|my)\s(?:\w+\s)?(?:mistake|fault"
    r"|error|failure|"
    r"responsibility)|\b(?:did not|didn't|never)\s(?:make|made)\b|\bif (?:we|i|it|this"
    r"|there)\b[^.;!?]{0,60}\b(?:mistake"
    r"|fault|error|failed|missed|wrong)|\bwe (?:did not|didn't) (?:do anything|make|cause|find|receive)\b"
    r"|\b(?:we|i) (?:did not|didn't) \w+ (?:a|any) mistake"
)
WHEN = Pattern(
    r"\b(?:today|tonight|tomorrow|now|right away|straight away|immediately|already|this (?:morning"
    r"|afternoon|evening)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|within (?:the next )?\w+ (?:\w+ )?(?:minutes|hours?"
    r"|days?)|in \w+ "
    r"(?:minutes|hours?|(?:working |business )?days?)|(?:by|before|at|until) \d{1,2}(?::\d{2})?\s?(?:am"
    r"|pm)?\b|noon"
    r"|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}"
    r"|(?:january|february"
    r"|march|april|may|june|july|august|september|october|november|december) \d{1,2}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}"
    r"|(?:this|next) week|end of (?:the )?(?:day|week)|next working day)\b"
)
PAST_ACTS = (
    r"(?:refunded|replaced|resent|re-sent|sent|shipped|dispatched|booked|rebooked|credited|cancelled"
    r"|canceled|corrected"
    r"|fixed|repaired|waived|removed|reversed|ordered|restored|unlocked|reset|reopened|paid|returned"
    r"|arranged|issued"
    r"|deleted|updated|upgraded|scheduled|reserved|asked|spoken|told|contacted|called|started|opened"
    r"|transferred|added)"
)
BASE_ACTS = (
    r"(?:refund|replace|resend|send|ship|dispatch|book|rebook|credit|cancel|correct|fix|repair|waive"
    r"|remove|reverse|order"
    r"|restore|unlock|reset|reopen|pay|return|arrange|issue|delete|update|upgrade|schedule|reserve"
    r"|collect|deliver|call"
    r"|ring|phone|write|email|check|investigate|find out|look into|speak|exchange|bring|visit|come)"
)
ING_ACTS = (
    r"(?:refunding|replacing|resending|sending|shipping|dispatching|booking|crediting|cancelling"
    r"|canceling|correcting"
    r"|fixing|repairing|waiving|removing|reversing|ordering|restoring|unlocking|resetting|paying"
    r"|returning|arranging"
    r"|issuing|deleting|updating|upgrading|scheduling|collecting|delivering|checking|investigating"
    r"|calling|speaking)"
)
SELF = r"(?:i|we|my colleague(?: \w+)?|our (?:team|warehouse|driver|engineer))"
DONE = Pattern(
    rf"\b{SELF}(?:'ve| have| has)?(?: just| now| already| also| today)? {PAST_ACTS}\b"
    rf"|\b(?:have|has) (?:just |now |already )?been {PAST_ACTS}\b|\b(?:is"
    rf"|are) (?:now )?(?:being {PAST_ACTS}|on (?:its|"
    rf"their|the) way)\b|\b(?:i|we)(?:'m| am|'re| are) (?:now |already |also )?{ING_ACTS}\b"
)
WILL_DO = Pattern(
    rf"\b{SELF}(?:'ll| will|'m going to| am going to| are going to)(?: \w+)? {BASE_ACTS}\b"
    rf"|\bwill be {PAST_ACTS}\b"
)
CAN_DO = Pattern(
    rf"\b(?:i|we) (?:can|could|would be happy to|am able to|are able to)(?: \w+)? {BASE_ACTS}\b"
    rf"|\byou can (?:choose|have|keep)\b"
)
NOT_DONE = Pattern(
    r"\b(?:not|cannot|can't|won't|unable|never|haven't|hasn't|isn't|aren't)\s(?:\w+\s){0,3}?(?:be\s"
    r"|been\s|being\s)?"
    rf"(?:{PAST_ACTS}|{BASE_ACTS}|{ING_ACTS})\b"
)
WRONG_ACT = Pattern(
    r"\b(?:i|we) (?:sent|shipped|ordered|booked|told|updated|cancelled|added)\b[^.;!?]{0,30}\bwrong\b"
    r"|\b(?:i|we) (?:told|asked|called|contacted) you\b|\bsorry\b[^.;!?]{0,60}\b(?:i|we) " + PAST_ACTS
)
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


DONE_TODAY = Pattern(
    rf"\b(?:was|were) {PAST_ACTS}\b[^.;!?]{{0,40}}\b(?:today|this (?:morning|afternoon)|just now|yesterday)\b"
)
COMES = Pattern(
    r"\b(?:leaves|ships|goes out|will (?:be with you|arrive|reach you|leave|ship|be delivered)"
    r"|(?:is|are) (?:booked|scheduled|arranged|due))\b"
)
FROM_THEN = Pattern(r"\bfrom (?:now|today|tomorrow|\w+day|next \w+|\d{1,2} \w+|\w+ \d{1,2})\b")


def apologises(low: str) -> bool:
    """Return whether a sentence in lower case says sorry for something, as its own words."""
    return bool(APOLOGY.search(low)) and not (UNSAID.search(low) or TO_HEAR.search(low) or NON_APOLOGY.search(low))


def owns(low: str) -> bool:
    """Return whether a sentence says plainly that it was our doing."""
    return bool(OWN.search(low)) and not DISOWN.search(low)


def acts(low: str, offer: bool = False) -> bool:
    """Return whether a sentence names an action done, under way, or with a time; in an offer also "can"."""
    if NOT_DONE.search(low) or WRONG_ACT.search(low):
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


def excuses(sentence: Sentence) -> bool:
    """Return whether a sentence gives a reason why it is not our problem."""
    return bool(sentence.of("reply_excuse"))
