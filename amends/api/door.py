"""Who comes in: a program with somebody's token, not too often, with a JSON object of a fair size."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt

from amends.api.errors import NotJson, NoToken, TooLarge, TooMany, WrongMethod, status
from amends.cases.errors import NotAllowed
from amends.errors import AmendsError
from amends.team.permissions import Right
from amends.team.token import ApiToken, token_of
from amends.verbs.refusal import as_data

A_MINUTE = 120
LARGEST = 256 * 1024
View = Callable[..., JsonResponse]


def for_programs(method: str, right: Right) -> Callable[[View], View]:
    """A view for programs: asks the method, the token, the right and the rate; answers every refusal as JSON.

    The view is called with the request and the token. There is no session here, so no CSRF either.
    """

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def inner(request: HttpRequest, **kwargs: Any) -> JsonResponse:
            try:
                _method(request, method)
                token = _token(request)
                if not token.user.can(right):
                    raise NotAllowed(f"The role of {token.user.name} cannot do this: {right.value}.")
                return view(request, token, **kwargs)
            except AmendsError as error:
                return refused(error)

        return inner

    return wrap


def refused(error: AmendsError) -> JsonResponse:
    """A refusal as JSON, with its status."""
    response = JsonResponse(as_data(error), status=status(error))
    if isinstance(error, NoToken):
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        response["Retry-After"] = "60"
    return response


def body_of(request: HttpRequest) -> dict[str, object]:
    """The JSON object a program sent, {} for an empty body; raises TooLarge or NotJson."""
    try:
        raw = request.body
    except RequestDataTooBig as error:
        raise TooLarge(_too_large()) from error
    except RawPostDataException as error:
        raise NotJson("Send the fields as JSON, not as a form.") from error
    if len(raw) > LARGEST:
        raise TooLarge(_too_large())
    try:
        found = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise NotJson("Send a JSON object, such as {“text”: “…”}, in UTF-8.") from error
    if not isinstance(found, dict):
        raise NotJson("Send a JSON object with the names of the fields, not a list or a single value.")
    return found


def _too_large() -> str:
    return f"Send at most {LARGEST // 1024} KB at once."


def _method(request: HttpRequest, method: str) -> None:
    if request.method != method:
        raise WrongMethod(f"This address answers to {method}.")


def _token(request: HttpRequest) -> ApiToken:
    scheme, _, plain = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not plain.strip():
        raise NoToken("Send a token: “Authorization: Bearer …”. Make one with `amends token USERNAME NAME`.")
    now = datetime.now(UTC)
    token = token_of(plain.strip(), now)
    if token is None:
        raise NoToken("This token opens nothing: it is unknown or was revoked. Make another one.")
    _not_too_often(token, now)
    return token


def _not_too_often(token: ApiToken, now: datetime) -> None:
    key = f"api-{token.pk}-{now:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > A_MINUTE:
        raise TooMany(f"This token may ask {A_MINUTE} times a minute. Wait a minute, then go on.")
