"""The outbox folder, the memory of tests, and which sender an installation gets."""

import email
import email.policy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mail.digests import make_digest, make_notice
from tests.smtp import SmtpServer, read_journal
from tracker.mail import (
    FolderSender,
    MemorySender,
    PermanentFailure,
    SmtpSender,
    TemporaryFailure,
    render_digest,
    sender_from,
)
from tracker.policy.errors import InvalidInput


def test_the_outbox_gets_the_message_as_it_would_have_been_sent(tmp_path: Path):
    message = render_digest(make_digest())
    with FolderSender(tmp_path / "instance" / "outbox") as sender:
        sender.send(message)
    (path,) = (tmp_path / "instance" / "outbox").iterdir()
    assert path.suffix == ".eml"
    assert path.read_bytes() == message.as_bytes()
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == message["Subject"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_message_sent_twice_is_in_the_outbox_once_as_last_sent(tmp_path: Path):
    sender = FolderSender(tmp_path)
    sender.send(make_notice(subject="First"))
    sender.send(make_notice(subject="Second"))
    sender.send(make_notice(message_id="<other@tracker.example.gov>"))
    subjects = {
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"]
        for path in tmp_path.iterdir()
    }
    assert len(list(tmp_path.iterdir())) == 2
    assert "First" not in subjects
    assert "Second" in subjects


@pytest.mark.parametrize("message_id", ["<../../etc/passwd@x>", "<a/b\\c:d@x>", f"<{'m' * 300}@x>"])
def test_a_message_id_never_names_a_file_elsewhere(tmp_path: Path, message_id: str):
    outbox = tmp_path / "outbox"
    FolderSender(outbox).send(make_notice(message_id=message_id))
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [outbox]


def test_message_ids_that_differ_in_signs_only_are_two_files(tmp_path: Path):
    sender = FolderSender(tmp_path)
    for message_id in ("<a/b@x>", "<a:b@x>", "<A:b@x>"):
        sender.send(make_notice(message_id=message_id))
    assert len({path.name.lower() for path in tmp_path.iterdir()}) == 3


def test_an_outbox_that_cannot_be_written_is_a_failure_that_may_pass(tmp_path: Path):
    (tmp_path / "outbox").write_text("a file, not a folder")
    with pytest.raises(TemporaryFailure, match="cannot be written") as caught:
        FolderSender(tmp_path / "outbox").send(make_notice())
    assert caught.value.is_server_wide


def test_a_write_that_fails_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(TemporaryFailure, match="No space left on device"):
        FolderSender(tmp_path).send(make_notice())
    assert list(tmp_path.iterdir()) == []


def test_a_sender_of_tests_keeps_messages_and_fails_as_told():
    failure = PermanentFailure("550 No")
    with MemorySender({"bo@example.gov": failure}) as sender:
        sender.send(render_digest(make_digest()))
        with pytest.raises(PermanentFailure):
            sender.send(make_notice())
    assert [str(message["To"]) for message in sender.messages] == [
        "Ana Derring <ana.derring@example.gov>"
    ]


@pytest.mark.parametrize("name", ["To", "From", "Cc", "Bcc"])
def test_a_message_to_several_people_is_never_sent(name: str):
    message = make_notice()
    del message[name]
    message[name] = "a@example.gov, b@example.gov"
    sender = MemorySender()
    with pytest.raises(ValueError, match="has one"):
        sender.send(message)
    assert sender.messages == []


def test_an_installation_sends_over_smtp_where_an_address_is_set_else_to_its_outbox(
    tmp_path: Path,
):
    assert isinstance(sender_from("smtp://mail.example.org", tmp_path), SmtpSender)
    for nothing in (None, ""):
        sender = sender_from(nothing, tmp_path)
        assert isinstance(sender, FolderSender)
        assert sender.folder == tmp_path
    with pytest.raises(InvalidInput):
        sender_from("mail.example.org", tmp_path)


# The mail server of the tests.


def test_the_mail_server_runs_as_a_process_and_keeps_a_journal(tmp_path: Path):
    journal = tmp_path / "journal"
    command = [sys.executable, "-m", "tests.smtp", "--journal", str(journal)]
    command += ["--for", "bo@example.gov=permanent"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        with SmtpSender(f"smtp://127.0.0.1:{port}") as sender:
            sender.send(render_digest(make_digest()))
            with pytest.raises(PermanentFailure):
                sender.send(make_notice())
        process.terminate()
        assert process.wait(10) == 0
    (entry,) = read_journal(journal)
    assert entry["recipient"] == "ana.derring@example.gov"
    assert entry["message_id"] == make_digest().message_id


def test_the_mail_server_ends_while_a_client_hangs_in_it():
    with SmtpServer("stall") as server:
        sender = SmtpSender(server.url, timeout=0.2)
        with pytest.raises(TemporaryFailure):
            sender.send(make_notice())
    with pytest.raises(TemporaryFailure, match="refused the connection"):
        sender.send(make_notice())
