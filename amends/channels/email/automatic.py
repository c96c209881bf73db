"""Was this written by a person? Bounces, auto-replies and lists by their headers, then by their subject."""

import re

from amends.channels.email.heads import Head
from amends.channels.email.walk import Branch, Tree
from amends.channels.envelope import Automatic

_POSTMASTERS = frozenset({"mailer-daemon", "postmaster", "mailerdaemon", "mail-daemon", "double-bounce"})
_SUBJECTS = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?(?:(?:"
    r"auto(?:matic|mated)?[ -]?(?:reply|response|answer)|out of (?:the )?office|"
    r"i am (?:currently )?out of (?:the )?office|on (?:annual |maternity |sick )?leave|"
    r"automatische (?:antwort|r[üu]ckantwort)|abwesend|au(?:ß|ss)er haus|"
    r"r[ée]ponse automatique|absence du bureau|absent du bureau|message d'absence|"
    r"respuesta autom[áa]tica|fuera de (?:la )?oficina|risposta automatica|fuori (?:ufficio|sede)|"
    r"resposta autom[áa]tica|fora do escrit[óo]rio|automatisch antwoord|automatische beantwoording|"
    r"afwezig(?:heid)?|autosvar|automatiskt? svar|frånvaro|fravær|automaattinen vastaus|poissa toimistosta|"
    r"automatyczna odpowied[źz]|odpowied[źz] automatyczna|automatick[áa] odpov[ěe][ďd]|automatikus v[áa]lasz|"
    r"r[ăa]spuns automat|αυτόματη απάντηση|автоматический ответ|автоответ|автоматична відповідь|"
    r"otomatik yan[ıi]t)\s*(?:auto-?reply|re)?\s*(?:[:：\-–(\[]|$)"
    r"|abwesenheits(?:notiz|nachricht|assistent|meldung|hinweis)|"
    r"自動(?:返信|応答|回覆)|自动(?:回复|答复)|不在通知|자동 ?(?:회신|응답)|رد تلقائي|תשובה אוטומטית)",
    re.IGNORECASE,
)
_REPLY_HEADERS = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply", "x-auto-reply")
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "x-mailing-list", "feedback-id")
_LIST_PRECEDENCE = {b"bulk", b"list", b"junk"}


def why_automatic(tree: Tree, *, sender: str, subject: str, null_return: bool) -> Automatic:
    """Return why nobody wrote this message by hand, NO if a person seems to have (RFC 3834, 2919, 6522).

    X-Auto-Response-Suppress counts for nothing here: by MS-OXCMAIL 2.1.3.2.20 it asks that the message get
    no automatic answer, and people's own mails carry it too. It does not say who wrote the message.
    """
    head = tree.head
    submitted = head.first("auto-submitted").split(b";")[0].split(b"(")[0].strip().lower()
    if _is_receipt(tree):
        return Automatic.REPLY
    if _is_report(tree) or sender.partition("@")[0].lower() in _POSTMASTERS:
        return Automatic.BOUNCE
    replied = submitted == b"auto-replied" or any(name in head for name in _REPLY_HEADERS)
    if replied or _precedence(head) == b"auto_reply" or _SUBJECTS.match(subject):
        return Automatic.REPLY
    if null_return:
        return Automatic.BOUNCE
    if any(name in head for name in _LIST_HEADERS) or _precedence(head) in _LIST_PRECEDENCE:
        return Automatic.LIST
    return Automatic.REPLY if submitted not in (b"", b"no") else Automatic.NO


def _is_receipt(tree: Tree) -> bool:
    """A read receipt (RFC 8098): the mail arrived, so it is no bounce."""
    return any(leaf.content_type == "message/disposition-notification" for leaf in tree.leaves)


def _is_report(tree: Tree) -> bool:
    """A delivery report (RFC 6522): multipart/report, or any part that is a delivery status."""
    if isinstance(tree.root, Branch) and tree.root.kind == "report":
        return True
    return any(leaf.content_type == "message/delivery-status" for leaf in tree.leaves)


def _precedence(head: Head) -> bytes:
    return head.first("precedence").strip().lower()
