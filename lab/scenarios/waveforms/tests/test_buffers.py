import pytest

from waveforms.buffers import mixed


@pytest.mark.parametrize("tracks", range(1, 17))
def test_tracks_are_mixed(tracks):
    assert mixed(tracks) == tracks


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
def test_rates_are_even(rate):
    assert rate % 2 == 0
