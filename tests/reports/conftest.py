"""A browser, a tab in it, and a report to open, for all who look at a page."""

from collections.abc import Iterator

import pytest

import diagnose
from tests.browser import Browser, Page, browsing
from tests.program import ROOT

STORY = ROOT / "sample_reports" / "inputs" / "identity"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start one browser for all tests."""
    with browsing(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a tab."""
    found = Page(browser)
    found.show()
    yield found
    found.close()


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the report of the first story, and return its address."""
    found = diagnose.examine(
        [str(STORY / "serial.xml"), f"{STORY / 'parallel.xml'},{STORY / 'parallel.log'}@8"]
    )
    page = tmp_path_factory.mktemp("story") / "identity.html"
    page.write_text(diagnose.render(found, "html"), "utf-8")
    return page.as_uri()
