"""The public holidays of a country or region, year by year, from the `holidays` package (decision 8)."""

import re
from datetime import date
from functools import lru_cache

from amends.method.hours import CalendarRefused

_TWO_LETTERS = re.compile("[A-Z]{2}")


@lru_cache(maxsize=512)
def public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    """The days in a year on which a place does not work, with those that stand in; CalendarRefused when unknown."""
    place = f"{country}, {region}" if region else country
    unknown = f"No public holidays are known for “{place}”. Write the two letters of a country, such as SE."
    if not _TWO_LETTERS.fullmatch(country):
        raise CalendarRefused(unknown, "country")
    from holidays import country_holidays  # 45 MB and half a second, so only for teams that name a country

    try:
        return frozenset(country_holidays(country, subdiv=region or None, years=year, expand=False))
    except NotImplementedError:
        raise CalendarRefused(unknown, "country") from None


@lru_cache(maxsize=512)
def check_place(country: str, region: str) -> None:
    """Raise CalendarRefused when the country, or the region in it, is not one whose holidays are known."""
    if country:
        public_holidays(country, region, 2026)
    elif region:
        raise CalendarRefused(f"“{region}” is a region of which country? Write the country too.", "country")
