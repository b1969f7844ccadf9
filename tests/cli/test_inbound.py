"""The listener as a process: a real reply over LMTP changes a task, other mail is refused."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mail.test_replies import make_reply
from tests.web.answering import Answering
from tests.world import World
from tracker.config import Settings

ROOT = Path(__file__).resolve().parents[2]
REPLY = "reply@tracker.example.org"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def start(settings: Settings, port: int, **more: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    environment |= {
        "TRACKER_INSTANCE": str(settings.instance),
        "TRACKER_DATABASE_URL": settings.database_url,
        "TRACKER_SECRET_KEY": settings.secret_key,
        "TRACKER_INBOUND": f"lmtp://127.0.0.1:{port}",
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", "inbound"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def connect(port: int) -> smtplib.LMTP:
    deadline = time.monotonic() + 30
    while True:
        try:
            return smtplib.LMTP("127.0.0.1", port)
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_reply_over_lmtp_changes_its_task_and_the_listener_is_no_relay(
    world: World, settings: Settings
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    post = Answering(world, replace(settings, reply_address=REPLY))
    post.remind()
    (mail,) = [m for m in post.sender.messages if "per.lind" in str(m["To"])]
    process = start(settings, port, TRACKER_REPLY_ADDRESS=REPLY)
    try:
        with connect(port) as server:
            reply_to = str(mail["Reply-To"])
            content = make_reply("1 done\n\n> 1. Send the list", To=reply_to)
            assert server.sendmail("per.lind@example.org", [reply_to], content) == {}
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                server.sendmail("per.lind@example.org", ["somebody@example.com"], content)
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert post.stored(post.late).status == "done"
    assert "Taking in mail" in output
    for secret in ("per.lind", "Send the list", reply_to.partition("+")[2][:48]):
        assert secret not in output


def test_without_an_address_for_replies_nothing_listens(settings: Settings) -> None:
    process = start(settings, 1)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Set TRACKER_REPLY_ADDRESS" in output
