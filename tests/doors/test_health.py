"""/health: which parts are alive, for everybody, without figures."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from amends import __version__
from amends.channels.models import beat

pytestmark = pytest.mark.django_db


def test_it_names_the_parts_that_are_alive(client):
    now = datetime.now(UTC)
    beat("worker", now)
    beat("intake", now - timedelta(seconds=31))
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"version": __version__, "database": True, "worker": True, "intake": False}


def test_it_tells_no_figures_and_is_kept_by_nobody(client, cast):
    cast.case()
    response = client.get("/health")
    assert set(response.json()) == {"version", "database", "worker", "intake"}
    assert response["Cache-Control"] == "no-store, private"


def test_a_database_that_is_away_is_said_rather_than_died_of(client, monkeypatch):
    def away(*_):
        raise OperationalError("unable to open database file /secret/place")

    monkeypatch.setattr("amends.desk.views.health.alive", away)
    response = client.get("/health")
    assert response.json() == {"version": __version__, "database": False, "worker": False, "intake": False}
    assert "secret" not in response.content.decode()
