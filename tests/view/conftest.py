"""A real browser for the pages: Chromium without a window, one for each file of tests."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = (1440, 900), (390, 844)
"""Width and height of the windows, pixels."""


@dataclass
class Window:
    """A window and what it asked for or complained about.

    Args:
        page: The page.
        requests: Addresses that it asked for.
        errors: Errors on its console.
    """

    page: "Page"
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe finds wrong for people who use a keyboard or a screen reader."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]

    def inked(self, selector: str) -> int:
        """Number of pixels of a canvas that something was drawn on."""
        count: int = self.page.locator(selector).first.evaluate(
            """(canvas) => {
                const g = canvas.getContext("2d");
                const { data } = g.getImageData(0, 0, canvas.width, canvas.height);
                let n = 0;
                for (let i = 3; i < data.length; i += 4) if (data[i]) n++;
                return n;
            }"""
        )
        return count


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, or a reason why these tests are skipped.

    It is closed after each file: while it is open, no test can start an event loop of its own.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser: "Browser") -> Iterator[Any]:
    """A function that opens a window of a size; all are closed in the end."""
    contexts = []

    def opened(size: tuple[int, int] = WIDE, **options: Any) -> Window:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        found = Window(context.new_page())
        found.page.on("request", lambda one: found.requests.append(one.url))
        found.page.on("pageerror", lambda one: found.errors.append(str(one)))
        found.page.on(
            "console", lambda one: found.errors.append(one.text) if one.type == "error" else None
        )
        return found

    yield opened
    for context in contexts:
        context.close()
