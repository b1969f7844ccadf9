"""A frozen report: the Summary comes back from JSON as it was, and renders the same."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given

from tests.reports.factory import make_full_summary, make_hostile_summary, make_summary
from tests.reports.test_narrative import summaries
from tracker.policy.agreed_list import hash_of
from tracker.policy.markings import Marking
from tracker.reports import FORMATS, render
from tracker.reports.guard import guard
from tracker.reports.summary import Summary
from tracker.reports.summary_json import from_stored, to_stored


def through_json(summary: Summary) -> Summary:
    return from_stored(json.loads(json.dumps(to_stored(summary))))


@pytest.mark.parametrize("edition", ["internal", "shared"])
def test_a_full_report_comes_back_as_it_was(edition) -> None:
    for summary in (make_full_summary(edition), guard(make_hostile_summary(edition))):
        assert through_json(summary) == summary


@given(summaries())
def test_any_report_comes_back_as_it_was(summary: Summary) -> None:
    assert through_json(guard(summary)) == guard(summary)


def test_markings_keep_level_caveats_and_release() -> None:
    marking = Marking("S", frozenset({"NOFORN", "X Y"}), frozenset({"GBR", "USA"}))
    assert through_json(make_summary(marking=marking)).marking == marking


def test_the_hash_covers_every_field() -> None:
    summary = make_full_summary()
    hashes = {hash_of(to_stored(summary))}
    for name in ("dialogue", "narrative", "meeting"):
        hashes.add(hash_of(to_stored(dataclasses.replace(summary, **{name: "changed"}))))
    assert len(hashes) == 4


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"docx", "xlsx"}))
def test_what_was_kept_renders_to_the_same_bytes(format: str) -> None:
    summary = guard(make_full_summary())
    assert render(through_json(summary), format) == render(summary, format)
