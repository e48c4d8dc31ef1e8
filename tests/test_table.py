import math

from diagnose.table import Row, TestTable

ROWS = [
    Row("tests.test_a", "test_x[é-1]", "passed", 0.5, "gw0", 10.0),
    Row("tests.test_a", "test_y", "skipped", 0.25, "", math.nan),
    Row("", "test_z", "passed", 1.0, "gw1", 11.5),
]


def table_of(*rows: Row) -> TestTable:
    table = TestTable()
    table.extend(rows)
    return table


def test_rows_come_back_as_they_went_in() -> None:
    whole = table_of(*ROWS)
    assert [row[:4] for row in whole] == [row[:4] for row in ROWS]
    assert [row.worker for row in whole] == ["gw0", "", "gw1"]
    starts = [row.start for row in whole]
    assert starts[0] == 10.0
    assert math.isnan(starts[1])
    assert starts[2] == 11.5


def test_an_empty_batch_adds_nothing() -> None:
    table = table_of()
    assert (len(table), list(table), table.workers()) == (0, [], set())


def test_outcomes_and_durations_add_up_over_batches() -> None:
    table = table_of(*ROWS)
    table.extend([Row("tests.test_b", "test_w", "passed")])
    assert (table.count("passed"), table.count("skipped"), table.count("failed")) == (3, 1, 0)
    assert table.total_seconds() == 1.75


def test_tables_put_together_keep_their_own_words() -> None:
    one, two = table_of(*ROWS), table_of(Row("tests.test_c", "test_q", worker="gw7"), *ROWS)
    whole = TestTable.together([one, two])
    assert list(whole.keys()) == [*one.keys(), *two.keys()]
    assert whole.workers() == {"gw0", "gw1", "gw7", ""}
    assert len(whole) == 7


def test_rows_are_found_and_dropped_over_batches() -> None:
    table = table_of(*ROWS)
    table.extend([Row("tests.test_a", "test_y", "passed"), Row("a", "b::c")])
    found = table.find({"tests.test_a::test_y", "a::b::c", "tests.test_q::test_x[é-1]"})
    assert {number: row.name for number, row in found.items()} == {
        1: "test_y",
        3: "test_y",
        4: "b::c",
    }
    left = table.without(found)
    assert [row.name for row in left] == ["test_x[é-1]", "test_z"]
    assert (len(left), left.count("passed")) == (2, 2)
    assert len(table) == 5


def test_a_row_takes_some_sixty_bytes() -> None:
    import tracemalloc

    rows = [
        (
            f"tests.api.test_users_{n // 50}",
            f"test_creates_a_user[{n}]",
            "passed",
            0.1,
            "",
            math.nan,
        )
        for n in range(20_000)
    ]
    tracemalloc.start()
    table = TestTable()
    for first in range(0, len(rows), 4096):
        table.extend(rows[first : first + 4096])
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used / len(table) < 80


def test_a_frame_has_a_row_a_test() -> None:
    frame = table_of(*ROWS).frame()
    assert list(frame.columns) == ["classname", "name", "outcome", "seconds", "worker", "start"]
    assert frame["seconds"].sum() == 1.75


def test_a_table_that_loses_all_of_a_batch_still_tells_the_others() -> None:
    table = table_of(*ROWS)
    table.extend([Row("tests.test_b", "test_w")])
    left = table.without(range(len(ROWS)))
    assert list(left.keys()) == ["tests.test_b::test_w"]
    assert not list(left.without([0]).keys())
    assert [row.name for row in left] == ["test_w"]
