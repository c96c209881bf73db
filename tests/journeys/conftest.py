"""Journeys run against a whole desk and a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import Desk, company

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A file goes to one worker, with its desk; what is looked at in two themes is a file for each."""
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
            theme = item.callspec.params.get("lookers", "") if hasattr(item, "callspec") else ""
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {theme}".strip()))


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def fresh_database() -> dict:
    return own_database()


def own_database() -> dict:
    """On PostgreSQL a database of its own for one desk; on SQLite the data folder is enough."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return {}
    import psycopg

    name = f"journey_{os.getpid()}_{os.urandom(4).hex()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    base, _, query = url.partition("?")
    return {"DATABASE_URL": f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")}


@pytest.fixture
def desk(home, fresh_database) -> Iterator[Desk]:
    with Desk(home, extra=fresh_database).running() as made:
        yield made


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory, everywhere) -> Iterator[Desk]:
    """One desk for all tests of a file, with a case in every state; `told` names them (see staged.py)."""
    home = tmp_path_factory.mktemp("shared") / "home"
    code = (Path(__file__).parent / "staged.py").read_text()
    for desk in company(home, own_database(), code, kept=everywhere / "staged"):
        desk.settle()
        yield desk


@pytest.fixture(scope="session")
def everywhere(tmp_path_factory) -> Path:
    """A folder that all workers of this run share."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, desk) -> Iterator:
    context = chromium.new_context(base_url=desk.url, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
