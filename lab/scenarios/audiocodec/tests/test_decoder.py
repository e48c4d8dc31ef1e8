import pytest

from audiocodec.decoder import decode


@pytest.mark.parametrize("samples", [1, 64, 512, 4096])
@pytest.mark.parametrize("channels", [2, 6])
def test_all_samples_are_decoded(channels, samples):
    assert decode(channels, samples) == list(range(samples))


@pytest.mark.parametrize("rate", [8000, 16000, 44100])
def test_rates(rate):
    assert rate % 50 == 0


@pytest.mark.parametrize("samples", [64, 512])
def test_mono_is_decoded(samples):
    assert decode(1, samples) == list(range(samples))


@pytest.mark.parametrize("name,ending", [("a.ogg", "ogg"), ("b.opus", "opus")])
def test_endings(name, ending):
    assert name.endswith(ending)
