"""The table of what the installation itself remembers, such as its last sweep.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Instant


class Fact(Base):
    """One remembered value by name: "last_sweep", "sample_removed"."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(Instant)
