"""Files of long reports: made in the background, once, while the page waits and can be left."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from tests.reports.factory import make_summary, make_task
from tests.services.reporting import Reporting
from tests.web.follow_up import SIGN_IN
from tests.world import World
from tracker.config import Settings
from tracker.services import make_report_file as service
from tracker.services.make_report_file import is_long, make_report_file

REPORT = "/dialogues/northland-sundria-border-talks/reports/2008-01-10"
NOW = dt.datetime.now(dt.UTC)


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail("the file was not made")


def test_a_long_pdf_is_awaited_on_a_page_and_then_downloaded(
    world: World, settings: Settings, signed_in: SIGN_IN, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LONG", 1)
    client = signed_in(Reporting(world).mira)
    waiting = client.get(f"{REPORT}/report.pdf")
    assert waiting.status_code == 202
    assert "is being made" in waiting.get_data(as_text=True)
    folder = settings.instance / "report-files"
    (begun,) = folder.glob("*.json")
    wait_for(begun.with_suffix(""))
    ready = client.get(f"{REPORT}/report.pdf?progress=1")
    assert (ready.status_code, "It is ready." in ready.get_data(as_text=True)) == (200, True)
    file = client.get(f"{REPORT}/report.pdf")
    assert file.data.startswith(b"%PDF")
    assert "attachment" in file.headers["Content-Disposition"]
    assert client.get(f"{REPORT}/report.csv").status_code == 200


def test_the_same_content_is_made_once_and_other_content_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []
    monkeypatch.setattr(service, "_start", begun.append)
    one, other = make_summary(make_task(1)), make_summary(make_task(2))
    for summary in (one, one, other):
        assert make_report_file(summary, "pdf", tmp_path, NOW).state == "making"
    assert len(begun) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_a_failure_is_told_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_start", lambda _command: None)
    summary = make_summary(make_task(1))
    path = make_report_file(summary, "pdf", tmp_path, NOW).path
    (tmp_path / f"{path.name}.json").unlink()
    (tmp_path / f"{path.name}.failed").write_text("ValueError")
    assert make_report_file(summary, "pdf", tmp_path, NOW).state == "failed"
    assert make_report_file(summary, "pdf", tmp_path, NOW).state == "making"


def test_old_files_and_what_was_left_half_way_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_start", lambda _command: None)
    (tmp_path / "old.pdf").write_bytes(b"%PDF")
    make_report_file(make_summary(make_task(1)), "pdf", tmp_path, NOW + dt.timedelta(hours=3))
    assert not (tmp_path / "old.pdf").exists()


def test_only_slow_formats_of_many_tasks_are_long() -> None:
    many = make_summary(*(make_task(n) for n in range(1, 602)))
    assert [is_long(many, f) for f in ("pdf", "docx", "xlsx", "csv")] == [True, True, False, False]
    assert not is_long(make_summary(make_task(1)), "pdf")
