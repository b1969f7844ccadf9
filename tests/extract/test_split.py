"""Sentences that hold several acts: each act is an item with the doer, mood and day it shares."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.samples import READ_OUT, extracted
from tracker.extract.past import is_past

OURS, THEIRS = ("United States",), ("Ruritania",)
BOTH = OURS + THEIRS


def parts(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = extracted(f"1. (U) {text}", READ_OUT)
    return [(item.text, item.responsible) for item in found.items if item.tier == "likely"]


def begins(text: str, *wanted: tuple[str, tuple[str, ...]]) -> None:
    found = parts(text)
    assert [responsible for _, responsible in found] == [r for _, r in wanted]
    for (passage, _), (opening, _) in zip(found, wanted, strict=True):
        assert passage.startswith(opening)


def test_each_doer_has_a_clause_of_its_own() -> None:
    begins(
        "NOAA will lend two buoys by May 30 and the Hydrographic Office will moor them.",
        ("NOAA will lend", OURS),
        ("the Hydrographic Office", THEIRS),
    )


def test_a_clause_behind_a_semicolon_is_read_alone() -> None:
    begins(
        "The minister complained of delays; he agreed, however, to reopen the northern gate.",
        ("he agreed", THEIRS),
    )


def test_what_was_agreed_holds_for_each_that() -> None:
    begins(
        "It was agreed that both sides would name a secretary by May 2, that the Embassy would "
        "print the list, and that a review would be held in October.",
        ("It was agreed", BOTH),
        ("that the Embassy", OURS),
        ("that a review", BOTH),
    )


def test_a_proposal_holds_for_each_that() -> None:
    found = extracted(
        "1. (U) We suggest that Consulate Zenda call on the abbot, and that Washington settle "
        "the loan before June 1."
    )
    assert [item.kind for item in found.items] == ["action", "action"] or len(found.items) == 2
    assert [str(item.due_on) for item in found.items] == ["2008-10-22", "2008-06-01"]


def test_two_promises_of_one_doer_are_two() -> None:
    begins(
        "The Harbor Office undertook to dredge the channel by July, and to lend the Embassy its "
        "survey.",
        ("The Harbor Office undertook", THEIRS),
        ("to lend", THEIRS),
    )


def test_what_comes_of_the_first_act_is_no_second() -> None:
    text = "The Harbor Office agreed to sound the channel and to publish the results."
    begins(text, ("The Harbor Office", THEIRS))


def test_the_subject_of_the_sentence_makes_the_second_promise() -> None:
    begins(
        "Minister Kurz said that his staff would fly a survey in June, and promised to send the "
        "Ruritanians a copy.",
        ("Minister Kurz said", THEIRS),
        ("promised to send", THEIRS),
    )


def test_two_things_to_say_are_two_objectives() -> None:
    found = extracted(
        "1. (U) The delegation should urge the ministry to open the port and should ask when it "
        "will."
    )
    assert [item.kind for item in found.items] == ["objective", "objective"]


def test_what_a_meeting_will_hear_is_the_act_of_who_presents_it() -> None:
    begins(
        "The Embassy is to convene the council in May, at which the ministry will present its "
        "budget.",
        ("The Embassy is to", OURS),
        ("the ministry will", THEIRS),
    )


def test_one_wish_in_two_clauses_is_one_item() -> None:
    found = extracted("1. (U) We want a frank exchange; we want to hear how the ministry decides.")
    assert len(found.items) == 1


def test_he_is_the_person_who_was_the_subject() -> None:
    found = extracted(
        "1. (U) Minister Kurz replied that the Finance Ministry would have to pay; he agreed, "
        "however, to arrange a call on its head.",
        READ_OUT,
    )
    assert found.items[-1].owners == ("Minister Kurz",)


def test_a_date_at_the_head_of_a_line_ends_its_sentence() -> None:
    found = extracted(
        "1. (U) The minister promised to open the port by December\n31. For its part the Embassy "
        "will lend a pilot.",
        READ_OUT,
    )
    assert [item.responsible for item in found.items] == [THEIRS, OURS]


def test_an_aside_does_not_part_a_doer_from_its_act() -> None:
    begins(
        "The Harbor Office, which is short of staff, will hire two pilots.",
        ("The Harbor Office", THEIRS),
    )
    begins("EUCOM, for its part, will survey the pier.", ("EUCOM", OURS))


def test_doers_of_an_order_in_few_words_are_joined() -> None:
    begins("NASA and the Strelsau Observatory to complete the lease.", ("NASA", BOTH))
    begins("ACTION: MOND: nominate six engineers for the course.", ("ACTION: MOND", THEIRS))
    begins("Both: exchange of draft terms by May 8.", ("Both", BOTH))


def test_she_is_the_person_of_her_own_clause() -> None:
    begins(
        "Minister Kurz asked for a pilot, and Ambassador Reed said she would put the question to "
        "EUCOM.",
        ("Minister Kurz", OURS),
        ("Ambassador Reed", OURS),
    )


def test_orders_follow_each_other_behind_semicolons() -> None:
    begins(
        "Next steps: DHS to draft a letter; MFA to circulate it; both to sign it in May.",
        ("DHS to", OURS),
        ("MFA to", THEIRS),
        ("both to", BOTH),
    )


def test_an_office_may_have_any_word_between_it_and_its_owner() -> None:
    begins(
        "USAID will pay for the survey, and the Health Ministry's statistics office will supply "
        "the data.",
        ("USAID", OURS),
        ("the Health Ministry's statistics office", THEIRS),
    )


def test_neither_side_promised_anything() -> None:
    assert parts("Neither side committed itself to a date.") == []


def test_what_was_promised_last_year_is_past() -> None:
    assert parts("Parliament agreed last year to raise the budget.") == []


@pytest.mark.parametrize(
    ("day", "time", "past"),
    [
        (dt.date(2008, 2, 4), "In January 2008", False),
        (dt.date(2008, 1, 4), "In December 2007", False),
        (dt.date(2008, 1, 4), "In November 2007", True),
        (dt.date(2008, 1, 4), "In 2007", True),
        (dt.date(2008, 12, 4), "In 2008", False),
    ],
)
def test_a_month_before_the_last_or_a_year_before_is_past(
    day: dt.date, time: str, past: bool
) -> None:
    text = f"{time} the ministry agreed to send a list."
    assert is_past(text, (0, len(text)), day) is past


def test_what_a_request_waits_for_names_who_supplies_it() -> None:
    found = extracted("1. (U) Post would appreciate USTR's early views on the quota.", READ_OUT)
    assert [item.owners for item in found.items] == [("USTR",)]


def test_two_secretaries_in_brackets_act_for_both_sides() -> None:
    found = extracted(
        "1. (U) The executive secretaries (Colonel Ray, Defense Attache; Dr. Elsa Holm, Ruritanian "
        "Foreign Ministry) will review the list on May 9.",
        READ_OUT,
    )
    assert found.items[0].responsible == BOTH
    assert found.items[0].owners == ("Colonel Ray", "Dr. Elsa Holm")


def test_the_day_of_a_promise_is_no_deadline() -> None:
    found = extracted(
        "1. (U) The delegation should remind the minister that he undertook in January to name a "
        "judge."
    )
    assert found.items[0].due_basis == "default"


def test_numbered_units_and_staffs_are_ours() -> None:
    begins("10th AAMDC will provide the survey by May 2.", ("10th AAMDC", OURS))
    begins("J-5 and the General Staff to hold a video conference.", ("J-5", BOTH))


def test_experts_of_both_sides_act_for_both() -> None:
    begins("Legal advisers of both sides to meet in May.", ("Legal advisers", BOTH))


def test_an_officer_in_a_city_is_whose_office_it_is() -> None:
    begins("The FAA attache in Strelsau will brief the ministry on May 2.", ("The FAA", OURS))


def test_what_others_ask_of_their_own_is_no_business_of_ours() -> None:
    found = extracted("1. (U) The president has asked the prosecutor to reopen three cases.")
    assert [item.tier for item in found.items] == ["possible"]


def test_he_of_a_telegram_in_capitals_is_no_part_of_a_title() -> None:
    found = extracted(
        "1. (U) MINISTER KURZ TOLD AMBASSADOR HE WOULD CONSULT CABINET AND REPLY BY APRIL 20.",
        READ_OUT,
    )
    assert [item.owners for item in found.items] == [("MINISTER KURZ",)]


def test_who_speaks_in_a_telegram_in_capitals_is_an_actor() -> None:
    begins("AT LUNCH RASCHKE AGREED TO LEND TWO PILOTS.", ("AT LUNCH", THEIRS))


def test_the_number_of_a_point_is_no_part_of_its_doer() -> None:
    found = extracted("1. (U) A.1 NRC to review the study by May 23.", READ_OUT)
    assert [item.owners for item in found.items] == [("NRC",)]


def test_a_person_behind_an_office_is_of_its_side() -> None:
    found = extracted(
        "1. (U) EUR/CE Director Paul Renner led the talks. Renner urged that the terms be printed.",
        READ_OUT,
    )
    assert found.items[-1].responsible == THEIRS


def test_what_another_country_promised_is_less_certain() -> None:
    assert parts("Serbia has promised to return the archive.") == []


def test_clauses_follow_each_other_behind_commas() -> None:
    begins(
        "ICE will send two trainers, Ruritania will pay for their hotel, and the results will be "
        "reviewed in October.",
        ("ICE will", OURS),
        ("Ruritania will", THEIRS),
        ("the results", BOTH),
    )


def test_a_second_doer_may_leave_out_the_verb_of_promising() -> None:
    begins(
        "HHS undertook to print the protocol and the Health Ministry to distribute it.",
        ("HHS undertook", OURS),
        ("the Health Ministry", THEIRS),
    )


def test_the_two_ministers_are_one_of_each_side() -> None:
    begins("The two foreign ministers are to sign the accord on June 12.", ("The two", BOTH))


def test_what_is_asked_of_a_working_group_is_asked_of_both() -> None:
    begins("The minister asked that each working group submit a report.", ("The minister", BOTH))


def test_to_agree_to_disagree_is_no_promise() -> None:
    assert parts("The sides agreed to disagree on tariffs.") == []


def test_an_office_may_have_any_word_before_it() -> None:
    found = extracted("1. (U) The port authority is to file its plan by May 15.", READ_OUT)
    assert [item.owners for item in found.items] == [("port authority",)]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (
            "The ministry will send the survey of the harbor next month, which the army is still "
            "reading line by line for secrets.",
            "The ministry will send the survey of the harbor next month",
        ),
        (
            "The first boat was late by a month; the Embassy will ask the yard for a new schedule.",
            "the Embassy will ask the yard for a new schedule.",
        ),
        (
            "The minister agreed to print the tide tables, and there was no more talk of the rest.",
            "The minister agreed to print the tide tables",
        ),
    ],
)
def test_a_passage_leaves_out_what_is_said_beside_its_act(text: str, passage: str) -> None:
    assert [found for found, _ in parts(text)] == [passage]


def test_a_passage_keeps_a_long_rest_that_tells_what_it_is_about() -> None:
    text = (
        "The Embassy will print it, which takes a week because the only press in town that can do "
        "such work stands idle for want of paper and of anybody who knows how to run it."
    )
    assert [found for found, _ in parts(text)] == [text]


def test_a_deadline_behind_what_is_left_out_still_counts() -> None:
    [item] = extracted(
        "1. (U) The minister agreed to print the tide tables for both harbors and the coast, "
        "which he hopes to have before June 1.",
        READ_OUT,
    ).items
    assert (item.text[-5:], str(item.due_on)) == ("coast", "2008-06-01")
