"""Agreement by e-mail and by phone: words that stand in a mail without a “but”, and a choice that was read back."""

import pytest

from amends.cases.errors import Incomplete, NotPossible
from amends.recovery.agree import accept, decline
from amends.recovery.agreed_words import read_back, seeming_answer
from amends.recovery.offer import Acceptance, Via
from tests.conftest import mail

N = iter(range(10_000))


@pytest.fixture
def offered(recovery, cast):
    one = recovery()
    one.person_first()
    one.made = one.offer()
    cast.clock.forward(hours=1)
    return one


def arrives(one, cast, text):
    raw = mail(text, message_id=f"<answer{next(N)}@post.example>", In_Reply_To="<one@post.example>")
    receipt = cast.write(raw)
    assert receipt.message.case_id == one.case.pk
    return receipt.message


def take(one, cast, words, option=0, **more):
    chosen = one.made.options.all()[option]
    return accept(chosen, via=Via.EMAIL, now=cast.clock.forward(minutes=1), words=words, noted_by=cast.tom, **more)


def test_words_that_stand_in_their_mail_are_an_agreement(offered, cast):
    message = arrives(offered, cast, "Hi Tom,\n\nthe refund\nis fine.\n\nMaria")
    made = take(offered, cast, "the refund is fine.")
    assert (made.message, made.words) == (message, "the refund is fine.")


def test_words_that_stand_in_no_mail_are_none(offered, cast):
    arrives(offered, cast, "The refund is fine.")
    with pytest.raises(Incomplete, match="stand in no mail"):
        take(offered, cast, "Yes, the refund, gladly")


def test_a_mail_from_before_the_offer_agrees_to_nothing(offered, cast):
    with pytest.raises(Incomplete, match="stand in no mail"):
        take(offered, cast, "My order arrived nine days late")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("OK but it is still broken.", "OK"),
        ("Refund please. It is still leaking.", "Refund please."),
        ("No thanks, I want my money back.", "I want my money back"),
        ("Yes, the refund, if it comes before Friday.", "Yes, the refund"),
    ],
)
def test_a_mail_that_also_says_otherwise_is_no_agreement(offered, cast, text, words):
    arrives(offered, cast, text)
    with pytest.raises(NotPossible, match="Ask Maria first"):
        take(offered, cast, words)
    assert not Acceptance.objects.exists()


def test_a_later_mail_can_take_the_agreement_back(offered, cast):
    arrives(offered, cast, "The refund is fine.")
    cast.clock.forward(minutes=5)
    arrives(offered, cast, "No, I do not accept that after all.")
    with pytest.raises(NotPossible, match="I do not accept"):
        take(offered, cast, "The refund is fine.")


def test_another_option_than_the_one_they_chose_is_no_agreement(offered, cast):
    arrives(offered, cast, "The credit please.")
    with pytest.raises(NotPossible, match="seems to have chosen “Credit”"):
        take(offered, cast, "The credit please.", option=0)
    assert take(offered, cast, "The credit please.", option=1).option.title == "Credit"


def test_on_the_phone_the_choice_is_read_back_and_kept(offered, cast):
    option = offered.made.options.first()
    with pytest.raises(Incomplete, match="Read it to them"):
        accept(option, via=Via.PHONE, now=offered.now, words="Yes", noted_by=cast.tom)
    made = accept(option, via=Via.PHONE, now=offered.now, words="Yes", noted_by=cast.tom, was_read_back=True)
    assert (
        made.read_back
        == read_back(option)
        == "You choose: Refund, €30. We do it by Thursday 26 November. Is that right?"
    )


def test_what_a_mail_seems_to_answer_is_proposed_and_never_done(offered, cast):
    arrives(offered, cast, "The refund is fine.")
    message, answer = seeming_answer(offered.made, offered.case, cast.clock.now)
    assert (answer.kind, answer.option, message.text[answer.start : answer.end]) == ("yes", 0, "The refund is fine.")
    assert not Acceptance.objects.exists()


def test_a_decline_starts_our_clock(offered, cast):
    decline(offered.made, "Neither", via=Via.PAGE, now=cast.clock.forward(minutes=1))
    offered.case.standing.refresh_from_db()
    assert offered.case.standing.attention == "to do"
    assert offered.case.standing.due_at > cast.clock.now
