"""Closing the loop: everyone a cause hurt is told once what was changed, or left out with a reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from amends.cases.errors import AlreadyDone, Incomplete, NotPossible, NotThere
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.letters import queue_letter
from amends.cases.links import page_link
from amends.language.acknowledgement import DEFAULT_LANGUAGE
from amends.language.news import LANGUAGE_NAMES, news_letter
from amends.language.promises import find_promises
from amends.prevention.affected import Harmed, hindrance, hurt_in, reckoning
from amends.prevention.models import Change
from amends.prevention.telling import LeftOut, News, Telling
from amends.team.models import User

NEWS = "news"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Review:
    """What a person reviewed: the text in English and other languages, whom to leave out and why, whom they saw."""

    text: str
    translations: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[int, str] = field(default_factory=dict)
    seen: Collection[int] | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The text of each language it was written in."""
        others = {language: text.strip() for language, text in self.translations.items() if text.strip()}
        return {DEFAULT_LANGUAGE: self.text.strip(), **others}


def tell(change: Change, review: Review, *, by: User, now: datetime) -> Telling:
    """Tell everyone harmed by its cause, among the cases `by` may see, of a change that is in place: one letter each.

    Afterwards each of them is told or left out with a reason; another run reaches only those harmed since. Raises
    NotPossible before the change is made or when somebody joined since `review.seen`, Incomplete for what the review
    lacks, AlreadyDone when nobody is owed it.
    """
    with writing():
        check_made(change)
        owed = reckoning(change, by).owed
        _check_text(review, now)
        _check_people(review, owed)
        telling = Telling.objects.create(change=change, texts=review.texts, by=by, at=now)
        record("cause_told", None, by, now, telling=telling.pk, change=change.pk)
        for one in owed:
            _tell_one(telling, one, review.left_out.get(one.customer, ""), now)
    return telling


def check_made(change: Change) -> None:
    """Raise NotPossible while a change is only agreed: until it is made there is no news."""
    if change.made_at is None:
        raise NotPossible(f"“{change.what}” is not in place yet, so there is no news. First say that it is in place.")


def letter_to(one: Harmed, texts: Mapping[str, str]) -> str:
    """The letter one person gets: in their language where the text was written in it, else in English and saying so."""
    case = one.case
    return news_letter(
        one.language,
        name=case.customer.first_name,
        summary=one.summary,
        text=texts.get(one.language) or texts[DEFAULT_LANGUAGE],
        translated=one.language in texts,
        link=page_link(case.pk, "news/"),
        signed=case.team.signature or case.channel.name,
    )


def owe_again(left_out: LeftOut, *, by: User, now: datetime) -> None:
    """Put somebody who was left out back among those who are owed the news.

    Raises NotThere when only cases of other teams know that it hurt them.
    """
    with writing():
        case = hurt_in(left_out.change, left_out.customer_id, by)
        if case is None:
            raise NotThere("Nobody of that number was left out among the cases you may see.")
        record("news_owed_again", case.pk, by, now, change=left_out.change_id)
        left_out.delete()


def _check_text(review: Review, now: datetime) -> None:
    if not review.text.strip():
        raise Incomplete("Write in English what was changed.", "text-en")
    unknown = next((language for language in review.translations if language not in LANGUAGE_NAMES), None)
    if unknown is not None:
        raise Incomplete(f"We write letters in {', '.join(LANGUAGE_NAMES.values())}, not in “{unknown}”.", "texts")
    for language, text in review.texts.items():
        promises = find_promises(text, written_at=now, calendar=None, zone="UTC")
        sure = next((one for one in promises if one.sure), None)
        if sure:
            raise Incomplete(
                f"This promises each of them something: “{sure.words}”. A promise needs an owner in one case. "
                "Say what was changed.",
                f"text-{language}",
            )


def _check_people(review: Review, owed: tuple[Harmed, ...]) -> None:
    people = {one.customer for one in owed}
    if not people:
        raise AlreadyDone("Everyone it hurt was told of this change, or left out with a reason.")
    joined = people - set(review.seen) if review.seen is not None else set()
    if joined:
        count = "One more person was" if len(joined) == 1 else f"{len(joined)} more people were"
        raise NotPossible(f"{count} linked to this cause since you looked. Look at the list again, then tell them.")
    for customer, reason in review.left_out.items():
        if customer not in people:
            raise Incomplete(f"Customer {customer} is not among those who are owed this news.", "left_out")
        if not reason.strip():
            raise Incomplete("Say why this person is not told.", f"reason-{customer}")


def _tell_one(telling: Telling, one: Harmed, reason: str, now: datetime) -> None:
    hindered = "" if reason else hindrance(one.case, now)
    if reason or hindered:
        why = (reason or hindered).strip()[:LONGEST_REASON]
        actor = telling.by if reason else None
        made = LeftOut.objects.create(change=telling.change, customer=one.case.customer, reason=why, by=actor, at=now)
        record("news_left_out", one.case.pk, actor or SYSTEM, now, left_out=made.pk, change=telling.change_id)
        return
    letter = queue_letter(one.case, letter_to(one, telling.texts), now=now, automatic=NEWS)
    News.objects.update_or_create(
        change=telling.change, customer=one.case.customer, defaults={"telling": telling, "message": letter}
    )
    record("news_told", one.case.pk, telling.by, now, message=letter.pk, change=telling.change_id)
