import httpx
import pytest

KINDS = ["pdf", "docx", "odt", "svg"]


def preview(kind, pages):
    response = httpx.post(
        f"http://127.0.0.1:8080/previews/{kind}", json={"pages": pages}, timeout=60
    )
    response.raise_for_status()
    return response.json()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pages", [1, 2, 10, 300])
def test_all_pages_are_drawn(kind, pages):
    assert preview(kind, pages)["pages"] == pages


@pytest.mark.parametrize("kind", KINDS)
def test_previews_are_narrow(kind):
    assert preview(kind, 1)["width"] == 320


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_file_endings(kind):
    assert 3 <= len(kind) <= 4
