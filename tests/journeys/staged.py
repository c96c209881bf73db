"""Cases in every state of the recovery path, made by the domain's own verbs inside a running desk's database.

Run by `amends manage shell`: prints one JSON object with the case and the customer's link of each state.
"""

import json
from datetime import timedelta
from unittest.mock import patch

from amends.cases.boundary import Boundary, Rung
from amends.cases.case import Case
from amends.cases.links import page_token
from amends.channels.models import RawMail
from amends.method.survey import Kind
from amends.prevention.models import Cause, Change
from amends.recovery.answer_survey import Given, answer_survey
from amends.recovery.approve import ask_approval
from amends.recovery.offer import Offer
from amends.recovery.poll_link import poll_token
from amends.recovery.sample import SpotCheck
from amends.recovery.survey_link import survey_token
from amends.verbs.run_rules import run_rules
from tests.journeys import furnished, walked
from tests.journeys.walked import arrive, now, person

STATES = ["new", "heard", "offered", "agreed", "delivered", "closed", "asked", "again"]
OTHERS = {
    "answering": ["heard", "offered", "answered", "promised"],
    "declined": ["heard", "offered", "declined"],
    "passed": ["heard", "treated", "passed"],
    "picked": ["heard", "offered", "agreed", "delivered", "prevented"],
}


def walk(case: Case, verbs: list[str]) -> None:
    for verb in verbs:
        getattr(walked, verb)(Case.objects.get(pk=case.pk))


furnished.a_policy(now() - timedelta(days=30))
furnished.a_past(now() - timedelta(days=30))
furnished.remarks(now() - timedelta(days=20))
furnished.phrases(now())
furnished.rules(now())
path = [*STATES[1:]]
cases = {state: arrive(state) for state in [*STATES, "approval", *OTHERS]}
for number, state in enumerate(STATES):
    walk(cases[state], path[:number])
walk(cases["offered"], ["too_much"])
for state, verbs in OTHERS.items():
    walk(cases[state], verbs)
walk(cases["approval"], ["heard", "treated"])
asked = ask_approval(
    cases["approval"],
    walked.drafted(cases["approval"], 25000),
    reason="Nine days, and a birthday.",
    by=person("tom"),
    now=now(),
)
cases["writing"] = walked.burst()
check = SpotCheck.objects.create(fulfilment=cases["picked"].fulfilments.get(), picked_at=now())
furnished.asked_about_data(Case.objects.get(pk=cases["agreed"].pk), now())
gesture = furnished.a_gesture(Case.objects.get(pk=cases["picked"].pk), now())
furnished.purchases(now())
furnished.said_in_public({key: Case.objects.get(pk=cases[key].pk) for key in ("closed", "picked")}, now())
run_rules(now())
furnished.a_rule_book(now())
walked.told_more_time(cases["asked"])
news = furnished.news(cases, now())
proven, failed = furnished.watched(now())
quarter = furnished.complaint_reports(now())
furnished.how_it_was(now() - timedelta(days=3))
survey = furnished.asked_and_left(Case.objects.get(pk=cases["delivered"].pk), now())
low = furnished.asked_and_left(Case.objects.get(pk=cases["closed"].pk), now() - timedelta(hours=2))
answer_survey(low, [Given(Kind.CSAT, 2)], "It came, but nobody told me when. I am disappointed.", now())
made = {}
for state, case in cases.items():
    offer = Offer.objects.filter(case=case).last()
    made[state] = {
        "case": case.pk,
        "issue": case.issues.first().pk,
        "token": page_token(case.pk),
        "offer": offer.pk if offer else 0,
    }
aside = RawMail.objects.create(received_at=now(), recipients=[], size=4, body=b"junk", tries=1)
aside.set_aside("This is no mail.", now())
with patch("django.core.signing.time.time", return_value=0):
    lapsed = page_token(1)
poll = furnished.a_poll(Case.objects.get(pk=cases["delivered"].pk), now())
furnished.asked_how_they_do_it(now())
shifts = furnished.a_rota(cases, now())
played = furnished.rounds(now())
made["ids"] = {
    **played,
    **shifts,
    **furnished.learned(now() - timedelta(days=3)),
    **furnished.coached(cases, now()),
    **furnished.trained(failed, now()),
    **furnished.a_library(cases, now()),
    **furnished.scenarios(now() - timedelta(days=2)),
    "boundary": Boundary.objects.filter(step=Rung.LIMITS).latest("pk").pk,
    "ended": Boundary.objects.filter(step=Rung.ENDED).latest("pk").pk,
    "held": Cause.objects.exclude(changes=None).first().pk,
    "made": news.pk,
    "proven": proven.pk,
    "failed": failed.pk,
    "agreed": Change.objects.filter(made_at=None, claim=None).first().pk,
    "cause": Cause.objects.first().pk,
    "unreadable": aside.pk,
    "quarter": quarter,
    "figures": furnished.figures_by_mail(now()),
    "lapsed": lapsed,
    "asked": asked.pk,
    "picked": check.pk,
    "gesture": gesture.pk,
    "survey": survey_token(survey.pk, Kind.CSAT, 4),
    "poll": poll_token(poll.pk, 1),
    "number": survey_token(survey.pk, Kind.NPS, 9),
    "answered": survey_token(low.pk, Kind.CSAT, 4),
    "own-team": person("tom").team_id,
}
print(json.dumps(made))  # noqa: T201 - read by the journey
