"""The time the acknowledgement names: by the policy, and in working hours where the team has some."""

import pytest

from amends.cases.acknowledge import answer_within
from amends.method.calendars import Calendar, around_the_clock

OFFICE = Calendar.from_data({"zone": "UTC", "hours": {"mon": "09:00-17:00"}})
ALWAYS = around_the_clock("UTC")


@pytest.mark.parametrize(
    ("hours", "calendar", "language", "said"),
    [
        (4, ALWAYS, "en", "4 hours"),
        (1, ALWAYS, "de", "1 Stunde"),
        (4, OFFICE, "en", "4 working hours"),
        (1, OFFICE, "de", "1 Arbeitsstunde"),
        (0.5, OFFICE, "fr", "0,5 heures ouvrées"),
        (8, OFFICE, "es", "8 horas laborables"),
        (8, OFFICE, "sv", "8 working hours"),
    ],
)
def test_the_hours_are_named_in_the_language_of_the_letter(hours, calendar, language, said):
    assert answer_within(hours, calendar, language) == said


@pytest.mark.django_db
def test_the_letter_to_a_customer_of_an_office_counts_in_working_hours(cast):
    from amends.cases.message import Message
    from amends.team.models import Team

    Team.objects.filter(name="Home").update(calendar=OFFICE.to_data())
    cast.write()
    assert "working hours" in Message.objects.get(outgoing=True).text
