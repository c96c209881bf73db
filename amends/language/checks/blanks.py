"""C27 and C28: asking what is already known, and blanks that were left in."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence, details
from amends.language.facts import find_facts
from amends.language.lexicon import words_in
from amends.language.pattern import Pattern
from amends.language.words import Span, words_of

REQUEST = Pattern(
    r"\b(?:please|kindly|could you|can you|would you|will you|may i have|can i have|could i have|might i have"
    r"|i(?:'ll)? need|we need"
    r"|we(?:'ll)? (?:just )?require|tell (?:me|us)|let (?:me|us) (?:know|have)|give (?:me|us)|send (?:me|us)"
    r"|provide|supply|confirm|state"
    r"|quote|share|remind (?:me|us)|specify|indicate|fill in|i'd need|we'd need)\b"
)
NOT_ASKED = Pattern(
    r"\b(?:no need|needn't|need not|don't need|do not need|not need|already|i can see|i have it|we have it"
    r"|i've got|in front of me|you gave"
    r"|you(?:'ve| have) (?:given|sent|told)|nothing (?:to|for you)|without|there is no|without asking"
    r"|don't have to|do not have to|on file"
    r"|instead of|rather than|not ask|won't ask|never ask|asked you|from the)\b"
)
CHOOSING = Pattern(
    r"\b(?:which|what) (?:of (?:the|these|those|them)|one|would|do you (?:prefer|say|think|want)|suits?|works?"
    r"|is (?:better|best|it to)|time|day (?:suits|would)"
    r"|can|shall|else|may|happens|'ll|will)\b|\b(?:prefer|rather|would you like|suit you|shall i)\b"
)
ORDER = Pattern(
    r"\b(?:order|booking|reference|invoice|tracking|account|customer|policy|case|ticket|reservation|project|file"
    r"|contract|membership|parcel"
    r"|voucher|serial|confirmation|claim|repair|registration|confirmation)\s?(?:number|no\b|id\b|reference|code)"
    r"|\bunder what number\b|\breference\b"
)
NAME = Pattern(r"\b(?:your|the|full) (?:\w+ )?name\b|\bwho (?:am i|are you)\b")
ADDRESS = Pattern(r"\be-?mail address\b|\byour e-?mail\b(?! (?:from|of|with|to|about))")
WHEN = Pattern(
    r"\b(?:(?:on )?(?:what|which) (?:date|day|month|week|evening|morning)|when (?:did|was|were|exactly|had)"
    r"|date (?:of|you|when|on)|day (?:of your|you)|the day on which"
    r"|since when|how long (?:ago|have|did))\b"
)
AMOUNT = Pattern(
    r"\bhow (?:much|many)\b|\bwhat (?:amount|price|sum|volume|did you (?:end up )?pay|were you charged|size)\b"
    r"|\bthe amount\b"
)
WHICH = Pattern(r"\b(?:which|what) (?:\w+ )?(?P<thing>[a-z-]{3,})\b")
THINGS = details(
    "product item model order booking project room article service flight train bus shop branch store device part"
    " feature account"
)
WHAT_HAPPENED = Pattern(
    r"\b(?:what (?:exactly |actually )?(?:happened|went wrong|the (?:problem|issue|matter) is|is the (?:problem"
    r"|issue|matter)|(?:product|item|order) (?:it )?is)"
    r"|(?:describe|explain|detail|outline) (?:\w+ ){0,2}?(?:problem|issue|what|happened|complaint|fault|matter"
    r"|circumstances)|more (?:details|information)"
    r" (?:about|on|regarding)|nature of (?:your|the)|what (?:it is|is it) (?:that )?(?:you|about)|what you(?:'d"
    r"| would) like|what your (?:complaint|concern|problem)"
    r"|how (?:we|i) can (?:help|assist)|in your own words)\b"
)
PHOTO = Pattern(r"\b(?:photos?|pictures?|images?|snapshots?|screenshots?)\b")
HAS_PHOTO = Pattern(
    r"\b(?:photo|picture|image|screenshot)s?\b[^.!?\n]{0,30}\battach|\battach\w{0,3}\b[^.!?\n]{0,30}\b(?:photo"
    r"|picture|image|screenshot)|\bwith (?:photos|pictures)\b"
    r"|\b(?:photo|picture|screenshot)s? (?:enclosed|below|included)|\bsent (?:you )?(?:the |my |\w+ )?(?:photos?"
    r"|pictures?|screenshots?)",
    re.IGNORECASE,
)
FIELD = (
    r"(?:first|last|full|sur|fore|family|given|user|customer|client|guest|agent|company|product|firm|recipient"
    r"|member|your|my|the)?[ _.-]?"
    r"(?:name|date|time|day|number|no|amount|sum|title|salutation|address|order|ref|reference|id|signature"
    r"|position|department|email|e-mail|phone|link"
    r"|product|item|city|company|firm|agent|reason|discount|percent|code|currency|price|value|text|insert|tbc|tba"
    r"|weekday|handle|account|location|store|shop)"
)
BLANK = Pattern(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|\{[A-Za-z_. ]{2,30}\}|<<[^<>\n]{1,40}>>|\$\{?[A-Za-z_.]{3,30}\}"
    r"|\$[A-Z_]{3,30}\b"
    r"|(?P<field>[\[<(](?:insert |enter |add |your |please |type )?"
    + FIELD
    + r"(?: (?:here|of customer|of client|or title|goes here))?[\]>)])"
    r"|\[(?:[A-Z][A-Z _/.-]{2,30}|(?:insert|enter|add|choose|select|delete|your|agent|customer|client|name|date"
    r"|please)\b[^\[\]\n]{0,40})\](?!\()"
    r"|<[A-Z][A-Za-z_ ]{2,20}>|(?<![\w\-*])X{3,}(?![\w\-])(?! in\b)|(?<![\w*])x{4,}(?!\w)|\b(?:TODO|TBD|TBC|FIXME"
    r"|tbc|tbd|lorem ipsum|Lorem ipsum)\b(?!\])"
    r"|[%#]{1,2}[A-Za-z_.]{3,30}[%#]{1,2}|\b[A-Z]{2,}_[A-Z_]{2,}\b|\b(?:DD|TT|JJ|MM)[./-](?:DD|MM|TT|YY|YYYY"
    r"|JJ)\b(?:[./-](?:YY|YYYY|JJJJ|AAAA))?|\bdd/mm\b"
    r"|\b(?:INSERT|ENTER|ADD|CUSTOMER|GUEST|CLIENT|FIRST|LAST|FULL|AGENT|ORDER|PRODUCT|YOUR"
    r"|COMPANY) (?:[A-Z]{2,} ?){1,3}\b|\b[FLS]NAME\b|\b(?:FIRST|LAST|SUR|USER|FORE)NAME\b"
    r"|_{4,}|\b[a-z]{3,}_[a-z_]{3,}\b(?!\.)|\bxx[./]xx\b|(?<!\.)\.{5,}|\b[Ss]ignature here\b|\b[Ii]nsert (?:name"
    r"|date|amount|text|link|signature"
    r"|order|details)\b|\bdelete as (?:applicable|appropriate)\b"
    r"|\b(?:[Dd]ear|[Hh]i|[Hh]ello|[Gg]ood (?:morning|day|afternoon)) (?:(?:valued|esteemed|loyal|dear"
    r"|our) )?(?:[Cc]ustomer|[Ss]ir or [Mm]adam|[Ss]ir ?/ ?[Mm]adam|[Ss]irs?/[Mm]s|[Cc]lient"
    r"|[Uu]ser(?:name)?|[Cc]ustomer [Nn]ame|[Mm]ember|[Nn]ame|[Ss]urname|[Ff]irst ?[Nn]ame|[Ww]homever|[Bb]uyer"
    r"|[Ss]ubscriber|[Pp]atron)\b(?! (?:service|care|team))"
    r"|\b(?:[Dd]ear|[Hh]i|[Hh]ello) [,!]|\b[Tt]o whom it may concern\b"
)
SHOWN = Pattern(
    r"(?:\b(?:says?|reads?|reading|called|named|marked|titled|typed?|press|click|tap|labelled|field|button"
    r"|placeholder|shows?|written|print(?:ed)?|where it|the word|model|serial|code|size)"
    r"\b[^.!?\n]{0,14}|serial |in its )$"
)
GREETED = Pattern(
    r"\b(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]allo|[Hh]ola|[Bb]onjour|[Ss]alut|[Ll]iebe[rs]?|[Ss]ehr geehrte[rs]?"
    r"|[Ee]stimad[oa]s?|[Cc]her|[Cc]hère"
    r"|[Mm]adame|[Mm]onsieur|[Ss]eñora?|[Ss]ra?\.|[Dd]oña|[Dd]on|[Hh]err|[Ff]rau|Mme|Mr|Mrs|Ms)"
    r"(?:[/(][\w/)]{1,12})? (?P<blank>[@$%#\[<{]?(?:[A-ZÄÖÜÉÈÑ]{4,}[A-Z0-9_]*|[a-z]+_[a-z_]+"
    r"|X{2,})[$%#\]>}]?)(?![a-z])"
)
NOT_BLANK = frozenset({"<br>", "<div>", "<strong>", "[sic]", "[signed]"})


def ask_known(case: Case) -> Iterator[Remark]:
    """C27: a question for something the customer has already told us."""
    asking = [one for one in case.draft.sentences if _asks(one)]
    facts = list(_facts(case)) if asking else []
    for one in asking:
        if told := next(_known(case, one, facts), None):
            value, place = told
            yield Remark("C27", place, fill={"value": value})


def empty_template(case: Case) -> Iterator[Remark]:
    """C28: a blank of a template, or a greeting that names nobody."""
    spoken = case.draft.spoken
    places = [Span(*found.span()) for found in BLANK.finditer(spoken)]
    places += [Span(found.start("blank"), found.end("blank")) for found in GREETED.finditer(spoken)]
    places += [Span(hit.start, hit.end) for one in case.draft.sentences for hit in one.of("reply_blank")]
    for place in dict.fromkeys(places):
        words, before = spoken[place.start : place.end], spoken[max(0, place.start - 40) : place.start].lower()
        shown = SHOWN.search(before) or not words_in(case.draft.language, "reply_shown").isdisjoint(
            words_of(before).normal[-4:]
        )
        if not shown and words.lower() not in NOT_BLANK and words not in case.brief.customer_text:
            yield Remark("C28", place)


def _asks(one: Sentence) -> bool:
    """Return whether a sentence asks for something, and not which of two they would like."""
    asked = one.low.rstrip("\"')").endswith("?") or REQUEST.search(one.low)
    return bool(asked) and not (NOT_ASKED.search(one.low) or CHOOSING.search(one.low))


def _known(case: Case, one: Sentence, facts: list[tuple[Pattern, str]]) -> Iterator[tuple[str, Span]]:
    """Return what a question asks for and they told, with where it asks for that."""
    for pattern, value in facts:
        if found := pattern.search(one.low):
            yield value, Span(one.start + found.start(), one.start + found.end())
    told = details(case.brief.customer_text)
    for found in WHICH.finditer(one.low):
        thing = details(found.group("thing")) | details(found.group().partition(" ")[2])
        if thing & (told | THINGS):
            yield found.group("thing"), Span(one.start + found.start(), one.start + found.end())


def _facts(case: Case) -> Iterator[tuple[Pattern, str]]:
    brief = case.brief
    facts, known = find_facts(brief.customer_text), dict(brief.known)
    numbers = [fact.words for fact in facts if fact.kind == "order_number"]
    if numbers or "order" in known:
        yield ORDER, known.get("order", numbers[0] if numbers else "")
    if brief.customer_name:
        yield NAME, brief.customer_name
    if brief.channel == "email":
        yield ADDRESS, "the address they wrote from"
    dates = [fact.words for fact in facts if fact.kind == "date"] + [
        day.group() for day in DAY.finditer(brief.customer_text)
    ]
    if dates or "date" in known:
        yield WHEN, known.get("date", dates[0] if dates else "")
    if figure := FIGURE.search(brief.customer_text):
        yield AMOUNT, figure.group()
    if brief.issues:
        yield WHAT_HAPPENED, brief.issues[0].words
    if HAS_PHOTO.search(brief.customer_text):
        yield PHOTO, "a photo is attached"


DAY = Pattern(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|last (?:week|night|month))\b|\bin (?:january"
    r"|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b|\bon the \d{1,2}(?:st|nd|rd|th)\b",
    re.I,
)
FIGURE = Pattern(r"\b\d+(?:[.,]\d+)?\b|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.I)

CHECKS: tuple[Check, ...] = (ask_known, empty_template)
