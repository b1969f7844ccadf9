"""Leaves out what needs the shared cables where they are not at hand."""

from tests.shared import SHARED

collect_ignore = [] if SHARED else ["test_annotated_cables.py"]
