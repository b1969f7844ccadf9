"""Fixtures of the tests of pages."""

from __future__ import annotations

import pytest

from tests.web.follow_up import FollowUp
from tests.world import World


@pytest.fixture
def follow_up(world: World) -> FollowUp:
    """A dialogue with its people and four tasks."""
    return FollowUp(world)
