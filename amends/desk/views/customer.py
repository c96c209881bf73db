"""What we know of a customer: the line of the relationship, beside the case one came from."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from amends.cases.case import Case
from amends.cases.subject import Subject
from amends.desk.chrome import signed_in
from amends.desk.elsewhere import elsewhere, say_elsewhere
from amends.desk.finding import find_case
from amends.desk.form import form_page, pressed
from amends.errors import AmendsError
from amends.loyalty.give import hindered
from amends.loyalty.notes import call_them, note_about, remove_note
from amends.loyalty.relation import relation_of
from amends.team.permissions import Right
from amends.ui.numbers import number


def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer of a case; on POST what they like to be called, or a note about them, is written or taken away."""
    case = find_case(request, pk, ("closure",))
    return pressed(request, partial(_show, request, case), partial(_act, request, case), "customer", pk)


def _act(request: HttpRequest, case: Case) -> str:
    """Do what was pressed and say so."""
    post, me, now = request.POST, signed_in(request), datetime.now(UTC)
    if "likes" in post:
        call_them(case, post["likes"], by=me, now=now)
        case.customer.refresh_from_db()
        return f"From now on our letters begin with {case.customer.first_name}."
    if "remove" in post:
        note = get_object_or_404(case.customer.notes, pk=number(post["remove"]))
        remove_note(case, note, by=me, now=now)
        return "Taken away."
    if "act" in post:
        return say_elsewhere(case, post, by=me, now=now)
    note_about(case, post.get("text", ""), by=me, now=now)
    return "Kept for your colleagues."


def _show(request: HttpRequest, case: Case, error: AmendsError | None = None) -> HttpResponse:
    me, now = signed_in(request), datetime.now(UTC)
    about_me = Subject.objects.filter(case=case, person=me).exists()
    context = {
        "relation": relation_of(case, me, now),
        "may_write": me.can(Right.WORK_CASES) and not about_me and not case.is_erased,
        "may_give": me.can(Right.GRANT),
        "hindered": hindered(case, me, now),
        "elsewhere": elsewhere(case),
    }
    return form_page(request, case, "desk/customer.html", context, error)
