"""The checks of a reply, grouped by what they look at; their words are in catalogue.toml."""

from amends.language.checks import abroad, action, apology, blanks, offers, private, reflection, shape, tone

ROOMS = (apology, tone, reflection, action, offers, private, shape, blanks)
ENGLISH = tuple(check for room in ROOMS for check in room.CHECKS)
ABROAD = tuple(abroad.CHECKS.values())
CHECKS = {"en": ENGLISH, "de": ABROAD, "es": ABROAD, "fr": ABROAD}
