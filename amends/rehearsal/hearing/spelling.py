"""Words written in a hurry, as they are spelt: “cant”, “your right”, “should of”."""

import re

HASTY = re.compile(
    r"\b(?:(?P<not>ca|wo|do|did|is|are|was|were|does|has|have|had|would|could|should)nt|(?P<is>that|what|there|he"
    r"|she|who|here)s"
    r"|(?P<its>its)(?= (?:a|an|the|not|no|been|our|my|on|in|so|all|fair|always|honestly|just|them|ours|mine|really"
    r"|down)\b)"
    r"|(?P<your>your)(?= (?:right|welcome|going|not|absolutely|completely|entitled)\b)|(?P<im>i)m|(?P<ive>i|we|you"
    r"|they)ve|(?P<of>should|would|could) of"
    r"|(?P<youre>you|they)re|(?P<youll>you|they)ll)\b"
)
ENDINGS = {"not": "n't", "is": "'s", "im": "'m", "ive": "'ve", "of": " have", "youre": "'re", "youll": "'ll"}


def as_spelt(low: str) -> str:
    """Return a sentence in lower case with its apostrophes put in."""
    return HASTY.sub(_spelt, low)


def _spelt(found: re.Match[str]) -> str:
    name = found.lastgroup or ""
    if name == "its":
        return "it's"
    if name == "your":
        return "you're"
    return found[name] + ENDINGS[name]
