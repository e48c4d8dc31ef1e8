from unittest import mock

import pytest

from planetarium.dome import Dome, opened


@pytest.mark.parametrize("degrees,heading", [(0, 0), (360, 0), (-90, 270), (725, 5)])
def test_heading(degrees, heading):
    assert opened(Dome(80), degrees) == {"heading": heading, "seats": 80}


@pytest.mark.parametrize("degrees", [10, 20])
def test_the_dome_is_asked(degrees):
    dome = mock.Mock(spec=["rotate", "seats"], seats=3)
    dome.rotate.return_value = degrees
    assert opened(dome, degrees)["heading"] == degrees
