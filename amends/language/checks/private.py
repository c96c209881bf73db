"""C29 and C31: what must not be said in public, and what is never traded."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.excuses import spoken
from amends.language.pattern import Pattern
from amends.language.words import Span, words_of

EMAIL = Pattern(r"[\w.+-]{1,40}@[\w-]{1,40}\.[a-z.]{2,20}")
NUMBER = Pattern(
    r"(?<![\w.,:/])(?:[+(]?\d[\d\s()/-]{5,18}\d|\d{4,}|[A-Za-z]{1,4}[-/]?\d{2,}[\w-]{0,12}|\d{2,}-\d{2,})(?!\w)", re.I
)
PAPERS = Pattern(
    r"\b(?:date of birth|born on|dob|passport|divorce|joint account|direct debit|custody|pension|salary|benefits?"
    r" claim|probation|criminal record|work address|home address|room \d{1,5}|seat \d{1,3}[a-z])\b"
    r"|\byour (?:\d{1,3}\w\w )?birthday\b|\b(?:two|three|four|five|six|several|\d{1,3})"
    r" (?:refunds|claims|complaints|warnings) (?:since|this|last|already)\b",
    re.I,
)
MONEY = Pattern(
    r"(?:[£$€]\s?\d[\d.,]{0,12}|\b\d[\d.,]{0,12}\s?(?:euros?|pounds?|dollars?|eur|usd|gbp|bucks|quid)\b"
    r"|\b\d+[.,]\d\d\b)",
    re.I,
)
PAID = Pattern(
    r"\b(?:paid|card|visa|mastercard|amex|paypal|account|iban|bank|payment|charged|debited|direct debit|invoice|bill"
    r"|balance|salary|booking|order|quote|quoted)\b"
)
HEALTH = Pattern(
    r"\b(?:asthma|diabet\w+|insulin|cancer|tumou?r|depressi\w+|anxiety|pregnan\w+|kidney|liver|heart (?:condition"
    r"|trouble|problem)"
    r"|surgery|operation|diagnos\w+|medication|medicine|prescription|therap\w+|allerg(?:y|ic|ies)|hearing loss"
    r"|[a-z]+-ear loss|disabilit\w+"
    r"|disease|illness|epileps\w+|hiv|blood (?:pressure|test)|miscarriage|autis\w+|adhd|dementia|stroke|migraine"
    r"|infection|rash"
    r"|intoleran\w+|co?eliac|adrenaline|overnight monitoring|(?:multiple )?sclerosis|parkinson\w*|insomnia|psoriasis"
    r"|eczema|arthritis|wheelchair|implant|ivf|chemo\w*|hospital|injur\w+|treatment|condition|test results?)\b"
)
ADDRESS = Pattern(
    r"\b(?:flat|apartment|unit) \d+|\b\d{1,4}[a-z]? (?:[A-Z][\w']+ ){1,3}(?:street|st|road|rd|lane|avenue|ave"
    r"|drive|close|way|court|place"
    r"|square|terrace|gardens|crescent|row|hill|view|park|walk|mews)\b",
    re.I,
)
YEAR = Pattern(r"^(?:19|20)\d\d$")
OURS = Pattern(
    r"(?<!we'll )(?<!we will )(?<!i'll )(?<!i will )(?<!your )(?<!their )\b(?:call|ring|phone|text|write(?: to)?|mail"
    r"|e-?mail|reach|contact|message|find|dm)\s(?:me|us)?\s?(?:\w+\s){0,4}(?:at|on|under|to|via)?\s?$"
    r"|\b(?:my|our) (?:\w+ ){0,3}(?:number|line|address|mail|e-?mail|extension|inbox|hotline|phone"
    r"|desk)\b[^.!?\n]{0,20}$"
    r"|\b(?:us|(?:our|the) (?:\w+ ){0,2}(?:shop|store|branch|office|counter|depot)) (?:\w+ )?(?:at|in|on|to|is)\s$"
    r"|\bwe(?:'re| are) (?:at|in|on)\s$",
    re.I,
)
REMEDY = Pattern(
    r"\b(?:refund\w*|credit\w*|vouchers?|discount\w*|gift|compensat\w+|coupons?|money|goodwill|free|back|repay\w*"
    r"|reimburse\w*|replac\w+"
    r"|off|bonus|upgrade\w*|months?|code|paid|pay|weekend|thank-?\s?you|on us|waive\w*|points|settle\w*|sum|euros?"
    r"|pounds|fee|treat)\b"
    r"|%|[£$€]"
)
TIED = Pattern(
    r"\b(?:if|once|when|after|as soon as|provided|providing|in (?:return|exchange)|conditional|condition"
    r"|on the understanding|as long as"
    r"|for which|ask(?:ed|ing)?|would you|could you|please|be so kind|hope|trust|expect|were to|should you"
    r"|subject to|then|until|unless"
    r"|follows|against|for (?:a|your|taking|removing|deleting|changing)|grateful|appreciate|would be|needs? to"
    r"|has to|have to|must"
    r"|and the|are free|is yours|to get|will be|happy|want|keen)\b"
)
ABOUT_US = Pattern(
    r"\b(?:review|rating|stars?|post|tweet|thread|comment|thumbs?-?\s?(?:down|up)|entry|mention|story|video"
    r"|feedback|forum|testimonial"
    r"|google|trustpilot|tripadvisor|score|reel|posting)\b"
)
UNDONE = Pattern(
    r"\b(?:remov\w+|delet\w+|chang\w+|edit\w+|updat\w+|withdraw\w*|revis\w+|amend\w+|improv\w+"
    r"|take\w* (?:\w+ ){0,5}?(?:down|off(?:line)?|back)"
    r"|taking (?:\w+ ){0,5}?(?:down|off(?:line)?|back)|raise\w*|reconsider\w*|adjust\w+|retract\w*|gone|goes"
    r"|vanish\w*|disappear\w*|nicer"
    r"|kinder|positive|five|5|swap\w*|drop|soften\w*|lift\w*|hid\w+|pull\w*|rewrit\w+|happier|better|down|turn\w*"
    r"|correct\w*|good word"
    r"|upgrad\w+|bump\w*|rethink|revisit|make it|go away|comes? off|came off|rate us|recommend\w*|lose)\b"
)
NO_TRADE = Pattern(
    r"\b(?:not|n't|never|no|without|nothing to do with|whether|keep|leave (?:it|the|your|that|this|them)|let (?:it"
    r"|the|your|that|this)|stays?|stand|either way|regardless|least of all|can't|neither"
    r"|don't|won't|needn't|nor|independent|hands off|up for|yours to|for you to|whatever you (?:write|post|say)"
    r"|as you like|i've read"
    r"|we've read|thank\w* for (?:the|your))\b"
)


def public_private_data(case: Case) -> Iterator[Remark]:
    """C29: in a public answer, a private detail that the customer had not posted themselves."""
    if not case.brief.public:
        return
    posted = case.brief.customer_text.lower()
    known = frozenset(words_of(posted).normal)
    for one in case.draft.sentences:
        for place in _details(one.low):
            piece = one.low[place.start : place.end]
            theirs = piece.strip() in posted or frozenset(words_of(piece).normal) <= known
            if not theirs and not OURS.search(one.low[: place.start]):
                yield Remark("C29", Span(one.start + place.start, one.start + place.end))


def _details(low: str) -> Iterator[Span]:
    for pattern in (EMAIL, HEALTH, ADDRESS, PAPERS):
        yield from (Span(*found.span()) for found in pattern.finditer(low))
    yield from (Span(*found.span()) for found in NUMBER.finditer(low) if not YEAR.match(found.group()))
    if PAID.search(low):
        yield from (Span(*found.span()) for found in MONEY.finditer(low))


def review_for_redress(case: Case) -> Iterator[Remark]:
    """C31: a remedy tied to a review."""
    if not any(REMEDY.search(one.low) for one in case.draft.sentences):
        return
    for one in case.draft.sentences:
        tied = TIED.search(one.low) and ABOUT_US.search(one.low) and UNDONE.search(one.low)
        if (tied or list(spoken(one, "reply_trade"))) and not NO_TRADE.search(one.low):
            yield Remark("C31", Span(one.start, one.end))


CHECKS: tuple[Check, ...] = (public_private_data, review_for_redress)
