"""A short neutral line for an issue, made from the customer's own words."""

import re

LONGEST = 80
CUT_BEFORE = re.compile(r"[.!?;]\s|\n[^\S\n]*\n")
CUT_AFTER = re.compile(r"[.!?](?:\s|$)|;|\n[^\S\n]*\n")
LEAD = re.compile(
    r"(?:i(?: am|'m)? (?:writing|write|contacting you) (?:to (?:you )?(?:complain )?|because "
    r"|about )(?:about |that )?"
    r"|i (?:want|wish|would like) to complain (?:about |that )?|unfortunately,? |sadly,? |well,? |and "
    r"|but |so |also,? "
    r"|i (?:now |also |then )?(?:see|saw|noticed?|found|find|discovered) (?:(?:\w+ ){0,4}that |(?=(?:you|it) ))"
    r"|now |then |plus |because |on top of (?:that|this),? |(?:first(?:ly)?|second(?:ly)?|third(?:ly)?"
    r"|finally),? |[-*•–] ?|\d{1,2}[.)] ?|leider "
    r"|malheureusement,? )",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"(?:(?:i|we) (?:was|were|have been|am|are|have|had|'ve)|i've|we've|i|we|my|our|your|the|a|an) ",
    re.IGNORECASE,
)
HEAT = re.compile(
    r"\b(?:absolutely|totally|completely|utterly|extremely|really|very|so|bloody|damn|fucking|f\*+ing"
    r"|freaking"
    r"|ridiculously|just|honestly|frankly|literally) ",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"\b(?:my|your|our) ", re.IGNORECASE)
SPACE = re.compile(r"\s+")


def summarise(words: str, trouble_at: int) -> str:
    """Return at most 80 characters of the sentence that names the trouble, without heat or first person."""
    start = max((found.end() for found in CUT_BEFORE.finditer(words, 0, max(trouble_at, 0))), default=0)
    stop = CUT_AFTER.search(words, max(trouble_at, start))
    line = SPACE.sub(" ", words[start : stop.start() if stop else len(words)]).strip(" ,.!?:\"'“”-")
    line = HEAT.sub("", _without_lead(line))
    line = POSSESSIVE.sub("the ", SUBJECT.sub("", line, count=1) if SUBJECT.match(line) else line)
    return _shortened(line[:1].upper() + line[1:])


def _without_lead(line: str) -> str:
    while found := LEAD.match(line):
        line = line[found.end() :]
    return line


def _shortened(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,") + "…"
