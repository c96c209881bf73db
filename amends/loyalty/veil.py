"""The letters that stand for an e-mail address: the same for the same address, and not turned back into it."""

from django.utils.crypto import salted_hmac

LENGTH = 64


def veiled_address(address: str) -> str:
    """The 64 letters that stand for an e-mail address: found again from the address, and not turned back into it.

    A new secret key of the desk makes other letters: bring the purchases in again then.
    """
    return salted_hmac("amends.loyalty.purchase", address.lower(), algorithm="sha256").hexdigest()
