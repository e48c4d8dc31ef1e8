import pytest

from thumbnails.scratch import shrink


@pytest.mark.parametrize("width", [640, 800, 1024, 1280, 1920, 3840])
@pytest.mark.parametrize("height", [480, 768, 1080])
def test_a_thumbnail_is_an_eighth(width, height):
    assert shrink(width, height) == (width // 8, height // 8, 1_200_000)


@pytest.mark.parametrize("ending", ["raw", "tif", "png"])
def test_endings(ending):
    assert f"holiday.{ending}".endswith(ending)
