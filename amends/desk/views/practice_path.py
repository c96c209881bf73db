"""My learning path: what is next, what is done; one lesson, and its practice; forgetting all of it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from amends.desk.chrome import chrome, signed_in
from amends.library.public import told_in
from amends.practice.asked import asked_of_me
from amends.practice.certificate import certificates
from amends.practice.course import find_course, find_lesson
from amends.practice.learn import forget, practise, read
from amends.practice.passing import tasks_done
from amends.practice.path import next_step, way_of, ways
from amends.practice.taking_part import TakesPart
from amends.team.certificate import ShownCertificate


@require_GET
def practice_path(request: HttpRequest) -> HttpResponse:
    """The courses of the person who looks, with what they have done."""
    me, now = signed_in(request), datetime.now(UTC)
    found = ways(me)
    context = {
        **chrome(request, "practice"),
        "ways": list(zip(found, certificates(found, me), strict=True)),
        "next": next_step(me, found),
        "asked": asked_of_me(me, now.date()),
        "today": now.date(),
        "takes_part": TakesPart.objects.filter(person=me).first(),
        "begun": any(step.read_at or step.passed_at for way in found for step in way.steps),
        "now": now,
    }
    return render(request, "desk/practice_path.html", context)


def practice_lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """One lesson; on POST it is read, and its practice begins."""
    me, now, one = signed_in(request), datetime.now(UTC), find_lesson(course, lesson)
    if request.method == "POST":
        if "read" in request.POST:
            read(one, by=me, now=now)
            return redirect("practice-path")
        made = practise(one, by=me, now=now)
        return redirect("practice-round", made.pk) if made else redirect("practice-drill", one.practice.drill)
    way = way_of(me, find_course(course))
    at = [step.lesson for step in way.steps].index(one)
    context = {
        **chrome(request, "practice"),
        "course": way.course,
        "step": way.steps[at],
        "number": at + 1,
        "others": told_in(f"{course}/{lesson}"),
        "after": way.steps[at + 1].lesson if at + 1 < len(way.steps) else None,
        "tasks": len(tasks_done(one.practice.drill, me)) if one.practice.drill else 0,
    }
    return render(request, "desk/practice_lesson.html", context)


def practice_forgetting(request: HttpRequest) -> HttpResponse:
    """Ask once, and delete everything that was kept of somebody's own path."""
    me = signed_in(request)
    if request.method == "POST":
        forget(by=me, now=datetime.now(UTC))
        messages.success(request, "Forgotten. Your path begins anew; your rounds are still there.", extra_tags="good")
        return redirect(reverse("practice-path"))
    shown = list(ShownCertificate.objects.filter(person=me))
    return render(request, "desk/practice_forgetting.html", {**chrome(request, "practice"), "shown": shown})
