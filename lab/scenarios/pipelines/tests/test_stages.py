import pytest

from pipelines.stages import stage


@pytest.mark.parametrize("name", ["extract", "clean", "join", "load"])
@pytest.mark.parametrize("rows", [1, 10, 100, 1000, 10000, 100000])
def test_rows_are_kept(name, rows):
    assert stage(name, rows)["rows"] == rows
