"""The words that extraction knows, and what an installation adds to them.

Data and its plain file form only: the tables are built in, a Lexicon holds the additions.
"""

from tracker.extract.lexicon.additions import DEFAULT, Lexicon, LexiconError, read_lexicon

__all__ = ["DEFAULT", "Lexicon", "LexiconError", "read_lexicon"]
