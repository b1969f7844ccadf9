"""Text of a cable ─► Cable. Standard library only; nothing here knows of tasks or databases."""

from tracker.cable.model import Block, Cable, CableWarning, Header, Span
from tracker.cable.reader import parse_cable

__all__ = ["Block", "Cable", "CableWarning", "Header", "Span", "parse_cable"]
