"""After the offer: agreement noted for the customer, delivery with proof, refusal with reasons, follow-up."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case, find_issue, find_issues
from amends.desk.form import form_page, handle
from amends.desk.promised import confirmed, promise_rows
from amends.desk.views.offer_form import typed_cents
from amends.errors import AmendsError
from amends.recovery.agree import accept, decline, open_offers
from amends.recovery.agreed_words import read_back, seeming_answer
from amends.recovery.ask_again import hindrance
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.failed_delivery import FailedDelivery, delivery_failed
from amends.recovery.follow_up import FollowUp, issues_put_right
from amends.recovery.follow_up import follow_up as write_follow_up
from amends.recovery.fulfilment import standing
from amends.recovery.offer import Acceptance, Offer, Option, Via
from amends.recovery.remedy import Remedy
from amends.ui.numbers import number


def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the customer answered to an offer by e-mail or phone, in their own words."""
    case, post = find_case(request, pk), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        now = datetime.now(UTC)
        offers = open_offers(case, now)
        seems = _seems(case, offers, now)
        context = {"offers": offers, "ways": _WAYS, "read_back": read_back, "seems": seems}
        typed = {} if post or not seems else {"typed": seems}
        return form_page(request, case, "desk/agreement.html", {**context, **typed}, error)

    def act() -> None:
        _note_answer(request, case)

    done = (
        "Noted: none of the options was right." if post.get("choice", "").startswith("none") else "Agreed. Now deliver."
    )
    return handle(request, case, show, act, done)


_WAYS = [(Via.EMAIL.value, "By e-mail"), (Via.PHONE.value, "By phone, read back to them")]


def _seems(case: Case, offers: list[Offer], now: datetime) -> dict[str, str]:
    """What a mail of the customer's seems to answer, to look at and note; nothing when none does."""
    for offer in offers:
        found = seeming_answer(offer, case, now)
        if found is None or found[1].kind == "both":
            continue
        answer = found[1]
        options = list(offer.options.all())
        chosen = str(options[answer.option].pk) if answer.option is not None else ""
        choice = f"none-{offer.pk}" if answer.kind == "no" else chosen
        return {"choice": choice, "via": Via.EMAIL.value, "words": answer.words, "kind": answer.kind}
    return {}


def _note_answer(request: HttpRequest, case: Case) -> None:
    post, now, user = request.POST, datetime.now(UTC), signed_in(request)
    if post.get("via") not in (Via.EMAIL, Via.PHONE):
        raise Incomplete("Say how the answer reached you.", "via")
    via, words, choice = Via(post["via"]), post.get("words", ""), post.get("choice", "")
    if choice.startswith("none-"):
        offer = get_object_or_404(case.offers, pk=number(choice.removeprefix("none-")))
        decline(offer, words, via=via, now=now, noted_by=user)
        return
    if not choice:
        raise Incomplete("Choose what the customer said.", "choice")
    option = get_object_or_404(Option, pk=number(choice), offer__case=case)
    accept(option, via=via, now=now, words=words, noted_by=user, was_read_back=bool(post.get("read_back")))


def fulfilment(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out what was agreed, or what policy owes without asking, with proof."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/fulfilment.html", _fulfilment_context(case), error)

    def act() -> None:
        _deliver(request, case)

    told = "Written down. It is to be delivered again." if request.POST.get("failed") else _DELIVERED
    return handle(request, case, show, act, told)


_DELIVERED = "Delivered, with its proof. A follow-up is planned."


def _fulfilment_context(case: Case) -> dict[str, Any]:
    waiting = Acceptance.objects.filter(offer__case=case).exclude(fulfilment__in=standing(case))
    agreed = waiting.select_related("option__remedy", "offer")
    return {
        "agreed": list(agreed),
        "done": list(standing(case).select_related("by", "acceptance")),
        "failed": list(FailedDelivery.objects.filter(fulfilment__case=case).select_related("by", "fulfilment")),
        "entitlements": list(Remedy.objects.filter(entitlement=True, retired_at=None)),
        "issues": list(case.open_issues()),
    }


def _deliver(request: HttpRequest, case: Case) -> None:
    post, now, user = request.POST, datetime.now(UTC), signed_in(request)
    if post.get("failed"):
        done = get_object_or_404(case.fulfilments, pk=number(post["failed"]))
        delivery_failed(done, post.get("words", ""), by=user, now=now)
        return
    if post.get("option"):
        option = get_object_or_404(Option, pk=number(post["option"]), offer__case=case)
        deliver_option(option, post.get("proof", ""), by=user, now=now)
        return
    remedy = Remedy.objects.filter(key=post.get("remedy", ""), retired_at=None).first()
    if remedy is None:
        raise Incomplete("Choose what was done.", "remedy")
    cents = typed_cents(post.get("amount", ""), remedy.currency, "amount")
    deliver_entitlement(case, remedy, find_issues(request, case), cents, post.get("proof", ""), by=user, now=now)


def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a remedy for one issue, in a letter with reasons and recourse."""
    case, post = find_case(request, pk), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        issues = list(case.open_issues())
        undecided = list(case.open_issues().filter(decisions=None))
        rows = promise_rows(request, case, f"{post.get('reasons', '')}\n\n{post.get('recourse', '')}")
        context = {"issues": issues, "undecided": undecided, "promises": rows}
        return form_page(request, case, "desk/refusal.html", context, error)

    def act() -> None:
        if not post.get("issue"):
            raise Incomplete("Choose the issue you cannot offer anything for.", "issue")
        refuse(
            find_issue(case, post.get("issue", "")),
            post.get("reasons", ""),
            post.get("recourse", ""),
            confirmed(request, case),
            by=signed_in(request),
            now=datetime.now(UTC),
            exception=post.get("exception", ""),
        )

    return handle(request, case, show, act, "The letter with the reasons is on its way.")


def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down whether it is still right."""
    case, post = find_case(request, pk), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        planned = FollowUp.objects.filter(case=case, done_at=None, silent_at=None).select_related("letter").last()
        context = {
            "planned": planned,
            "hindrance": hindrance(case, datetime.now(UTC)) if planned and not planned.letter else "",
            "put_right": issues_put_right(case),
            "earlier": FollowUp.objects.filter(case=case).exclude(done_at=None, silent_at=None).select_related("by"),
        }
        return form_page(request, case, "desk/follow_up.html", context, error)

    def act() -> None:
        if post.get("still_right") not in ("yes", "no"):
            raise Incomplete("Say whether it is still right.", "still_right")
        write_follow_up(
            case,
            still_right=post["still_right"] == "yes",
            words=post.get("words", ""),
            by=signed_in(request),
            now=datetime.now(UTC),
            issues=frozenset(found for one in post.getlist("issues") if (found := number(one))),
        )

    return handle(request, case, show, act, "Written down.")
