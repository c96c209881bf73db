"""The calm cards: short things that help in a minute or two, and after somebody was abusive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """One card: what it is for, and what to do, in order."""

    key: str
    title: str
    when: str
    steps: tuple[str, ...]
    icon: str


CARDS = (
    Card(
        "breathing",
        "Breathe out longer than in",
        "A minute, when your heart is still racing.",
        (
            "Put both feet on the floor and let your shoulders drop.",
            "Breathe in through the nose while you count to four.",
            "Breathe out slowly while you count to six.",
            "Six times is about a minute. If it makes you dizzy, breathe as you like.",
        ),
        "wind",
    ),
    Card(
        "grounding",
        "Back into the room",
        "When the conversation goes on in your head.",
        (
            "Name five things you can see.",
            "Four things you can feel: the chair, the floor, your sleeve.",
            "Three things you can hear, two you can smell, one you can taste.",
            "Say where you are and what day it is.",
        ),
        "anchor",
    ),
    Card(
        "away",
        "Ten minutes away from the screen",
        "Better than two minutes at it.",
        (
            "Stand up and go somewhere else: a window, a corridor, outside.",
            "Leave the phone where it is.",
            "Drink something. Talk to somebody about anything but work, or to nobody.",
        ),
        "coffee",
    ),
    Card(
        "abuse",
        "After somebody was abusive",
        "It was about what happened to them, or about them. It was not about you.",
        (
            "Stop for a quarter of an hour. The case can wait, or somebody else has it.",
            "You may end a contact in which you are insulted. You need nobody's leave for it.",
            "Tell somebody you trust what was said. You need not carry the words alone.",
            "If you want, tell your lead that it happened. Whether you do is yours to decide.",
            "If it comes back at night or stays for days, talk to your doctor or to whoever your company names for it.",
        ),
        "life-buoy",
    ),
)
