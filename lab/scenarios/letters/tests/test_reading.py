import pytest

from letters import reading


@pytest.mark.parametrize("name", ["invoice.png", "contract.png", "postcard.png"])
def test_text_of_a_letter(tmp_path, name):
    image = tmp_path / name
    image.write_bytes(b"\x89PNG\r\n")
    assert reading.text(image) is not None


@pytest.mark.parametrize("words", ["guten tag", "bonjour à tous"])
def test_language_of_a_letter(words):
    assert reading.language(words) in ("de", "fr")


@pytest.mark.parametrize("text", ["Rechnung\n", "\n\nVertrag\nfolgt", "Gruß"])
def test_subject(text):
    assert reading.subject(text).strip() in text
