"""What changes so that it does not happen again: named, or only said."""

from collections.abc import Iterator

from amends.language.deeds import prevents, speaks_of_prevention
from amends.language.draft import Sentence, details
from amends.language.pattern import Pattern
from amends.rehearsal.hearing.blaming import tells_the_cause
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

SINCE = (
    r"(?:from|since|as of|starting|beginning|effective) (?:now|today|tomorrow|tonight|this|next|last|yesterday|noon"
    r"|midday|\w+day|\w+ (?:minutes|hours|days|weeks) ago|the \d+\w*|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|\d)"
)
CHANGES = Pattern(
    rf"\b(?:(?:is|are|gets?) now (?:\w+ )?(?:tested|checked|weighed|scanned|counted|signed|read|printed|called"
    rf"|inspected|cleaned|labelled)|(?:off|switched|taped|closed|suspended|changed|locked|checked|stopped|gone"
    rf"|out of)\b[^.!?\n]{{0,40}}{SINCE}|(?:pulled|taken|took) (?:\w+ ){{1,5}}?off (?:the )?(?:shelf|shelves|ice"
    rf"|sale|rota|list)|(?:is|are) (?:closed|switched off|off sale|suspended|locked|shut) (?:until|till|and)"
    rf"|nothing (?:\w+ ){{0,5}}?(?:is|gets|goes) (?:\w+ ){{0,3}}?(?:until|till|before)|now (?:hangs|rings|goes|gets"
    rf"|checks|needs|asks|shows|prints|calls|reads|has|have|runs|stops|signs|sends|counts|carries|reports"
    rf"|requires?)\b|{SINCE}\b[^.!?\n]{{0,160}}?\b(?:every|each|all|no|any|never|always|two|both|a second|nobody"
    rf"|only|must|check\w*|gets?|goes|scan\w*|sign\w*|read\w*|print\w*|weigh\w*|test\w*|call\w*|ring\w*|count\w*"
    rf"|show\w*|ask\w*|block\w*|stop\w*|send\w*|keep\w*|will|is|are|has|have|can't|cannot|won't|doesn't)\b"
    r"|(?:every|each|all|no|any) (?:\w+ ){1,6}?(?:now|is now|are now|gets|goes|has to|have to|must|can't|cannot"
    r"|won't|will be|is|are) (?:\w+ ){0,3}?(?:check\w*|sign\w*|read|scan\w*|weigh\w*|test\w*|call\w*|count\w*"
    r"|confirm\w*|seen|looked|passed|two|twice|second|stopped|blocked|double)"
    r"|(?:i|we)(?:'ve| have|'re| are)? (?:now |just |already |also )?(?:changed|changing|added|adding|put|introduced"
    r"|introducing|stopped (?:using|buying|sending|ordering)|trained|training|retrain\w*|rewrote|rewritten|switched"
    r"|switching|moved|installed|hired|fixed"
    r"|set up|turned off|taken|removed|made it|built|printed|hung|bought|doubled)\b[^.!?\n]{0,100}?\b(?:so|now|list"
    r"|check\w*|system|rule|step|alarm|reminder|template|script|rota|process|every|each|all|label|sign\w*|training"
    r"|staff|team|driver\w*|second|before|button|form)"
    r"|so (?:that )?(?!you (?:won't|don't) (?:have|need))(?:it|this|that|the same|nobody|no one|no other"
    r"|you) (?:\w+ ){0,3}?(?:can't|cannot|doesn't|don't|won't|can not|never|no longer|has to|again)|(?:can't|cannot"
    r"|won't|doesn't|no longer) (?:\w+ ){0,5}?(?:without|unless|until|close|leave|go out)\b|two (?:people|of us"
    r"|pairs)|second (?:pair|person|check|label|look|signature)|double-check)"
)
ONLY_SAID = Pattern(
    r"\b(?:pass (?:on )?your (?:comments|feedback|remarks)|(?:will|'ll) learn from|keep an eye|improving things"
    r"|raising awareness|more attentive|strive|communicate better|lessons will"
    r"|been noted|(?:take|taking|took|taken|treat\w*) (?:\w+ ){0,4}?(?:seriously|on board|to heart|board)"
    r"|learn\w* (?:\w+ ){0,3}?from|lessons (?:will|have|are|learn\w*)|(?:try|trying|do our best|make sure|ensure"
    r"|see to it|work(?:ing)? (?:hard )?(?:to|on)|aim|strive|endeavou?r|commit\w*"
    r"|going to)\b[^.!?\n]{0,80}?\b(?:again|in (?:the )?future|improv\w+|better|more careful|careful|avoid\w*"
    r"|prevent\w*|next time|don't repeat|not repeat\w*|going forward)"
    r"|(?:be|being) more careful|(?:will|we'll|must|can) (?:all )?(?:improve|do better|be better|change)"
    r"|(?:improv\w+|review\w*|look\w* at|tighten\w*|revis\w+|rethink\w*|work\w* on) (?:our|the|all our"
    r"|how we) (?:\w+ )?(?:process\w*|procedures?|service|systems?|standards?|communication|internal\w*|way"
    r"|routines?|training|quality|do|work|handle)|(?:will|'ll|going to|'ve|have|shall|let me) (?:\w+ )?(?:pass|share"
    r"|feed|raise|bring|mention|speak|talk|remind\w*|have a word|discuss)\w*\b[^.!?\n]{0,50}?\b(?:team|staff"
    r"|colleagues|everyone|meeting|management|drivers?|crew|kitchen)"
    r"|(?:your )?feedback|won't happen again|not happen again|never happen again|next time (?:we|it)|going forward"
    r"|in future|in the future|steps (?:are being|will be|have been) taken|measures)\b"
)
PAST = Pattern(
    r"\b(?:go (?:through|over) (?:all )?(?:that|this|it)|brief (?:him|her|them)|should(?:n't| not| never) have"
    r"|must not happen|mustn't happen|day one)\b"
)
FEW = 2
SAY_AGAIN = Pattern(r"\b(?:repeat|say|tell|explain|start|go through) (?:\w+ ){0,3}?(?:again|over|twice|yourself)\b")


def preventing(turn: Turn) -> Iterator[Heard]:
    """Prevent where a change is named, prevent_vague where it is only said."""
    for at, one in enumerate(turn.sentences):
        if one.low.endswith("?"):
            continue
        if is_concrete(turn, at, one):
            yield from turn.heard(Move.PREVENT, at)
        elif is_only_said(turn, one):
            yield from turn.heard(Move.PREVENT_VAGUE, at)


def is_concrete(turn: Turn, at: int, one: Sentence) -> bool:
    """Return whether a sentence names a change: one of the scenario, or one of its own."""
    issue = turn.fits(at, "change")
    if issue and turn.shared(at, issue, "change") > max(_needed(turn, issue), turn.shared(at, issue, "cause")):
        return True
    if SAY_AGAIN.search(one.low) or tells_the_cause(turn, at):
        return False
    return prevents(one.low) or bool(CHANGES.search(one.low))


def _needed(turn: Turn, issue: str) -> int:
    return max(FEW, len(details(turn.scene.scenario.issue(issue).change)) // 3)


def is_only_said(turn: Turn, one: Sentence) -> bool:
    """Return whether a sentence says that it will be better and names nothing that changes."""
    if PAST.search(one.low):
        return False
    said = speaks_of_prevention(one.low) or ONLY_SAID.search(one.low) or "C22" in one.heard.says
    return bool(said) and not (turn.remarked("C21", one) and "learn" not in one.low)
