"""The checks of a reply, grouped by what they look at; their words are in catalogue.toml."""

from amends.language.checks import action, apology, blanks, reflection, tone

CHECKS = {"en": (*apology.CHECKS, *tone.CHECKS, *reflection.CHECKS, *action.CHECKS, *blanks.CHECKS)}
