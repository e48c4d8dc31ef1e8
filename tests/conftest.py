"""Golden files: a case is a folder of inputs, and `pytest --golden` writes what is expected."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

Golden = Callable[[Path, str], None]

pytest_plugins = ["pytester"]
HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with what its file says; `--golden` makes the file say it."""
    rewrite = request.config.getoption("--golden")

    def check(path: Path, text: str) -> None:
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        expected = path.read_text("utf-8") if path.is_file() else None
        assert text == expected, f"`pytest --golden` would rewrite {path}"

    return check


def cases(stage: str) -> list[ParameterSet]:
    """List the cases of a stage as (member, folder): `tests/<stage>/<member>/<case>/input*`."""
    return [
        pytest.param(case.parent.name, case, id=f"{case.parent.name}/{case.name}")
        for case in sorted((HERE / stage).glob("*/*/"))
        if any(case.glob("input*"))
    ]
