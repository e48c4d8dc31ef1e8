import pytest

from renderfarm.frames import TILES, render


@pytest.mark.parametrize("frame", range(100, 118))
def test_a_frame_has_all_its_tiles(frame):
    assert render(frame) == [(frame, number) for number in range(TILES)]


@pytest.mark.parametrize("frame,second", [(24, 1), (48, 2)])
def test_frames_of_a_second(frame, second):
    assert frame / 24 == second
