import pytest

from timesheets import export


@pytest.mark.parametrize("name", ["ida", "jan", "kim", "lea", "max"])
class TestExport:
    @pytest.mark.parametrize("hours", [8, 16, 40])
    def test_hours_are_exported(self, name, hours):
        export.write([(name, hours)])
        assert export.read() == [(name, hours)]
        export.remove()

    def test_two_weeks_are_exported(self, name):
        export.write([(name, 38), (name, 40)])
        assert sum(hours for _, hours in export.read()) == 78
        export.remove()

    def test_names_are_short(self, name):
        assert len(name) == 3
