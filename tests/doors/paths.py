"""Every way a verb can be tried, as its user would; each returns what they are told, None where it cannot be asked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from amends.cases.case import Case
from amends.cases.links import page_token
from amends.cases.once import button
from amends.cases.phrase import Phrase, keep_phrase
from amends.errors import AmendsError
from amends.recovery.escalate import escalate
from amends.recovery.offer import Offer
from amends.team.policy import current
from amends.team.token import make_token
from amends.verbs.bulk import TOGETHER
from amends.verbs.parse import parsed
from amends.verbs.perform import find_case, perform
from amends.verbs.rule import RuleRun
from amends.verbs.rules import keep_rule
from amends.verbs.table import VERBS
from amends.verbs.verb import Asked
from tests.conftest import mail
from tests.doors.conftest import BACKEND, page, routes

Fields = Mapping[str, Any]
FORMS = {
    "offer": "offer",
    "refuse": "refusal",
    "deliver_option": "fulfilment",
    "deliver_entitlement": "fulfilment",
    "accept": "agreement",
    "decline": "agreement",
    "close": "closure",
    "follow_up": "follow-up",
    "reply": "reply",
    "mark_told": "told",
    "decide_approval": "approval",
    "send_approved": "approval-sending",
    "take_back_request": "approval-withdrawal",
}
KEYS = {"offer": "o", "close": "e", "reply": "r"}


@dataclass
class Try:
    """One cell: the case, who tries, which verb with which fields, and the hands to do it with."""

    one: Any
    who: str
    verb: str
    fields: Fields
    tmp_path: Any

    @property
    def user(self):
        return self.one.cast.people[self.who]

    @property
    def case(self) -> Case:
        return self.one.case

    @property
    def now(self):
        return self.one.cast.clock.forward(minutes=1)

    def browser(self) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.user, backend=BACKEND)
        return client


def domain(cell: Try) -> str | None:
    """The domain's own function, past the table: who may ask is the table's to say, so only a case of theirs."""
    verb = VERBS[cell.verb]
    if not cell.user.can(verb.right):
        return None
    try:
        case = find_case(cell.case.pk, cell.user)
        call = verb.asks(Asked(case, parsed(verb.fields, cell.fields, case, cell.verb), cell.user))
        verb.does(*call.args, **call.kwargs, **{verb.actor: cell.user}, now=cell.now)
    except AmendsError as refusal:
        return str(refusal)
    return ""


def table(cell: Try) -> str:
    """perform(), as every door calls it."""
    try:
        perform(cell.verb, cell.case.pk, cell.fields, by=cell.user, now=cell.now)
    except AmendsError as refusal:
        return str(refusal)
    return ""


def words(response) -> str:
    """What the page itself says, without what stands around every page; a redirect says nothing."""
    main = page(response).css_first("main") if response.content else None
    return " ".join(main.text(separator=" ").split()) if main else ""


def form_of(verb: str, fields: Fields) -> dict[str, Any]:
    """The fields as the desk's form of that verb sends them."""
    flat = {name: value for name, value in fields.items() if not isinstance(value, list)}
    if verb == "offer":
        rows = fields["options"]
        flat |= {"issues": fields["issues"], "options": [row["remedy"] for row in rows]}
        for row in rows:
            key = row["remedy"]
            flat |= {f"title-{key}": row["title"], f"amount-{key}": row["amount"], f"by-{key}": row["deliver_by"]}
    elif verb == "reply":
        flat["covers"] = [f"{row['issue']}:{row['step']}" for row in fields.get("covers", [])]
    elif verb == "accept":
        flat |= {"choice": fields["option"], "read_back": "1" if fields.get("was_read_back") == "yes" else ""}
    elif verb == "decline":
        flat |= {"choice": f"none-{fields['offer']}", "words": fields.get("reason", "")}
    elif verb == "decide_approval":
        flat["answer"] = "grant" if fields["granted"] == "yes" else "no"
    elif "issues" in fields:
        flat["issues"] = fields["issues"]
    return flat


def desk_form(cell: Try) -> str | None:
    """The page of the desk where it is done."""
    asked = [cell.fields["request"]] if "request" in cell.fields else []
    address = reverse(FORMS[cell.verb], args=[cell.case.pk, *asked])
    return words(cell.browser().post(address, form_of(cell.verb, cell.fields)))


def keyboard(cell: Try) -> str | None:
    """The key of the case page: it leads to the same form, whose address the page itself names."""
    if cell.verb not in KEYS:
        return None
    client = cell.browser()
    shown = page(client.get(reverse("case", args=[cell.case.pk])))
    if cell.verb == "reply":
        found = shown.css_first(".write-reply")
        address = found.attributes["action"] if found else None
    else:
        found = shown.css_first(f'[data-key="{KEYS[cell.verb]}"]')
        address = found.attributes["href"] if found else None
    if address is None or not address.startswith(reverse(FORMS[cell.verb], args=[cell.case.pk])):
        return None  # a case that cannot be seen has no key, and the key of a closed one opens it again
    return words(client.post(address, form_of(cell.verb, cell.fields)))


def rest(cell: Try) -> str:
    """The API, with a token of the same person."""
    response = Client().post(
        reverse("api-verb", args=[cell.case.pk, cell.verb]),
        json.dumps(cell.fields),
        content_type="application/json",
        headers={"Authorization": f"Bearer {make_token(cell.user, 'matrix', cell.now)}"},
    )
    body = response.json()
    assert response.status_code >= 400, body
    assert {"error", "sentence"} <= set(body)
    return body["sentence"]


def bulk(cell: Try) -> str | None:
    """One thing for many cases, this one ticked."""
    fields = {f"{cell.verb}-{name}": value for name, value in cell.fields.items() if not isinstance(value, list)}
    form = {"cases": [cell.case.pk], "verb": cell.verb, **fields}
    response = cell.browser().post(reverse("bulk"), form)
    return words(response) if cell.verb in TOGETHER and "exception" not in cell.fields else None


def phrase(cell: Try) -> str | None:
    """A saved phrase with the same words, sent from the table and put into the composer."""
    if cell.verb != "reply" or not cell.fields["text"].strip():
        return None
    kept = keep_phrase("Matrix", cell.fields["text"], team=cell.case.team, by=cell.user, now=cell.now)
    cell.browser().post(reverse("phrase-insertion", args=[cell.case.pk]), {"phrase": kept.pk})
    form = {"cases": [cell.case.pk], "verb": "send_phrase", "send_phrase-phrase": kept.pk}
    cell.browser().post(reverse("bulk"), form)
    try:
        perform("send_phrase", cell.case.pk, {"phrase": kept.pk}, by=cell.user, now=cell.now)
    except AmendsError as refusal:
        return str(refusal)
    finally:
        Phrase.objects.filter(pk=kept.pk).update(retired_at=cell.now)
    return None  # a phrase claims no step; that its letter covers none is what the cell proves


def rule(cell: Try) -> str | None:
    """A rule of the same person, begun by the customer asking for somebody higher up, once they write no more."""
    from amends.jobs import run_rules

    try:
        made = keep_rule("Matrix", "escalated", {}, cell.verb, cell.fields, by=cell.user, now=cell.now)
    except AmendsError as refusal:
        return str(refusal)
    escalate(cell.case, "Somebody else, please", cell.now)
    run_rules(cell.now)
    run_rules(cell.now + timedelta(minutes=current().listen_minutes))
    runs = list(RuleRun.objects.filter(rule=made))
    assert not any(run.done for run in runs) or cell.verb == "reply"
    return runs[0].sentence if runs and not runs[0].done else None


def cli_do(cell: Try) -> str:
    """`amends do` in the same person's name."""
    from amends.cli import app, do  # noqa: F401 - adds its command

    said = [f"{name}={_typed(value)}" for name, value in cell.fields.items()]
    done = CliRunner().invoke(app, ["do", cell.verb, str(cell.case.pk), *said, "--as", cell.who])
    assert done.exit_code == 1, done.output
    return done.stderr


def _typed(value: object) -> str:
    if isinstance(value, list):
        plain = all(isinstance(one, int) for one in value)
        return ",".join(str(one) for one in value) if plain else json.dumps(value)
    return str(value)


def assistant(cell: Try) -> str:
    """The tool of an assistant that acts for the same person."""
    from amends.cli.assistant import use

    answer = use(make_token(cell.user, "assistant", cell.now), cell.verb, {"case": cell.case.pk, **cell.fields})
    assert "error" in answer, answer
    return answer["sentence"]


def customers_page(cell: Try) -> str | None:
    """Every button of the customer's page, pressed with these fields and what the page itself had in its forms.

    The buttons of an offer are those of a page they opened while it could be answered.
    """
    client, token = Client(raise_request_exception=False), page_token(cell.case.pk)
    flat = {name: value for name, value in cell.fields.items() if not isinstance(value, list)}
    told, offer = [], Offer.objects.filter(options=flat.get("option")).first()
    stale = {
        "portal-choice": button(cell.case.pk, "choice", offer.pk if offer else ""),
        "portal-decline": button(cell.case.pk, "none"),
    }
    for name in sorted(name for name in routes() if name.startswith("portal-") and name != "portal-new-link"):
        address = reverse(name, args=[token])
        hidden = page(client.get(address)).css("input[type=hidden]")
        found = {node.attributes["name"]: node.attributes.get("value") or "" for node in hidden}
        found |= {"once": stale[name]} if name in stale else {}
        if cell.verb in ("accept", "decline", "deliver_option") or name not in stale:
            told.append(words(client.post(address, {**found, **flat})))
    return " ".join(told) if cell.verb == "accept" and "words" in cell.fields else None


def mail_in(cell: Try) -> None:
    """A mail of the customer that asks for it in so many words."""
    said = f"Please {cell.verb.replace('_', ' ')} this: {json.dumps(cell.fields)} /{cell.verb} #close yes I agree"
    cell.one.cast.write(mail(said, message_id="<matrix@post.example>", In_Reply_To="<one@post.example>"))


def import_mail(cell: Try) -> None:
    """The same mail, brought in from a file; the tables are those of the test already."""
    from amends.cli import app

    file = cell.tmp_path / "matrix.eml"
    file.write_bytes(
        mail(f"I agree, {cell.verb} it.", message_id="<file@post.example>", References="<one@post.example>")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("amends.cli.imports.bring_up_to_date", lambda: False)
        done = CliRunner().invoke(app, ["import", "mail", str(file)])
    assert done.exit_code == 0, done.output


def jobs(cell: Try) -> None:
    """What the worker does by itself: nothing of it is anybody's decision."""
    from amends.jobs import read_mail, run_rules, send_letters, sweep

    for job in (read_mail, run_rules, send_letters, sweep):
        job(cell.now)


PATHS: dict[str, Callable[[Try], str | None]] = {
    "domain": domain,
    "table": table,
    "desk form": desk_form,
    "keyboard": keyboard,
    "REST": rest,
    "bulk": bulk,
    "phrase": phrase,
    "rule": rule,
    "amends do": cli_do,
    "assistant": assistant,
    "customer's page": customers_page,
    "mail": mail_in,
    "import": import_mail,
    "jobs": jobs,
}
