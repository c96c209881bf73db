"""In a trial every letter is a file of its own, however fast they leave."""

from amends.channels.email.send import send
from amends.channels.envelope import Mailbox, Outgoing


def test_letters_of_one_second_do_not_share_a_file(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "amends.channels.email.sink.Sink", tmp_path
    for number in range(20):
        send(
            Outgoing(
                message_id=f"{number}@lindqvist.example",
                sender=Mailbox("complaints@lindqvist.example"),
                recipient=Mailbox("maria@post.example"),
                reply_to="complaints@lindqvist.example",
                subject=f"Letter {number}",
                text="Dear Maria",
            )
        )
    subjects = [path.read_text().partition("Subject: ")[2].splitlines()[0] for path in sorted(tmp_path.iterdir())]
    assert subjects == [f"Letter {number}" for number in range(20)]
