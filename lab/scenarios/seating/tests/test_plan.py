import pytest

from seating.plan import seats


@pytest.mark.parametrize("tables", [1, 2, 3, 4])
@pytest.mark.parametrize("guests", ["ab", "abcd", "abcdef"])
def test_tables_are_used(tables, guests):
    assert {table for _, table in seats(tables, guests)} <= set(range(tables))
