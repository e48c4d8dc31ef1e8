"""The rules of the house, checked: who may import whom, and how large a thing may grow."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "diagnose").rglob("*.py"))
BESIDE = ("tests", "bench", "fuzz", "lab")
ALL = sorted([*CODE, *(path for name in BESIDE for path in (ROOT / name).rglob("*.py"))])

FLOOR = {
    "ahead",
    "binomial",
    "catalogue",
    "clues",
    "crew",
    "diagnosis",
    "family",
    "errors",
    "frames",
    "literals",
    "model",
    "oom",
    "packed",
    "parts",
    "quantiles",
    "redact",
    "scan",
    "refusals",
    "secret_shapes",
    "secret_tokens",
    "sizing",
    "table",
    "words",
}
STAGES = {
    "readers",
    "runs",
    "evidence",
    "causes",
    "judge",
    "early",
    "advice",
    "reports",
    "publishers",
}
MAY_IMPORT = {
    **dict.fromkeys(FLOOR | STAGES, FLOOR),
    "config": FLOOR,
    "intake": FLOOR | {"readers", "runs"},
    "api": FLOOR | STAGES | {"config", "intake"},
    "cli": {"api", "config", "diagnosis", "errors", "model", "words"},
    "pytest_plugin": {"api", "diagnosis", "errors", "model"},
    "__main__": {"cli"},
    "__init__": {"api", "diagnosis", "errors", "model"},
}


def name_of(path: Path) -> str:
    """Name a file in a message, or in the id of a test."""
    return path.relative_to(ROOT).as_posix()


every_file = pytest.mark.parametrize("path", ALL, ids=name_of)
every_module = pytest.mark.parametrize("path", CODE, ids=name_of)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path) for path in CODE}


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a file imports, wherever in the file it does."""
    return imported(parse(path))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inner & MODULES
            if inner - MODULES:
                yield node.module


def line_count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@every_module
def test_imports_point_down_and_siblings_are_strangers(path: Path) -> None:
    part = path.relative_to(ROOT / "diagnose").parts[0].removesuffix(".py")
    assert part in MAY_IMPORT, f"{part} has no row in MAY_IMPORT: where does it stand?"
    used = {name.split(".")[1] for name in imports(path) if "." in name}
    assert used - {part} <= MAY_IMPORT[part]


@every_file
def test_nobody_imports_relatively(path: Path) -> None:
    assert not [n for n in ast.walk(parse(path)) if isinstance(n, ast.ImportFrom) and n.level]


@every_module
def test_no_module_imports_a_package_above_it(path: Path) -> None:
    folders = [folder for folder in path.parents if ROOT in folder.parents]
    above = {module_of(folder / "__init__.py") for folder in folders} - {module_of(path)}
    assert not above & set(imports(path))


def without_types(tree: ast.Module) -> ast.Module:
    """Drop what only the type checker imports: it loads nothing, so it closes no circle."""
    typed = [n for n in tree.body if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)]
    tree.body = [node for node in tree.body if node not in typed]
    return tree


def test_there_is_no_cycle() -> None:
    graph = {
        module_of(path): set(imported(without_types(parse(path)))) - {module_of(path)}
        for path in CODE
    }
    assert list(TopologicalSorter(graph).static_order())


@every_file
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert line_count(path) <= 300


COMMANDS = [path for path in CODE if path.parent.name == "cli" and path.name[0] != "_"]


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_a_command_has_at_most_60_lines(path: Path) -> None:
    assert line_count(path) <= 60


@every_file
def test_a_function_has_at_most_40_lines_and_5_parameters(path: Path) -> None:
    for function in functions(path):
        where = f"{name_of(path)}:{function.lineno} {function.name}"
        lines = (function.end_lineno or 0) - function.lineno + 1
        assert lines <= 40, where
        given = function.args
        named = [word.arg for word in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        parameters = [name for name in named if name not in ("self", "cls")]
        assert len(parameters) <= 5, where


def catches_all(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    named = ast.walk(node.type) if node.type else [ast.Name("Exception")]
    return any(isinstance(n, ast.Name) and n.id in ("Exception", "BaseException") for n in named)


def test_all_is_caught_in_two_places_only() -> None:
    places = {
        f"{name_of(path)}:{function.name}"
        for path in CODE
        for function in functions(path)
        if any(catches_all(node) for node in ast.walk(function))
    }
    assert len(
        [place for path in CODE for place in ast.walk(parse(path)) if catches_all(place)]
    ) == (len(places)), "outside a function, or twice in one"
    ours = {place for place in places if re.fullmatch(r"diagnose/cli/\w+\.py:main", place)}
    assert len(ours) <= 1
    assert len(places - ours) <= 1, "one place may guard against a third party's plug-in"


def public(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield each public definition of a module, and its docstring."""
    tree = parse(path)
    yield name_of(path), ast.get_docstring(tree)
    bodies = [tree.body]
    while bodies:
        for node in bodies.pop():
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                if node.name.startswith("_"):
                    continue
                yield f"{name_of(path)}:{node.lineno} {node.name}", ast.get_docstring(node)
                if isinstance(node, ast.ClassDef):
                    bodies.append(node.body)


@every_module
def test_all_that_is_public_says_in_one_line_what_it_is(path: Path) -> None:
    for where, said in public(path):
        first, _, more = (said or "").partition("\n")
        assert re.search(r"\S[.…:?!]$", first), f"{where}: one sentence, in one line"
        assert not more or more.startswith("\n"), f"{where}: a blank line after the first"


@every_file
def test_names_are_words_of_the_domain(path: Path) -> None:
    names = [*path.relative_to(ROOT).with_suffix("").parts]
    names += [n.name for n in ast.walk(parse(path)) if isinstance(n, ast.ClassDef)]
    for name in names:
        assert not re.search(r"(?i)(^|_)(utils?|helpers?|misc|common)$|Manager|Helper", name), name
