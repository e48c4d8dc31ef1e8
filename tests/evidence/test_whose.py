"""Whose code a failure came out of, in the tracebacks of several languages."""

from __future__ import annotations

import time

import pytest

from diagnose.clues import Facts
from diagnose.evidence._frames import whose
from diagnose.evidence._signature import facts
from diagnose.model import Failure, Source, TestResult

JAVA_PRODUCT = """\
java.lang.NullPointerException: Cannot invoke "String.length()"
	at java.base/java.util.Objects.requireNonNull(Objects.java:208)
	at com.example.shop.Orders.sum(Orders.java:44)
	at com.example.shop.OrdersTest.sums(OrdersTest.java:12)
"""
JAVA_TEST = """\
java.lang.IndexOutOfBoundsException: Index 0 out of bounds for length 0
	at java.base/jdk.internal.util.Preconditions.outOfBounds(Preconditions.java:100)
	at app//com.example.shop.OrdersTest.first(OrdersTest.java:12)
"""
JAVA_LIBRARY = """\
java.lang.IllegalStateException: no context
	at org.springframework.util.Assert.state(Assert.java:76)
	at com.example.shop.OrdersIT.opens(OrdersIT.java:12)
"""
DOTNET = """\
System.InvalidOperationException : Sequence contains no elements
   at System.Linq.ThrowHelper.ThrowNoElementsException()
   at Shop.Orders.Total() in /src/Shop/Orders.cs:line 21
   at Shop.Tests.OrdersTests.Totals() in /src/Shop.Tests/OrdersTests.cs:line 14
"""
RUBY = """\
ArgumentError: wrong number of arguments (given 2, expected 1)
# ./app/models/order.rb:14:in `total'
# ./spec/order_spec.rb:9:in `block (2 levels)'
"""
PHP = """\
TypeError: Order::total(): Argument #1 must be of type int, null given
/srv/shop/src/Order.php:21
/srv/shop/tests/OrderTest.php:9
"""
RUBY_BARE = """\
NoMethodError: undefined method `cleanpath' for "tmp":String
/srv/app/vendor/bundle/gems/packer-1.2.4/lib/packer.rb:153:in `pack'
/srv/app/Rakefile.rb:24:in `<top (required)>'
"""
JAVA_OF_LIBRARY = """\
java.lang.IllegalStateException: closed
	at io.grpc.internal.Channel.open(Channel.java:76)
	at io.grpc.internal.ChannelTest.opens(ChannelTest.java:12)
"""
DOTNET_ASSERT = """\
Assert.Equal() Failure
   at Xunit.Assert.Equal(String one, String other) in C:\\ci\\xunit.assert\\Asserts.cs:line 169
   at Shop.Tests.OrdersTests.Totals() in /src/Shop.Tests/OrdersTests.cs:line 14
"""
GO = """\
panic: runtime error: index out of range [0] with length 0 [recovered]

goroutine 18 [running]:
testing.tRunner.func1.2({0x55, 0xc0})
	/usr/local/go/src/testing/testing.go:1545 +0x238
shop/order.TestFirst(0xc0000)
	/src/order/order_test.go:21 +0x1d
"""


@pytest.mark.parametrize(
    ("text", "innermost", "ours"),
    [
        (JAVA_PRODUCT, "product", "product"),
        (JAVA_TEST, "test", "test"),
        (JAVA_LIBRARY, "library", "test"),
        (DOTNET, "product", "product"),
        (RUBY, "product", "product"),
        (PHP, "product", "product"),
        (GO, "test", "test"),
        (RUBY_BARE, "library", "product"),
        (JAVA_OF_LIBRARY, "library", "test"),
        (DOTNET_ASSERT, "library", "test"),
        ("nothing at all", "", ""),
    ],
    ids=[
        *("java product", "java test", "java library", "dotnet", "ruby", "php", "go"),
        *("ruby without marks", "java test of a library", "dotnet assertion", "none"),
    ],
)
def test_the_innermost_frame_is_found_in_every_language(
    text: str, innermost: str, ours: str
) -> None:
    found = whose(text, "")
    assert (found.innermost, found.ours) == (innermost, ours)


CALLED_BACK = """\
tests/test_send.py:30: in test_order_is_sent
    send(order, via=gate)
src/shop/send.py:14: in send
    via.deliver(order)
tests/test_send.py:9: in deliver
    return self.kept[order.number]
E   AttributeError: 'str' object has no attribute 'number'
"""


def test_a_double_is_a_piece_of_the_test_that_the_product_calls() -> None:
    assert whose(CALLED_BACK, "").called_back
    assert not whose(CALLED_BACK.replace("src/shop/send.py", "tests/steps.py"), "").called_back


def told(text: str) -> Facts:
    failure = Failure("failed", "", Source("report.xml", 100), text)
    return facts(TestResult("tests.a", "test_a", "failed", Source("r", 1), failures=(failure,)))


LACKS = "E   AttributeError: module '{}' has no attribute '{}'"
OURS = "tests/test_a.py:9: in test_a\n    total()\nsrc/shop/total.py:4: in total\n    return 1\n"
BARE = "tests/test_a.py:9: in test_a\n    total()\n"


@pytest.mark.parametrize(
    ("above", "module", "name", "lacking"),
    [
        (OURS, "shop.cart", "totals", "own"),
        (OURS, "numpy", "in1d", "foreign"),
        (OURS, "ssl", "PROTOCOL_TLSv1_2", "foreign"),
        (BARE, "ssl", "PROTOCOL_TLSv1_2", "foreign"),
        (BARE, "cart", "totals", ""),  # nothing tells whose that is
        (OURS, "unittest", "mock", ""),  # it is there, but nobody imported it
        (OURS, "os", "geteuid", ""),  # it is there on other systems
    ],
)
def test_a_name_is_gone_from_a_module_of_ours_or_of_others(
    above: str, module: str, name: str, lacking: str
) -> None:
    assert told(above + LACKS.format(module, name)).lacking == lacking


def test_endless_frames_are_read_in_no_time() -> None:
    text = "\n".join(["\tat " + "a." * 900 + "(", "# " + "b/" * 900] * 1_000)
    begun = time.perf_counter()
    whose(text, "")
    assert time.perf_counter() - begun < 10
