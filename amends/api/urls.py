"""The addresses for programs: every one has its row in team/permissions.py."""

from django.urls import path, re_path

from amends.api import views

urlpatterns = [
    path("api/v1/schema/", views.schema, name="api-schema"),
    re_path(r"^api/(?:v1/)?read/?$", views.read, name="api-read"),
    re_path(r"^api/(?:v1/)?check/?$", views.check, name="api-check"),
    path("api/v1/cases/", views.cases, name="api-cases"),
    path("api/v1/cases/<int:pk>/", views.case, name="api-case"),
    path("api/v1/cases/<int:pk>/<slug:verb>/", views.do, name="api-verb"),
    path("api/v1/studies/", views.studies, name="api-studies"),
    path("api/v1/studies/<int:pk>/", views.study, name="api-study"),
    path("api/v1/do/<slug:verb>/", views.do, name="api-do"),
    path("api/v1/<path:rest>", views.nowhere, name="api-nowhere"),
]
