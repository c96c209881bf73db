"""The addresses of the customer's page: every one has its row in team/permissions.py."""

from django.urls import path

from amends.portal import about_me, complaints, poll, promises, survey, views, words

urlpatterns = [
    path("promises/", promises.promises, name="published-promises"),
    path("complaints/", complaints.published_complaints, name="published-complaints"),
    path("complaints/file/", complaints.published_complaints_file, name="published-complaints-file"),
    path(
        "complaints/<slug:quarter>/<int:number>/",
        complaints.published_complaints_version,
        name="published-complaints-version",
    ),
    path("c/new-link/", views.new_link, name="portal-new-link"),
    path("c/<str:token>/", views.portal, name="portal"),
    path("c/<str:token>/yes/", views.understanding, name="portal-understanding"),
    path("c/<str:token>/not-quite/", views.correction, name="portal-correction"),
    path("c/<str:token>/choice/", views.choice, name="portal-choice"),
    path("c/<str:token>/none/", views.refuse_offer, name="portal-decline"),
    path("c/<str:token>/higher/", views.higher, name="portal-higher"),
    path("c/<str:token>/write/", words.write, name="portal-message"),
    path("c/<str:token>/ask/", words.ask, name="portal-ask"),
    path("c/<str:token>/follow-up/", words.follow_up, name="portal-follow-up"),
    path("c/<str:token>/news/", words.news, name="portal-news"),
    path("c/<str:token>/about-me/", about_me.about_me, name="portal-about-me"),
    path("c/<str:token>/about-me/copy/", about_me.copy, name="portal-copy"),
    path("p/<str:vote>/", poll.poll, name="poll"),
    path("q/<str:ask>/", survey.survey, name="survey"),
    path("q/<str:ask>/more/", survey.survey_more, name="survey-more"),
    path("q/<str:ask>/stop/", survey.survey_stop, name="survey-stop"),
]
