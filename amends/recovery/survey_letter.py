"""The letter that asks how it was: one question, one link for each answer, and a way not to be asked again."""

from amends.language.survey import survey_words
from amends.method.survey import SCALES, Kind
from amends.recovery.letter import case_language
from amends.recovery.survey import SurveyAsked
from amends.recovery.survey_link import survey_link


def survey_letter(asked: SurveyAsked, *, again: bool = False) -> str:
    """The text of the letter, in the team's name and the language of the customer's own mail, where we write it.

    `again` makes it the one reminder. The best answer stands first.
    """
    case, kind = asked.case, Kind(asked.kinds[0])
    words = survey_words(case_language(case))
    company = case.channel.name
    answers = [
        f"{words.get(f'{kind}_{value}', str(value))}:\n{survey_link(asked.pk, kind, value)}"
        for value in reversed(SCALES[kind])
    ]
    parts = [
        words["greeting"].replace("{name}", case.customer.first_name),
        words["reminder"] if again else words[asked.why],
        words[f"ask_{kind}"].replace("{company}", company),
        *answers,
        f"{words['press']} {words['person']}",
        f"{words['stop']}\n{survey_link(asked.pk, kind, SCALES[kind][0], 'stop/')}",
        case.team.signature or company,
    ]
    return "\n\n".join(parts)
