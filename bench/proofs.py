"""What must never be found in a database, as plain queries of its tables: written without the code that fills them.

Each query returns the rows that break a rule; the numbers are those of the invariants this product was founded on.
`%(since)s` narrows a rule about a moment to what happened from then on, `%(swept)s` is when the clock was last asked.
"""

from datetime import datetime
from typing import Any

from django.db import connection

# A step was said for an issue (i) in a letter that counted at a moment, after the issue last began again.
_SAID = """EXISTS (
    SELECT 1 FROM amends_coverage c
    JOIN amends_message m ON m.id = c.message_id JOIN amends_outboxentry l ON l.message_id = m.id
    WHERE c.issue_id = i.id AND c.step = '{step}' AND m.at <= {at}
      AND (l.cancelled_at IS NULL OR l.cancelled_at > {at}) AND (l.failed_at IS NULL OR l.failed_at > {at})
      AND NOT EXISTS (SELECT 1 FROM amends_issuereopening r
                      WHERE r.issue_id = i.id AND r.at <= {at} AND r.at >= m.at){more})"""
_NOT_CORRECTED = """
      AND NOT EXISTS (SELECT 1 FROM amends_understanding u
                      WHERE u.case_id = i.case_id AND NOT u.agreed AND u.at > m.at AND u.at <= {at})"""
_COUNTS = """NOT EXISTS (SELECT 1 FROM amends_withdrawal w WHERE w.issue_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM amends_merger g WHERE g.issue_id = i.id)"""
_PASSED = "EXISTS (SELECT 1 FROM amends_exemption e WHERE e.case_id = i.case_id AND e.gate = '{gate}' AND e.at = {at})"


def _said(step: str, at: str, more: str = "") -> str:
    return _SAID.format(step=step, at=at, more=more.format(at=at))


def _cared_for(at: str) -> str:
    """Whether a person was heard, apologised to and said back to about an issue (i) by a moment."""
    return f"""(EXISTS (SELECT 1 FROM amends_hearing h WHERE h.issue_id = i.id AND h.at <= {at})
    AND {_said("apologise", at)} AND {_said("reflect", at, _NOT_CORRECTED)})"""


_BEFORE_CARE = f"""SELECT {{one}}.id, i.id FROM {{table}} {{one}} JOIN amends_issue i ON i.case_id = {{case}}
    WHERE {{at}} >= %(since)s AND i.raised_at <= {{at}} AND {_COUNTS} AND NOT {{passed}} AND NOT {{care}}"""


def _before_care(table: str, at: str, case: str) -> str:
    passed = _PASSED.format(gate="offer", at=at)
    return _BEFORE_CARE.format(one="o", table=table, at=at, case=case, passed=passed, care=_cared_for(at))


_PUT_RIGHT = """(EXISTS (SELECT 1 FROM amends_fulfilment_issues fi JOIN amends_fulfilment f ON f.id = fi.fulfilment_id
             WHERE fi.issue_id = i.id AND NOT EXISTS (
                 SELECT 1 FROM amends_issuereopening r WHERE r.issue_id = i.id AND r.at >= f.at)
               AND NOT EXISTS (SELECT 1 FROM amends_faileddelivery z WHERE z.fulfilment_id = f.id AND z.at >= f.at))
    OR {refused})"""
_REFUSED = """EXISTS (SELECT 1 FROM amends_refusal x JOIN amends_outboxentry l ON l.message_id = x.message_id
            WHERE x.issue_id = i.id AND l.cancelled_at IS NULL AND l.failed_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM amends_issuereopening r WHERE r.issue_id = i.id AND r.at >= x.at))"""
_NOT_UPHELD = f"""({_REFUSED} AND EXISTS (
    SELECT 1 FROM amends_decision d LEFT JOIN amends_decisionreview v ON v.decision_id = d.id
    WHERE d.issue_id = i.id AND d.outcome = 'not_upheld'
      AND (v.agreed OR (v.id IS NULL AND d.fault <> 'conduct'))
      AND NOT EXISTS (SELECT 1 FROM amends_decision newer WHERE newer.issue_id = i.id AND newer.id > d.id)))"""
_FAR = "'9999-01-01'"

RULES: dict[str, tuple[str, str]] = {
    "1 offer": (
        "No offer leaves while a person is owed to be heard, apologised to and said back to.",
        _before_care("amends_offer", "o.made_at", "o.case_id"),
    ),
    "1 refusal": (
        "No remedy is refused before the person was treated either.",
        _before_care(
            "(SELECT x.id, x.at, y.case_id FROM amends_refusal x JOIN amends_issue y ON y.id = x.issue_id)",
            "o.at",
            "o.case_id",
        ),
    ),
    "2 delivery": (
        "Nothing is delivered that was neither agreed to nor owed by policy.",
        """SELECT f.id FROM amends_fulfilment f JOIN amends_remedy y ON y.id = f.remedy_id
           LEFT JOIN amends_acceptance a ON a.id = f.acceptance_id LEFT JOIN amends_option p ON p.id = a.option_id
           WHERE NOT (f.entitlement AND y.entitlement AND a.id IS NULL)
             AND NOT (a.id IS NOT NULL AND a.at <= f.at AND p.remedy_id = f.remedy_id
                      AND p.amount_cents = f.amount_cents AND p.currency = f.currency)""",
    ),
    "2 issues": (
        "A delivery is for issues that its offer was for.",
        """SELECT f.id FROM amends_fulfilment f JOIN amends_acceptance a ON a.id = f.acceptance_id
           JOIN amends_fulfilment_issues fi ON fi.fulfilment_id = f.id
           WHERE NOT EXISTS (SELECT 1 FROM amends_offer_issues oi
                             WHERE oi.offer_id = a.offer_id AND oi.issue_id = fi.issue_id)""",
    ),
    "2 answer": (
        "Nobody agrees to an offer that was taken back, declined or had lapsed, nor to an option of another one.",
        """SELECT a.id FROM amends_acceptance a JOIN amends_offer o ON o.id = a.offer_id
           JOIN amends_option p ON p.id = a.option_id
           WHERE p.offer_id <> o.id OR a.at >= o.expires_at OR a.at < o.made_at
              OR EXISTS (SELECT 1 FROM amends_decline d WHERE d.offer_id = o.id)
              OR EXISTS (SELECT 1 FROM amends_offerwithdrawal w WHERE w.offer_id = o.id)""",
    ),
    "3 approval": (
        "Nobody approves what they asked for.",
        """SELECT d.id FROM amends_approvaldecision d JOIN amends_approvalrequest q ON q.id = d.request_id
           WHERE d.by_id = q.requester_id OR d.requester_id <> q.requester_id""",
    ),
    "3 approved": (
        "An offer stands on a granted approval of its own case and its own maker.",
        """SELECT o.id FROM amends_offer o JOIN amends_approvaldecision d ON d.id = o.approval_id
           JOIN amends_approvalrequest q ON q.id = d.request_id
           WHERE NOT d.granted OR q.case_id <> o.case_id OR q.requester_id <> o.made_by_id OR d.at > o.made_at""",
    ),
    "4 closed": (
        "A closed case misses no part of any issue, unless somebody passed the gate with a reason.",
        f"""SELECT k.case_id, i.id FROM amends_closure k JOIN amends_issue i ON i.case_id = k.case_id
           WHERE {_COUNTS} AND NOT {_PASSED.format(gate="closing", at="k.at")} AND NOT {_NOT_UPHELD}
             AND NOT ({_said("acknowledge", _FAR)} AND {_said("prevent", _FAR)}
                      AND {_PUT_RIGHT.format(refused=_REFUSED)})""",
    ),
    "6 stored": (
        "Every mail that was read is in a conversation, came twice, came back, or lies aside with a reason.",
        """SELECT r.id FROM amends_rawmail r LEFT JOIN amends_message m ON m.raw_id = r.id
           WHERE (m.id IS NOT NULL AND (r.read_at IS NULL OR r.set_aside_at IS NOT NULL))
              OR (r.set_aside_at IS NOT NULL AND r.reason = '')
              OR (m.id IS NULL AND r.read_at IS NOT NULL AND r.mail_from <> '' AND NOT EXISTS (
                  SELECT 1 FROM amends_rawmail s JOIN amends_message n ON n.raw_id = s.id WHERE s.body = r.body))""",
    ),
    "7 note": (
        "No word of a note is in a letter.",
        """SELECT n.id, m.id FROM amends_note n JOIN amends_message m ON m.case_id = n.case_id AND m.outgoing
           JOIN amends_outboxentry l ON l.message_id = m.id
           WHERE CAST(l.envelope AS text) LIKE '%%' || n.text || '%%' OR m.text LIKE '%%' || n.text || '%%'""",
    ),
    "8 thread": (
        "A mail joins a case by our mark or because its sender takes part in it.",
        """SELECT m.id FROM amends_message m JOIN amends_case k ON k.id = m.case_id
           JOIN amends_rawmail r ON r.id = m.raw_id
           WHERE NOT m.outgoing AND NOT EXISTS (
               SELECT 1 FROM amends_address a
               WHERE a.customer_id = k.customer_id AND a.value = lower(m.sender_address))
             AND (m.known_sender OR CAST(r.recipients AS text) NOT LIKE '%%+c' || m.case_id || '-%%')""",
    ),
    "10 review": (
        "Nobody looks a second time at their own decision or boundary.",
        """SELECT v.id FROM amends_decisionreview v
           JOIN amends_decision d ON d.id = v.decision_id WHERE v.by_id = d.by_id
           UNION ALL SELECT v.id FROM amends_boundaryreview v
           JOIN amends_boundary b ON b.id = v.boundary_id WHERE v.by_id = b.by_id""",
    ),
    "10 subject": (
        "Whom a complaint is about does nothing in it but write a note or step back, and does not hold it.",
        """SELECT e.seq FROM amends_event e JOIN amends_subject s ON s.case_id = e.case_id
           WHERE e.actor = 'user:' || s.person_id AND e.at > s.at
             AND e.kind NOT IN ('note_added', 'subject_named', 'unassigned')
           UNION ALL SELECT h.id FROM amends_assignment h JOIN amends_subject s ON s.case_id = h.case_id
           WHERE h.to_id = s.person_id""",
    ),
    "10 higher": (
        "Where the rule book has a second stage, going higher leads to somebody who had no hand in the first.",
        """SELECT x.id FROM amends_escalation x JOIN amends_case k ON k.id = x.case_id
           JOIN amends_team t ON t.id = k.team_id AND t.profile = 'uk_ombudsman' WHERE (EXISTS (
               SELECT 1 FROM amends_message m WHERE m.case_id = x.case_id AND m.author_id = x.to_id AND m.at < x.at)
             OR EXISTS (SELECT 1 FROM amends_fulfilment f
                        WHERE f.case_id = x.case_id AND f.by_id = x.to_id AND f.at < x.at)
             OR EXISTS (SELECT 1 FROM amends_decision d JOIN amends_issue i ON i.id = d.issue_id
                        WHERE i.case_id = x.case_id AND d.by_id = x.to_id AND d.at < x.at))""",
    ),
    "12 survey": (
        "Asked how it was, a customer has one answer to each question, in its scale, to what was asked.",
        """SELECT a.asked_id, a.kind FROM amends_surveyanswer a GROUP BY a.asked_id, a.kind, COALESCE(a.issue_id, 0)
           HAVING COUNT(*) > 1
           UNION ALL SELECT a.asked_id, a.kind FROM amends_surveyanswer a
           WHERE a.value > CASE a.kind WHEN 'csat' THEN 5 WHEN 'nps' THEN 10 WHEN 'ces' THEN 7 ELSE 1 END
              OR (a.value = 0 AND a.kind IN ('csat', 'ces')) OR (a.value IS NULL AND a.kind <> 'words')""",
    ),
    "12 low": (
        "Who answered that we let them down waits for a person, or a person wrote what came of it.",
        """SELECT a.id, 0 FROM amends_surveyanswer a
           WHERE a.value <= CASE a.kind WHEN 'csat' THEN 2 WHEN 'nps' THEN 6 WHEN 'settled' THEN 0 ELSE -1 END
             AND NOT EXISTS (SELECT 1 FROM amends_lowscore s WHERE s.asked_id = a.asked_id)""",
    ),
    "15 automatic": (
        "A letter nobody wrote never answers a mail nobody wrote.",
        """SELECT m.id, q.id FROM amends_message m JOIN amends_outboxentry l ON l.message_id = m.id
           JOIN amends_message q ON q.case_id = m.case_id AND NOT q.outgoing AND q.automatic <> ''
           WHERE m.outgoing AND m.automatic = 'acknowledgement'
             AND CAST(l.envelope AS text) LIKE '%%"in_reply_to": "' || q.external_id || '"%%'""",
    ),
    "16 broken": (
        "A promise whose time passed unkept is an issue, unless the customer let us off.",
        """SELECT p.id FROM amends_promise p WHERE p.due_at < %(swept)s AND p.made_at < %(swept)s AND p.kept_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM amends_release s WHERE s.promise_id = p.id)
             AND NOT EXISTS (SELECT 1 FROM amends_outboxentry l WHERE l.message_id = p.message_id
                             AND (l.cancelled_at IS NOT NULL OR l.failed_at IS NOT NULL))
             AND NOT EXISTS (SELECT 1 FROM amends_brokenpromise b JOIN amends_issue i ON i.id = b.issue_id
                             WHERE b.promise_id = p.id AND i.case_id = p.case_id)""",
    ),
    "17 again": (
        "What did not hold is not offered first again without a reason.",
        """SELECT o.id FROM amends_offer o JOIN amends_offer_issues oi ON oi.offer_id = o.id
           JOIN amends_option p ON p.offer_id = o.id AND p.position = 1
           JOIN amends_recurrence c ON c.issue_id = oi.issue_id AND c.at <= o.made_at
           JOIN amends_fulfilment_issues fi ON fi.issue_id = c.earlier_id
           JOIN amends_fulfilment f ON f.id = fi.fulfilment_id AND f.at <= o.made_at
           WHERE f.remedy_id = p.remedy_id AND o.reason = ''""",
    ),
    "18 order": (
        "The ledger follows the clock within one case.",
        """SELECT e.seq FROM amends_event e JOIN amends_event b ON b.seq = e.seq - 1
           WHERE e.at < b.at AND e.case_id = b.case_id""",
    ),
}


def broken(since: datetime, swept: datetime, rules: dict[str, tuple[str, str]] = RULES) -> dict[str, list[Any]]:
    """The rules that do not hold, each with up to five rows that break it; empty when all is well."""
    found = {name: _rows(query, since, swept) for name, (_, query) in rules.items()}
    return {name: rows for name, rows in found.items() if rows}


def _rows(query: str, since: datetime, swept: datetime) -> list[Any]:
    moments = {"since": since, "swept": swept}
    with connection.cursor() as cursor:
        cursor.execute(
            f"{query} LIMIT 5", {name: connection.ops.adapt_datetimefield_value(at) for name, at in moments.items()}
        )
        return list(cursor.fetchall())
