"""Digests of invented people, and the expected mails in expected/ that they render to.

`python -m tests.mail.digests` writes these files anew; read the difference before it is kept.
"""

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

from tracker.mail import Digest, DigestTask, Link, render_digest, render_notice
from tracker.mail.bars import Bar, Bars, make_pieces
from tracker.mail.digest import DigestApproval
from tracker.policy.markings import parse_marking

EXPECTED = Path(__file__).parent / "expected"
TODAY = dt.date(2008, 1, 3)
NOON = dt.datetime(2008, 1, 3, 12, tzinfo=dt.UTC)
ZONE = dt.timezone(dt.timedelta(hours=4))


def make_task(number: int = 17, due_in: int = 7, **changes) -> DigestTask:
    """A task of the Northland–Westmark dialogue, due ``due_in`` days from TODAY."""
    values = {
        "dialogue": "Northland–Westmark Security Dialogue",
        "number": number,
        "title": "Send the revised list of border posts",
        "status": "in_progress",
        "owners": ("Ana Derring",),
        "due_on": TODAY + dt.timedelta(days=due_in),
        "due_basis": "stated",
        "occasion": str(due_in) if due_in >= 0 else f"overdue+{-due_in}",
        "why": "owner",
        "marking": parse_marking("U"),
        "url": f"https://tracker.example.gov/t/{number}",
        "act_url": f"https://tracker.example.gov/mail/{number:a>48}",
    }
    return DigestTask(**{**values, **changes})


def make_approval(**changes) -> DigestApproval:
    """A version of an agreed list that waits for Ana Derring."""
    values = {
        "dialogue": "Northland–Westmark Security Dialogue",
        "words": "Version 2 of the agreed list, meeting 3",
        "since": TODAY - dt.timedelta(days=7),
        "marking": parse_marking("U"),
        "url": "https://tracker.example.gov/go/list/5",
    }
    return DigestApproval(**{**values, **changes})


def make_digest(*tasks: DigestTask, **changes) -> Digest:
    """A digest for Ana Derring on TODAY, under a ceiling of U."""
    values = {
        "recipient_name": "Ana Derring",
        "recipient_address": "ana.derring@example.gov",
        "day": TODAY,
        "tasks": tasks or (make_task(),),
        "message_id": "<20080103.derring.7f3a@tracker.example.gov>",
        "thread_id": "<derring.thread@tracker.example.gov>",
        "ceiling": parse_marking("U"),
        "sender": "Dialogue Tracker <tracker@example.gov>",
        "home_url": "https://tracker.example.gov/",
        "preferences_url": "https://tracker.example.gov/me/",
    }
    return Digest(**{**values, **changes})


UNDER = make_digest(
    make_task(17, 7, due_basis="default", last_remark="Westmark asked for the list in French."),
    make_task(
        4,
        -1,
        title="Name a point of contact for the coast guard exchange",
        status="agreed",
        owners=("Ana Derring", "Office of Regional Affairs"),
        due_basis="extended",
    ),
    make_task(
        21,
        30,
        title="Propose dates for the next meeting",
        status="proposed",
        owners=(),
        why="unowned",
    ),
)
ABOVE = make_digest(
    make_task(12, 1, marking=parse_marking("C"), title="Ask for the radar site", why="unowned"),
    make_task(9, -8, marking=parse_marking("S//NF"), title="Press on the pipeline"),
    make_task(30, 14, title="Publish the joint statement"),
)
LATE = make_digest(
    make_task(17, 7, occasion="7"),
    make_task(5, 0, title="Confirm the guest list", occasion="1"),
    is_late=True,
    is_sample=True,
    day=TODAY - dt.timedelta(days=3),
    sent_at=dt.datetime(2008, 1, 3, 8, 30, tzinfo=ZONE),
)
EVERYTHING = make_digest(
    make_task(17, 7),
    make_task(4, -3, title="Name a point of contact for the coast guard exchange"),
    make_task(
        8,
        -15,
        title="Return the signed minutes",
        owners=("Bo Ekström",),
        occasion="raised:head",
        why="head",
        act_url=None,
    ),
    make_task(
        23,
        44,
        title="Compare the two surveys of the border posts",
        owners=("Cleo Marsh",),
        occasion="stale:2008-01-03",
        why="absent",
        faults=(("Cleo Marsh", "is away until 12 January 2008"),),
    ),
    make_task(
        31, -40, marking=parse_marking("C"), occasion="raised:chair", why="chair", act_url=None
    ),
    approvals=(
        make_approval(),
        make_approval(
            words="Status report of 1 January 2008",
            url="https://tracker.example.gov/go/report/3",
            on_behalf_of="Ambassador Bo Ekström",
        ),
        make_approval(marking=parse_marking("C"), url="https://tracker.example.gov/go/list/9"),
    ),
)
DIGESTS = {
    "under_the_ceiling": UNDER,
    "above_the_ceiling": ABOVE,
    "late": LATE,
    "everything": EVERYTHING,
}


def make_notice(**changes) -> EmailMessage:
    """An invitation to Bo Ekström."""
    values = {
        "recipient_name": "Bo Ekström",
        "recipient_address": "bo@example.gov",
        "sender": "Dialogue Tracker <tracker@example.gov>",
        "subject": "Choose your password for the Dialogue Tracker",
        "paragraphs": (
            "Ana Derring has made an account for you.",
            "The link works once, until 6 January 2008. If you expected no account, do nothing.",
        ),
        "link": Link("Choose a password", "https://tracker.example.gov/invitation/abc123"),
        "message_id": "<invitation.1@tracker.example.gov>",
        "sent_at": NOON,
    }
    return render_notice(**{**values, **changes})


def make_report_notice() -> EmailMessage:
    """A report to a co-chair, with its charts."""
    by_agenda = Bars(
        "Status by agenda item",
        (
            Bar(
                "A. Border posts",
                "3 done, 1 in progress, 1 agreed; 1 overdue",
                make_pieces([("done", 3), ("in_progress", 1), ("agreed", 1)], 5),
            ),
            Bar("B. Training", "1 agreed", make_pieces([("done", 0), ("agreed", 1)], 5)),
        ),
        "2 more in the report.",
    )
    over_time = Bars(
        "Progress over time",
        (Bar("10 July 2007", "6 open", make_pieces([("done", 0), ("open", 6)], 6)),),
    )
    return make_notice(
        subject="Status report of 10 January 2008: Norvale–Tarn Talks",
        paragraphs=("The report of both sides is attached.", "Three of six tasks are done."),
        link=Link("Open the report", "https://tracker.example.gov/reports/mail/7"),
        message_id="<report.7@tracker.example.gov>",
        charts=(by_agenda, over_time),
    )


def expected_mails() -> dict[str, EmailMessage]:
    """All that stand in expected/, by name."""
    mails = {name: render_digest(digest) for name, digest in DIGESTS.items()}
    return {**mails, "invitation": make_notice(), "report": make_report_notice()}


def in_files(message: EmailMessage) -> dict[str, str]:
    """A message as two files that a person can read: headers with the text part, and the HTML."""
    headers = "".join(f"{name}: {value}\n" for name, value in message.items())
    parts = {part.get_content_subtype(): part.get_content() for part in message.iter_parts()}
    return {
        "txt": headers + "\n" + parts["plain"].replace("\r\n", "\n"),
        "html": parts["html"].replace("\r\n", "\n"),
    }


if __name__ == "__main__":
    for name, message in expected_mails().items():
        for ending, text in in_files(message).items():
            (EXPECTED / f"{name}.{ending}").write_text(text, encoding="utf-8")
