"""The two spellings of a pytest test."""

import pytest

from diagnose.readers._nodeid import join_nodeid, split_nodeid

SPELLINGS = [
    (
        "tests/api/test_users.py::TestKeys::test_scope[admin]",
        "tests.api.test_users.TestKeys",
        "test_scope[admin]",
    ),
    ("test_a.py::test_x[a::b/c.py]", "test_a", "test_x[a::b/c.py]"),
    ("test_a.py::test_x[[br]]", "test_a", "test_x[[br]]"),
    ("test_a.py::test_x[user@host]", "test_a", "test_x[user@host]"),
    ("pkg/tests/test_a.py::TestA::TestB::test_x", "pkg.tests.test_a.TestA.TestB", "test_x"),
    ("tests/test_bad.py", "", "tests.test_bad"),
]


@pytest.mark.parametrize(("nodeid", "classname", "name"), SPELLINGS)
def test_a_node_id_goes_both_ways(nodeid: str, classname: str, name: str) -> None:
    assert split_nodeid(nodeid) == (classname, name)
    assert join_nodeid(classname, name) == nodeid


@pytest.mark.parametrize(
    ("nodeid", "name"),
    [
        ("test_a.py::test_x@group", "test_x"),
        ("test_a.py::test_x[p]@group", "test_x[p]"),
        ("test_a.py::test_x[a@b]@group", "test_x[a@b]"),
        ("test_a.py::test_x[a@b]", "test_x[a@b]"),
        ("test_a.py::test_x[\x1b]", "test_x[#x1B]"),
    ],
)
def test_a_group_is_no_part_of_the_name(nodeid: str, name: str) -> None:
    assert split_nodeid(nodeid) == ("test_a", name)


def test_an_at_sign_in_a_path_stays() -> None:
    assert split_nodeid("pkg@2/test_a.py::test_x") == ("pkg@2.test_a", "test_x")


@pytest.mark.parametrize(
    ("classname", "file", "nodeid"),
    [
        ("shop.checks.TestA", "shop/checks.py", "shop/checks.py::TestA::test_x"),
        ("other", "shop/checks.py", "shop/checks.py::test_x"),
        ("shop.checks.TestA", "", ""),
        ("tests.api.helpers", "", ""),
    ],
)
def test_a_file_tells_where_the_path_ends(classname: str, file: str, nodeid: str) -> None:
    assert join_nodeid(classname, "test_x", file) == nodeid
