"""What a user installs holds what the checkout holds, and works without what developers have."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUN = """
import sys
sys.path.insert(0, sys.argv.pop(1))
sys.modules.update(dict.fromkeys(sys.argv.pop(1).split(), None))  # None makes an import fail
sys.argv[0] = "diagnose"
import diagnose.cli
assert diagnose.__file__.startswith(sys.path[0]), diagnose.__file__
diagnose.cli.main()
"""
DEVELOPERS = "pytest _pytest xdist hypothesis jsonschema hatchling mypy"
REPORT = '<testsuite><testcase classname="tests.test_a" name="test_one" time="0.1"/></testsuite>'


def build(source: Path, folder: Path, *what: str) -> None:
    """Build from a tree, without a network."""
    words = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), *what]
    ran = subprocess.run(words, cwd=source, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    """Unpack the wheel as an installer would."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "site")
    return built / "site"


def files(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found if path.is_file()}


def run(site: Path, *words: str) -> str:
    """Run the unpacked program, apart from the checkout, variables, and developers' packages."""
    ran = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", RUN, str(site), DEVELOPERS, *words],
        cwd=site,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_wheel_holds_what_the_checkout_holds(site: Path) -> None:
    templates = {f"templates/{name}" for name in files(ROOT / "templates")}
    assert files(site / "diagnose") == files(ROOT / "diagnose") | templates


def test_the_wheel_holds_nothing_else(site: Path) -> None:
    assert [path.name.partition("-")[0] for path in site.iterdir()] == ["diagnose", "diagnose"]


def test_the_wheel_says_its_licence(site: Path) -> None:
    (folder,) = site.glob("*.dist-info")
    assert (folder / "licenses/LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")


def test_the_sdist_makes_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    build(source, tmp_path, "-t", "wheel")
    (ours,), (theirs,) = built.glob("*.whl"), tmp_path.glob("*.whl")
    with zipfile.ZipFile(ours) as one, zipfile.ZipFile(theirs) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())


def test_the_installed_program_needs_nothing_of_the_developers(site: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, "utf-8")
    assert "compare" in run(site, "--help")
    assert '"$schema"' in run(site, "schema")
    assert "report.xml" in run(site, "analyze", str(report), "--format", "json")
