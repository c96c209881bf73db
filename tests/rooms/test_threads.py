"""Which case a mail joins: our signed mark, then what it answers, and nothing that can be guessed."""

from datetime import timedelta

import pytest

from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.receive import Outcome
from amends.cases.standing import Standing
from amends.channels.email.tokens import Kind, marked
from tests.conftest import mail

pytestmark = pytest.mark.django_db
OURS = "complaints@lindqvist.example"


def reply(text: str = "Is there any news?", number: int = 2, **headers: str) -> bytes:
    return mail(text, **{"message_id": f"<reply{number}@post.example>", "subject": "Re: Late", **headers})


def mark_of(case: Case) -> str:
    return marked(OURS, Kind.CASE, case.pk)


def flipped(address: str) -> str:
    at = address.index("@") - 1
    return address[:at] + ("a" if address[at] != "a" else "b") + address[at + 1 :]


def test_the_marked_address_brings_a_reply_to_its_case(cast):
    case = cast.case()
    receipt = cast.write(reply(to=mark_of(case)))
    assert (receipt.outcome, receipt.message.case) == (Outcome.THREADED, case)
    assert receipt.message.known_sender
    assert OutboxEntry.objects.count() == 1


@pytest.mark.parametrize(
    "bend",
    [
        lambda mark, _other: mark.replace("@", "x@"),
        lambda mark, _other: mark[: mark.index("@") - 1] + mark[mark.index("@") :],
        lambda mark, _other: flipped(mark),
        lambda mark, other: mark.replace(f"+c{other - 1}-", f"+c{other}-"),
        lambda mark, _other: mark.replace("+c", "+b"),
        lambda mark, _other: mark.split("-")[0] + "@lindqvist.example",
    ],
    ids=[
        "longer",
        "truncated",
        "bit flipped",
        "another case's number",
        "another kind",
        "no signature",
    ],
)
def test_a_forged_mark_opens_a_new_case(cast, bend):
    cast.write(mail("Earlier.", sender="earlier@else.example", message_id="<zero@else.example>"))
    case = cast.case()
    cast.write(mail("Later.", sender="later@else.example", message_id="<late@else.example>"))
    receipt = cast.write(reply(to=bend(mark_of(case), case.pk + 1)))
    assert receipt.outcome is Outcome.OPENED
    assert case.messages.filter(outgoing=False).count() == 1


def test_a_mark_that_a_mail_program_shouted_still_counts(cast):
    case = cast.case()
    assert cast.write(reply(to=mark_of(case).upper())).message.case == case


def test_a_mark_in_the_envelope_counts_like_one_in_the_header(cast):
    case = cast.case()
    assert cast.write(reply(to=OURS), recipients=[mark_of(case)]).message.case == case


@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_a_participant_who_answers_a_message_joins_its_case(cast, header):
    case = cast.case()
    for number, message in enumerate(case.messages.all()):
        answer = {header: f"<unknown@post.example> <{message.external_id}>"}
        assert cast.write(reply(number=number, **answer)).message.case == case


def test_a_stranger_who_names_a_message_of_the_case_opens_a_new_one(cast):
    case = cast.case()
    receipt = cast.write(reply(sender="Eve <eve@else.example>", References="<one@post.example>"))
    assert receipt.outcome is Outcome.OPENED
    assert receipt.message.case != case


def test_a_stranger_with_the_mark_is_shown_as_unknown_and_never_written_to(cast, recovery):
    one = recovery()
    receipt = cast.write(reply(sender="Eve <eve@else.example>", to=mark_of(one.case)))
    assert (receipt.outcome, receipt.message.case, receipt.message.known_sender) == (
        Outcome.THREADED,
        one.case,
        False,
    )
    one.say()
    for entry in OutboxEntry.objects.all():
        assert entry.envelope["recipient"]["address"] == "maria@post.example"
        assert "eve@" not in str(entry.envelope)
    assert one.case.customer.addresses.count() == 1


def test_a_stranger_with_the_mark_gains_nothing_for_later_mails(cast):
    case = cast.case()
    cast.write(reply(sender="eve@else.example", to=mark_of(case)))
    again = cast.write(reply("More.", 3, sender="eve@else.example", In_Reply_To="<reply2@post.example>"))
    assert again.outcome is Outcome.OPENED


def test_a_guessed_case_number_in_the_subject_opens_a_new_case(cast):
    case = cast.case()
    for number, subject in enumerate([f"Re: [#{case.pk}] Late", f"[Case {case.pk}]", f"{case.pk} Late"]):
        receipt = cast.write(reply(number=number, sender=f"eve{number}@else.example", subject=subject))
        assert receipt.outcome is Outcome.OPENED


def test_an_auto_reply_joins_its_case_and_triggers_nothing(cast, recovery):
    one = recovery()
    one.say()
    close(one.case, by=cast.ines, now=one.now, exception="Settled by phone")
    before = (OutboxEntry.objects.count(), one.case.issues.count())
    cast.clock.forward(hours=2)
    away = "I was charged twice and it was late. I am away."
    receipt = cast.write(reply(away, to=mark_of(one.case), Auto_Submitted="auto-replied", subject="Out of office"))
    assert (receipt.outcome, receipt.message.case) == (Outcome.THREADED, one.case)
    assert (OutboxEntry.objects.count(), one.case.issues.count()) == before
    assert hasattr(Case.objects.get(), "closure")
    assert Standing.objects.get().attention == "done"


def test_an_auto_reply_out_of_the_blue_is_never_answered(cast):
    receipt = cast.write(mail(Auto_Submitted="auto-replied"))
    assert receipt.message.automatic == "auto-reply"
    assert OutboxEntry.objects.count() == 0


@pytest.mark.slow
def test_three_hundred_mails_of_one_address_get_one_acknowledgement_an_hour(cast):
    for number in range(300):
        automatic = {"Auto_Submitted": "auto-generated"} if number % 5 else {}
        cast.write(
            mail(f"Late {number}", message_id=f"<{number}@loop.example>", sender="loop@else.example", **automatic)
        )
        cast.clock.forward(seconds=3)
    assert Case.objects.count() == 240 + 1  # what a machine wrote is no account; what a person wrote is one
    assert OutboxEntry.objects.count() == 1
    cast.clock.forward(minutes=50)
    cast.write(mail("Late again", message_id="<again@loop.example>", sender="Loop@Else.example"))
    first, second = OutboxEntry.objects.order_by("pk")
    assert second.not_before - first.not_before >= timedelta(hours=1)


def bounce(number: int = 9, **headers: str) -> bytes:
    sender = "MAILER-DAEMON@mx.example"
    return mail("It could not be delivered.", sender=sender, message_id=f"<bounce{number}@mx.example>", **headers)


def test_a_bounce_to_our_signed_return_path_fails_its_letter_and_what_it_covered(cast, recovery):
    one = recovery()
    letter = one.person_first()
    assert Standing.objects.get().next_step == "remedy"
    receipt = cast.write(bounce(), mail_from="", recipients=[letter.outbox.envelope["return_path"]])
    assert receipt.outcome is Outcome.BOUNCED
    letter.outbox.refresh_from_db()
    assert letter.outbox.failed_at is not None
    assert letter.outbox.reason == "The recipient's mail server sent it back."
    standing = Standing.objects.get()
    assert (standing.attention, standing.reason) == ("to do", "Maria wrote")
    assert standing.next_step == "apologise"
    kinds = list(one.case.events.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["letter_failed", "bounce_received"]


def test_a_second_bounce_of_the_same_letter_changes_nothing(cast, recovery):
    one = recovery()
    path = one.person_first().outbox.envelope["return_path"]
    cast.write(bounce(), mail_from="", recipients=[path])
    events = one.case.events.count()
    assert cast.write(bounce(10), mail_from="", recipients=[path]).outcome is Outcome.BOUNCED
    assert one.case.events.count() == events


@pytest.mark.parametrize("bend", [lambda path: OURS, flipped, lambda path: path.replace("+b", "+c")])
def test_a_bounce_without_our_signed_return_path_is_set_aside(cast, recovery, bend):
    one = recovery()
    letter = one.person_first()
    receipt = cast.write(bounce(), mail_from="", recipients=[bend(letter.outbox.envelope["return_path"])])
    assert receipt.outcome is Outcome.SET_ASIDE
    letter.outbox.refresh_from_db()
    assert letter.outbox.failed_at is None
    assert Message.objects.filter(outgoing=False).count() == 1


def test_a_null_return_path_alone_makes_a_bounce(cast):
    receipt = cast.write(mail("It could not be delivered."), mail_from="")
    assert receipt.outcome is Outcome.SET_ASIDE
    assert Case.objects.count() == 0
