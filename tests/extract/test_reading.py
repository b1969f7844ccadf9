"""What a passage is taken for: tier, kind, parties, owners and deadline, by way of speaking."""

from __future__ import annotations

import pytest

from tests.extract.samples import READ_OUT, SCENESETTER, extracted
from tracker.extract.model import Item

OURS, THEIRS = "United States", "Ruritania"


def only_item(text: str, subject: str = SCENESETTER) -> Item:
    items = extracted(f"PENSIONS\n\n1. (U) {text}", subject).items
    assert len(items) == 1, [(item.tier, item.text) for item in items]
    return items[0]


def likely(text: str, subject: str = SCENESETTER) -> bool:
    items = extracted(f"PENSIONS\n\n1. (U) {text}", subject).items
    return any(item.tier == "likely" for item in items)


@pytest.mark.parametrize(
    ("text", "kind", "responsible", "owners"),
    [
        (
            "Post recommends that Washington urge the ministry to sign.",
            "objective",
            [OURS],
            ["Washington"],
        ),
        ("We suggest soliciting the Ruritanians' views on pensions.", "objective", [OURS], []),
        ("You may wish to thank Minister Zenda for his help.", "objective", [OURS], []),
        (
            "Our aim over the next year, here as in Zenda, is to secure their consent.",
            "objective",
            [OURS],
            [],
        ),
        (
            "The sensible approach is to ask the ministry for something specific.",
            "objective",
            [OURS],
            [],
        ),
        (
            "Embassies Oslo and Rome may wish to approach the ministries.",
            "action",
            [OURS],
            ["Embassies Oslo and Rome"],
        ),
        ("We would encourage USTR to answer the letter.", "action", [OURS], ["USTR"]),
        (
            "The delegation should press the ministry for an answer.",
            "objective",
            [OURS],
            ["delegation"],
        ),
        ("Both sides should prepare a list of projects.", "action", [OURS, THEIRS], ["Both sides"]),
        ("Embassy will circulate a draft agenda.", "commitment", [OURS], ["Embassy"]),
        (
            "The Ruritanian delegation plans a presentation on ports.",
            "commitment",
            [THEIRS],
            ["Ruritanian delegation"],
        ),
        ("GORU would welcome U.S. training for its customs officers.", "request", [OURS], []),
        ("The objective of this session is to secure new contributions.", "objective", [OURS], []),
        (
            "Another action item is for both sides to name contact points.",
            "action",
            [OURS, THEIRS],
            ["both sides"],
        ),
        ("Post requests guidance on the pension question.", "action", [OURS], []),
        ("GORU could agree to report back on its decision.", "action", [THEIRS], ["GORU"]),
    ],
)
def test_before_a_meeting(text: str, kind: str, responsible: list[str], owners: list[str]) -> None:
    item = only_item(text)
    assert item.tier == "likely"
    assert item.kind == kind
    assert sorted(item.responsible) == sorted(responsible)
    assert list(item.owners) == owners


@pytest.mark.parametrize(
    ("text", "kind", "responsible", "owners"),
    [
        (
            "The Ruritanian side agreed to provide a written response.",
            "commitment",
            [THEIRS],
            ["Ruritanian side"],
        ),
        ("DFM Zenda promised to look into the matter.", "commitment", [THEIRS], ["DFM Zenda"]),
        ("The USG said it would circulate the draft.", "commitment", [OURS], ["USG"]),
        (
            "Both sides undertook to exchange lists of contacts.",
            "commitment",
            [OURS, THEIRS],
            ["Both sides"],
        ),
        (
            "It was agreed that the next round will be held in Strelsau.",
            "commitment",
            [OURS, THEIRS],
            [],
        ),
        ("DASD Rassendyll urged the Ruritanians to ratify the treaty.", "request", [THEIRS], []),
        ("The Ruritanian Navy requested spare parts for its boats.", "request", [OURS], []),
        ("The ministry is to report back by June 1.", "action", [THEIRS], ["ministry"]),
        ("Embassy is requested to brief the ministry.", "action", [OURS], ["Embassy"]),
        ("More effort should be made to devise good projects.", "action", [OURS, THEIRS], []),
        ("NATO agreed to send an assessment team.", "commitment", ["NATO"], ["NATO"]),
        (
            "Washington and the GORU will draft a joint plan.",
            "commitment",
            [OURS, THEIRS],
            ["Washington", "GORU"],
        ),
        (
            "DFM Zenda said he sympathized and would speak to the port.",
            "commitment",
            [THEIRS],
            ["DFM Zenda"],
        ),
        (
            "The ministry would, Minister Zenda said, send its own inspectors.",
            "commitment",
            [THEIRS],
            ["ministry"],
        ),
        (
            "The ministry in its turn promised to open the archive.",
            "commitment",
            [THEIRS],
            ["ministry"],
        ),
        ("Each side is to name a coordinator.", "action", [OURS, THEIRS], ["Each side"]),
        (
            "It was agreed that the Embassy's labor officer will visit the mill.",
            "commitment",
            [OURS],
            ["Embassy's labor officer"],
        ),
        (
            "It was agreed that the fee for berths would be halved.",
            "commitment",
            [OURS, THEIRS],
            [],
        ),
        (
            "Foreign Ministry Director Zenda was agreeable to holding the next session in Zenda.",
            "commitment",
            [THEIRS],
            ["Foreign Ministry Director Zenda"],
        ),
        (
            "MINISTRY OF PORTS AGREED FURNISH A COPY OF ITS PLAN.",
            "commitment",
            [THEIRS],
            ["MINISTRY OF PORTS"],
        ),
    ],
)
def test_after_a_meeting(text: str, kind: str, responsible: list[str], owners: list[str]) -> None:
    item = only_item(text, READ_OUT)
    assert item.tier == "likely"
    assert item.kind == kind
    assert sorted(item.responsible) == sorted(responsible)
    assert list(item.owners) == owners


@pytest.mark.parametrize(
    "text",
    [
        "The Ruritanians will likely raise the matter.",
        "Ruritania is a close partner in the region.",
        "Graustark will send its envoy to Edelweiss next week.",
        "The ministry will not sign the treaty.",
        "The army has bought sixteen helicopters since 2001.",
        "Ruritania cannot accept the text.",
        "The press reported that the fleet would sail.",
        "The delegation toured the castle.",
        "The ministry agreed with this assessment.",
    ],
)
def test_what_is_no_item_is_not_likely(text: str) -> None:
    assert not likely(text)


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("We should send the list by May 15.", "2008-05-15"),
        ("We should send the list within 60 days.", "2008-06-21"),
        ("We suggest issuing a statement at the conclusion of the talks.", "2008-04-22"),
        ("The two sides should settle the text during the dialogue.", "2008-04-22"),
        ("GORU could report back within six months of the security dialogue.", "2008-10-22"),
        ("Post will send a draft NLT 15 APR.", "2008-04-15"),
        ("Post will brief the delegation on the evening of April 20.", "2008-04-20"),
        ("Post will send a draft at or before the dialogue.", "2008-04-22"),
        ("Post will prepare a course for the first quarter of 2009.", "2009-03-31"),
    ],
)
def test_a_stated_deadline_is_found(text: str, due_on: str) -> None:
    item = only_item(text)
    assert item.due_basis == "stated"
    assert str(item.due_on) == due_on
    assert item.evidence["due_on"] is not None


@pytest.mark.parametrize(
    "text",
    [
        "We should raise the proposal that Zenda made in May.",
        "We should thank the ministry for its letter of March 3.",
        "Zenda told us on March 12 that he will brief the delegation.",
        "We should raise the text of the treaty (mailed to the ministry on April 11).",
        "We should ask for prompt answers, as they were given until May.",
        "The ministry will answer within thirty days of receipt of a form.",
    ],
)
def test_a_date_of_the_past_is_no_deadline(text: str) -> None:
    item = only_item(text)
    assert (item.due_basis, str(item.due_on)) == ("default", "2008-10-22")


def test_elements_of_a_list_take_doer_and_mood_of_their_lead_in() -> None:
    items = extracted(
        "1. (U) We suggest that Washington use this item to: (a) solicit the GORU's views on ports "
        "in the north; and (b) urge the Border Service to develop joint plans."
    ).items
    assert [item.text[:3] for item in items] == ["(a)", "(b)"]
    assert {item.kind for item in items} == {"objective"}
    assert {item.responsible for item in items} == {(OURS,)}


def test_two_doers_in_one_sentence_are_two_items() -> None:
    items = extracted(
        "1. (U) The objectives are to secure new contributions from the GORU and for the USG to "
        "brief the Ruritanian delegation on the plan."
    ).items
    assert [item.owners for item in items] == [(), ("USG",)]


def test_bullets_under_next_steps_are_actions_of_those_they_name() -> None:
    items = extracted(
        "1. (U) The talks went well.\n\nNEXT STEPS\n----------\n\n"
        "-- Embassy to prepare a draft by June 1.\n\n"
        "-- Exchange lists of contact points (both sides, by May 30).\n",
        READ_OUT,
    ).items
    assert [(item.kind, item.responsible) for item in items] == [
        ("action", (OURS,)),
        ("action", (OURS, THEIRS)),
    ]
    assert [str(item.due_on) for item in items] == ["2008-06-01", "2008-05-30"]


def test_talking_points_ask_the_other_side() -> None:
    items = extracted(
        "1. (U) Begin talking points:\n\n-- The last round was productive.\n\n"
        "-- We encourage Ruritania to review its procedures.\n\nEnd talking points."
    ).items
    assert [(item.kind, item.responsible) for item in items] == [("request", (THEIRS,))]


def test_capitals_are_read_like_other_text() -> None:
    items = extracted("1. REQUEST EMBASSY CALL ON FOREIGN MINISTRY TO ASK FOR LIST BY MAY 1.").items
    assert [(item.kind, str(item.due_on)) for item in items] == [("action", "2008-05-01")]


def test_what_the_body_repeats_is_only_possible_in_the_summary() -> None:
    items = extracted(
        "1. (U) Summary: The Ruritanian side agreed to provide a written response on ports and "
        "piers. End summary.\n\nPORTS\n\n2. (U) The Ruritanian side agreed to provide a written "
        "response on ports and piers next month.",
        READ_OUT,
    ).items
    assert [item.tier for item in items] == ["possible", "likely"]


def test_a_sentence_that_nothing_picked_is_listed_under_its_topic() -> None:
    found = extracted("PORTS\n\n1. (U) The harbour of Strelsau froze over twice this winter.")
    assert found.items == ()
    assert [sentence.agenda for sentence in found.unpicked] == ["1"]


def test_three_parties_are_all_responsible() -> None:
    found = extracted(
        "1. (U) The three sides will exchange lists of experts.",
        "U.S.-RURITANIA-GRAUSTARK TRILATERAL TALKS, APRIL 8",
    )
    assert [party.name for party in found.parties] == [OURS, THEIRS, "Graustark"]
    assert found.items[0].responsible == (OURS, THEIRS, "Graustark")
