"""What programs and assistants read of the library: published studies, and what other firms did."""

from dataclasses import asdict
from typing import Any

from amends.library.models import TEXTS, Study
from amends.library.shelf import Wanted, find_study, others, studies

MOST = 50


def told_studies(wanted: Wanted, after: int) -> dict[str, Any]:
    """A page of the studies somebody looks for, by number, and beside the first page the stories of other firms.

    `next` is where the following page begins, None when there is none.
    """
    found = studies(wanted).order_by("pk").prefetch_related("remedies").filter(pk__gt=after)
    rows = list(found[: MOST + 1])
    return {
        "studies": [_told(one) for one in rows[:MOST]],
        "next": rows[MOST - 1].pk if len(rows) > MOST else None,
        "others": [] if after else [asdict(one) for one in others(wanted)],
    }


def told_study(number: int) -> dict[str, Any]:
    """One published study; raises NotThere."""
    return _told(find_study(number))


def _told(one: Study) -> dict[str, Any]:
    return {
        "study": one.pk,
        **{name: getattr(one, name) for name in TEXTS},
        "category": one.category,
        "cause": one.cause.name if one.cause else None,
        "remedies": [remedy.key for remedy in one.remedies.all()],
        "severity": one.severity,
        "period": one.period,
    }
