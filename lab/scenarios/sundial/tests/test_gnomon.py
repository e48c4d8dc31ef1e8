from unittest import mock

import pytest

from sundial.shadow import Gnomon, erect


@pytest.mark.parametrize("latitude", range(0, 90, 3))
def test_tilt(latitude):
    assert erect(Gnomon(), latitude) == 90 - latitude


def test_the_gnomon_is_tilted_once():
    gnomon = mock.create_autospec(Gnomon, instance=True)
    gnomon.lean.return_value = 40
    assert erect(gnomon, 50) == 40


def test_the_gnomon_hears_the_latitude():
    gnomon = mock.create_autospec(Gnomon, instance=True)
    erect(gnomon, 50)
    gnomon.tilt.assert_called_once_with(50, north=True)
