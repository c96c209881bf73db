"""The hour that a said time names: “at 10”, “half past three”, “halb vier”, “a las tres y media”, “demain matin”."""

from datetime import date, datetime, time, timedelta

from amends.language.times import SaidTime, Token

SOON_AFTERNOON = {"en": 8}
SMALL_HOURS = 7
NOON = 12
LAST_HOUR = 23
EVENING = "17:00"
OPENERS = ("at", "range", "before", "by", "past", "from")
ANY_DAY = date(2000, 1, 2)
NOTHING = Token("", "", 0, 0)


def clock_of(said: SaidTime, language: str, *, dated: bool) -> time | None:
    """Return the latest hour that is named, or the end of the part of the day; None where neither is.

    A bare figure is an hour beside a day, and behind a word that only hours stand behind.
    """
    tokens = said.tokens
    parts = [one.value for one in tokens if one.kind in ("part", "morrow", "tonight")]
    parts += [one.value.split()[1] for one in tokens if one.kind == "weekday" and " " in one.value]
    part = max(parts, default="")
    hours = [one for at in range(len(tokens)) if (one := _hour(tokens, at, language, part, dated=dated)) is not None]
    if hours:
        return max(hours)
    return time.fromisoformat(part) if part else None


def names_an_hour(said: SaidTime) -> bool:
    """Return whether an hour or a part of the day is said."""
    return any(one.kind in ("clock", "part", "past", "hour", "morrow", "tonight", "at") for one in said.tokens)


def is_clock(tokens: tuple[Token, ...], at: int, language: str) -> bool:
    """Return whether “heures” or “horas” at a place says an hour of the day, as in “à 16 heures”, and no span."""
    if language not in ("fr", "es") or tokens[at].value != "hour" or not at or tokens[at - 1].kind != "number":
        return False
    return _before(tokens, at - 1).kind in ("at", "before", "from", "range") and int(tokens[at - 1].value) <= LAST_HOUR


def _hour(tokens: tuple[Token, ...], at: int, language: str, part: str, *, dated: bool) -> time | None:
    token = tokens[at]
    if token.kind == "clock" and token.value:
        found = time.fromisoformat(token.value)
        return (
            _moved(found, tokens, at) if found.hour >= NOON or part < EVENING else found.replace(hour=found.hour + NOON)
        )
    if token.kind != "number" or not _is_bare_hour(tokens, at, language, part, dated=dated):
        return None
    hour = int(token.value)
    late = part >= EVENING and hour < NOON
    if late or (not part and 0 < hour < SOON_AFTERNOON.get(language, SMALL_HOURS)):
        hour += NOON
    return _moved(time(hour), tokens, at) if hour <= LAST_HOUR else None


def _moved(hour: time, tokens: tuple[Token, ...], at: int) -> time:
    """An hour moved by “half past” or “menos cuarto” beside it."""
    before, after = _before(tokens, at), tokens[at + 1 : at + 3]
    minutes = int(before.value) if before.kind == "past" else sum(int(one.value) for one in after if one.kind == "plus")
    return (datetime.combine(ANY_DAY, hour) + timedelta(minutes=minutes)).time()


def _is_bare_hour(tokens: tuple[Token, ...], at: int, language: str, part: str, *, dated: bool) -> bool:
    before = _before(tokens, at)
    following = next((one for one in tokens[at + 1 :] if one.kind not in ("link", "of", "ahead")), NOTHING)
    if following.kind in ("unit", "month") and not (at + 1 < len(tokens) and is_clock(tokens, at + 1, language)):
        return False
    if following.kind == "range" and any(one.kind in ("unit", "month") for one in tokens[at + 2 : at + 5]):
        return any(is_clock(tokens, one, language) for one in range(at + 2, min(at + 5, len(tokens))))
    if before.kind not in OPENERS or before.value == "nth" or _is_in_a_range_of_days(tokens, at):
        return before.kind in ("weekday", "day") and following.kind == "range" and dated
    if dated or part or following.kind == "hour" or before.kind == "past" or before.value == "clock":
        return True
    if at + 1 < len(tokens) and is_clock(tokens, at + 1, language):
        return True
    return language == "en" and before.kind in ("at", "by", "before") and int(tokens[at].value) <= NOON


def _is_in_a_range_of_days(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at - 1].kind == "range" and any(one.kind == "month" for one in tokens[max(0, at - 3) : at])


def _before(tokens: tuple[Token, ...], at: int) -> Token:
    """The word of time before a place, links such as “the” left out."""
    return next((one for one in reversed(tokens[:at]) if one.kind not in ("link", "of", "ahead")), NOTHING)
