"""Writing a scenario: keep one, change it by a new version, read a colleague's, retire it, let it count."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.language.anonymous.known import Known
from amends.practice.own.find import Kept, is_free
from amends.practice.own.from_case import check_source, refuse_known, refuse_stand_ins
from amends.practice.own.models import (
    LARGEST,
    OwnCounting,
    OwnReading,
    OwnRetirement,
    OwnScenario,
    OwnSource,
    OwnVersion,
)
from amends.rehearsal.filed import as_file
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.winnable import refuse_where_nobody_wins
from amends.team.models import User
from amends.team.permissions import Right

MOST_VERSIONS = 200


def keep_scenario(said: Scenario, *, by: User, now: datetime) -> OwnVersion:
    """Return the first version of a new scenario; raises CannotBeWon, Incomplete when it is too long, NotAllowed."""
    words = _words(said, by)
    with writing():
        return _version(OwnScenario.objects.create(at=now), 1, said, words, by, now)


def keep_from_case(case: Case, said: Scenario, known: Known, *, by: User, now: datetime) -> OwnVersion:
    """Return the first version of a scenario made from a closed case, which others play once a second person read it.

    `known` is what is known of the people in the case; raises Incomplete while any of it stands in the scenario, and
    as `keep_scenario` does. The ledger names the scenario, never the case.
    """
    check_source(case, by=by)
    words = _words(said, by)
    _refuse_who(said, known)
    with writing():
        own = OwnScenario.objects.create(at=now)
        OwnSource.objects.create(scenario=own, case=case)
        record("scenario_made", None, by, now, scenario=own.pk)
        return _version(own, 1, said, words, by, now)


def change_scenario(
    kept: Kept, said: Scenario, after: int | None, *, by: User, now: datetime, known: Known | None = None
) -> OwnVersion:
    """Return a new version, which also brings a retired one back; rounds that began keep theirs.

    `after` is the number of the version that was changed; `known` has to be given as long as the case is known. Raises
    as `keep_scenario` does, and NotPossible when a colleague wrote another version in the meantime.
    """
    words = _words(said, by)
    _check_known(kept, said, known)
    with writing():
        own = OwnScenario.objects.select_for_update().get(pk=kept.own.pk)
        last = own.versions.order_by("-number").select_related("by").first()
        if last is None or last.number != after:
            who = f"{last.by.name} wrote version {last.number}" if last else "It was taken away"
            raise NotPossible(f"{who} in the meantime. Look at it first; what you typed still stands here.")
        if last.number >= MOST_VERSIONS:
            raise NotPossible(f"{MOST_VERSIONS} versions are the most. Write it as a new scenario.")
        return _version(own, last.number + 1, said, words, by, now)


def retire_scenario(kept: Kept, *, by: User, now: datetime) -> None:
    """Take a scenario out of use after its newest version; to do it twice changes nothing."""
    _may_write(by)
    with writing():
        OwnRetirement.objects.get_or_create(version=kept.last, defaults={"by": by, "at": now})


def read_scenario_through(
    kept: Kept, number: int | None, *, by: User, now: datetime, known: Known | None = None
) -> OwnReading:
    """Note that a second person read the newest version of what was made from a case, and everybody may play it.

    From here on nothing leads from the scenario to its case. Raises NotAllowed for whoever wrote it, NotPossible for
    any other version, AlreadyDone the second time, Incomplete while something known of the case stands in it.
    """
    _may_write(by)
    if number != kept.last.number:
        raise NotPossible("There is a newer version. Read that one.")
    if kept.last.by_id == by.pk:
        raise NotAllowed("You wrote this version. Somebody else has to read it before others play it.")
    if is_free(kept.own, kept.last):
        raise AlreadyDone("Everybody can play this version already.")
    _check_known(kept, kept.last.read(), known)
    with writing():
        OwnSource.objects.filter(scenario=kept.own).update(case=None)
        record("scenario_read", None, by, now, scenario=kept.own.pk)
        return OwnReading.objects.create(version=kept.last, by=by, at=now)


def _check_known(kept: Kept, said: Scenario, known: Known | None) -> None:
    if kept.case is None:
        return
    if known is None:
        raise NotPossible("This was made from a case, and nobody has looked up what is known of the people in it.")
    _refuse_who(said, known)


def _refuse_who(said: Scenario, known: Known) -> None:
    refuse_known(said, known)
    refuse_stand_ins(said)


def let_count(kept: Kept, *, by: User, now: datetime) -> None:
    """Let passed rounds of a scenario count for practice before live work from now on; twice changes nothing."""
    _may_decide(by)
    with writing():
        OwnCounting.objects.get_or_create(scenario=kept.own, defaults={"by": by, "at": now})


def let_count_no_more(kept: Kept, *, by: User) -> None:
    """Let no further round of a scenario count; what has passed stays passed."""
    _may_decide(by)
    with writing():
        OwnCounting.objects.filter(scenario=kept.own).delete()


def _may_write(by: User) -> None:
    if not by.can(Right.WRITE_SCENARIOS):
        raise NotAllowed("Leads and quality write scenarios. Ask one of them, or tell them what you would practise.")


def _may_decide(by: User) -> None:
    if not by.can(Right.MANAGE_TEAM):
        raise NotAllowed("A lead decides what counts on the learning path.")


def _words(said: Scenario, by: User) -> str:
    """The file of a scenario that may be kept."""
    _may_write(by)
    words = as_file(said)
    if len(words) > LARGEST:
        raise Incomplete(
            f"The whole scenario has {len(words)} characters; {LARGEST} are the most. Shorten it.", "title"
        )
    refuse_where_nobody_wins(said)
    return words


def _version(own: OwnScenario, number: int, said: Scenario, words: str, by: User, now: datetime) -> OwnVersion:
    return OwnVersion.objects.create(
        scenario=own, number=number, title=said.title, sector=said.sector, words=words, by=by, at=now
    )
