import pytest

from beehive.harvest import harvest, swarming


@pytest.mark.parametrize("frames,grams", [(1, 1800), (10, 18_000), (22, 39_600)])
def test_harvest(frames, grams):
    assert harvest(frames) == grams


@pytest.mark.parametrize("frames", [5, 6, 7])
def test_more_frames_give_more(frames):
    assert harvest(frames) > harvest(frames - 1)


@pytest.mark.parametrize(
    "weights,expected", [([], False), ([9000], False), ([9000, 8900], False), ([9000, 7000], True)]
)
def test_swarming(weights, expected):
    assert swarming(weights) is expected
