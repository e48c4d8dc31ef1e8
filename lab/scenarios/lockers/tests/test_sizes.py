import unittest

import pytest

from lockers.sizes import smallest


class SizesTestCase(unittest.TestCase):
    def test_a_letter(self):
        assert smallest(1) == "letter"

    def test_exactly_full(self):
        assert smallest(64) == "large"

    def test_too_large(self):
        with pytest.raises(ValueError, match="no compartment"):
            smallest(65)
