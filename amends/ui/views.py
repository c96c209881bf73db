"""The component page: every part of the interface in all its states."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def kit(request: HttpRequest) -> HttpResponse:
    """Every component of the kit."""
    context: dict[str, Any] = {"nav_items": [{"label": "Desk", "icon": "inbox", "href": "/", "group": 1}]}
    context |= {"me": {"name": str(request.user), "href": "#"}, "theme_href": "/theme/", "sign_out_href": "#"}
    return render(request, "ui/kit.html", context)
