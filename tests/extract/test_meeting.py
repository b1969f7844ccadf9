"""When the meeting is: subject before body, and what two different dates lead to."""

from __future__ import annotations

import datetime as dt

from tests.extract.samples import extracted


def test_the_subject_gives_the_days() -> None:
    meeting = extracted("1. (U) One.").meeting
    assert (meeting.starts_on, meeting.ends_on) == (dt.date(2008, 4, 21), dt.date(2008, 4, 22))


def test_a_body_that_disagrees_is_reported_and_the_subject_wins() -> None:
    found = extracted("1. (U) The April 22-23 Ruritania security dialogue comes at a good time.")
    assert found.meeting.ends_on == dt.date(2008, 4, 22)
    assert len(found.meeting.statements) == 2
    assert "conflicting_meeting_dates" in {warning.code for warning in found.warnings}


def test_a_day_within_the_meeting_is_no_conflict() -> None:
    found = extracted("1. (U) At the April 21 Ruritania security dialogue ports come first.")
    assert "conflicting_meeting_dates" not in {warning.code for warning in found.warnings}


def test_without_a_date_in_the_subject_the_body_gives_it() -> None:
    body = "1. (U) In an April 8 session in Strelsau, the ministry laid out its plans for ports."
    meeting = extracted(body, "U.S.-RURITANIA SECURITY DIALOGUE").meeting
    assert meeting.starts_on == meeting.ends_on == dt.date(2008, 4, 8)


def test_a_deadline_is_no_meeting() -> None:
    body = "1. (U) Please report the response by COB May 22 to the desk. The committee meets then."
    assert extracted(body, "PORTS OF RURITANIA").meeting.starts_on is None


def test_a_period_that_the_cable_states_takes_the_place_of_six_months() -> None:
    found = extracted(
        "1. (U) We should send the list of ports. A follow-up review in three months."
    )
    assert found.meeting.follow_up_months == 3
    assert found.items[0].due_on == dt.date(2008, 7, 22)


def test_the_term_of_all_action_items_is_the_follow_up_period() -> None:
    found = extracted("1. (U) All action items are to be closed within four months of the talks.")
    assert found.meeting.follow_up_months == 4


def test_a_demarche_has_no_meeting_that_a_ship_calls_at() -> None:
    body = "1. (U) The ship is expected to call at Strelsau on May 9. A workshop meets on May 20."
    assert extracted(body, "DEMARCHE ON RIFLES").meeting.starts_on is None


def test_days_that_cross_those_of_the_subject_are_another_date_for_the_same_meeting() -> None:
    found = extracted("1. (U) The April 22-23 meeting should end with a joint statement.")
    assert "conflicting_meeting_dates" in {warning.code for warning in found.warnings}


def test_the_meeting_is_known_by_its_initials() -> None:
    subject = "SCENESETTER FOR U.S.-RURITANIA JOINT MILITARY COMMISSION, APRIL 21-22"
    found = extracted("1. (U) A text is to be ready when the JMC ends on April 24.", subject)
    assert "conflicting_meeting_dates" in {warning.code for warning in found.warnings}


def test_the_first_sentence_tells_when_they_met_where_the_subject_names_no_meeting() -> None:
    body = (
        "1. (U) Senior officials of both governments met in\nStrelsau on April 8-9 to take stock."
    )
    meeting = extracted(body, "PARTNERSHIP WITH RURITANIA: WHERE IT STANDS").meeting
    assert (meeting.starts_on, meeting.ends_on) == (dt.date(2008, 4, 8), dt.date(2008, 4, 9))


def test_a_day_on_which_something_else_happened_is_no_meeting() -> None:
    body = "1. (U) The chairman of the Commission on Elections resigned on April 2."
    found = extracted(body, "UPDATE ON THE U.S.-RURITANIA DIALOGUE")
    assert found.meeting.starts_on is None


def test_a_sentence_that_only_says_when_the_talks_are_is_not_likely() -> None:
    body = "1. (U) The U.S.-Ruritania Security Dialogue will be held in Strelsau on April 21-22."
    assert [item.tier for item in extracted(body).items] == ["possible"]
