"""Sentences written by somebody who had not seen the rules, with what a reader expects of each.

Data and their frames only; what was not read rightly is in docs/extraction.md, "Known to fail".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.extract import read_lexicon

LEXICON = read_lexicon(
    """
    party: Syldavia = Syldavian, Syldavians, GOSY, Klow
    party: Borduria = Bordurian, Bordurians, GOB, Szohod
    party: Freedonia = Freedonian, Freedonians, GOF, Freedonia City
    party: San Theodoros = San Theodoran, San Theodorans, Tapiocapolis
    """
)
OURS = "United States"

_HEADER = """{group}
FM {origin}
TO {action}
UNCLAS {post} 000417

SENSITIVE

E.O. 12958: N/A
TAGS: PREL
SUBJECT: {subject}

PORTS AND AIRSPACE

1. (U) """


@dataclass(frozen=True)
class Frame:
    """The cable that a sentence stands in, and the deadline of what states none."""

    header: str
    default_due: dt.date


def _frame(subject: str, group: str, origin: str, action: str, default_due: str) -> Frame:
    post = origin.removeprefix("AMEMBASSY ").removeprefix("SEC")
    header = _HEADER.format(group=group, origin=origin, action=action, post=post, subject=subject)
    return Frame(header, dt.date.fromisoformat(default_due))


AHEAD = _frame(
    "SCENESETTER FOR THE SEPTEMBER 14-15 U.S.-SYLDAVIA JOINT ECONOMIC COMMISSION",
    "P 051200Z SEP 11",
    "AMEMBASSY KLOW",
    "SECSTATE WASHDC PRIORITY",
    "2012-03-15",
)
HELD = _frame(
    "U.S.-BORDURIA COUNTERTERRORISM CONSULTATIONS, MARCH 2-3",
    "R 061530Z MAR 98",
    "AMEMBASSY SZOHOD",
    "SECSTATE WASHDC",
    "1998-09-03",
)
ASKED = _frame(
    "CONSULTATIONS WITH FREEDONIA ON AIR SERVICES",
    "O 221830Z JAN 76",
    "SECSTATE WASHDC",
    "AMEMBASSY FREEDONIA CITY IMMEDIATE",
    "1976-07-22",
)
MINUTED = _frame(
    "MINUTES OF THE U.S.-SAN THEODOROS TRADE COMMITTEE, NOVEMBER 18-19",
    "R 241000Z NOV 15",
    "AMEMBASSY TAPIOCAPOLIS",
    "SECSTATE WASHDC",
    "2016-05-19",
)


@dataclass(frozen=True)
class Fresh:
    """A sentence and what a reader expects of it.

    ``kinds`` lists answers that are as good. None in ``responsible``, ``owners`` or ``due``
    means that readers would differ; "default" that no time is stated.
    """

    frame: Frame
    text: str
    kinds: tuple[str, ...]
    responsible: tuple[str, ...] | None
    owners: tuple[str, ...] | None
    due: str | None = "default"


ITEMS = (
    Fresh(
        AHEAD,
        "The Department may want to press the Syldavians for a firm date on which the airspace "
        "study will be released.",
        ("objective",),
        (OURS,),
        ("Department",),
    ),
    Fresh(
        AHEAD,
        "Deputy Secretary Marlow should make clear that further delay in the customs reform will "
        "jeopardize the loan.",
        ("objective",),
        (OURS,),
        ("Deputy Secretary Marlow",),
    ),
    Fresh(
        AHEAD,
        "Our top priority for the energy session is to obtain a written commitment on third-party "
        "access to the grid.",
        ("objective",),
        (OURS,),
        (),
    ),
    Fresh(
        AHEAD,
        "The Ministry of Transport has pledged to hand over the inspection reports no later than "
        "October 1.",
        ("commitment",),
        ("Syldavia",),
        ("Ministry of Transport",),
        "2011-10-01",
    ),
    Fresh(
        AHEAD,
        "Syldavian officials are keen to have a U.S. expert assess the upper dam before the "
        "rainy season.",
        ("request",),
        (OURS,),
        None,
    ),
    Fresh(
        AHEAD,
        "Post strongly urges that the delegation include a representative of the Coast Guard.",
        ("action",),
        (OURS,),
        ("delegation",),
    ),
    Fresh(
        AHEAD,
        "At the plenary, we will want to table a revised text of the mutual assistance agreement.",
        ("objective", "action", "commitment"),
        (OURS,),
        (),
        None,
    ),
    Fresh(
        HELD,
        "Colonel Sponsz gave his word that the two detained sailors would be released within ten "
        "days.",
        ("commitment",),
        ("Borduria",),
        ("Colonel Sponsz",),
        "1998-03-13",
    ),
    Fresh(
        HELD,
        "The Bordurian side took on the task of translating the draft protocol.",
        ("commitment",),
        ("Borduria",),
        ("Bordurian side",),
    ),
    Fresh(
        HELD,
        "Both delegations decided to set up a hot line between the two coast guards by the end of "
        "June.",
        ("commitment", "action"),
        (OURS, "Borduria"),
        ("Both delegations",),
        "1998-06-30",
    ),
    Fresh(
        HELD,
        "A/S Haddock pressed Minister Kurvi to lift the ban on overflights.",
        ("request",),
        ("Borduria",),
        None,
    ),
    Fresh(
        HELD,
        "Minister Kurvi offered to host the next round in Szohod in early autumn.",
        ("commitment",),
        ("Borduria",),
        ("Minister Kurvi",),
        None,
    ),
    Fresh(
        HELD,
        "The experts will meet again on April 20 to compare notes on seized documents.",
        ("commitment", "action"),
        None,
        ("experts",),
        "1998-04-20",
    ),
    Fresh(
        ASKED,
        "EMBASSY SHOULD SEEK APPOINTMENT WITH FOREIGN MINISTER SOONEST TO DELIVER FOLLOWING "
        "MESSAGE.",
        ("action", "objective"),
        (OURS,),
        ("EMBASSY",),
    ),
    Fresh(
        ASKED,
        "PLEASE ADVISE NAMES AND TRAVEL PLANS OF FREEDONIAN PARTICIPANTS NLT COB JANUARY 30.",
        ("action",),
        (OURS,),
        (),
        "1976-01-30",
    ),
    Fresh(
        ASKED,
        "DEPARTMENT WOULD APPRECIATE EMBASSY'S ASSESSMENT OF LIKELY GOF REACTION TO THIS PROPOSAL.",
        ("action",),
        (OURS,),
        None,
    ),
    Fresh(
        MINUTED,
        "The U.S. co-chair undertook to consult with the Treasury and revert before the next "
        "meeting.",
        ("commitment",),
        (OURS,),
        ("U.S. co-chair",),
        None,
    ),
    Fresh(
        MINUTED,
        "It was agreed to convene a technical working group on fisheries in the first quarter of "
        "2016.",
        ("commitment", "action"),
        (OURS, "San Theodoros"),
        (),
        "2016-03-31",
    ),
)

NO_ITEMS = (
    (AHEAD, "Syldavia's economy grew by four percent last year on the back of timber exports."),
    (AHEAD, "The opposition press accused the government of selling out to foreign investors."),
    (AHEAD, "Unless oil prices collapse, the ruling party is likely to win the October vote."),
    (AHEAD, "Unemployment remains the main worry of voters in the southern provinces."),
    (HELD, "Bordurian officials privately admit that the harvest will probably fall short."),
    (HELD, "Last spring the two navies carried out a search-and-rescue exercise off the coast."),
    (HELD, "The Minister did not respond to our question about the missing shipment."),
    (ASKED, "PRIME MINISTER FIREFLY CAME TO POWER IN 1974 AND HAS RULED BY DECREE EVER SINCE."),
    (MINUTED, "Khemed and Freedonia are negotiating a separate accord on river navigation."),
    (MINUTED, "The two countries have been bound by a treaty of friendship since 1927."),
)
