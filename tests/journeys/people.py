"""What the people of a journey do again and again: sign in, read a letter, follow its link."""

import email
import re
from email import policy

from tests.conftest import PASSWORD
from tests.journeys.desk import Desk, until


def sign_in(page, username: str) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/queue/mine/")


def words_of(letter: str) -> str:
    """The plain text of a letter as its reader's mail program shows it."""
    message = email.message_from_string(letter, policy=policy.default)
    return message.get_body(("plain",)).get_content()


def link_in(letter: str) -> str:
    """The customer's link in a letter."""
    return re.search(r"http://\S+/c/\S+/", words_of(letter))[0]


def newest_letter(desk: Desk, containing: str) -> str:
    def found() -> str:
        return next((one for one in reversed(desk.letters()) if containing in words_of(one)), "")

    return until(found)
