"""The name under which what somebody carries is kept: only the desk that knows its own secret can make it."""

from django.db.models import Model
from django.utils.crypto import salted_hmac

from amends.team.models import User

LENGTH = 64


def veiled(person: User, record: type[Model]) -> str:
    """The 64 letters that stand for a person in one kind of record of this room.

    Each kind has names of its own. The ledger tells who took and put back which case, and when, so it gives away whose
    a `Given` or a `PassedOn` is: from there no name leads on to what the same person said of themselves. Who holds the
    secret key of the desk as well could find out: that is whoever runs the machine, and no lead.
    """
    return salted_hmac(f"amends.care.{record.__name__}", str(person.pk), algorithm="sha256").hexdigest()
