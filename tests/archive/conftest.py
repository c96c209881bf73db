"""Tests that need the extras archive and spark, left out with a reason where those are not installed."""

import pytest

from amends.archive.errors import NotInstalled, check_installed

LOUD = ("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning", "ignore::UserWarning")


def reason_without(extra: str) -> str:
    """Why what needs this extra is left out; "" where it is there."""
    try:
        check_installed(extra)
    except NotInstalled as error:
        return str(error)
    return ""


def pytest_collection_modifyitems(items):
    """What others' libraries warn of is not ours to mend."""
    for item in items:
        if "tests/archive" in str(item.path):
            for words in LOUD:
                item.add_marker(pytest.mark.filterwarnings(words))


@pytest.fixture(scope="session")
def extra():
    """What the extra archive brings is there, or what needs it is left out."""
    if reason := reason_without("archive"):
        pytest.skip(reason)


@pytest.fixture(scope="session")
def spark_address(extra):
    """Where Spark answers: two threads of this machine."""
    if reason := reason_without("spark"):
        pytest.skip(reason)
    return "pyspark://local[2]"
