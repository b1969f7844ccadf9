"""Cable ─► candidates: agenda, meeting, items with parties, owners and deadlines.

Standard library, dateutil and holidays only; each item says which rule picked it and why.
"""
