"""The one table of rights: which role holds which, and which right each address of the desk asks for."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the desk."""

    AGENT = "agent"
    LEAD = "lead"
    QUALITY = "quality"
    ADMIN = "admin"


class Right(StrEnum):
    """One thing a person may do; EVERYONE, LINK and TOKEN are what is outside the desk."""

    EVERYONE = "everyone"
    LINK = "holder of a signed link"
    TOKEN = "holder of an API token, with the rights of its person"  # noqa: S105 - a right, not a token
    SIGNED_IN = "anybody signed in"
    SEE_CASES = "see cases of the own team"
    SEE_ALL_TEAMS = "see cases of every team"
    WORK_CASES = "work on cases"
    GRANT = "offer and deliver remedies"
    COACH = "read a sample of the team's letters to coach"
    SPOT_CHECK = "look at granted remedies afterwards"
    OVERRIDE_GATE = "pass a gate with a reason"
    REVIEW_CONDUCT = "limit contact, and look again at what was decided about conduct"
    WRITE_STUDIES = "write case studies, and read those of others before they are published"
    PREVENT = "link causes and changes"
    WRITE_SCENARIOS = "write scenarios for the practice room"
    MANAGE_CHANGES = "agree changes"
    MAKE_RULES = "make and stop rules"
    MANAGE_TEAM = "set the hours and the rule book of a team"
    READ_MAILROOM = "read what could not be read, and what was sent"
    RESTORE_CHECKS = "put a check of replies back to its level"
    READ_SCORES = "read what customers answered when asked how it was"
    READ_OVERRIDES = "read what was decided against a rule"
    ASK_CUSTOMERS = "ask customers a question below letters"
    ASK_TEAM = "ask the team how they handle complaints"
    READ_INSIGHTS = "read what all cases together say"
    PUBLISH = "publish the complaint report, and take it off"
    KEEP_BUDGET = "set the budget of gestures"
    READ_BUDGET = "read what was given from the budget of gestures"
    MANAGE_POLICY = "put a policy in force"
    CONFIRM_RETENTION = "let the period of the policy erase customers by itself"
    ERASE = "give out, keep or erase all we hold about a customer"


_AGENT = {Right.SIGNED_IN, Right.SEE_CASES, Right.WORK_CASES, Right.GRANT, Right.PREVENT, Right.READ_MAILROOM}
# A lead answers for what their agents grant, so a lead may change the policy, for every team alike; the name and the
# reason stand beside each version. Who checks whether it is followed, quality, does not write it.
_LEAD = _AGENT | {
    Right.MANAGE_TEAM,
    Right.WRITE_SCENARIOS,
    Right.OVERRIDE_GATE,
    Right.COACH,
    Right.SPOT_CHECK,
    Right.REVIEW_CONDUCT,
    Right.MANAGE_CHANGES,
    Right.WRITE_STUDIES,
    Right.READ_OVERRIDES,
    Right.READ_SCORES,
    Right.READ_INSIGHTS,
    Right.ASK_TEAM,
    Right.ASK_CUSTOMERS,
    Right.MANAGE_POLICY,
    Right.KEEP_BUDGET,
    Right.PUBLISH,
    Right.READ_BUDGET,
    Right.ERASE,
    Right.MAKE_RULES,
    Right.RESTORE_CHECKS,
}
_QUALITY = {
    Right.SIGNED_IN,
    Right.SEE_CASES,
    Right.SEE_ALL_TEAMS,
    Right.PREVENT,
    Right.WRITE_SCENARIOS,
    Right.MANAGE_CHANGES,
    Right.WRITE_STUDIES,
    Right.SPOT_CHECK,
    Right.READ_MAILROOM,
    Right.READ_OVERRIDES,
    Right.READ_SCORES,
    Right.READ_INSIGHTS,
    Right.ASK_TEAM,
    Right.ASK_CUSTOMERS,
    Right.READ_BUDGET,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.AGENT: frozenset(_AGENT),
    Role.LEAD: frozenset(_LEAD),
    Role.QUALITY: frozenset(_QUALITY),
    Role.ADMIN: frozenset(_LEAD | _QUALITY | {Right.CONFIRM_RETENTION}),
}

ROUTES: dict[str, Right] = {
    "health": Right.EVERYONE,
    "account_login": Right.EVERYONE,
    "account_logout": Right.EVERYONE,
    "theme": Right.EVERYONE,
    "ui-kit": Right.SIGNED_IN,
    "home": Right.SIGNED_IN,
    "live": Right.SIGNED_IN,
    "keys": Right.SIGNED_IN,
    "queue": Right.SEE_CASES,
    "case": Right.SEE_CASES,
    "case-thread": Right.SEE_CASES,
    "attachment": Right.SEE_CASES,
    "raw-message": Right.SEE_CASES,
    "history": Right.SEE_CASES,
    "issues": Right.WORK_CASES,
    "issue-split": Right.WORK_CASES,
    "issue-merger": Right.WORK_CASES,
    "issue-return": Right.WORK_CASES,
    "decision": Right.WORK_CASES,
    "decision-review": Right.REVIEW_CONDUCT,
    "conduct": Right.WORK_CASES,
    "conduct-review": Right.REVIEW_CONDUCT,
    "subject": Right.WORK_CASES,
    "second-look": Right.REVIEW_CONDUCT,
    "reply": Right.WORK_CASES,
    "reply-check": Right.WORK_CASES,
    "remark-aside": Right.WORK_CASES,
    "reply-undo": Right.WORK_CASES,
    "note": Right.WORK_CASES,
    "assignment": Right.WORK_CASES,
    "snooze": Right.WORK_CASES,
    "answered": Right.WORK_CASES,
    "offer": Right.GRANT,
    "offer-withdrawal": Right.GRANT,
    "offer-made": Right.SEE_CASES,
    "colleagues": Right.SEE_CASES,
    "look-ask": Right.WORK_CASES,
    "look": Right.SEE_CASES,
    "hint": Right.SEE_CASES,
    "hint-dismissal": Right.SEE_CASES,
    "debrief": Right.WORK_CASES,
    "debrief-sharing": Right.WORK_CASES,
    "debrief-shown": Right.SEE_CASES,
    "coaching": Right.SIGNED_IN,
    "coaching-letter": Right.COACH,
    "coaching-said": Right.SIGNED_IN,
    "take-next": Right.WORK_CASES,
    "care": Right.SIGNED_IN,
    "care-switch": Right.SIGNED_IN,
    "care-moment": Right.SIGNED_IN,
    "care-break": Right.SIGNED_IN,
    "care-later": Right.SIGNED_IN,
    "care-wishes": Right.SIGNED_IN,
    "care-cards": Right.SIGNED_IN,
    "thanks": Right.SEE_CASES,
    "ourselves": Right.SIGNED_IN,
    "ourselves-round": Right.ASK_TEAM,
    "rota": Right.SEE_CASES,
    "hand-over": Right.WORK_CASES,
    "team-load": Right.MANAGE_TEAM,
    "approvals": Right.GRANT,
    "approval": Right.GRANT,
    "approval-sending": Right.GRANT,
    "approval-withdrawal": Right.GRANT,
    "spot-checks": Right.SPOT_CHECK,
    "spot-check": Right.SPOT_CHECK,
    "agreement": Right.GRANT,
    "fulfilment": Right.GRANT,
    "promises": Right.WORK_CASES,
    "told": Right.WORK_CASES,
    "refusal": Right.GRANT,
    "cause": Right.PREVENT,
    "causes": Right.PREVENT,
    "cause-card": Right.PREVENT,
    "second-coding": Right.PREVENT,
    "theme-decision": Right.MANAGE_CHANGES,
    "follow-up": Right.WORK_CASES,
    "low-score": Right.WORK_CASES,
    "closure": Right.WORK_CASES,
    "reopening": Right.WORK_CASES,
    "privacy": Right.ERASE,
    "retention": Right.CONFIRM_RETENTION,
    "person": Right.ERASE,
    "person-answer": Right.ERASE,
    "person-file": Right.ERASE,
    "person-hold": Right.ERASE,
    "person-erasure": Right.ERASE,
    "practice": Right.SIGNED_IN,
    "practice-drill": Right.SIGNED_IN,
    "practice-shared": Right.SIGNED_IN,
    "practice-round": Right.SIGNED_IN,
    "practice-correction": Right.SIGNED_IN,
    "practice-again": Right.SIGNED_IN,
    "practice-end": Right.SIGNED_IN,
    "practice-debrief": Right.SIGNED_IN,
    "practice-sharing": Right.SIGNED_IN,
    "practice-deletion": Right.SIGNED_IN,
    "practice-scenarios": Right.SIGNED_IN,
    "practice-scenario": Right.SIGNED_IN,
    "practice-scenario-file": Right.SIGNED_IN,
    "practice-packaged": Right.SIGNED_IN,
    "practice-scenario-new": Right.WRITE_SCENARIOS,
    "practice-scenario-change": Right.WRITE_SCENARIOS,
    "practice-scenario-case": Right.WRITE_SCENARIOS,
    "practice-scenario-retirement": Right.WRITE_SCENARIOS,
    "practice-scenario-reading": Right.WRITE_SCENARIOS,
    "practice-scenario-counting": Right.MANAGE_TEAM,
    "practice-path": Right.SIGNED_IN,
    "practice-forgetting": Right.SIGNED_IN,
    "practice-lesson": Right.SIGNED_IN,
    "practice-certificate": Right.SIGNED_IN,
    "practice-certificate-showing": Right.SIGNED_IN,
    "practice-certificate-shown": Right.SIGNED_IN,
    "library": Right.SIGNED_IN,
    "study": Right.SIGNED_IN,
    "other-firm": Right.SIGNED_IN,
    "study-writing": Right.WRITE_STUDIES,
    "studies-waiting": Right.WRITE_STUDIES,
    "study-reading": Right.WRITE_STUDIES,
    "study-removal": Right.WRITE_STUDIES,
    "prevention": Right.SEE_CASES,
    "change": Right.SEE_CASES,
    "training": Right.MANAGE_CHANGES,
    "news": Right.SEE_CASES,
    "watch": Right.SEE_CASES,
    "exposure": Right.SEE_CASES,
    "customer": Right.SEE_CASES,
    "gesture": Right.GRANT,
    "gesture-after": Right.GRANT,
    "purchases": Right.MANAGE_CHANGES,
    "posts": Right.MANAGE_CHANGES,
    "gestures": Right.READ_BUDGET,
    "gestures-file": Right.READ_BUDGET,
    "bulk": Right.WORK_CASES,
    "phrases": Right.WORK_CASES,
    "phrase-insertion": Right.WORK_CASES,
    "clarification": Right.WORK_CASES,
    "rules": Right.MAKE_RULES,
    "comparison": Right.READ_INSIGHTS,
    "practice-comparison": Right.SIGNED_IN,
    "insights": Right.READ_INSIGHTS,
    "insight": Right.READ_INSIGHTS,
    "insight-cases": Right.READ_INSIGHTS,
    "insight-file": Right.READ_INSIGHTS,
    "insight-letter": Right.READ_INSIGHTS,
    "figures-stop": Right.LINK,
    "promise-report": Right.SEE_CASES,
    "complaint-report": Right.PUBLISH,
    "team-settings": Right.MANAGE_TEAM,
    "newcomers": Right.MANAGE_TEAM,
    "mailroom": Right.READ_MAILROOM,
    "unreadable": Right.READ_MAILROOM,
    "sent-mail": Right.READ_MAILROOM,
    "sent-letter": Right.READ_MAILROOM,
    "policy": Right.SIGNED_IN,
    "policy-version": Right.SIGNED_IN,
    "policy-change": Right.MANAGE_POLICY,
    "checks": Right.READ_OVERRIDES,
    "overrides": Right.READ_OVERRIDES,
    "overrides-file": Right.READ_OVERRIDES,
    "scores": Right.READ_SCORES,
    "polls": Right.READ_SCORES,
    "scores-cases": Right.READ_SCORES,
    "scores-file": Right.READ_SCORES,
    "api-schema": Right.EVERYONE,
    "api-read": Right.TOKEN,
    "api-check": Right.TOKEN,
    "api-cases": Right.TOKEN,
    "api-case": Right.TOKEN,
    "api-studies": Right.TOKEN,
    "api-study": Right.TOKEN,
    "api-verb": Right.TOKEN,
    "api-do": Right.TOKEN,
    "api-nowhere": Right.EVERYONE,
    "portal": Right.LINK,
    "portal-understanding": Right.LINK,
    "portal-correction": Right.LINK,
    "portal-choice": Right.LINK,
    "portal-decline": Right.LINK,
    "portal-higher": Right.LINK,
    "portal-message": Right.LINK,
    "portal-ask": Right.LINK,
    "portal-follow-up": Right.LINK,
    "portal-news": Right.LINK,
    "portal-about-me": Right.LINK,
    "portal-copy": Right.LINK,
    "poll": Right.LINK,
    "survey": Right.LINK,
    "survey-more": Right.LINK,
    "survey-stop": Right.LINK,
    "published-promises": Right.EVERYONE,
    "published-complaints": Right.EVERYONE,
    "published-complaints-version": Right.EVERYONE,
    "published-complaints-file": Right.EVERYONE,
    "portal-new-link": Right.EVERYONE,
}


def holds(role: Role, right: Right) -> bool:
    """Whether a role carries a right."""
    return right in RIGHTS[role]
