"""What browser tests assert of any page: no errors, nothing blocked, accessible, fits the screen.

Knows nothing of the tracker's pages.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Response
from werkzeug.serving import make_server

from tests.prepare import BROWSERS, find_chromium

CHROMIUM = find_chromium() or BROWSERS["chromium"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
_AXE_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
_TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", event =>
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI || "inline"}`))"""
_WIDER_THAN_SCREEN = """() => {
  const width = document.documentElement.clientWidth;
  const clips = e => ["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX);
  const scrolls = e => e && e !== document.body && (clips(e) || scrolls(e.parentElement));
  const unseen = e => e.matches(".usa-sr-only, .usa-sr-only *, .usa-skipnav");
  return [...document.body.querySelectorAll("*")]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1)
    .filter(e => !unseen(e) && !scrolls(e.parentElement))
    .map(e => e.tagName.toLowerCase() + "." + e.className).slice(0, 5);
}"""


@dataclass
class Watch:
    """What went wrong on a page since it was opened; a page's own 4xx is no fault."""

    expects_errors: bool = False
    faults: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Errors of the console but those about answers, which ``see`` judges by their kind."""
        about_answers = ("Failed to load resource", "Response Status Error Code")
        if message.type == "error" and not message.text.startswith(about_answers):
            self.faults.append(f"console: {message.text}")

    def see(self, response: Response) -> None:
        """A 5xx is a fault, and so is a missing script, style, font or picture."""
        is_part = response.request.resource_type in ("script", "stylesheet", "font", "image")
        is_broken = response.status >= 500 and not self.expects_errors
        if is_broken or (is_part and response.status >= 400):
            self.faults.append(f"{response.status} for {response.url}")


def watch(page: Page, *, expects_errors: bool = False) -> Watch:
    """Starts watching ``page``; call before it opens anything."""
    watched = Watch(expects_errors)
    page.add_init_script(_TELL_VIOLATIONS)
    page.on("console", watched.hear)
    page.on("response", watched.see)
    page.on("pageerror", lambda error: watched.faults.append(f"script: {error}"))
    return watched


@functools.cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page, context: str | None = None) -> None:
    """Fails listing what axe finds on the page, or within the selector ``context``."""
    for frame in page.frames:
        frame.wait_for_load_state()  # What is shown in a frame can come after the page.
    page.evaluate(_axe())
    found = page.evaluate(
        "([context, options]) => axe.run(context || document, options)", [context, _AXE_OPTIONS]
    )
    lines = [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)


def assert_fits(page: Page) -> None:
    """Fails naming the elements that reach past the right edge of the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    outside = page.evaluate(_WIDER_THAN_SCREEN)
    assert not wide, f"{page.url} scrolls sideways: {outside}"
    assert not outside, f"{page.url} is cut off at the right: {outside}"


def screenshot(page: Page, name: str) -> None:
    """Keeps a picture of the whole page where TRACKER_SCREENSHOTS names a folder."""
    if folder := os.environ.get("TRACKER_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@contextmanager
def serving(application: Callable[..., Any]) -> Iterator[str]:
    """Serves a WSGI application on a free port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_quiet())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _quiet() -> type:
    from werkzeug.serving import WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        """Writes no access log into the tests' output."""

        def log(self, type: str, message: str, *args: Any) -> None:
            """Says nothing."""

    return Quiet
