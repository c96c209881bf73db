"""The letter of figures: the sentence first, a small table, the way to the page, and one press to stop it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from amends.channels.envelope import Mailbox, Outgoing
from amends.channels.models import Channel
from amends.insights.answer import Answer, Table
from amends.insights.questions import Question
from amends.reporting.subscription import FiguresLetter

ROWS, COLUMNS = 8, 4
WHOLE = "The whole page, with the cases behind each number"
CELL = "padding:4px 16px 4px 0;border-bottom:1px solid #d9d6cf;text-align:"


@dataclass(frozen=True, slots=True)
class Told:
    """What one letter says: its sentence and the first of the table, cut to what a small screen shows."""

    sentence: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int

    @property
    def digest(self) -> str:
        """The same for letters that say the same."""
        return sha256(repr((self.sentence, self.heads, self.rows)).encode()).hexdigest()


def told_of(answer: Answer) -> Told:
    """The answer as a letter tells it: no quotes of customers, no names."""
    table: Table | None = next((one for one in answer.ground.tables if one.rows), None)
    if table is None:
        return Told(answer.sentence, "", (), (), 0)
    rows = tuple(tuple(cell.text for cell in row[:COLUMNS]) for row in table.rows[:ROWS])
    heads = tuple(head.label for head in table.heads[:COLUMNS])
    return Told(answer.sentence, table.caption, heads, rows, len(table.rows) - len(rows))


def letter_of(row: FiguresLetter, question: Question, told: Told, channel: Channel, *, again: bool) -> Outgoing:
    """The letter ready to leave; `again` says that nothing is new since the last one."""
    one = row.subscription
    link = f"{settings.AMENDS_URL}/insights/{question.key}/"
    news = "Nothing is new since the last letter." if again else ""
    return Outgoing(
        message_id=row.message_id,
        sender=Mailbox(channel.address, channel.name),
        recipient=Mailbox(one.reach, one.person.name),
        reply_to=channel.address,
        subject=question.title,
        text=_text(told, news, link, one.stop_link, one.when),
        html=_html(question.title, told, news, link, one.stop_link, one.when),
        automatic=True,
        unsubscribe=one.stop_link,
    )


def _text(told: Told, news: str, link: str, stop: str, when: str) -> str:
    more = f"and {told.left_out} more rows on the page" if told.left_out else ""
    table = [told.caption, "", *_lines([told.heads, *told.rows]), more] if told.rows else []
    parts = [told.sentence, news, "\n".join(table).rstrip(), f"{WHOLE}:\n{link}"]
    foot = f"--\nYou asked for this letter. {when}.\nNo more of them: {stop}"
    return "\n\n".join(part for part in [*parts, foot] if part) + "\n"


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as columns of the same width: the first to the left, the others to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]


def _html(title: str, told: Told, news: str, link: str, stop: str, when: str) -> str:
    return format_html(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head>'
        '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1d232b;max-width:40em">'
        '<p style="font-size:18px">{}</p>{}{}<p><a href="{}">The whole page, with the cases behind each number</a></p>'
        '<p style="font-size:14px;color:#5a616b">You asked for this letter. {}. <a href="{}">No more of them</a></p>'
        "</body></html>",
        title,
        told.sentence,
        format_html("<p>{}</p>", news) if news else "",
        _html_table(told) if told.rows else "",
        link,
        when,
        stop,
    )


def _html_table(told: Told) -> SafeString:
    heads = format_html_join("", '<th scope="col" style="{}{}">{}</th>', _styled(told.heads))
    rows = format_html_join("", "<tr>{}</tr>", ((_html_row(row),) for row in told.rows))
    more = format_html("<p>and {} more rows on the page</p>", told.left_out) if told.left_out else ""
    return format_html(
        '<table style="border-collapse:collapse"><caption style="text-align:left;font-weight:600">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}",
        told.caption,
        heads,
        rows,
        more,
    )


def _html_row(row: Sequence[str]) -> SafeString:
    return format_html_join("", '<td style="{}{}">{}</td>', _styled(row))


def _styled(cells: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(CELL, "right" if at else "left", cell) for at, cell in enumerate(cells)]
