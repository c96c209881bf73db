"""Writing a case study, having a second person read it, publishing it, and taking it away."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible, NotThere
from amends.cases.ledger import record, writing
from amends.language.anonymous.anonymise import left_in, to_judge
from amends.language.anonymous.finding import Finding
from amends.language.anonymous.known import Known
from amends.library.coarse import kept_of
from amends.library.errors import StillNamed
from amends.library.models import TEXTS, Publication, Study, StudyReturn, StudySource
from amends.library.people import common_words, known_of_case
from amends.team.models import User
from amends.team.permissions import Right

LONGEST_TITLE = 120
LONGEST = 6000
NAMES = {
    "title": "a title",
    "what_happened": "what happened",
    "what_we_did": "what we did",
    "outcome": "how it came out",
    "lesson": "what is learned",
}


@dataclass(frozen=True, slots=True)
class Told:
    """The texts of a study, as somebody wrote them."""

    title: str
    what_happened: str
    what_we_did: str
    outcome: str
    lesson: str


def write_study(case: Case, told: Told, *, by: User, now: datetime) -> Study:
    """Keep a study of a closed case, or its new words; nobody but those who may see the case reads it yet.

    Raises NotAllowed without the right, NotPossible for an open case, Incomplete for what is left out, StillNamed while
    something in it surely tells who it is about. The ledger names the study, never the case.
    """
    _check_may(by)
    check_hands(case, by)
    if not Closure.objects.filter(case=case).exists():
        raise NotPossible("A study is made from a closed case: first the outcome is known. Close the case, then write.")
    words = _checked(told, known_of_case(case))
    with writing():
        study = Study.objects.filter(source__case=case).first()
        if study is None:
            study = Study.objects.create(**words, by=by, at=now)
            StudySource.objects.create(study=study, case=case)
        else:
            Study.objects.filter(pk=study.pk).update(**words, by=by, at=now)
        record("study_written", None, by, now, study=study.pk)
    return Study.objects.get(pk=study.pk)


def publish_study(study: Study, *, looked: bool, by: User, now: datetime) -> Study:
    """Let everybody at the desk read it; from here on nothing leads from the study to its case or customer.

    `looked` says that the reader judged each marked place. Raises NotAllowed for its writer and without the right,
    AlreadyDone when it was published, StillNamed, Incomplete while marked places were not judged.
    """
    with writing():
        fresh, case = _waiting(study, by)
        if fresh.by_id == by.pk:
            raise NotAllowed("You wrote it, so somebody else reads it before others do. Ask a lead or quality manager.")
        known = known_of_case(case)
        _checked(told_by(fresh), known)
        marked = marked_in(told_by(fresh), known, common_words(case))
        if marked and not looked:
            raise Incomplete("Judge each marked place, then say that they name nobody.", "looked")
        _keep_coarse(fresh, case)
        fresh.returns.all().delete()
        StudySource.objects.filter(study=fresh).delete()
        Publication.objects.create(study=fresh, by=by, at=now)
        record("study_published", None, by, now, study=fresh.pk)
    return Study.objects.get(pk=fresh.pk)


def return_study(study: Study, words: str, *, by: User, now: datetime) -> StudyReturn:
    """Ask its writer to change something first; raises Incomplete without saying what, else as `publish_study`."""
    if not words.strip():
        raise Incomplete("Write what should be changed.", "words")
    with writing():
        fresh, _ = _waiting(study, by)
        if fresh.by_id == by.pk:
            raise NotAllowed("You wrote it yourself: change it on its page.")
        made = StudyReturn.objects.create(study=fresh, by=by, at=now, words=words.strip())
        record("study_returned", None, by, now, study=fresh.pk)
    return made


def remove_study(study: Study, *, by: User, now: datetime) -> None:
    """Take a study away for good, published or not: nothing is left of its words."""
    _check_may(by)
    with writing():
        shown = Study.objects.published() | Study.objects.waiting_for(by).order_by()
        fresh = Study.objects.filter(pk__in=shown.order_by().values("pk"), pk=study.pk).first()
        if fresh is None:
            raise AlreadyDone("This study is not there any more.")
        record("study_removed", None, by, now, study=fresh.pk)
        fresh.delete()


def find_waiting(number: int, user: User) -> Study:
    """A study that is not published yet, by number; raises NotThere for one that is not this person's to see."""
    found = Study.objects.waiting_for(user).select_related("by", "source__case").filter(pk=number).first()
    if found is None:
        raise NotThere("There is no study to be read here.")
    return found


def told_by(study: Study) -> Told:
    """The texts of a study."""
    return Told(**{name: getattr(study, name) for name in TEXTS})


def marked_in(told: Told, known: Known, common: frozenset[str] | None) -> dict[str, tuple[Finding, ...]]:
    """What a person judges before it is published, by field; only fields that have something."""
    found = {name: to_judge(getattr(told, name), known, common) for name in TEXTS}
    return {name: places for name, places in found.items() if places}


def _check_may(by: User) -> None:
    if not by.can(Right.WRITE_STUDIES):
        raise NotAllowed("Case studies are written by leads and quality managers. Ask one of yours.")


def _checked(told: Told, known: Known) -> dict[str, str]:
    words = {name: getattr(told, name).replace("\r\n", "\n").strip() for name in TEXTS}
    for name, text in words.items():
        most = LONGEST_TITLE if name == "title" else LONGEST
        if not text:
            raise Incomplete(f"Write {NAMES[name]}.", name)
        if len(text) > most:
            raise Incomplete(f"Say it in at most {most:,} letters.", name)
        places = left_in(text, known)
        if places:
            raise StillNamed(name, places)
    return words


def _waiting(study: Study, by: User) -> tuple[Study, Case]:
    """The study as it is now and its case, for somebody who may judge it."""
    _check_may(by)
    if Publication.objects.filter(study=study.pk).exists():
        raise AlreadyDone("Somebody published it already.")
    found = find_waiting(study.pk, by)
    check_hands(found.source.case, by)
    return found, found.source.case


def _keep_coarse(study: Study, case: Case) -> None:
    kept = kept_of(case)
    study.category, study.severity, study.period = kept.category, kept.severity, kept.period
    study.cause_id = kept.cause
    study.save(update_fields=["category", "severity", "period", "cause"])
    study.remedies.set(kept.remedies)
