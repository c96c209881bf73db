"""What `amends up` prints when the desk is open."""

from django.conf import settings

from amends.demo.load import SAMPLE_PASSWORD
from amends.team.models import User


def welcome(seconds: float, *, sample: bool) -> str:
    """The addresses and sign-ins of a running desk, as lines for a terminal."""
    lines = [
        "",
        f"Amends is open: {settings.AMENDS_URL}   (ready in {seconds:.1f} s, data in {settings.AMENDS_HOME})",
        "",
        f"  Send a complaint   with any mail program: SMTP server {settings.AMENDS_SMTP_HOST}, "
        f"port {settings.AMENDS_SMTP_PORT}, no password, no encryption",
        f"  Read what we send  {_where_letters_go()}",
        *(_sign_ins() if sample else []),
        "",
        "Ctrl-C stops everything.",
    ]
    return "\n".join(lines)


def _where_letters_go() -> str:
    if settings.EMAIL_BACKEND.endswith("sink.Sink"):
        return f"{settings.AMENDS_URL}/mailroom/sent/   (nothing leaves this machine)"
    return f"with your customers: letters leave through {settings.AMENDS_MAIL_URL.partition('@')[2] or 'your provider'}"


def _sign_ins() -> list[str]:
    people = User.objects.filter(is_active=True).select_related("team").order_by("pk")
    lines = [f"  Sign in            password {SAMPLE_PASSWORD}, as"]
    return lines + [f"    {one.username:<17}{one.name}, {one.role}, {one.team.name}" for one in people]
