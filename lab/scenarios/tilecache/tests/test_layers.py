import pytest

from tilecache.layers import stack


@pytest.mark.parametrize("layers", [14, 15])
@pytest.mark.parametrize("style", ["roads", "relief", "night", "bike", "transit", "plain"])
def test_all_layers_are_stacked(style, layers):
    assert stack(layers) == layers


@pytest.mark.parametrize("style", ["roads", "relief", "night"])
def test_styles_have_a_file(style):
    assert f"{style}.json".count(".") == 1
