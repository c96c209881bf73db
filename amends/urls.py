"""Every address of the product: signing in, the component page, the API, the desk, the customer's page."""

from allauth.account.views import login, logout
from django.urls import URLPattern, URLResolver, include, path

from amends.ui.views import kit

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", login, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("ui/", kit, name="ui-kit"),
    path("", include("amends.api.urls")),
    path("", include("amends.portal.urls")),
    path("", include("amends.desk.urls")),
]
