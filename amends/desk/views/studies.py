"""Writing a case study, reading one that waits, publishing it or asking for a change, and taking one away."""

from dataclasses import asdict
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.case import Case
from amends.cases.issue import CATEGORIES
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import errors_of, form_page, handle, pressed
from amends.errors import AmendsError
from amends.language.anonymous.finding import KINDS, Finding
from amends.library.coarse import kept_of
from amends.library.models import TEXTS, Study
from amends.library.people import common_words, known_of_case
from amends.library.propose import proposed
from amends.library.study import (
    NAMES,
    Told,
    find_waiting,
    marked_in,
    publish_study,
    remove_study,
    return_study,
    told_by,
    write_study,
)
from amends.prevention.models import Cause
from amends.recovery.remedy import Remedy
from amends.ui.doorkeeper import status_of

HEADS = {name: words[0].upper() + words[1:] for name, words in NAMES.items()} | {"title": "Title"}


def study_writing(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a study, filled from what the records say without names; on POST it goes to a second reader."""
    case, me, post = find_case(request, pk), signed_in(request), request.POST
    kept = Study.objects.filter(source__case=case).first()
    typed = Told(**{name: post.get(name, "") for name in TEXTS})

    def show(error: AmendsError | None) -> HttpResponse:
        known = known_of_case(case)
        told = typed if post else told_by(kept) if kept else proposed(case, known)
        context = {
            "told": asdict(told),
            "heads": HEADS,
            "judge": marked_in(told, known, common_words(case)),
            "kinds": KINDS,
            "kept": kept,
            "returns": list(kept.returns.select_related("by")) if kept else [],
        }
        return form_page(request, case, "desk/study_writing.html", context, error)

    def act() -> None:
        write_study(case, typed, by=me, now=datetime.now(UTC))

    return handle(request, case, show, act, "Kept. Somebody else reads it before anybody else does.", "study-writing")


@require_GET
def studies_waiting(request: HttpRequest) -> HttpResponse:
    """The studies that wait for a second reader, and one's own that do."""
    me = signed_in(request)
    rows = list(Study.objects.waiting_for(me).select_related("by", "source__case").prefetch_related("returns"))
    context = {
        "to_read": [one for one in rows if one.by_id != me.pk],
        "mine": [one for one in rows if one.by_id == me.pk],
    }
    return render(request, "desk/studies_waiting.html", {**chrome(request, "library"), **context})


def study_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """One study that waits, with every place to judge marked; on POST it is published or goes back to its writer."""
    me, post, now = signed_in(request), request.POST, datetime.now(UTC)
    waiting = find_waiting(pk, me)

    def show(error: AmendsError | None) -> HttpResponse:
        case, told = waiting.source.case, told_by(waiting)
        marked = marked_in(told, known_of_case(case), common_words(case))
        context = {
            "study": waiting,
            "case": case,
            "parts": [(HEADS[name], cut(getattr(told, name), marked.get(name, ()))) for name in TEXTS],
            "marked": any(marked.values()),
            "kept": _kept_words(case),
            "is_mine": waiting.by_id == me.pk,
            "returns": list(waiting.returns.select_related("by")),
            "errors": errors_of(error),
            "typed": post,
        }
        page = {**chrome(request, "library"), **context}
        return render(request, "desk/study_reading.html", page, status=status_of(error) if error else 200)

    def act() -> str:
        if "publish" in post:
            publish_study(waiting, looked="looked" in post, by=me, now=now)
            return f"“{waiting.title}” can be read by everybody at the desk now."
        return_study(waiting, post.get("words", ""), by=me, now=now)
        return f"{waiting.by.first_name} reads what you would like changed."

    return pressed(request, show, act, "studies-waiting")


@require_POST
def study_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a study away for good."""
    remove_study(Study(pk=pk), by=signed_in(request), now=datetime.now(UTC))
    messages.success(request, "Taken away. Nothing of it is left.", extra_tags="good")
    return redirect("library")


def cut(text: str, places: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The text in pieces, each with what it may tell, "" for what tells nothing."""
    pieces, at = [], 0
    for one in places:
        pieces += [(text[at : one.start], ""), (one.words, KINDS[one.kind])]
        at = one.end
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]


def _kept_words(case: Case) -> list[str]:
    """What the study will be found by, in words; nothing where too few cases share it."""
    kept = kept_of(case)
    causes = Cause.objects.filter(pk=kept.cause).values_list("name", flat=True) if kept.cause else ()
    remedies = Remedy.objects.filter(pk__in=kept.remedies).values_list("name", flat=True)
    return [
        one for one in (CATEGORIES.get(kept.category, ""), *causes, *remedies, Study(period=kept.period).when) if one
    ]
