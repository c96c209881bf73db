"""Which of the house's scenarios somebody may see, and which version of one they may play."""

from dataclasses import dataclass

from django.db.models import Prefetch

from amends.cases.case import Case
from amends.cases.errors import NotThere
from amends.practice.own.models import OWN, OwnScenario, OwnVersion
from amends.team.models import User
from amends.team.permissions import Right

MOST = 200
BESIDE = ("by", "reading__by", "retirement__by")
NOT_THERE = "There is no such scenario here."


@dataclass(frozen=True, slots=True)
class Kept:
    """A scenario as one person meets it: the newest version of theirs to see, and the one they play.

    `playing` is None where it is retired, or while nobody has read any version of what was made from a case.
    """

    own: OwnScenario
    versions: tuple[OwnVersion, ...]
    playing: OwnVersion | None

    @property
    def last(self) -> OwnVersion:
        """The newest version."""
        return self.versions[-1]

    @property
    def retired(self) -> bool:
        """Whether it is out of use."""
        return hasattr(self.last, "retirement")

    @property
    def waits(self) -> bool:
        """Whether the newest version waits for somebody who did not write it to read it."""
        return not (self.retired or is_free(self.own, self.last))

    @property
    def case(self) -> Case | None:
        """The case it was made from, as long as nobody but its writer has read it."""
        return self.own.source.case if hasattr(self.own, "source") else None

    @property
    def counts(self) -> bool:
        """Whether a lead lets its rounds count."""
        return hasattr(self.own, "counting")


def is_free(own: OwnScenario, version: OwnVersion) -> bool:
    """Whether everybody may play a version: it was made from no case, or a second person has read it."""
    return not hasattr(own, "source") or hasattr(version, "reading")


def kept(user: User) -> list[Kept]:
    """Return the house's scenarios this person may see, newest first, at most 200; their words are not fetched."""
    rows = OwnScenario.objects.select_related("counting__by", "source__case").order_by("-pk")[:MOST]
    versions = Prefetch("versions", OwnVersion.objects.defer("words").select_related(*BESIDE))
    return [found for own in rows.prefetch_related(versions) if (found := _for(own, user)) is not None]


def find_kept(number: int, user: User) -> Kept:
    """Return one scenario; raises NotThere for one that is not there or not theirs to see, alike."""
    rows = OwnScenario.objects.select_related("counting__by", "source__case").filter(pk=number)
    own = rows.prefetch_related(Prefetch("versions", OwnVersion.objects.select_related(*BESIDE))).first()
    found = _for(own, user) if own else None
    if found is None:
        raise NotThere(NOT_THERE)
    return found


def find_key(key: str, user: User) -> Kept | None:
    """Return the scenario that a round calls `key`, None where it is none of the house's or has nothing to play."""
    number = key.removeprefix(OWN)
    if number == key or not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    own = OwnScenario.objects.filter(pk=int(number)).exists()
    found = find_kept(int(number), user) if own else None
    return found if found and found.playing else None


def _for(own: OwnScenario, user: User) -> Kept | None:
    every = tuple(own.versions.all())
    may_play = [one for one in every if is_free(own, one) or one.by_id == user.pk]
    versions = every if len(may_play) == len(every) or _sees_unread(own, user) else tuple(may_play)
    if not versions:
        return None
    retired = hasattr(every[-1], "retirement")
    return Kept(own, versions, may_play[-1] if may_play and not retired else None)


def _sees_unread(own: OwnScenario, user: User) -> bool:
    """Whoever writes scenarios, and may see the case as long as it is known, may read what nobody has read yet."""
    if not user.can(Right.WRITE_SCENARIOS):
        return False
    case = own.source.case_id
    return case is None or Case.objects.visible_to(user).exclude(subjects__person=user).filter(pk=case).exists()
