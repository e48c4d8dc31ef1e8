import pytest

from parcels.labels import FORMATS, Archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    shift = Archive(tmp_path_factory.mktemp("shift"))
    yield shift
    shift.close()


@pytest.mark.parametrize("number", range(4000, 4040))
def test_a_parcel_gets_every_format(archive, number):
    assert archive.label(f"P{number}") == list(FORMATS)


@pytest.mark.parametrize("ending", FORMATS)
def test_endings_have_three_letters(ending):
    assert len(ending) == 3
