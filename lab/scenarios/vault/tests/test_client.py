import pytest

from vault.client import path_of, read


@pytest.mark.parametrize("team", ["web", "data", "mobile"])
def test_a_team_reads_its_folder(team):
    assert read("") is not None


def test_the_root_is_a_list():
    assert "<ul>" in read("")


@pytest.mark.parametrize("team", ["Web", "Data", "Mobile"])
@pytest.mark.parametrize("name", ["Token", "Key"])
def test_paths_are_lower_case(team, name):
    assert path_of(team, name).islower()
