import pytest

from reaper.export import export


@pytest.mark.parametrize("rows", [1, 10, 100])
def test_export(rows):
    assert export(rows, 0.1).count("row") == rows


def test_slow_export():
    assert export(1000, 2.5).endswith("row 999")


@pytest.mark.parametrize("rows", range(2, 12))
def test_lines(rows):
    assert len(export(rows, 0.05).splitlines()) == rows
