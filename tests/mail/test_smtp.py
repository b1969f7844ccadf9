"""Sending over real SMTP: what each answer of the server means, and how connections are kept."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.mail.digests import make_digest, make_notice
from tests.smtp import CERTIFICATE, Behaviour, SmtpServer
from tracker.mail import PermanentFailure, SmtpSender, TemporaryFailure, render_digest
from tracker.mail.wire import envelope_of


def make_message(number: int = 1, **changes):
    """A reminder with a Message-ID of its own."""
    return render_digest(make_digest(message_id=f"<{number}@tracker.example.gov>", **changes))


@pytest.fixture(params=["commands together", "one command at a time"])
def server(request: pytest.FixtureRequest) -> Iterator[SmtpServer]:
    with SmtpServer(offers_pipelining=request.param == "commands together") as server:
        yield server


# Handing over.


def test_a_message_arrives_as_it_was_rendered(server: SmtpServer):
    message = make_message()
    SmtpSender(server.url).send(message)
    (received,) = server.messages
    assert received.recipients == ("ana.derring@example.gov",)
    assert received.sender == "tracker@example.gov"
    assert received.content == message.as_bytes()
    assert received.message["Subject"] == message["Subject"]
    assert not received.is_utf8


def test_many_messages_go_over_one_connection(server: SmtpServer):
    with SmtpSender(server.url) as sender:
        for number in range(20):
            sender.send(make_message(number))
    assert len(server.messages) == 20
    assert server.connections == 1


def test_outside_a_context_each_message_has_its_own_connection(server: SmtpServer):
    sender = SmtpSender(server.url)
    sender.send(make_message(1))
    sender.send(make_message(2))
    assert server.connections == 2


def test_a_connection_that_the_server_closed_meanwhile_is_opened_anew(server: SmtpServer):
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1))
        server.close_sessions()
        sender.send(make_message(2))
    assert [received.message_id[1] for received in server.messages] == ["1", "2"]
    assert server.connections == 2


def test_a_line_that_is_a_dot_does_not_end_the_message(server: SmtpServer):
    SmtpSender(server.url).send(make_notice(paragraphs=(".", "..two", "after")))
    text = server.messages[0].message.get_body(("plain",)).get_content()
    assert [line for line in text.splitlines() if line][2:5] == [".", "..two", "after"]


# Refusals.


@pytest.mark.parametrize(
    ("behaviour", "failure", "words"),
    [
        ("temporary", TemporaryFailure, "450 4.2.1 Mailbox busy, try again later"),
        ("temporary_after_data", TemporaryFailure, "451 4.3.0 Local error in processing"),
        ("permanent", PermanentFailure, "550 5.1.1 No such mailbox here"),
        ("permanent_after_data", PermanentFailure, "554 5.7.1 Message refused by policy"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words_and_the_others_get_theirs(
    server: SmtpServer, behaviour: Behaviour, failure: type[Exception], words: str
):
    server.behaviours["ana.derring@example.gov"] = behaviour
    with SmtpSender(server.url) as sender:
        with pytest.raises(failure) as caught:
            sender.send(make_message(1))
        sender.send(make_message(2, recipient_address="bo@example.gov"))
    assert caught.value.reply == words
    assert not caught.value.is_server_wide
    assert [received.recipients for received in server.messages] == [("bo@example.gov",)]
    assert server.connections == 1


def test_a_server_that_is_shutting_down_is_tried_again_later(server: SmtpServer):
    server.behaviour = "unavailable"
    with SmtpSender(server.url) as sender:
        with pytest.raises(TemporaryFailure, match=r"421 4\.3\.2 Shutting down") as caught:
            sender.send(make_message())
        assert caught.value.is_server_wide
        server.behaviour = "accept"
        sender.send(make_message())
    assert len(server.messages) == 1


def test_nothing_is_sent_where_the_recipient_is_refused_and_the_message_asked_for(
    server: SmtpServer,
):
    """RFC 2920, 3.1: commands that went together may be answered so."""
    server.behaviours["ana.derring@example.gov"] = "permanent_yet_asking"
    with SmtpSender(server.url) as sender:
        with pytest.raises(PermanentFailure, match="No such mailbox"):
            sender.send(make_message(1))
        sender.send(make_message(2, recipient_address="bo@example.gov"))
    assert [received.recipients for received in server.messages] == [("bo@example.gov",)]


def test_the_time_of_waiting_for_an_answer_can_be_used(server: SmtpServer):
    done = []
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1), lambda: done.append("the next one is written"))
        assert done == ["the next one is written"]
        server.behaviour = "permanent"
        with pytest.raises(PermanentFailure):
            sender.send(make_message(2), lambda: done.append("too early"))
    assert len(done) == 1


def test_the_next_message_can_be_named_before_it_is_sent(server: SmtpServer):
    following = envelope_of(make_message(2))
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1))
        sender.begin(following)
        assert len(server.messages) == 1
        sender.send(following)
    assert [received.message_id[1] for received in server.messages] == ["1", "2"]
    assert server.connections == 1


def test_a_message_that_was_named_and_not_sent_never_arrives(server: SmtpServer):
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1))
        sender.begin(envelope_of(make_message(2)))
        sender.send(make_message(3))
        sender.begin(envelope_of(make_message(4)))
    assert [received.message_id[1] for received in server.messages] == ["1", "3"]


def test_a_message_named_ahead_is_refused_for_itself_alone(server: SmtpServer):
    server.behaviours["bo@example.gov"] = "permanent"
    refused = envelope_of(make_message(2, recipient_address="bo@example.gov"))
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1))
        sender.begin(refused)
        with pytest.raises(PermanentFailure):
            sender.send(refused)
        sender.send(make_message(3))
    assert [received.message_id[1] for received in server.messages] == ["1", "3"]


def test_a_message_named_to_a_server_that_hung_up_goes_over_a_new_connection(server: SmtpServer):
    following = envelope_of(make_message(2))
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1))
        sender.begin(following)
        server.close_sessions()
        try:
            sender.send(following)
        except TemporaryFailure:  # It had answered already, and the loss shows later.
            sender.send(following)
    assert [received.message_id[1] for received in server.messages] == ["1", "2"]


# Time-outs and lost connections.


@pytest.mark.parametrize("behaviour", ["stall", "stall_after_accept"])
def test_a_server_that_does_not_answer_is_left_at_the_time_limit(
    server: SmtpServer, behaviour: Behaviour
):
    server.behaviour = behaviour
    started = time.monotonic()
    with pytest.raises(TemporaryFailure, match=r"did not answer within 0\.5 seconds"):
        SmtpSender(server.url, timeout=0.5).send(make_message())
    assert 0.4 < time.monotonic() - started < 8


@pytest.mark.parametrize("behaviour", ["drop", "drop_after_accept"])
def test_a_connection_lost_after_data_is_tried_again_later_not_at_once(
    server: SmtpServer, behaviour: Behaviour
):
    server.behaviour = behaviour
    message = make_message()
    with SmtpSender(server.url) as sender:
        with pytest.raises(TemporaryFailure, match="closed the connection"):
            sender.send(message)
        assert server.connections == 1
        server.behaviour = "accept"
        sender.send(message)
    ids = [received.message_id for received in server.messages]
    assert set(ids) == {message["Message-ID"]}
    assert len(ids) == (2 if behaviour == "drop_after_accept" else 1)


def test_a_failure_in_a_kept_connection_does_not_touch_the_next_message(server: SmtpServer):
    with SmtpSender(server.url, timeout=0.5) as sender:
        sender.send(make_message(1))
        server.behaviour = "stall"
        with pytest.raises(TemporaryFailure):
            sender.send(make_message(2))
        server.behaviour = "accept"
        sender.send(make_message(3))
    assert [received.message_id[1] for received in server.messages] == ["1", "3"]


def test_nobody_listening_is_a_failure_of_the_server_not_of_the_message():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TemporaryFailure, match=f"127.0.0.1:{port} refused") as caught:
        SmtpSender(f"smtp://127.0.0.1:{port}").send(make_message())
    assert caught.value.is_server_wide


def test_a_host_that_nobody_knows_is_named():
    with pytest.raises(TemporaryFailure, match=r"known by the name of mail\.invalid") as caught:
        SmtpSender("smtp://mail.invalid").send(make_message())
    assert caught.value.is_server_wide


@contextmanager
def raw_server(lines: list[bytes], pause: float = 0.0) -> Iterator[str]:
    """Says ``lines``, each after ``pause`` seconds, to whoever connects, and then nothing."""
    ended = threading.Event()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            for line in lines:
                if ended.wait(pause):
                    break
                try:
                    connection.sendall(line)
                except OSError:
                    break
            ended.wait(10)

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        ended.set()
        thread.join()


def test_a_server_that_says_nothing_at_all_is_left_at_the_time_limit():
    with raw_server([]) as url, pytest.raises(TemporaryFailure, match="did not answer") as caught:
        SmtpSender(url, timeout=0.3).send(make_message())
    assert caught.value.is_server_wide


def test_a_server_that_drips_its_answer_cannot_outlast_the_time_limit():
    """Each byte comes well within the limit; a lease must hold for all of them together."""
    started = time.monotonic()
    with raw_server([b"2"] * 100, pause=0.1) as url, pytest.raises(TemporaryFailure):
        SmtpSender(url, timeout=0.5).send(make_message())
    assert time.monotonic() - started < 8


def test_a_server_that_wants_no_mail_at_all_is_told_in_its_words():
    with (
        raw_server([b"554 No SMTP\x1b[31m service here\r\n"]) as url,
        pytest.raises(TemporaryFailure) as caught,
    ):
        SmtpSender(url, timeout=1).send(make_message())
    assert caught.value.reply == "554 No SMTP [31m service here"
    assert caught.value.is_server_wide


# Encryption and log-in.


@pytest.mark.parametrize("tls", ["starttls", "starttls_required", "implicit"])
def test_a_connection_is_encrypted_where_the_server_can(tls):
    with SmtpServer(tls=tls) as server:
        SmtpSender(f"{server.url}?cafile={CERTIFICATE}").send(make_message())
        assert server.messages[0].is_encrypted


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tls):
    with SmtpServer(tls=tls) as server:
        with pytest.raises(
            TemporaryFailure, match=r"certificate of .* cannot be trusted"
        ) as caught:
            SmtpSender(server.url).send(make_message())
        assert caught.value.is_server_wide
        assert not server.messages


def test_a_server_without_encryption_gets_mail_unless_it_is_required():
    with SmtpServer() as server:
        with pytest.raises(TemporaryFailure, match="offers no STARTTLS") as caught:
            SmtpSender(f"{server.url}?starttls=1").send(make_message())
        assert caught.value.is_server_wide
        SmtpSender(server.url).send(make_message())
        assert len(server.messages) == 1


def test_encryption_can_be_left_out_for_a_relay_next_door():
    with SmtpServer(tls="starttls") as server:
        SmtpSender(f"{server.url}?starttls=never").send(make_message())
        assert not server.messages[0].is_encrypted


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_it_logs_in_with_the_name_and_password_of_the_url(tls):
    with SmtpServer(tls=tls, accounts={"ana@example.gov": "p@ss:w/rd"}) as server:
        scheme, rest = server.url.split("://")
        url = f"{scheme}://ana%40example.gov:p%40ss%3Aw%2Frd@{rest}?cafile={CERTIFICATE}"
        SmtpSender(url).send(make_message())
        assert server.logins == ["ana@example.gov"]
        assert len(server.messages) == 1


def test_a_refused_log_in_is_no_fault_of_the_message():
    with SmtpServer(tls="starttls", accounts={"ana": "right"}) as server:
        url = server.url.replace("://", "://ana:wrong@") + f"?cafile={CERTIFICATE}"
        with pytest.raises(TemporaryFailure, match=r"^535 ") as caught:
            SmtpSender(url).send(make_message())
        assert caught.value.is_server_wide
        assert "wrong" not in caught.value.reply


def test_a_password_never_goes_in_clear():
    with SmtpServer(accounts={"ana": "secret"}) as server:
        url = server.url.replace("://", "://ana:secret@")
        with pytest.raises(TemporaryFailure, match="nothing was sent in clear"):
            SmtpSender(url).send(make_message())
        assert not server.logins


# Addresses outside ASCII.


def test_a_local_part_outside_ascii_uses_smtputf8_and_others_do_not(server: SmtpServer):
    with SmtpSender(server.url) as sender:
        sender.send(make_message(1, recipient_address="jörg@bücher.example"))
        sender.send(make_message(2, recipient_name="Jörg", recipient_address="j@bücher.example"))
    first, second = server.messages
    assert first.recipients == ("jörg@xn--bcher-kva.example",)
    assert first.is_utf8
    assert "jörg@xn--bcher-kva.example" in first.content.decode()
    assert second.recipients == ("j@xn--bcher-kva.example",)
    assert not second.is_utf8
    assert second.content.isascii()


def test_a_server_without_smtputf8_is_a_lasting_failure_in_words():
    with SmtpServer(offers_utf8=False) as server, SmtpSender(server.url) as sender:
        with pytest.raises(PermanentFailure, match="outside ASCII"):
            sender.send(make_message(recipient_address="jörg@example.org"))
        sender.send(make_message(2))
        assert len(server.messages) == 1
