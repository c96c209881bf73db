"""What every template of ours can call."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from jinja2 import Environment
from lucide.jinja import lucide

from amends.ui.words import clock, day, full_day, moment, money, span, when


def environment(**options: Any) -> Environment:
    """The Jinja2 environment: autoescaping, our globals, times and sums in words."""
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - Django passes autoescape
    made.globals.update(static=static, url=_url, lucide=lru_cache(2048)(lucide), htmx_script=htmx_script)
    made.filters.update(when=when, clock=clock, day=day, full_day=full_day, moment=moment, money=money, span=span)
    return made


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def look(request: HttpRequest) -> dict[str, Any]:
    """The theme somebody chose ("" follows the system)."""
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in ("light", "dark") else ""}
