"""Every quote of a report stands where the report says, whatever the format of the input."""

from contextlib import suppress
from pathlib import Path

import pytest

import diagnose
from diagnose.errors import InputError

READERS = Path(__file__).parent.parent / "readers"
INPUTS = sorted(path for path in READERS.glob("*/*/input*") if path.is_file())


def quotes(inputs: list[Path], folder: Path) -> int:
    """Verify the quotes of a report on these inputs; return how many there are."""
    saved = folder / "report.json"
    saved.write_text(diagnose.render(diagnose.examine(inputs), "json"), "utf-8")
    checked, wrong = diagnose.api.verify(saved)
    assert wrong == []
    return checked


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_every_quote_of_a_sound_file_is_on_its_line(path: Path, tmp_path: Path) -> None:
    with suppress(InputError):  # of some cases nothing can be read, as they say
        quotes([path], tmp_path)


def test_an_attribute_of_many_lines_is_quoted_as_xml_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "it.xml"
    path.write_text(
        '<testsuite><testcase classname="a" name="b">\n<failure message="ConnectionRefusedError:\n'
        'connection\nrefused by db"/></testcase></testsuite>\n'
    )
    assert quotes([path], tmp_path) > 0


def test_a_text_in_one_line_of_json_or_xml_has_that_line(tmp_path: Path) -> None:
    path = tmp_path / "it.xml"
    said = "one&#10;two&#10;E   ConnectionRefusedError: [Errno 111] Connection refused"
    path.write_text(
        '<testsuite>\n<testcase classname="a" name="b">\n'
        f"<failure>{said}</failure></testcase></testsuite>\n"
    )
    assert quotes([path], tmp_path) > 0


def test_what_looks_like_a_stamp_is_part_of_a_quote_from_xml(tmp_path: Path) -> None:
    path = tmp_path / "it.xml"
    lines = [f"2026-03-01T10:00:0{n}.000Z ConnectionRefusedError: refused {n}" for n in range(9)]
    text = "\n".join(["<testsuite><testcase classname='a' name='b'><failure>", *lines])
    path.write_text(f"{text}\n</failure></testcase></testsuite>\n")
    assert quotes([path], tmp_path) > 0
