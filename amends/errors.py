"""The one ancestor of everything Amends refuses, each with a sentence for the person who caused it."""


class AmendsError(Exception):
    """A refusal whose text tells the person what happened and what to do next."""
