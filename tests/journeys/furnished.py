"""What a desk has after some weeks: policy, past, phrases, rules; runs inside a desk's database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from amends.cases.assignment import assign
from amends.cases.begin_live import let_begin
from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.issue import Issue
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.phrase import keep_phrase
from amends.cases.policy import adopt
from amends.cases.remark import PutAside, Showing
from amends.cases.reply import reply
from amends.cases.rota import Planned, put_on, take_off
from amends.cases.swap import ask_swap
from amends.cases.team_hours import set_team_hours
from amends.coaching.comment import answer_comment
from amends.coaching.comment import say as say_of_letter
from amends.coaching.debrief import keep_debrief, share_debrief
from amends.coaching.hint import leave_hint
from amends.coaching.sample import sample_for, week_before
from amends.coaching.second_pair import FREE, ask_look, give_look
from amends.library.models import Publication, Study, StudySource
from amends.loyalty.give import Given as Gift
from amends.loyalty.give import give
from amends.loyalty.notes import call_them, note_about
from amends.loyalty.posts import Seen, import_posts, note_post
from amends.loyalty.purchase import import_purchases
from amends.loyalty.refer import note_referral
from amends.method.policy import LATER, preset
from amends.method.survey import Kind
from amends.method.waits import ENOUGH
from amends.ourselves.asking import answer as answer_round
from amends.ourselves.asking import open_round
from amends.ourselves.count import count_rounds
from amends.ourselves.questions import questions
from amends.practice.asked import asked, tell_trainings
from amends.practice.certificate import show
from amends.practice.course import courses
from amends.practice.drills import drills
from amends.practice.keep import share
from amends.practice.learn import read
from amends.practice.models import Passed
from amends.practice.own.find import find_kept
from amends.practice.own.write import keep_scenario, let_count, retire_scenario
from amends.practice.play import begin, end, say
from amends.practice.taking_part import YearCompared
from amends.prevention.claim import Claim, state_claim
from amends.prevention.exposure import import_exposure
from amends.prevention.judge import judge_those_due
from amends.prevention.models import Attribution, Cause, Change, ChangeKind
from amends.prevention.tell import Review, tell
from amends.prevention.training import agree_training
from amends.prevention.verbs import agree_change, attribute, make_change
from amends.privacy.answer import refuse_request
from amends.privacy.ask import ask_about_data
from amends.privacy.request import Asks
from amends.purse.budget import set_budget
from amends.purse.gesture import Gesture
from amends.recovery.answer_survey import Given, answer_survey
from amends.recovery.hand_over import hand_over_now
from amends.recovery.poll import PollAnswer, PollAsked
from amends.recovery.survey import NotAsked, SurveyAsked, SurveyLeftOut
from amends.rehearsal.shelf import named_scenario
from amends.reporting.publish import publish_quarter, withdraw_quarter
from amends.reporting.quarter import quarter_of
from amends.reporting.send import NOTHING_NEW
from amends.reporting.subscription import FiguresLetter, Subscription, Wanted, subscribe
from amends.team.begun import Begun
from amends.team.calendar import zone_of
from amends.team.models import User
from amends.team.permissions import Role
from amends.team.shift import Duty, Shift
from amends.verbs.rules import keep_rule, stop_rule
from tests.asked import asked_how_it_was, polled
from tests.journeys.walked import LISTENS, mailed, person

OWN_WORDS = {"reason": "other", "words": "The strike was on the news, and they had asked about it."}
SAID = (
    "I am sorry that the leg of your sofa cracked in the second week. We promised hardwood and did not keep it.",
    "I understand, but this was due to high demand. Someone will look into it as soon as possible.",
)
DRAFT = "Dear Henry,\n\nI am sorry that your order came nine days late."
BACK = (
    "She said that nobody had listened like this before.",
    "Asking the courier three times, and getting three answers.",
    "The courier calls the customer before noon when a day cannot be kept.",
)
HARM = {"severity": "3", "category": "harm_safety"}
ADDED = ("I wait for billing, often for two days.", "Nothing, since the limits were raised.", "Mondays.")
ANSWERS_ENOUGH = 20
LATE = {
    "key": "late",
    "title": "When a delivery is late",
    "text": "Say the day it comes before you say what it costs. Nobody waits at home for a “soon”.",
    "remedies": [],
}


def a_policy(at: datetime) -> None:
    """A second version: promises in public, knowledge at hand, words for closed hours, practice before live work."""
    let_begin(person("tom"), "He answered customers for ten years before he came to us.", by=person("ines"), now=at)
    Begun.objects.create(person=person("priya"), at=at)
    later = {
        "immersion_rounds": 6,
        "immersion_people": 4,
        "immersion_before_live": 1,
        "articles": [LATE],
        "closed_words": {"": "The night desk reads every two hours."},
        "listen_minutes": LISTENS,
    }
    adopt({**LATER, **preset("promise_board"), **later}, "Customers asked what they can rely on.", by=None, now=at)


def a_past(at: datetime) -> None:
    """As many answered letters as a published wait needs, one of five slow."""
    for number in range(ENOUGH):
        then = at + timedelta(hours=number)
        took = timedelta(hours=30 if number % 5 == 4 else 1 + number % 4)
        name = f"old{number}@post.example"
        case = mailed("Hello,\n\nwhen do you open on Saturday?\n", f"<{name}>", name, then, subject="Saturday")
        letter = reply(case, "At ten. You are welcome.", (), by=person("tom"), now=then + took)
        OutboxEntry.objects.filter(message=letter).update(sent_at=then + took)
        close(case, by=person("tom"), now=then + took, words="A question, answered.")


def remarks(at: datetime) -> None:
    """Letters in which a check spoke up: one that was put aside too often, others that were heeded."""
    tom, case = person("tom"), Message.objects.filter(outgoing=True, automatic="").earliest("pk").case
    letters = [
        Message(case=case, at=at, outgoing=True, author=tom, text="We open at ten.", sent_at=at)
        for _ in range(3 * ENOUGH)
    ]
    Message.objects.bulk_create(letters)
    for number, letter in enumerate(letters):
        said = OWN_WORDS if number % 7 == 3 else {"reason": "unfit"}
        aside = PutAside(case=case, number="C06", mark=f"old{number}", by=tom, at=at, message=letter, **said)
        if number % 2:
            aside.save()
        made = {"message": letter, "team": case.team, "at": at}
        Showing.objects.create(number="C06", level="warn", put_aside=aside if number % 2 else None, **made)
        Showing.objects.create(number="C19", level="warn", **made)


def rounds(at: datetime) -> dict[str, int]:
    """Tom's rounds of practice: one he is in the middle of, and one that ended and that he shows to Ines."""
    open_one, ended = (begin("retail-sofa-leg", who, by=person("tom"), now=at) for who in ("many_issues", "steady"))
    for played in (open_one, ended):
        for number, words in enumerate(SAID, 1):
            say(played, words, number, now=at)
    end(ended, now=at)
    ended.refresh_from_db()
    return {"round": open_one.pk, "round-ended": ended.pk, "round-shown": share(ended, "ines", now=at).pk}


def scenarios(at: datetime) -> dict[str, int]:
    """Two scenarios of the house: one that counts, for two people, and one that is out of use."""
    ines = person("ines")
    rug = replace(named_scenario("retail-sofa-leg"), title="The rug that shed", suits=("steady", "quiet_passive"))
    kept = find_kept(keep_scenario(rug, by=ines, now=at).scenario_id, ines)
    let_count(kept, by=ines, now=at)
    old = find_kept(keep_scenario(named_scenario("saas-lost-export"), by=person("sam"), now=at).scenario_id, ines)
    retire_scenario(old, by=ines, now=at)
    return {"own-scenario": kept.own.pk}


def learned(at: datetime) -> dict[str, int]:
    """Tom's learning path: the everyday course done and its certificate shown, of the method two lessons so far.

    Two years of practice beside letters, one of them with too few who took part.
    """
    YearCompared.objects.create(year=at.year - 2, at=at)
    YearCompared.objects.create(year=at.year - 1, people=25, tenths=4, low_tenths=1, high_tenths=7, at=at)
    tom = person("tom")
    for lesson in (*courses()["agents"].lessons, *courses()["newcomers"].lessons[:2]):
        read(lesson, by=tom, now=at)
        what = lesson.practice
        tasks = range(1, len(drills()[what.drill].tasks) + 1) if what.drill else ()
        rows = [Passed(trainee=tom, drill=what.drill, task=number, at=at) for number in tasks]
        Passed.objects.bulk_create(rows or [Passed(trainee=tom, scenario=what.scenario, persona=what.persona, at=at)])
    return {"certificate": show(courses()["agents"], by=tom, now=at).pk}


def coached(cases: dict[str, Case], at: datetime) -> dict[str, int]:
    """Drafts Tom asked Ines to look at, letters of last week, and what Ines said to Tom about two of them."""
    tom, ines = person("tom"), person("ines")
    asked = ask_look(cases["heard"], DRAFT, "Is it warm enough?", "ines", by=tom, now=at)
    ask_look(cases["new"], DRAFT, "", FREE, by=tom, now=at)
    given = ask_look(cases["agreed"], DRAFT, "", "ines", by=tom, now=at)
    give_look(given, "Name the birthday, it is what hurt.", f"{DRAFT} It was for a birthday.", by=ines, now=at)
    leave_hint(Case.objects.get(pk=cases["agreed"].pk), "She reads her mail in the evening.", by=ines, now=at)
    back = keep_debrief(cases["closed"], BACK, by=tom, now=at)
    share_debrief(back, "ines", now=at)
    _last_week(at)
    first, second = (one for one in sample_for(ines, at) if one.author == tom)
    say_of_letter(first, "comment", "C06", "The storm explains it, and reads like an excuse.", by=ines, now=at)
    kudos = say_of_letter(
        second, "kudos", "", "You said the day before the price. She could breathe again.", by=ines, now=at
    )
    answer_comment(kudos, "thanks", "", by=tom, now=at)
    return {"look": asked.pk, "look-given": given.pk, "coached": first.pk, "debrief": back.pk}


def a_library(cases: dict[str, Case], at: datetime) -> dict[str, int]:
    """A study that everybody reads, and one that Ines wrote of the closed case, with a place to judge."""
    ines, told = person("ines"), {"title": "A parcel nine days late, and nobody told them"}
    told["what_happened"] = (
        "“My order came nine days late, and I had to ask three times.”\n\n“[somebody] said it was on its way.”"
    )
    told["what_we_did"] = "Upheld: ours.\nRefund of the delivery charge, [about 10 EUR]."
    told["outcome"] = "When we asked two weeks later, it was right again."
    told["lesson"] = "Tell people of a delay before they have to ask. The day matters more to them than the reason."
    shown = Study.objects.create(**told, category="delivery", severity=2, period="2026-Q3", by=ines, at=at)
    Publication.objects.create(study=shown, by=person("sam"), at=at)
    rare = told | {"what_happened": "They run the only vegan bakery of their island, and the oven did not come."}
    waits = Study.objects.create(**rare | {"title": "An oven that did not come"}, by=ines, at=at)
    StudySource.objects.create(study=waits, case=cases["closed"])
    return {"study": shown.pk, "study-waiting": waits.pk}


def _last_week(at: datetime) -> None:
    """Letters of Tom and of Ada on the Thursday of the week before, as their team counts weeks."""
    team = person("tom").team
    thursday = datetime.combine(week_before(team, at) + timedelta(days=3), time(9), zone_of(team))
    for number, who in enumerate(("tom", "tom", "tom", "ada")):
        name = f"week{number}@post.example"
        case = mailed("Hello,\n\nmy lamp came late.\n", f"Lena <{name}>", name, thursday, subject="Lamp")
        text = "Dear Lena,\n\nwe are sorry. There was a storm, and so the courier was late."
        letter = reply(case, text, (), by=person(who), now=thursday + timedelta(hours=1))
        OutboxEntry.objects.filter(message=letter).update(sent_at=thursday + timedelta(hours=1))
        close(case, by=person(who), now=thursday + timedelta(hours=2), words="It came.")


def a_rota(cases: dict[str, Case], at: datetime) -> dict[str, str]:
    """A week of shifts with a rest too short, somebody on call, a swap Tom is asked for, and two cases handed over."""
    tom, ines = person("tom"), person("ines")
    today = at.astimezone(zone_of(tom.team)).date()
    for shift in Shift.objects.filter(person__in=(tom, ines), ends_at__gt=at):
        take_off(shift, by=ines, now=at)  # the sample company has a rota of its own, on weekdays
    put_on(tom.team, Planned(ines, today, "00:00-24:00"), by=ines, now=at)
    put_on(tom.team, Planned(tom, today, "00:00-24:00", Duty.CALL, "tom@lindqvist.example"), by=ines, now=at)
    later = today + timedelta(days=7 - today.weekday())
    put_on(tom.team, Planned(tom, later, "14:00-22:00"), by=ines, now=at)
    put_on(tom.team, Planned(tom, later + timedelta(days=1), "06:00-14:00"), by=ines, now=at)
    hers = put_on(tom.team, Planned(ines, later, "06:00-14:00"), by=ines, now=at)
    ask_swap(hers, tom, by=ines, now=at)
    case = Case.objects.get(pk=cases["agreed"].pk)
    assign(case, to=tom, by=ines, now=at)
    hand_over_now([case], ines, "She reads her mail in the evening.", by=tom, now=at)
    return {"next-week": later.isoformat()}


def a_poll(case: Case, at: datetime) -> PollAsked:
    """A poll that ended, with enough answers to tell, and one that is open, below a letter to this case's customer."""
    then = at - timedelta(days=40)
    ended = polled(case, person("ines"), then, answers=("By mail", "By telephone", "A message on my phone"))
    old = Case.objects.exclude(pk=case.pk).order_by("pk")[:32]
    rows = PollAsked.objects.bulk_create(PollAsked(poll=ended.poll, case=one, at=then) for one in old)
    answers = [PollAnswer(asked=one, choice=number % 5 // 2, at=then) for number, one in enumerate(rows[:24])]
    PollAnswer.objects.bulk_create(answers)
    return polled(case, person("ines"), at)


def asked_how_they_do_it(at: datetime) -> None:
    """A round of half a year ago of which something may be told, and one that is open."""
    then, team = at - timedelta(weeks=20), person("tom").team
    people = [User(username=f"away{one}", name=f"Away {one}", role=Role.AGENT, team=team) for one in range(12)]
    open_round(f"{then + timedelta(weeks=2):%Y-%m-%d}", by=person("ines"), now=then)
    for number, one in enumerate(User.objects.bulk_create(people)):
        keys = {key: list(asked.answers)[number % 5 // 2] for key, asked in questions().items()}
        answer_round(keys, {"stops": ADDED[number % len(ADDED)]}, by=one, now=then)
    count_rounds(then + timedelta(weeks=3))
    User.objects.filter(username__startswith="away").update(is_active=False)
    open_round(f"{at + timedelta(weeks=2):%Y-%m-%d}", by=person("ines"), now=at)


def a_rule_book(at: datetime) -> None:
    """The Home team's cases run by a rule book of their own."""
    home = person("tom").team
    set_team_hours(home, home.calendar, "uk_disp", by=person("ines"), now=at)


def phrases(at: datetime) -> None:
    """Two phrases, one with a name as long as a name gets."""
    team = person("tom").team
    words = "Dear {first_name},\n\nI am sorry. We said a day and did not keep it."
    keep_phrase("Late or missing delivery", words, team=team, by=person("ines"), now=at)
    long = "When the parcel was left with a neighbour nobody in the house has ever heard of"
    keep_phrase(long, words, team=team, by=person("ines"), now=at)


def rules(at: datetime) -> None:
    """A rule that acts, one that is refused, one that was stopped."""
    ines = person("ines")
    note = {"text": "Look at the second charge with billing first."}
    keep_rule(
        "Billing is asked first", "issues_confirmed", {"category": "price_billing"}, "note", note, by=ines, now=at
    )
    keep_rule("Grave cases to Ines", "issues_confirmed", HARM, "assign", {"to": "ines"}, by=ines, now=at)
    keep_rule("Close what is agreed", "offer_accepted", {}, "close", {}, by=ines, now=at)
    old = keep_rule("Everything to Tom", "case_opened", {"nobodys": "yes"}, "assign", {"to": "tom"}, by=ines, now=at)
    stop_rule(old, by=ines, now=at)


def news(cases: dict[str, Case], at: datetime) -> Change:
    """A change that is made: some of those it is for were told, one was left out, and two came later."""
    change = Cause.objects.exclude(changes=None).first().changes.get()
    make_change(change, by=person("ines"), now=at)
    change.refresh_from_db()
    out = {cases["picked"].customer_id: "Tom called him about it."}
    text = "Whoever promises a call now books it before they hang up."
    tell(change, Review(text, left_out=out), by=person("ines"), now=at)
    for state in ("heard", "offered"):
        attribute(cases[state].open_issues().first(), change.cause, by=person("tom"), now=at)
    return change


def figures_by_mail(at: datetime) -> str:
    """Two letters of figures Ines wants, one of which was not sent; the token of the other."""
    zone, reach = "Europe/Stockholm", "ines@lindqvist.example"
    wrong = subscribe(person("ines"), Wanted("wrong", "week", 0, 8, zone, reach), now=at - timedelta(days=9))
    subscribe(person("ines"), Wanted("better", "month", 4, 17, zone, reach), now=at)
    FiguresLetter.objects.create(
        subscription=wrong, due_at=at - timedelta(days=2), message_id="figures@lindqvist.example", not_sent=NOTHING_NEW
    )
    Subscription.objects.filter(pk=wrong.pk).update(next_at=at + timedelta(days=5))
    return wrong.token


def complaint_reports(at: datetime) -> str:
    """Four quarters that were published, one of them corrected and one taken off; the key of the newest."""
    ines, last = person("ines"), quarter_of(at.date()).back(1)
    for back in range(4):
        publish_quarter(last.back(back), "", {}, by=ines, now=at - timedelta(days=2))
    publish_quarter(last.back(1), "orders", {}, by=ines, now=at, reason="We now count them in orders.")
    withdraw_quarter(last.back(3), "We are counting it again.", by=ines, now=at)
    return last.key


def watched(at: datetime) -> tuple[Change, Change]:
    """Two changes with a year of figures behind them: one that worked, and one after which it became worse."""
    sunday = at.date() - timedelta(days=at.weekday() + 1)
    monday = sunday - timedelta(weeks=60) + timedelta(days=1)
    rows = [f"orders,{monday + timedelta(weeks=week)},{900 + 37 * (week % 6)}" for week in range(60)]
    import_exposure("name,week,count\n" + "\n".join(rows), by=person("sam"), now=at)
    made = [
        _watched(
            "Wrong variant picked", "The carton is scanned, not the shelf.", "service_received", monday, at, since=3
        ),
        _watched(
            "Corners and glass not protected", "Cartons have corners of card.", "product_quality", monday, at, since=16
        ),
    ]
    judge_those_due(at)
    return made[0], made[1]


def _watched(name: str, what: str, about: str, monday: date, at: datetime, *, since: int) -> Change:
    """A change agreed 30 weeks ago and in place since 24: about ten complaints a week before, `since` after it."""
    cause = Cause.objects.get(name=name)
    then, sam = at - timedelta(weeks=30), person("sam")
    due = (then + timedelta(weeks=6)).date()
    change = agree_change(cause, what, ChangeKind.PROCEDURE, owner=sam, due=due, by=sam, now=then)
    claim = Claim(
        action="corrective",
        population="everything that is sent",
        exposure="orders",
        baseline_weeks=16,
        trigger_weeks=4,
        drop_percent=50,
        review_date=at.date() - timedelta(days=1),
    )
    state_claim(change, claim, by=sam, now=then)
    make_change(change, "https://wiki.lindqvist.example/packing", by=sam, now=then + timedelta(weeks=6))
    case = Case.objects.earliest("pk")
    raised = [
        monday + timedelta(weeks=week, days=2)
        for week in range(8, 60)
        for _ in range(((9, 11, 10, 8, 12)[week % 5] if week < 36 else since + week % 3) + (9 if 28 < week < 30 else 0))
    ]
    issues = [
        Issue(
            case=case,
            raised_at=datetime.combine(day, time(10), tzinfo=UTC),
            summary="As before",
            category=about,
            source="agent",
        )
        for day in raised
    ]
    Attribution.objects.bulk_create(
        Attribution(issue=one, cause=cause, by=sam, at=one.raised_at) for one in Issue.objects.bulk_create(issues)
    )
    return change


def trained(failed: Change, at: datetime) -> dict[str, int]:
    """What people practise against a cause whose first change failed: one until next week, one whose day was told."""
    why, ines = failed.cause, person("ines")
    for weeks, what in ((6, ["skill/options"]), (0, ["lesson/newcomers/listening", "skill/promises"])):
        then = at - timedelta(weeks=weeks)
        day = (then + timedelta(weeks=1)).date()
        practice = asked(what, None, None, day, 70)
        due = (at + timedelta(weeks=3)).date()
        agree_training(why, "We say the day first.", practice, owner=ines, due=due, by=ines, now=then)
    tell_trainings(at)
    return {"trained": why.pk}


def how_it_was(at: datetime) -> None:
    """So many people asked how it was that a score can be told; four of five answered, two were left out."""
    cases = list(Case.objects.filter(subject="Saturday").order_by("pk"))
    for number in range(2 * ANSWERS_ENOUGH):
        case, why = cases[number % len(cases)], ("closed", "open", "refused")[number // len(cases)]
        one = asked_and_left(case, at, why=why)
        given = [Given(Kind.CSAT, 1 + (number * 7) % 5), Given(Kind.CES, 1 + (number * 5) % 7)]
        if number % 5:
            answer_survey(one, given, "Next time call me, please." if number % 4 == 0 else "", at + timedelta(hours=1))
    for number, case in enumerate(Case.objects.filter(subject="Saturday").order_by("-pk")[:2]):
        SurveyLeftOut.objects.create(case=case, why="closed", since=at, at=at, reason=NotAsked.values[number])


def asked_about_data(case: Case, at: datetime) -> None:
    """A customer who was refused erasure, and now asks for a copy."""
    asked = ask_about_data(case, Asks.ERASURE, at - timedelta(days=3))
    refuse_request(asked, "Your refund is still on its way, and the bank asks who gets it.", by=person("ines"), now=at)
    ask_about_data(case, Asks.COPY, at - timedelta(days=1))


def a_gesture(case: Case, at: datetime) -> Gesture:
    """Something Tom gave beside what was owed, and what colleagues know of the customer."""
    set_budget(case.team, "EUR", 20_000, by=person("ines"), now=at)
    call_them(case, "Piet", by=person("tom"), now=at)
    note_about(case, "Letters rather than calls: the evenings are loud at home.", by=person("tom"), now=at)
    given = Gift(
        title="Towards your next order",
        reason="hard",
        because="The birthday was over when it came.",
        words="You stayed kind although the day was spoilt. We would like to thank you for that.",
        amount=1500,
        until=at.date() + timedelta(days=180),
    )
    return give(case, given, by=person("tom"), now=at)


def purchases(at: datetime) -> None:
    """What people who wrote and people who never did bought."""
    day = at.date() - timedelta(days=40)
    rows = [f"{who}@post.example,{day},8900,EUR,{who}" for who in ("closed", "picked", "stranger", "other")]
    import_purchases("\n".join(["customer,date,cents,currency,order", *rows]), by=person("ines"), now=at)


def said_in_public(cases: Mapping[str, Case], at: datetime) -> None:
    """Two posts linked to cases, one of them changed, two nobody has looked at, and somebody who was sent to us."""
    day, site = at.date() - timedelta(days=3), "https://reviews.example"
    closed, picked = cases["closed"], cases["picked"]
    note_post(
        picked, Seen(site="Reviews", url=f"{site}/1", day=str(day), stars="4", before="1"), by=person("tom"), now=at
    )
    note_post(closed, Seen(site="Reviews", url=f"{site}/2", day=str(day), stars="2"), by=person("tom"), now=at)
    note_referral(picked, "closed@post.example", by=person("tom"), now=at)
    rows = [f"Reviews,{site}/3,{day},1,{closed.customer.name},", f"Stars,{site}/4,{day},5,Somebody Else,"]
    import_posts("\n".join(["site,url,day,stars,author,order", *rows]), by=person("ines"), now=at)


def asked_and_left(case: Case, at: datetime, *, why: str = "delivered") -> SurveyAsked:
    """A letter that asked, and left."""
    one = asked_how_it_was(case, at, why=why, kinds=["csat", "settled", "ces", "nps"])
    OutboxEntry.objects.filter(message=one.letter).update(sent_at=at)
    return one
