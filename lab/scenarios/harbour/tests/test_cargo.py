import pytest

from harbour.cargo import manifest, stacks


@pytest.mark.parametrize("containers", [0, 1, 5, 6, 23])
def test_nothing_is_left_on_the_quay(containers):
    assert sum(stacks(containers)) == containers


@pytest.mark.parametrize("count", range(100, 2000, 150))
def test_a_manifest_names_every_part(count):
    found = manifest([("crate", count), ("barrel", count * 2)])
    assert len(found["crate"]) == count
    assert found["barrel"][-1] == {"name": "barrel", "part": count * 2 - 1}
