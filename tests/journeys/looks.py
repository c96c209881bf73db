"""Every page a person can see, one line each, reached from the URL table."""

from dataclasses import dataclass

NO_PAGE = {
    "health": "JSON for machines",
    "home": "a redirect",
    "live": "a stream",
    "case-thread": "a fragment; without htmx it is the case page",
    "attachment": "a download",
    "raw-message": "a download",
    "unreadable": "a download",
    "overrides-file": "a download",
    "api-schema": "JSON for machines",
    "api-cases": "JSON for machines",
    "api-case": "JSON for machines",
    "api-nowhere": "JSON for machines",
}
POST_ONLY = {
    "theme",
    "reply",
    "reply-check",
    "remark-aside",
    "reply-undo",
    "note",
    "answered",
    "issue-return",
    "offer-withdrawal",
    "approval-sending",
    "approval-withdrawal",
    "portal-choice",
    "phrase-insertion",
    "clarification",
    "api-verb",
    "api-do",
    "api-read",
    "api-check",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One page: the route, what goes into its address ("case:new" is the new case), who looks, what is sent empty."""

    route: str
    args: tuple[str, ...] = ()
    who: str = "tom"
    press: str = ""
    status: int = 200
    query: str = ""

    @property
    def name(self) -> str:
        pressed = ["pressed"] if self.press else []
        return "-".join(
            [self.route, *self.args, self.who, *pressed, str(self.status), *([self.query] if self.query else [])]
        )


def _case(route: str, state: str, press: str = "", status: int = 200, who: str = "tom") -> Look:
    return Look(route, (f"case:{state}",), who, press, status)


def _issue(route: str, state: str, press: str = "", status: int = 200, who: str = "tom") -> Look:
    return Look(route, (f"case:{state}", f"issue:{state}"), who, press, status)


def _portal(route: str, state: str, press: str = "", status: int = 200) -> Look:
    return Look(route, (f"token:{state}",), "anyone", press, status)


STATES = ("new", "heard", "offered", "agreed", "delivered", "closed", "asked", "again")
FORM = "main form[method=post]"

LOOKS = [
    Look("account_login", who="anyone"),
    Look("account_login", who="anyone", press=FORM),
    Look("account_logout"),
    Look("ui-kit"),
    Look("keys"),
    *[Look("queue", (key,)) for key in ("mine", "unassigned", "team", "needs-lead", "waiting", "follow-ups", "closed")],
    Look("queue", ("nowhere",), status=404),
    *[_case("case", state) for state in STATES],
    _case("case", "heard", press=".write-reply", status=422),
    _case("case", "heard", press=".write-note", status=422),
    _case("case", "new", who="sam"),
    *[_case("case", state) for state in ("answering", "declined", "writing")],
    _case("case", "writing", who="sam"),
    _case("issues", "writing"),
    _case("case", "none", status=404),
    _case("history", "again"),
    _case("history", "declined"),
    _case("issues", "new"),
    _case("issues", "offered"),
    _case("issues", "new", who="sam", status=403),
    *[_issue(route, "heard") for route in ("issue-split", "issue-merger", "decision")],
    *[_issue(route, "heard", press=FORM, status=422) for route in ("issue-split", "issue-merger", "decision")],
    _issue("decision", "offered"),
    _issue("decision-review", "offered", who="ines"),
    _issue("decision-review", "offered", press=FORM, status=422, who="ines"),
    _issue("decision-review", "offered", status=403),
    _case("conduct", "new"),
    _case("conduct", "new", press=FORM, status=422),
    _case("conduct", "offered", who="ines"),
    Look("conduct-review", ("case:offered", "boundary"), "ines"),
    Look("conduct-review", ("case:offered", "boundary"), "ines", FORM, 422),
    Look("conduct-review", ("case:declined", "ended"), "ines"),
    _case("subject", "heard", who="ines"),
    _case("subject", "heard", press=FORM, status=422),
    Look("second-look", who="ines"),
    _case("assignment", "new"),
    _case("assignment", "new", press=FORM, status=422),
    _case("snooze", "new"),
    _case("snooze", "new", press=FORM, status=422),
    _case("offer", "new"),
    _case("offer", "heard"),
    _case("offer", "delivered", press=FORM, status=422),
    _case("offer", "approval"),
    _case("case", "approval"),
    Look("approvals"),
    Look("approvals", who="ines"),
    Look("approval", ("case:approval", "asked")),
    Look("approval", ("case:approval", "asked"), who="ines"),
    Look("approval", ("case:approval", "asked"), who="ines", press=FORM, status=422),
    Look("spot-checks", who="ines"),
    Look("spot-checks", who="sam"),
    Look("spot-check", ("case:picked", "picked"), who="ines"),
    Look("spot-check", ("case:picked", "picked"), who="sam", press=FORM, status=422),
    _case("agreement", "new"),
    _case("agreement", "offered"),
    _case("agreement", "offered", press=FORM, status=422),
    _case("fulfilment", "new"),
    _case("fulfilment", "agreed"),
    _case("fulfilment", "agreed", press=FORM, status=422),
    _case("fulfilment", "delivered"),
    _case("promises", "new"),
    _case("promises", "answering"),
    _case("agreement", "answering"),
    _case("promises", "agreed", press=FORM, status=422),
    _case("promises", "delivered"),
    _case("told", "new"),
    _case("told", "delivered"),
    _case("told", "delivered", press=FORM, status=422),
    _case("told", "asked"),
    _case("refusal", "heard"),
    _case("refusal", "heard", press=FORM, status=422),
    _case("cause", "heard"),
    _case("cause", "heard", press=FORM, status=422),
    _case("follow-up", "new"),
    _case("follow-up", "delivered"),
    _case("follow-up", "asked"),
    _case("follow-up", "again"),
    _case("fulfilment", "asked"),
    _case("follow-up", "delivered", press=FORM, status=422),
    _case("closure", "new"),
    _case("closure", "heard", press=FORM, status=409),
    _case("closure", "delivered"),
    _case("closure", "delivered", press=FORM, status=422),
    _case("closure", "picked"),
    _case("reopening", "closed"),
    _case("reopening", "closed", press=FORM, status=422),
    Look("prevention"),
    Look("change", ("cause",)),
    Look("change", ("held",)),
    Look("change", ("cause",), who="sam"),
    Look("change", ("cause",), who="sam", press="main form:has([name=what])", status=422),
    Look("news", ("made",), who="ines"),
    Look("news", ("made",), who="ines", press="main .news-form", status=422),
    Look("news", ("made",)),
    Look("news", ("agreed",), who="sam"),
    *[Look("watch", (state,), who="ines") for state in ("made", "agreed", "proven", "failed")],
    Look("watch", ("agreed",), who="ines", press="main .claim-form", status=422),
    Look("watch", ("proven",)),
    Look("exposure", who="ines"),
    Look("exposure", who="ines", press=FORM, status=422),
    Look("exposure"),
    Look("offer-made", ("case:delivered", "offer:delivered")),
    Look("policy"),
    Look("policy", who="ines"),
    Look("policy-version", ("2",)),
    Look("policy-version", ("99",), status=404),
    Look("policy-change", who="ines"),
    Look("policy-change", who="ines", query="?preset=empowered"),
    Look("policy-change", who="ines", press=".policy-form", status=422),
    Look("policy-change", who="sam", status=403),
    Look("checks", who="ines"),
    Look("checks", who="ines", press="main form[method=post]", status=422),
    Look("checks", who="sam"),
    Look("overrides", who="sam"),
    Look("overrides", who="ines"),
    Look("phrases"),
    Look("phrases", press="main form:has([name=name])", status=422),
    Look("bulk"),
    Look("bulk", query="?cases=case:new&cases=case:delivered"),
    Look("bulk", press=FORM, status=422, query="?cases=case:new"),
    Look("bulk", who="sam", status=403),
    Look("rules", who="ines"),
    Look("rules", who="ines", query="?verb=send_phrase"),
    Look("rules", who="ines", press="main form:has([name=name])", status=422, query="?verb=assign"),
    Look("rules", who="sam", status=403),
    Look("team-settings", ("own-team",), who="ines"),
    Look("team-settings", ("own-team",), who="ines", press=FORM, status=422),
    Look("promise-report"),
    Look("published-promises", who="anyone"),
    Look("mailroom"),
    Look("sent-mail"),
    Look("sent-letter", ("letter",)),
    *[_portal("portal", state) for state in STATES],
    Look("portal", ("lapsed",), who="anyone", status=410),
    Look("portal", ("1~made~up",), who="anyone", status=404),
    _portal("portal", "offered", press="form[action$='/choice/']", status=422),
    _portal("portal-understanding", "new"),
    _portal("portal-understanding", "heard"),
    _portal("portal-correction", "heard"),
    _portal("portal-decline", "new"),
    _portal("portal-decline", "offered"),
    _portal("portal-decline", "offered", press=FORM, status=422),
    _portal("portal-higher", "new"),
    _portal("portal-higher", "new", press=FORM, status=422),
    _portal("portal-message", "new"),
    _portal("portal-message", "new", press=FORM, status=422),
    _portal("portal-ask", "new"),
    _portal("portal-ask", "new", press=FORM, status=422),
    _portal("portal-follow-up", "new"),
    _portal("portal-follow-up", "asked"),
    _portal("portal-follow-up", "asked", press=FORM, status=422),
    _portal("portal-follow-up", "again"),
    _portal("portal-news", "new"),
    _portal("portal-news", "new", press=FORM, status=422),
    _portal("portal-news", "closed"),
    Look("portal-new-link", who="anyone"),
    Look("portal-new-link", who="anyone", press=FORM),
]
