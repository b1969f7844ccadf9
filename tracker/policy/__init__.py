"""Decisions without clock or I/O: deadlines, status, markings, reminders, who may see what.

Standard library, dateutil and holidays only. Rules of extraction live in extract/ instead.
"""
