"""The whole way, with real parts: from an empty installation to a mail and a report.

The tracker runs as ``serve`` starts it, mail goes over SMTP, the PDF is opened and read.
"""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.rig import assert_accessible, assert_fits, screenshot
from tests.smtp import SmtpServer

ROOT = Path(__file__).resolve().parents[2]
CABLE = ROOT / "tracker" / "data" / "07BAKU832.txt"
PASSWORD = "olive canyon ferry lantern"
DIALOGUE = "Security Dialogue"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """`python -m tracker serve` in a folder of its own; ``announcement`` is what it printed."""

    def __init__(self, instance: Path, smtp_url: str, **settings: str) -> None:
        self.port = free_port()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
        environment |= {
            "TRACKER_INSTANCE": str(instance),
            "TRACKER_PORT": str(self.port),
            "TRACKER_SMTP_URL": smtp_url,
            "TRACKER_MAIL_CEILING": "C",
            "TRACKER_SWEEP_SECONDS": "1",
            "TRACKER_REMIND_HOUR": "0",
            "TRACKER_SAMPLE": "0",
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.announcement = self.process.stdout.readline()
        self._drain = threading.Thread(target=self.process.stdout.read, daemon=True)
        self._drain.start()

    @property
    def set_up_link(self) -> str:
        found = re.search(r"http\S+/set-up/\S+", self.announcement)
        assert found, self.announcement
        return found.group(0)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(20)
        self._drain.join(5)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture(params=["sqlite", "postgresql"])
def database_setting(request: pytest.FixtureRequest) -> dict[str, str]:
    """What makes the installation use either database, empty."""
    if request.param == "sqlite":
        return {}
    from tests.postgres import fresh_database_url

    return {"TRACKER_DATABASE_URL": fresh_database_url().replace("+psycopg", "")}


@pytest.fixture
def mail_server() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


@pytest.fixture
def installation(
    tmp_path: Path, mail_server: SmtpServer, database_setting: dict[str, str]
) -> Iterator[Installation]:
    running = Installation(tmp_path / "instance", mail_server.url, **database_setting)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_a_desk_officer_gets_from_an_empty_installation_to_a_mail_and_a_report(
    installation: Installation, mail_server: SmtpServer, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    set_up(page, installation.set_up_link)
    import_cable(page)
    task_count = review(page)
    assert task_count > 30
    update_a_task(page)
    assert_a_reminder_arrives(page, mail_server)
    assert_the_report_says_it(page, task_count)
    assert installation.stop() == 0


def set_up(page: Page, link: str) -> None:
    page.goto(link)
    assert_accessible(page)
    page.get_by_label("Your name").fill("Mira Okonjo")
    page.get_by_label("Mail address").fill("mira.okonjo@embassy.example.org")
    page.get_by_label("Country that you work for").fill("United States")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=repeated]").fill(PASSWORD)
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.get_by_role("heading", name="Three steps to begin with")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "home-first")


def import_cable(page: Page) -> None:
    page.get_by_role("link", name="Import", exact=True).click()
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(CABLE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Is this how you read it?")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "confirm")
    dates = page.locator("input[name=dates]")
    assert dates.count() >= 3
    assert page.locator("input[name=dates]:checked").count() == 0
    page.locator("label", has_text="9–10 July 2007").first.click()
    page.get_by_label("Name of the dialogue").fill(DIALOGUE)
    page.get_by_role("button", name="Confirm and go on to the review").click()


def review(page: Page) -> int:
    accept = page.get_by_role("button", name=re.compile("Accept all likely"))
    expect(accept).to_be_visible()
    assert_accessible(page)
    screenshot(page, "review")
    count = int(re.findall(r"\d+", accept.inner_text())[0])
    accept.click()
    expect(page.locator("#messages")).to_contain_text(str(count))
    page.goto(page.url.split("/cables/")[0] + "/dialogues/security-dialogue/")
    expect(page.get_by_role("heading", name=DIALOGUE)).to_be_visible()
    assert_accessible(page)
    screenshot(page, "board")
    return count


def update_a_task(page: Page) -> None:
    page.goto(page.url + "tasks?agenda=A&order=number")
    page.locator(".task-list a").first.click()
    page.get_by_label("Status").first.select_option("in_progress")
    page.get_by_label("Remark").first.fill("The ministry has named a contact.")
    page.get_by_role("button", name="Save the update").click()
    expect(page.locator("main")).to_contain_text("The ministry has named a contact.")
    expect(page.locator("main")).to_contain_text("In progress")
    assert_accessible(page)
    screenshot(page, "task")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def assert_a_reminder_arrives(page: Page, mail_server: SmtpServer) -> None:
    deadline = time.monotonic() + 60
    while not mail_server.messages and time.monotonic() < deadline:
        time.sleep(0.2)
    received = [entry.message for entry in mail_server.messages]
    assert len(received) == 1
    assert received[0]["To"].addresses[0].addr_spec == "mira.okonjo@embassy.example.org"
    body = received[0].get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "CONFIDENTIAL" in text
    link = re.search(r"http://127\.0\.0\.1:\d+/dialogues/security-dialogue/tasks/\d+", text)
    assert link, text
    back = page.url
    page.goto(link.group(0))
    expect(page.get_by_role("button", name="Save the update")).to_be_visible()
    page.goto(back)


def assert_the_report_says_it(page: Page, task_count: int) -> None:
    page.get_by_role("link", name=DIALOGUE).first.click()
    page.get_by_role("link", name="Reports", exact=True).first.click()
    page.get_by_role("link", name="Report of any day").click()
    assert_accessible(page)
    screenshot(page, "report")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    content = Path(download.value.path()).read_bytes()
    text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    assert DIALOGUE in text
    assert "CONFIDENTIAL" in text
    assert f"{task_count} tasks" in " ".join(text.split())
    assert "The ministry has named a contact." in " ".join(text.split())
