"""What programs can read and do; everything that changes anything goes through perform()."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from amends.api.description import description
from amends.api.door import body_of, for_programs, refused
from amends.api.kept import once
from amends.cases.errors import NotThere
from amends.cases.learned import reading_with
from amends.language.told import check_told, read_told
from amends.library.shelf import Wanted
from amends.library.telling import told_studies, told_study
from amends.team.permissions import Right
from amends.team.token import ApiToken
from amends.verbs.field import number_in
from amends.verbs.perform import find_case, perform
from amends.verbs.table import verb_named
from amends.verbs.telling import told_case, told_cases

PAGE = 50
MOST = 100


@for_programs("GET", Right.SEE_CASES)
def cases(request: HttpRequest, token: ApiToken) -> JsonResponse:
    """A page of the cases the token's person may see."""
    after = number_in(request.GET.get("after", "")) or 0
    most = min(number_in(request.GET.get("most", "")) or PAGE, MOST)
    return JsonResponse(told_cases(token.user, after, most))


@for_programs("GET", Right.SEE_CASES)
def case(_request: HttpRequest, token: ApiToken, pk: int) -> JsonResponse:
    """One case: its facts, path, issues, offers, and what is missing."""
    return JsonResponse(told_case(find_case(pk, token.user), datetime.now(UTC)))


@for_programs("GET", Right.SIGNED_IN)
def studies(request: HttpRequest, _token: ApiToken) -> JsonResponse:
    """A page of the published case studies that hold the words asked for, and what other firms did."""
    asked = request.GET
    wanted = Wanted(asked.get("q", "")[:200], asked.get("category", ""))
    return JsonResponse(told_studies(wanted, number_in(asked.get("after", "")) or 0))


@for_programs("GET", Right.SIGNED_IN)
def study(_request: HttpRequest, _token: ApiToken, pk: int) -> JsonResponse:
    """One published case study."""
    return JsonResponse(told_study(pk))


@for_programs("POST", Right.SEE_CASES)
def do(request: HttpRequest, token: ApiToken, verb: str, pk: int | None = None) -> JsonResponse:
    """One verb, on a case or on the board of causes."""
    fields, now = body_of(request), datetime.now(UTC)
    if verb_named(verb).on_case != (pk is not None):
        raise NotThere(f"“{verb}” stands at another address. The description at /api/v1/schema/ has it.")

    def act() -> dict[str, Any]:
        done = perform(verb, pk, fields, by=token.user, now=now)
        return {"verb": done.verb, "case": done.case, "made": dict(done.made)}

    key = request.headers.get("Idempotency-Key", "")
    return JsonResponse(once(token, key, {"verb": verb, "case": pk, "fields": fields}, act, now))


@for_programs("POST", Right.SEE_CASES)
def read(request: HttpRequest, _token: ApiToken) -> JsonResponse:
    """The reading of a message; nothing is kept of it."""
    return JsonResponse({"reading": read_told(body_of(request), reading_with())})


@for_programs("POST", Right.SEE_CASES)
def check(request: HttpRequest, _token: ApiToken) -> JsonResponse:
    """The findings on a draft and the complaint it answers; nothing is kept of them."""
    return JsonResponse({"findings": check_told(body_of(request), reading_with())})


def schema(_request: HttpRequest) -> JsonResponse:
    """The description of this API, made from the table of verbs."""
    return JsonResponse(description())


@csrf_exempt
def nowhere(_request: HttpRequest, rest: str) -> JsonResponse:
    """An address that is none."""
    return refused(NotThere(f"There is nothing at /api/v1/{rest[:80]}. /api/v1/schema/ lists what there is."))
