"""Who is to act: names that no list knows, pairs, parts of offices, and offices of either side."""

from __future__ import annotations

import pytest

from tests.extract.samples import READ_OUT, SCENESETTER, TODAY, extracted
from tracker.cable import parse_cable
from tracker.extract import Item, extract

OURS, THEIRS = ("United States",), ("Ruritania",)
BOTH = OURS + THEIRS


def only_item(text: str, subject: str = READ_OUT) -> Item:
    [item] = [i for i in extracted(f"1. (U) {text}", subject).items if i.tier == "likely"]
    return item


@pytest.mark.parametrize(
    ("text", "responsible", "owners"),
    [
        (
            "It was agreed that Tessen and the Defense Attache would compare imagery weekly.",
            BOTH,
            ("Tessen", "Defense Attache"),
        ),
        (
            "SEPREL and the Attorney General's office agreed to create a unit.",
            THEIRS,
            ("SEPREL", "Attorney General's office"),
        ),
        ("Office 33 accepted this and will prepare the draft.", THEIRS, ("Office 33",)),
        ("Vice Minister Daan du Tarn will send the list.", THEIRS, ("Vice Minister Daan du Tarn",)),
        ("EUCOM, Osprey added, would propose a schedule.", OURS, ("EUCOM",)),
        (
            "Hale said the ministry is planning to buy corn, and will send estimates monthly.",
            THEIRS,
            ("ministry",),
        ),
        ("The Ruritanian Maritime Administration is to pay.", THEIRS, ("Maritime Administration",)),
        ("Brookhaven National Laboratory will test it.", OURS, ("Brookhaven National Laboratory",)),
        ("Each lead agency is to report every three months.", BOTH, ("Each lead agency",)),
        ("SECRETARY RICHARDS PROMISED TO RAISE THE MATTER.", OURS, ("SECRETARY RICHARDS",)),
    ],
)
def test_who_promises_in_a_read_out(
    text: str, responsible: tuple[str, ...], owners: tuple[str, ...]
) -> None:
    item = [i for i in extracted(f"1. (U) {text}", READ_OUT).items if i.tier == "likely"][-1]
    assert item.responsible == responsible
    assert all(
        wanted.lower() in found.lower() for wanted, found in zip(owners, item.owners, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "kind", "owners"),
    [
        ("Post requests that the Department, with DoD, reply by May 5.", "action", ("Department",)),
        ("We would appreciate AF/RSA's early views.", "action", ("AF/RSA",)),
        (
            "We recommend that the head of the U.S. delegation raise it with them.",
            "objective",
            ("head of the U.S. delegation",),
        ),
        ("We would like the delegation to send its list.", "action", ("delegation",)),
        ("The attache and the colonel would meet monthly to review it.", "action", None),
        ("Commerce should pouch the forms.", "action", ("Commerce",)),
    ],
)
def test_who_is_asked_before_talks(text: str, kind: str, owners: tuple[str, ...] | None) -> None:
    item = only_item(text, SCENESETTER)
    assert item.kind == kind
    assert owners is None or item.owners == owners


@pytest.mark.parametrize(
    ("text", "responsible", "owners"),
    [
        ("She asked that the Embassy print the list.", OURS, ("Embassy",)),
        ("The minister asked that Treasury lift the duty.", OURS, ("Treasury",)),
        ("The Ambassador urged the Ruritanians to sign.", THEIRS, ()),
        ("The ministry thanked us for the boats, and asked the Embassy to send more.", OURS, None),
    ],
)
def test_who_is_asked_answers_for_a_request(
    text: str, responsible: tuple[str, ...], owners: tuple[str, ...] | None
) -> None:
    item = only_item(text)
    assert (item.kind, item.responsible) == ("request", responsible)
    assert owners is None or item.owners == owners


def test_an_office_to_which_the_cable_is_passed_is_ours() -> None:
    text = (
        "P 101200Z APR 08\nFM AMEMBASSY STRELSAU\nTO SECSTATE WASHDC PRIORITY 1234\n"
        "UNCLAS STRELSAU 000123\n\nSIPDIS\n\nSTATE FOR PM AND ZNK/QX\n\nE.O. 12958: N/A\n"
        "TAGS: PREL\nSUBJECT: SCENESETTER FOR TALKS WITH KENYA, APRIL 21-22\n\n"
        "1. (U) PM will draft the annex. ZNK/QX will clear it.\n"
    )
    cable = parse_cable(text)
    items = extract(cable, today=TODAY).items
    assert [item.responsible for item in items] == [OURS, OURS]


@pytest.mark.parametrize(
    ("subject", "party"),
    [
        ("AFRICA CONSULTATIONS WITH FRANCE, MAY 28: CHAD, SUDAN AND MAURITANIA", "France"),
        ("U.S.-KENYA DIALOGUE: SOMALIA AND SUDAN", "Kenya"),
        ("TALKS WITH THE GOVERNMENT OF KENYA ON SOMALIA", "Kenya"),
    ],
)
def test_who_sits_opposite_is_the_other_party_and_not_whom_the_talks_are_about(
    subject: str, party: str
) -> None:
    text = (
        f"TAGS: PREL, CD, SU, SO, MR, FR, KE\nSUBJECT: {subject}\n\n"
        "1. (U) The ministry agreed to send a list."
    )
    cable = parse_cable(text)
    [item] = extract(cable, today=TODAY).items
    assert item.responsible == (party,)


def test_a_visit_paid_or_what_somebody_had_been_promised_is_no_task() -> None:
    for text in (
        "The Ambassador called on the Minister of Justice on May 3.",
        "They called on the Prosecutor General and the Minister of Justice.",
        "HE HAD BEEN PROMISED FIGHTERS FOR SO LONG.",
    ):
        assert not [i for i in extracted(f"1. (U) {text}", READ_OUT).items if i.tier == "likely"]


def test_an_offer_and_what_the_other_side_proposed_beside_it_are_two_items() -> None:
    text = (
        "DOE offered to review the draft and the ministry proposed that the exercise be repeated."
    )
    offer, proposal = extracted(f"1. (U) {text}", READ_OUT).items
    assert (offer.kind, offer.responsible, offer.owners) == ("commitment", OURS, ("DOE",))
    assert (proposal.kind, proposal.title) == ("request", "Repeat the exercise")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("USTDA should sign the grant at the Commission's closing ceremony.", "2008-04-22"),
        ("The ministry will reply ahead of the May 12-13 summit.", "2008-05-13"),
    ],
)
def test_a_ceremony_or_a_later_event_sets_the_day(text: str, day: str) -> None:
    item = only_item(text, SCENESETTER)
    assert (str(item.due_on), item.due_basis) == (day, "stated")


@pytest.mark.parametrize(
    ("holder", "party"),
    [
        ("The U.S. chair, Deputy Director Paul Moss,", OURS),
        ("Our delegation leader, Director Paul Moss,", OURS),
        ("The head of the U.S. delegation, Associate Attorney General Paul Moss,", OURS),
        ("Deputy Assistant Attorney General Paul Moss", OURS),
        ("The leader of the Ruritanian delegation, Assistant Secretary Paul Moss,", THEIRS),
        ("The Ruritanian chief negotiator, Paul Moss,", THEIRS),
        ("Ambassador-designate Paul Moss", OURS),
        ("President-elect Paul Moss", THEIRS),
    ],
)
def test_who_leads_a_side_is_of_that_side_whatever_the_title(
    holder: str, party: tuple[str, ...]
) -> None:
    assert only_item(f"{holder} spoke. Moss will send a list.").responsible == party


def test_a_ship_is_no_office_of_ours() -> None:
    [item] = extracted("1. (U) M/V Orion will deliver the boats.", READ_OUT).items
    assert item.responsible != OURS
