"""Putting a remark on a draft aside, and letting what was put aside be shown again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from amends.cases.case import Case
from amends.cases.cover import brief_of
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.remark import LONGEST, PutAside, Reason
from amends.cases.shape import Shape
from amends.language.brief import Finding
from amends.language.catalogue import NOT_CHECKED, catalogue
from amends.language.reply_check import check
from amends.team.models import User

_STANDING = Shape(
    lambda case: PutAside.objects.filter(case=case, back_at=None).order_by("pk").values_list("mark", "message_id")
)


@dataclass(frozen=True, slots=True)
class Aside:
    """What is put aside in a case, by marks: in the letter under way, and in this or any letter before."""

    case: int
    now: frozenset[str]
    ever: frozenset[str]

    def holds(self, found: Finding) -> bool:
        """Whether a remark stays put aside: for words until they change, for what is missing until the letter left."""
        return mark(self.case, found) in (self.ever if found.words else self.now)


def aside_in(case: Case) -> Aside:
    """What is put aside in this case now."""
    rows = _STANDING.rows(case.pk)
    now = frozenset(one for one, message in rows if message is None)
    return Aside(case.pk, now, frozenset(one for one, _ in rows))


def mark(case: int, found: Finding) -> str:
    """A keyed hash that knows a remark again by its check, issue and words, and tells nobody the words."""
    words = " ".join(found.words.split()).casefold()
    text = f"{case} {found.id} {found.issue or ''} {words}"
    return salted_hmac("amends.remark", text, algorithm="sha256").hexdigest()[:32]


def put_aside(
    case: Case, draft: str, chosen: str, reason: str, words: str = "", *, by: User, now: datetime
) -> PutAside:
    """Put the remark with this mark on this draft aside; the draft is looked at and not kept.

    Raises Incomplete without a reason, NotPossible when the draft does not hold the words any more, AlreadyDone the
    second time.
    """
    said = _said(reason, words)
    found = _remark(case, draft, chosen)
    with writing():
        if aside_in(case).holds(found):
            raise AlreadyDone("This remark is put aside already.")
        made = PutAside.objects.create(
            case=case, number=found.id, reason=reason, words=said, mark=chosen, by=by, at=now
        )
        record("remark_put_aside", case.pk, by, now, check=found.id, remark=catalogue()[found.id].label, reason=reason)
    return made


def show_again(case: Case, *, by: User, now: datetime) -> int:
    """Let every remark put aside in this case be shown again; returns how many there were, AlreadyDone for none."""
    with writing():
        count = PutAside.objects.filter(case=case, back_at=None).update(back_at=now)
        if not count:
            raise AlreadyDone("Nothing is put aside here: every remark is shown.")
        record("remarks_shown_again", case.pk, by, now, count=count)
    return count


def _said(reason: str, words: str) -> str:
    """The reason in own words, "" for one of those to choose from."""
    if reason not in Reason.values:
        raise Incomplete("Choose why the remark does not fit here.", "aside")
    said = " ".join(words.split()) if reason == Reason.OTHER else ""
    if reason == Reason.OTHER and not said:
        raise Incomplete("Say in a few words why the remark does not fit, or choose one of the reasons.", "aside")
    if len(said) > LONGEST:
        raise Incomplete(f"Say it in at most {LONGEST} characters.", "aside")
    return said


def _remark(case: Case, draft: str, chosen: str) -> Finding:
    for found in check(draft, brief_of(case)):
        if found.id != NOT_CHECKED and mark(case.pk, found) == chosen:
            return found
    raise NotPossible("The words of this remark have changed since, so there is nothing to put aside.")
