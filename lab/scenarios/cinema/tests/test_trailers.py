import pytest

from cinema.trailers import decode


@pytest.mark.parametrize("title", ["nosferatu", "metropolis", "m", "playtime"])
@pytest.mark.parametrize("frames", [24, 25, 48])
def test_a_trailer_is_decoded(title, frames):
    assert decode(frames) == 60 * 1024 * 1024
