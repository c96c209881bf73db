"""Rules: seen with what they did, made and stopped."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amends.cases.errors import Incomplete
from amends.cases.issue import CATEGORIES
from amends.cases.kinds import KINDS
from amends.cases.phrase import Phrase
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.method.policy_words import SEVERITY_WORDS
from amends.team.models import User
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number
from amends.verbs.conditions import CONDITIONS
from amends.verbs.field import Field
from amends.verbs.rule import Rule, RuleRun
from amends.verbs.rules import BEGINNINGS, keep_rule, stop_rule
from amends.verbs.table import VERBS

SEVERITY = {str(number): f"{words} or graver" for number, words in list(SEVERITY_WORDS.items())[:-1]}
SEVERITY[str(max(SEVERITY_WORDS))] = SEVERITY_WORDS[max(SEVERITY_WORDS)]


@dataclass(frozen=True, slots=True)
class Asked:
    """How the form asks for a condition, and its answers as a rule says them; "" stands for every other answer."""

    label: str
    says: dict[str, str]


ASKED = {
    "severity": Asked("How grave it is", SEVERITY),
    "category": Asked("What one of its issues is about", {"": "About {}"}),
    "says": Asked("Words in what the customer wrote last", {"": "They wrote “{}”"}),
    "nobodys": Asked("Who has the case", {"yes": "Nobody has it yet", "no": "Somebody has it"}),
    "wrote_before": Asked("Whether they complained before", {"yes": "They complained before", "no": "It is the first"}),
}
NAMED = {"to": "Who gets it", "phrase": "Which phrase"}
DOES = ("note", "assign", "unassign", "send_phrase", "close")
RUNS = 50


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the team with their runs; a new one, for the verb the address names."""
    error: AmendsError | None = None
    if request.method == "POST":
        try:
            done = _stop(request) if request.POST.get("stop") else _make(request)
        except AmendsError as refusal:
            error = refusal
        else:
            messages.success(request, done, extra_tags="good")
            return redirect("rules")
    return render(request, "desk/rules.html", _context(request, error), status=status_of(error) if error else 200)


def _context(request: HttpRequest, error: AmendsError | None) -> dict[str, Any]:
    me = signed_in(request)
    asked = request.POST.get("verb") or request.GET.get("verb", "")
    verb = asked if asked in DOES else ""
    field = error.field if isinstance(error, Incomplete) else ""
    return {
        **chrome(request, "rules"),
        "rules": [(one, _says(one)) for one in _theirs(me).select_related("owner")],
        "runs": list(RuleRun.objects.filter(rule__in=_theirs(me)).select_related("rule").order_by("-pk")[:RUNS]),
        "verb": verb,
        "sentences": {name: VERBS[name].sentence for name in DOES},
        "fields": [_shown(one, f"field-{one.name}", me) for one in VERBS[verb].fields if one.required] if verb else [],
        "conditions": [_asked(one.field) for one in CONDITIONS.values()],
        "beginnings": [(kind, _words(kind)) for kind in BEGINNINGS],
        "typed": request.POST,
        "error_field": field,
        "error": str(error) if error else "",
        "errors": [(field or "name", str(error))] if error else [],
    }


def _theirs(me: User) -> Any:
    return Rule.objects.filter(team_id=me.team_id)


def _says(rule: Rule) -> str:
    wanted = "; ".join(_condition(name, value) for name, value in rule.conditions.items())
    does = VERBS[rule.verb].sentence if rule.verb in VERBS else rule.verb
    return f"When: {_words(rule.when)}.{f' Only if: {wanted}.' if wanted else ''} Then: {does}."


def _condition(name: str, value: object) -> str:
    """One condition as a person says it: "serious or graver", "about price billing"."""
    said = ASKED[name].says if name in ASKED else {}
    word = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    plain = said.get(word) or said.get("", "{}").format(CATEGORIES.get(word, word))
    return plain[0].lower() + plain[1:]


def _words(kind: str) -> str:
    """The sentence of a kind of event, as the beginning of a rule."""
    said = KINDS[kind].partition(":")[0].replace("{who}", "somebody")
    return said[0].upper() + said[1:]


def _shown(field: Field, name: str, me: User) -> dict[str, Any]:
    """A field for the form: a list to choose from where there is one."""
    label = NAMED.get(field.name, field.help)
    return {"name": name, "label": label[0].upper() + label[1:], "options": _options(field, me)}


def _asked(field: Field) -> dict[str, Any]:
    """A condition for the form: as a list of its answers where they are few."""
    asked = ASKED[field.name]
    fixed = [(value, words) for value, words in asked.says.items() if value]
    options = fixed or [(one, CATEGORIES[one]) for one in field.choices]
    return {"name": f"if-{field.name}", "label": asked.label, "options": options}


def _options(field: Field, me: User) -> list[tuple[Any, str]]:
    if field.name == "to":
        return list(User.objects.filter(is_active=True, team_id=me.team_id).values_list("username", "name"))
    if field.name == "phrase":
        return list(Phrase.objects.usable_by(me).values_list("pk", "name"))
    return [(one, one.replace("_", " ").capitalize()) for one in field.choices]


def _make(request: HttpRequest) -> str:
    post, verb = request.POST, request.POST.get("verb", "")
    if verb not in DOES:
        raise Incomplete("Choose what the rule does.", "verb")
    conditions = {name: post[f"if-{name}"] for name in CONDITIONS if post.get(f"if-{name}", "").strip()}
    fields = {one.name: post[f"field-{one.name}"] for one in VERBS[verb].fields if post.get(f"field-{one.name}")}
    made = keep_rule(
        post.get("name", ""),
        post.get("when", ""),
        conditions,
        verb,
        fields,
        by=signed_in(request),
        now=datetime.now(UTC),
    )
    return f"“{made.name}” acts from now on."


def _stop(request: HttpRequest) -> str:
    me = signed_in(request)
    one = get_object_or_404(_theirs(me), pk=number(request.POST["stop"]))
    stop_rule(one, by=me, now=datetime.now(UTC))
    return f"“{one.name}” is stopped."
