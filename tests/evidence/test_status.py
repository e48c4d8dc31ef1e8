"""Which HTTP status came and which was wanted, however the two are printed."""

from __future__ import annotations

import pytest

from diagnose.evidence._anatomy import placed
from diagnose.evidence._status import statuses

SOURCE = (
    "    def test_a(self):\n>       self.assertEqual({}, {})\nE       AssertionError: {} != {}\n"
)


@pytest.mark.parametrize(
    ("text", "got", "wanted"),
    [
        ("E   assert 404 == 200", 404, 200),
        ("E   assert 404 in (200, 201)", 404, 200),
        ("E   AssertionError: 500 != <HTTPStatus.OK: 200>", 500, 200),
        (SOURCE.format("reply.status", 200, 500, 200), 500, 200),
        (SOURCE.format(200, "reply.status", 200, 500), 500, 200),
        (SOURCE.format("HTTPStatus.OK", "reply.status", "<HTTPStatus.OK: 200>", 500), 500, 200),
        (SOURCE.format("status.HTTP_200_OK", "reply.status", 200, 500), 500, 200),
        ("AssertionError: Status expected:<200> but was:<404>", 404, 200),
        ("AssertionError: expected the response to have status code 201 but it was 500", 500, 201),
        ("    a_test.go:9: wrong status: got 500 want 200", 500, 200),
        ("Failed asserting that 404 is identical to 200.", 404, 200),
        ("AssertionError: Expected response status code [200] but received 500.", 500, 200),
        ("    expect(received).toBe(expected)\n\n    Expected: 200\n    Received: 404", 404, 200),
        ("Assert.Equal() Failure\nExpected: OK\nActual:   NotFound", 404, 200),
        ("Assert.Equal() Failure\nExpected: Open\nActual:   Shut", 0, 0),
        ("E   assert 41 == 42", 0, 0),
        ("E   assert 541 == 119", 0, 0),
        ("E   assert 500 == 250", 0, 0),
        ("INFO GET /orders 500", 0, 0),
    ],
)
def test_what_came_is_told_from_what_was_wanted(text: str, got: int, wanted: int) -> None:
    assert statuses(placed(text)) == (got, wanted)
