"""The addresses of the desk: every one has its row in team/permissions.py."""

from django.urls import path

from amends.desk.views import case, closing, health, issues, live, mailroom, offer, prevention, queue, recovery, reply

urlpatterns = [
    path("health", health.health, name="health"),
    path("", queue.home, name="home"),
    path("live/", live.live, name="live"),
    path("theme/", health.theme, name="theme"),
    path("me/", health.keys, name="keys"),
    path("queue/<slug:key>/", queue.queue, name="queue"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/thread/", case.case_thread, name="case-thread"),
    path("cases/<int:pk>/attachments/<int:attachment>/", mailroom.attachment, name="attachment"),
    path("cases/<int:pk>/messages/<int:message>/raw/", mailroom.raw_message, name="raw-message"),
    path("cases/<int:pk>/messages/<int:message>/answered/", reply.answered, name="answered"),
    path("cases/<int:pk>/history/", closing.history, name="history"),
    path("cases/<int:pk>/issues/", issues.issues, name="issues"),
    path("cases/<int:pk>/reply/", reply.reply, name="reply"),
    path("cases/<int:pk>/reply/check/", reply.reply_check, name="reply-check"),
    path("cases/<int:pk>/reply/<int:message>/undo/", reply.reply_undo, name="reply-undo"),
    path("cases/<int:pk>/note/", reply.note, name="note"),
    path("cases/<int:pk>/assignment/", closing.assignment, name="assignment"),
    path("cases/<int:pk>/snooze/", closing.snooze, name="snooze"),
    path("cases/<int:pk>/offer/", offer.offer, name="offer"),
    path("cases/<int:pk>/offers/<int:offer>/withdrawal/", offer.offer_withdrawal, name="offer-withdrawal"),
    path("cases/<int:pk>/agreement/", recovery.agreement, name="agreement"),
    path("cases/<int:pk>/fulfilment/", recovery.fulfilment, name="fulfilment"),
    path("cases/<int:pk>/refusal/", recovery.refusal, name="refusal"),
    path("cases/<int:pk>/follow-up/", recovery.follow_up, name="follow-up"),
    path("cases/<int:pk>/cause/", prevention.cause, name="cause"),
    path("cases/<int:pk>/closure/", closing.closure, name="closure"),
    path("cases/<int:pk>/reopening/", closing.reopening, name="reopening"),
    path("prevention/", prevention.prevention, name="prevention"),
    path("prevention/<int:pk>/", prevention.change, name="change"),
    path("mailroom/", mailroom.mailroom, name="mailroom"),
    path("mailroom/<int:pk>/", mailroom.unreadable, name="unreadable"),
    path("mailroom/sent/", mailroom.sent_mail, name="sent-mail"),
    path("mailroom/sent/<str:name>/", mailroom.sent_letter, name="sent-letter"),
]
