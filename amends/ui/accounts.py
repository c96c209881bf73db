"""How signing in behaves: nobody signs up by themselves, and too many tries rest for a quarter of an hour."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their desk; there is no sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """The page somebody sees after too many wrong passwords."""
    sentence = "Too many tries with a wrong password. Wait a quarter of an hour, then sign in again."
    return render(request, "ui/refusal.html", {"title": "Please wait a little", "sentence": sentence}, status=429)
