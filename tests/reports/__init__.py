"""Tests of what reports say, in every format."""
