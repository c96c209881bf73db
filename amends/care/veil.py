"""The name under which what somebody carries is kept: only the desk that knows its own secret can make it."""

from django.utils.crypto import salted_hmac

from amends.team.models import User

LENGTH = 64


def veiled(person: User) -> str:
    """The 64 letters that stand for a person in the records of this room.

    No record of this room points at a person, so no query, dump or copy of the database alone says whose it is. Who
    holds the secret key of the desk as well could find out: that is whoever runs the machine, and no lead.
    """
    return salted_hmac("amends.care", str(person.pk), algorithm="sha256").hexdigest()
