"""A data file that cannot be used is refused with file, line, entry and field; a round nobody could win with why."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from amends.rehearsal.bank import read_lines
from amends.rehearsal.moves import Move
from amends.rehearsal.personas import named_persona, personas, read_personas
from amends.rehearsal.rubric import read_rubric
from amends.rehearsal.sheet import SheetRefused, sheet
from amends.rehearsal.shelf import SECTORS, named_scenario, read_scenario, scenario_of_file, scenarios
from amends.rehearsal.table import read_table
from amends.rehearsal.winnable import CannotBeWon, refuse_what_cannot_be_won, winnable

SOFA = files("amends.rehearsal").joinpath("scenarios", "retail-sofa-leg.toml").read_text("utf-8")


def data(name: str) -> str:
    return files("amends.rehearsal").joinpath(name).read_text("utf-8")


def line_of(words: str, start: str, text: str = "") -> int:
    """The first line that begins so."""
    return next(at for at, line in enumerate((text or words).splitlines(), 1) if line.startswith(start))


def refusal(words: str) -> str:
    with pytest.raises(SheetRefused) as refused:
        read_scenario(sheet(words, "sofa.toml"))
    return str(refused.value)


def test_there_are_the_people_and_scenarios_that_were_promised() -> None:
    assert len(personas()) == 17
    assert len(scenarios()) >= 24
    assert {one.sector for one in scenarios().values()} == set(SECTORS)
    assert all(len(one.issues) >= 4 for one in scenarios().values())
    assert all(name == file.name.removesuffix(".toml") for name, file in _files())


def _files() -> list[tuple[str, Path]]:
    folder = files("amends.rehearsal").joinpath("scenarios")
    return [(read_scenario(sheet(one.read_text("utf-8"), one.name)).id, Path(one.name)) for one in folder.iterdir()]


def test_a_broken_toml_names_the_file_and_the_line() -> None:
    assert refusal('id = "a"\nsector = retail') == refusal('id = "a"\nsector = retail')
    assert "sofa.toml" in refusal('id = "a"\nsector = retail')
    assert "line 2" in refusal('id = "a"\nsector = retail')


def test_a_wrong_field_names_file_line_entry_and_field() -> None:
    broken = SOFA.replace('category = "service_received"', 'category = "bad_mood"', 1)
    at = line_of(broken, 'category = "bad_mood"')
    assert refusal(broken).startswith(
        f"sofa.toml, line {at}, [[issue]] 2: “category” is “bad_mood”; it has to be one of"
    )


def test_a_missing_field_names_the_line_of_its_entry() -> None:
    broken = "\n".join(line for line in SOFA.splitlines() if not line.startswith("cause"))
    at = line_of(broken, "[[issue]]")
    assert refusal(broken).startswith(f"sofa.toml, line {at}, [[issue]] 1: “cause” has to be words in quotes")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('firm = "', 'ferm = "', "ferm"),
        ('id = "form_refused"', 'id = "leg"', "id"),
        ('remedy_kinds = ["repair", "replacement", "refund"]', 'remedy_kinds = ["cake"]', "remedy_kinds"),
        ('keys = [["leg", "sofa", "foot"],', "keys = [[],", "keys"),
        ('sector = "retail"', "sector = 4", "sector"),
    ],
)
def test_each_kind_of_slip_is_named(old: str, new: str, field: str) -> None:
    assert old in SOFA
    assert f"“{field}”" in refusal(SOFA.replace(old, new, 1))


def test_a_scenario_without_issues_is_refused() -> None:
    assert "at least one [[issue]]" in refusal(SOFA.split("[[issue]]")[0])


def test_a_team_reads_its_own_file_and_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SOFA, "utf-8")
    assert scenario_of_file(own) == named_scenario("retail-sofa-leg")
    own.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SheetRefused, match="UTF-8"):
        scenario_of_file(own)
    with pytest.raises(SheetRefused, match="cannot be read"):
        scenario_of_file(tmp_path)


def test_a_table_of_moves_with_a_slip_is_refused() -> None:
    words = data("moves.toml")
    with pytest.raises(SheetRefused, match=r"moves.toml, line \d+, \[reflect\]: “heard” has to be a number"):
        read_table(sheet(words.replace("heard = 0.30", "heard = 3", 1), "moves.toml"))
    with pytest.raises(SheetRefused, match=r"\[thank\] is missing"):
        read_table(sheet(words.replace("[thank]", "[thanks]", 1), "moves.toml"))
    with pytest.raises(SheetRefused, match="“acknowledged” has to be a number such as"):
        read_table(sheet(words.replace('acknowledged = "1"', 'acknowledged = "all"', 1), "moves.toml"))
    assert read_table(sheet(words, "moves.toml")).effects[Move.REFLECT].sizes["heard"] == 0.30


def test_personas_rubric_and_lines_with_a_slip_are_refused() -> None:
    people = data("personas.toml")
    with pytest.raises(SheetRefused, match=r"\[\[persona\]\] 3: “weights” has to be three shares"):
        read_personas(sheet(people.replace("[0.35, 0.20, 0.45]", "[0.35, 0.20]", 1), "personas.toml"))
    with pytest.raises(SheetRefused, match="stands there already"):
        read_personas(sheet(people.replace('id = "expert"', 'id = "steady"', 1), "personas.toml"))
    with pytest.raises(SheetRefused, match="“jargon” has to be a number from 0 to 100"):
        read_rubric(sheet(data("rubric.toml").replace("jargon = 1", "jargon = true"), "rubric.toml"))
    with pytest.raises(SheetRefused, match="a place that nothing fills"):
        read_lines(sheet('[[line]]\nwhen = "heard"\nband = "calm"\nsay = "Hello {name}."', "steady.toml"))
    with pytest.raises(SheetRefused, match=r"line 2, .*“when” is “never”"):
        read_lines(sheet('[[line]]\nwhen = "never"\nband = "calm"\nsay = "Hello."', "steady.toml"))


def test_everybody_can_be_won_in_every_scenario() -> None:
    lost = [
        (one.id, who.id) for one in scenarios().values() for who in personas().values() if not winnable(one, who).won
    ]
    assert lost == []


def test_a_scenario_without_remedy_is_refused_with_the_reason() -> None:
    sofa = named_scenario("retail-sofa-leg")
    bare = replace(sofa, issues=tuple(replace(one, remedy="") for one in sofa.issues))
    with pytest.raises(CannotBeWon, match="“leg” has no remedy that fits"):
        refuse_what_cannot_be_won(bare, named_persona("steady"))
    refuse_what_cannot_be_won(bare, named_persona("cannot_be_satisfied"))


def test_a_persona_nobody_can_win_is_refused_with_what_it_falls_short_of() -> None:
    stone = replace(named_persona("steady"), needs=1.0)
    with pytest.raises(CannotBeWon, match=r"cannot be won: even the best play falls short of agreement by 0\.\d\d"):
        refuse_what_cannot_be_won(named_scenario("retail-sofa-leg"), stone)


def test_where_the_guide_fails_a_search_still_finds_a_way() -> None:
    sofa = named_scenario("retail-sofa-leg")
    unsaid = replace(sofa, issues=tuple(replace(one, keys=(("leg",),)) for one in sofa.issues))
    found = winnable(unsaid, named_persona("steady"))
    assert found.won
    assert Move.REFLECT not in {act.move for act in found.acts}
