import pytest


@pytest.mark.parametrize(
    "tree", ["apple", "pear", "quince", "plum", "medlar", "cherry", "mulberry"]
)
def test_trees_have_numbers(registry, tree):
    assert 0 < registry.number(tree) < 1000
