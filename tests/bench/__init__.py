"""Measures of speed, run by hand with ``make bench``; nothing here is collected as a test."""
