"""Topics of a meeting: labelled headings, counted headings, and those that are none."""

from __future__ import annotations

from tests.extract.samples import READ_OUT, extracted


def topics(body: str) -> list[tuple[str, str]]:
    return [(topic.label, topic.title) for topic in extracted(body, READ_OUT).agenda]


def test_unlabelled_headings_are_counted() -> None:
    body = "PORTS\n\n1. (U) One.\n\nBORDERS\n\n2. (U) Two."
    assert topics(body) == [("1", "PORTS"), ("2", "BORDERS")]


def test_headings_that_are_no_topic_use_up_no_label() -> None:
    body = (
        "1. (U) Summary: All went well. End summary.\n\nBACKGROUND\n\n2. (U) Old.\n\n"
        "PORTS\n\n3. (U) One.\n\nNEXT STEPS\n\n4. (U) More.\n\nBORDERS\n\n5. (U) Two.\n\n"
        "COMMENT\n\n6. (U) Fine."
    )
    assert topics(body) == [("1", "PORTS"), ("2", "BORDERS")]


def test_labels_stand_as_printed_without_dot() -> None:
    body = "A. PORTS\n\n1. (U) One.\n\nB. BORDERS\n\n2. (U) Two."
    assert topics(body) == [("A", "PORTS"), ("B", "BORDERS")]


def test_an_item_in_the_comment_stands_under_no_topic() -> None:
    found = extracted(
        "PORTS\n\n1. (U) The ministry agreed to send a list.\n\nCOMMENT\n\n"
        "2. (U) We should keep up the pressure on the ministry.",
        READ_OUT,
    )
    assert [item.agenda for item in found.items] == ["1", None]


def test_next_steps_with_somebody_is_a_topic() -> None:
    body = "PORTS\n\n1. (U) One.\n\nNEXT STEPS WITH PRIVATE SECTOR\n\n2. (U) Two."
    assert topics(body)[1:] == [("2", "NEXT STEPS WITH PRIVATE SECTOR")]


def test_parts_that_return_under_each_topic_are_no_topics() -> None:
    part = "(U) Discussion: Long.\n\nAction items:\n\n"
    body = (
        f"I. PORTS\n-----\n\n1. {part}2. (U) The ministry agreed to send a list.\n\n"
        f"II. BORDERS\n-----\n\n3. {part}4. (U) The ministry agreed to pay a fee.\n\n"
        "CLOSING\n-----\n\n5. (U) The ministry agreed to publish a note."
    )
    found = extracted(body, READ_OUT)
    assert [topic.title for topic in found.agenda] == ["PORTS", "BORDERS"]
    agreed = [item.agenda for item in found.items if "agreed" in item.text]
    assert agreed == ["I", "II", None]


def test_a_run_in_title_divides_the_topic_above_it() -> None:
    body = (
        "PORTS\n-----\n\n1. (U) One.\n\n2. (U) Customs: The ministry agreed to send a list.\n\n"
        "BORDERS\n-----\n\n3. (U) Two."
    )
    found = extracted(body, READ_OUT)
    assert [topic.title for topic in found.agenda] == ["PORTS", "BORDERS"]
    assert [item.agenda for item in found.items] == ["1"]


def test_a_working_group_is_a_numbered_topic() -> None:
    body = "WORKING GROUP 1 - PORTS\n\n1. (U) One.\n\nWORKING GROUP 2 - BORDERS\n\n2. (U) Two."
    assert topics(body) == [("1", "PORTS"), ("2", "BORDERS")]


def test_headings_before_the_first_topic_with_anything_to_follow_up_are_none() -> None:
    body = (
        "A DIFFICULT YEAR\n\n1. (U) Prices rose.\n\nPORTS\n\n2. (U) The ministry agreed to send a "
        "list.\n\nBORDERS\n\n3. (U) The post is old."
    )
    found = extracted(body, READ_OUT)
    assert [(topic.label, topic.title) for topic in found.agenda] == [
        ("1", "PORTS"),
        ("2", "BORDERS"),
    ]
    assert [item.agenda for item in found.items] == ["1"]


def test_the_points_of_one_paragraph_are_no_topics_among_headings() -> None:
    body = (
        "PORTS\n\n1. (U) The ministry agreed to send a list.\n\nBORDERS\n\n2. (U) The ministry "
        "agreed to pay a fee.\n\nSCHOOLS\n\n3. (U) These were named:\n\nA. ROOFS\n\nB. BOOKS\n\n"
        "The ministry agreed to print them."
    )
    assert topics(body) == [("1", "PORTS"), ("2", "BORDERS"), ("3", "SCHOOLS")]


def test_a_first_sentence_in_capitals_is_no_heading() -> None:
    body = (
        "PORTS\n\n1. PORTS ARE NEW TO THE COMMISSION. THE MINISTRY AGREED TO SEND A LIST.\n\n"
        "BORDERS\n\n2. THE MINISTRY AGREED TO PAY A FEE."
    )
    assert topics(body) == [("1", "PORTS"), ("2", "BORDERS")]


def test_a_heading_on_its_own_line_ends_topics_that_run_into_their_text() -> None:
    body = (
        "1. ITEM I - PORTS. THE MINISTRY AGREED TO SEND A LIST.\n\n"
        "2. ITEM II - ROADS. THE MINISTRY AGREED TO SEND A MAP.\n\nARRANGEMENTS\n\n"
        "3. THE MINISTRY AGREED TO GIVE A DINNER."
    )
    items = extracted(body, READ_OUT).items
    assert [item.agenda for item in items] == ["I", "II", None]


def test_one_sentence_with_a_colon_makes_no_agenda() -> None:
    body = (
        "1. (U) The ministry agreed to send a list.\n\n"
        "2. (U) As for the Colonel: Post will nominate him for the course."
    )
    assert topics(body) == []


def test_format_press_and_last_words_are_no_topics() -> None:
    body = (
        "FORMAT OF THE DIALOGUE\n\n1. (U) The ministry agreed to send seats.\n\n"
        "PORTS\n\n2. (U) The ministry agreed to send a list.\n\n"
        "PRESS AND PUBLIC EVENTS\n\n3. (U) Few came.\n\nA LAST WORD\n\n4. (U) Good luck."
    )
    assert topics(body) == [("1", "PORTS")]
