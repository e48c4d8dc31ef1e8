from seating.plan import assign_tables


def test_everybody_sits():
    assert len(assign_tables(2, ["a", "b", "c"])) == 3
