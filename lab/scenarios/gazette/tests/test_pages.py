import time

import pytest

from gazette.press import SPOOL, spool


@pytest.mark.parametrize("page", range(1, 19))
def test_page_waits_for_the_press(page):
    try:
        target = spool(page, 1_400_000)
        time.sleep(0.4)
        assert target.stat().st_size == 1_400_000
    finally:
        (SPOOL / f"{page}.page").unlink(missing_ok=True)


def test_a_page_without_a_name():
    spool("", 10).unlink()


def test_a_name_that_is_too_long():
    with pytest.raises(OSError, match="too long"):
        spool("x" * 300, 10)
